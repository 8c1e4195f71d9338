"""The geometry of the map, the columns and the bars: lengths that the templates write as attributes of SVG.

Lengths are texts with a point (``"12.5%"``), for a template would write 12,5 in Spanish.
"""

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from catalogue import partial_dates

GEOMETRY = Path(__file__).parent / "map" / "south-america.json"  # Natural Earth; docs/third-party.md
BESIDE = {"cl": ((74, 430), "M81 425.5H98")}  # too narrow for its number, which stands beside it at the end of a line
SHADES = 4
COLUMN_TOP, COLUMN_FOOT = 32, 176  # of a chart of years, in pixels
LEAST_WIDTH = 1.5  # of a bar, in per cent: a day must be seen
LABELLED_YEARS = 10  # more columns than these leave out every second year where the page is narrow


class Steps:
    """Steps of colour for counts: 0 for none; the different counts that occur are shared out over four steps."""

    def __init__(self, counts):
        self.different = sorted({count for count in counts if count})

    def of(self, count):
        """Return the step, 0 to 4, of a count; one above all others, such as a total, has the last."""
        if not count:
            return 0
        rank = sum(other < count for other in self.different)
        return min(SHADES, 1 + rank * SHADES // max(len(self.different), 1))

    @property
    def key(self):
        """The steps that occur, as ``[(step, "3–4")]``."""
        steps = {}
        for count in self.different:
            steps.setdefault(self.of(count), []).append(count)
        return [(step, span(counts[0], counts[-1])) for step, counts in steps.items()]


def span(first, last):
    """Return ``3–4``, or ``3`` for a span of one."""
    return str(first) if first == last else f"{first}–{last}"


# Map


class Shape(NamedTuple):
    """A State on the map: its outline, where its number stands, and the line that leads there, if any."""

    path: str
    x: int
    y: int
    line: str = ""


class Drawing(NamedTuple):
    """The map: its size, the outlines of the States by their code in capitals, and those of other territories."""

    width: int
    height: int
    states: dict
    others: list


@cache
def south_america():
    """Return the ``Drawing`` of South America."""
    geometry = json.loads(GEOMETRY.read_text())
    shapes = geometry["shapes"].items()
    return Drawing(
        geometry["width"],
        geometry["height"],
        {code.upper(): _shape(code, shape) for code, shape in shapes if shape["member"]},
        [shape["d"] for _code, shape in shapes if not shape["member"]],
    )


def _shape(code, shape):
    middle_of_digits = 5
    (x, y), line = BESIDE.get(code, ((shape["at"][0], shape["at"][1] + middle_of_digits), ""))
    return Shape(shape["d"], x, y, line)


# Columns


class Column(NamedTuple):
    """A column of a chart over years; its place and width in per cent, its height in pixels.

    The label has two digits for each year: ``’08`` or ``’05–09``.
    """

    label: str
    value: int
    left: str
    width: str
    middle: str
    top: int
    height: int
    above: int
    spare: bool  # its label is left out where there is little room


def columns(values):
    """Return the ``Column`` objects of ``[(label, value)]``."""
    highest = max((value for _label, value in values), default=0) or 1
    room = 100 / max(len(values), 1)

    def column(place, label, value):
        height = round((COLUMN_FOOT - COLUMN_TOP) * value / highest)
        return Column(
            label="’" + "–".join(year[-2:] for year in label.split("–")),
            value=value,
            left=_percent(room * (place + 0.2)),
            width=_percent(room * 0.6),
            middle=_percent(room * (place + 0.5)),
            top=COLUMN_FOOT - height,
            height=height,
            above=COLUMN_FOOT - height - 8,
            spare=len(values) > LABELLED_YEARS and place % 2 == 1,
        )

    return [column(place, *pair) for place, pair in enumerate(values)]


# Bars over time


class Bar(NamedTuple):
    """A stretch of time, its place and width in per cent; ``open`` when it went on beyond what the source says."""

    left: str
    width: str
    open: bool


class Timeline(NamedTuple):
    """``[(year, place)]`` to read it by, ``[(practice, Bar)]``, and the practices whose start nobody knows."""

    ticks: list
    bars: list
    undated: list


def timeline(practices):
    """Return the ``Timeline`` of practices fetched with their edition, the earliest start first."""
    dated = sorted((practice for practice in practices if practice.runs_from), key=lambda each: each.runs_from)
    undated = [practice for practice in practices if not practice.runs_from]
    axis = TimeAxis.of(dated)
    return Timeline(axis.ticks() if dated else [], [(practice, axis.bar(practice)) for practice in dated], undated)


class TimeAxis(NamedTuple):
    """The years a timeline shows, from the first day of one to the last day of another."""

    first: int
    last: int

    @classmethod
    def of(cls, practices):
        """Return the axis that holds every start, every known end, and the year of every source."""
        years = {practice.runs_from.year for practice in practices}
        years |= {practice.runs_until.year for practice in practices if practice.end != partial_dates.OPEN}
        years |= {practice.edition.year for practice in practices if practice.edition}
        return cls(min(years, default=0), max(years, default=0))

    def ticks(self):
        """Return ``[(year, place)]`` for five years or fewer, evenly spread."""
        step = max(1, -(-(self.last + 1 - self.first) // 5))
        years = range(self.first, self.last + 1, step)
        return [(str(year), _percent(self._share(date(year, 1, 1)))) for year in years]

    def bar(self, practice):
        """Return the ``Bar`` of a practice with a known start.

        One that goes on is drawn to the end of the year of its source, for nobody knows more.
        """
        goes_on = practice.end == partial_dates.OPEN
        known_until = practice.edition.year if practice.edition else self.last
        until = date(known_until, 12, 31) if goes_on else practice.runs_until
        left, right = self._share(practice.runs_from), self._share(until)
        shown = max(right - left, LEAST_WIDTH)
        return Bar(_percent(min(left, 100 - shown)), _percent(shown), goes_on)

    def _share(self, day):
        opens, closes = date(self.first, 1, 1), date(self.last, 12, 31)
        return min(max((day - opens).days * 100 / (closes - opens).days, 0), 100)


def _percent(number):
    return f"{number:.2f}".rstrip("0").rstrip(".") + "%"
