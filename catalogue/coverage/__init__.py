"""What is documented and what is not: tables, axes, periods, gaps, comparable results, charts, map."""
