"""Forms of dates where those of Django differ from the dates in the records."""
