"""In which years practices ran, from counts grouped by first and last year."""

from typing import NamedTuple

from catalogue.coverage.charts import span

SINGLE_YEARS = 25  # more years than these are counted in groups of five


class Period(NamedTuple):
    """One or several years, the practices that ran in them, and those that had begun by their end."""

    first: int
    last: int
    running: int
    begun: int

    @property
    def label(self):
        return span(self.first, self.last)


def periods_of(rows):
    """Return the ``Period`` objects from the first known start to the latest start or source.

    ``rows`` are those of ``per_period``. An end after the latest source is a plan, so it does not stretch the table.
    """
    if not rows:
        return []
    first = min(row["started"] for row in rows)
    last = max(year for row in rows for year in (row["started"], row["source"]) if year)
    length = 1 if last - first < SINGLE_YEARS else 5
    return [period_of(rows, year, year + length - 1) for year in range(first - first % length, last + 1, length)]


def period_of(rows, first, last):
    begun = [row for row in rows if row["started"] <= last]
    running = sum(row["total"] for row in begun if row["ran_until"] >= first)
    return Period(first, last, running, sum(row["total"] for row in begun))
