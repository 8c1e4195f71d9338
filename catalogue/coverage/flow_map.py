"""The map of practices that travel: a point for each State, and arrows to the States that adapt its practices.

It draws no boundary: points stand where the map of the States writes their numbers. Lengths are in its units.
"""

from math import hypot
from typing import NamedTuple

from catalogue.choices import AdaptationStage
from catalogue.coverage.charts import south_america

RADIUS = 12  # of a point
GAP = 3  # between an arrow and the points it joins
HEAD = 9  # length of an arrowhead
BEND = 0.18  # how far an arrow bows to its left, as a share of its length: two that meet stay apart
FAR_ALONG = list(AdaptationStage)


class Point(NamedTuple):
    """A State: its position, how many adaptations of its practices there are, and how many it has."""

    country: object
    x: int
    y: int
    given: int
    taken: int


class Arrow(NamedTuple):
    """The adaptations of one State's practices by another: the points of its line and of its head, as ``x y``.

    The line runs from ``tail`` to ``neck`` and is drawn towards ``bend``; the head is ``tip``, ``left`` and ``right``.
    ``stage`` is the furthest among the adaptations.
    """

    tail: str
    bend: str
    neck: str
    tip: str
    left: str
    right: str
    stage: str


class ArrowMap(NamedTuple):
    """The size of the drawing, the points of all States, the arrows, and the stages that occur."""

    width: int
    height: int
    points: list
    arrows: list
    stages: list


def arrow_map(adaptations, countries):
    """Return the ``ArrowMap`` of fetched adaptations among these States."""
    drawing = south_america()
    positions = {iso2: (shape.x, shape.y) for iso2, shape in drawing.states.items()}
    flows = {}
    for row in adaptations:
        for origin in row.origins:
            flows.setdefault((origin.iso2, row.country.iso2), []).append(row.stage)
    points = [
        Point(country, *positions[country.iso2], _total(flows, 0, country.iso2), _total(flows, 1, country.iso2))
        for country in countries
        if country.iso2 in positions
    ]
    arrows = [
        arrow_between(positions[origin], positions[taker], max(stages, key=FAR_ALONG.index))
        for (origin, taker), stages in sorted(flows.items())
        if origin in positions and taker in positions and origin != taker
    ]
    occurring = {each.stage for each in arrows}
    height = max((point.y for point in points), default=0) + 2 * RADIUS  # nothing stands in the south of the drawing
    return ArrowMap(drawing.width, height, points, arrows, [s for s in FAR_ALONG if s in occurring])


def arrow_between(start, end, stage):
    """Return the ``Arrow`` between two different points: a bow with a head, from edge to edge."""
    (x1, y1), (x2, y2) = start, end
    middle = ((x1 + x2) / 2 + (y2 - y1) * BEND, (y1 + y2) / 2 - (x2 - x1) * BEND)
    tail, tip = _towards(start, middle, RADIUS + GAP), _towards(end, middle, RADIUS + GAP)
    neck = _towards(tip, middle, HEAD)
    aside = (neck[1] - tip[1]) / 2, (tip[0] - neck[0]) / 2
    left, right = (neck[0] + aside[0], neck[1] + aside[1]), (neck[0] - aside[0], neck[1] - aside[1])
    return Arrow(*map(_point, (tail, middle, neck, tip, left, right)), stage)


def _total(flows, side, iso2):
    return sum(len(stages) for pair, stages in flows.items() if pair[side] == iso2)


def _towards(point, goal, length):
    """Return the point ``length`` away from a point in the direction of another."""
    (x, y), (to_x, to_y) = point, goal
    share = length / (hypot(to_x - x, to_y - y) or 1)
    return x + (to_x - x) * share, y + (to_y - y) * share


def _point(point):
    return f"{point[0]:.1f} {point[1]:.1f}"
