"""How many practices stand behind every choice of the filters: the number of rows after the click, always."""

from typing import NamedTuple

from django.core.exceptions import ValidationError

from catalogue.filter_kinds import CodesFilter, WordFilter
from catalogue.filters import PracticeFilter
from catalogue.snapshot import Listed, snapshot_of

LONGEST = 24  # choices that a facet shows before the reader asks for more; those most practices have
FILTERS = PracticeFilter.get_filters()
FACETS = [name for name, kind in FILTERS.items() if isinstance(kind, CodesFilter)]
CONDITIONS = [name for name, kind in FILTERS.items() if isinstance(kind, WordFilter)]


class Choice(NamedTuple):
    """One choice of a facet; ``count`` is the number of practices it would list with all the other filters."""

    value: str
    label: str
    count: int
    checked: bool

    @property
    def disabled(self):
        """Whether choosing it would only empty the list; what is chosen can always be taken back."""
        return not self.count and not self.checked


class Facets(NamedTuple):
    """The primary keys listed, in the order asked for, and the ``Choice`` objects of every facet."""

    listed: Listed
    choices: dict

    @property
    def total(self):
        """The number of practices listed."""
        return len(self.listed)


def facets(filterset):
    """Return the ``Facets`` of a filter. A facet holds all the other filters and ignores its own choices."""
    snapshot = snapshot_of(filterset.version)
    impossible = dict.fromkeys(filterset.errors, 0)  # an error never widens a list
    kept = sets_of(filterset, filterset.values, snapshot) | impossible

    def others(name):
        return snapshot.common(practices for parameter, practices in kept.items() if parameter != name)

    listed = snapshot.common(kept.values())
    return Facets(
        listed=Listed(
            snapshot, listed, snapshot.order(filterset.order, filterset.search_query) if filterset.order else None
        ),
        choices={
            name: choices_of(name, filterset, others(name) if name in kept else listed, snapshot) for name in FACETS
        },
    )


def choices_of(name, filterset, others, snapshot):
    """Return the choices of a facet, counted among the practices of ``others``: the most used ones of a long facet.

    ``more=<facet>`` in the address asks for all of them.
    """
    chosen = filterset.data.getlist(name)
    options = filterset.filters[name].options
    if len(options) > LONGEST and name not in filterset.data.getlist("more"):
        shown = snapshot.most_used(name, LONGEST).union(chosen)
        options = [(code, label) for code, label in options if code in shown]
    return [Choice(code, label, snapshot.count(name, code, others), code in chosen) for code, label in options]


def sets_of(filterset, values, snapshot):
    """Return ``{parameter: set}`` for everything asked: a facet keeps what any of its choices keeps."""
    return {
        name: snapshot.any_of(name, value) if name in FACETS else snapshot.meeting(filterset.filters[name], value)
        for name, value in filterset.conditions(values)
    }


def found_by(text, version):
    """Return how many published practices a text finds."""
    filterset = PracticeFilter({"q": text}, version)
    snapshot = snapshot_of(version)
    return snapshot.common(sets_of(filterset, filterset.values, snapshot).values()).bit_count()


def drops(filterset):
    """Return ``(condition, count)`` for every active filter: how many practices dropping it would list."""
    snapshot = snapshot_of(filterset.version)

    def count(condition):
        values = values_without(condition, filterset)
        return 0 if values is None else snapshot.common(sets_of(filterset, values, snapshot).values()).bit_count()

    return [(condition, count(condition)) for condition in filterset.chosen()]


def values_without(condition, filterset):
    """Return the values the filter would have without a condition; ``None`` when one would still be impossible."""
    name = condition.parameter
    rest = [value for value in filterset.data.getlist(name) if value != condition.value]
    if filterset.errors.keys() - {name}:
        return None
    try:
        return filterset.values | {name: filterset.clean(name, rest)}
    except ValidationError:
        return None
