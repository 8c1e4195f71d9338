"""How many practices stand behind every choice of the filters: the number of rows after the click, always."""

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property

from catalogue.listing.bitsets import Listed, bitset_index
from catalogue.listing.filters import PracticeFilter
from networks.list_filter import Choice, CodesFilter, ValueFilter

LONGEST = 24  # choices that a facet shows before the reader asks for more; those most practices have
FILTERS = PracticeFilter.get_filters()
FACETS = [name for name, kind in FILTERS.items() if isinstance(kind, CodesFilter)]
CONDITIONS = [name for name, kind in FILTERS.items() if isinstance(kind, ValueFilter)]


class Facets:
    """What a filter lists, and how many practices stand behind the choices of every facet.

    A facet holds all the other filters and ignores its own choices.
    """

    def __init__(self, filterset):
        self.filterset, self.index = filterset, bitset_index(filterset.version)
        impossible = dict.fromkeys(filterset.errors, 0)  # an error never widens a list
        self._bitsets = sets_of(filterset, filterset.values, self.index) | impossible
        self._common = self.index.intersection(self._bitsets.values())

    @cached_property
    def listed(self):
        """The primary keys listed, in the order of the filter."""
        return self.listed_by(self.filterset.order)

    def listed_by(self, order):
        """Return the primary keys listed, in an order of ``SORT_CHOICES``; in that of the code without one."""
        bits = self.index.order(order, self.filterset.search_query) if order else None
        return Listed(self.index, self._common, bits)

    @property
    def keys(self):
        """The primary keys listed, as a list, in the order of the code."""
        return self.listed_by("")[0 : self.total]

    @property
    def total(self):
        """The number of practices listed."""
        return self._common.bit_count()

    @property
    def choices(self):
        """The ``Choice`` objects of every facet, by its name."""
        return {name: self.choices_of(name) for name in FACETS}

    def choices_of(self, name):
        """Return the ``Choice`` objects of a facet: the most used ones of a long one.

        ``more=<facet>`` in the URL requests all of them.
        """
        chosen = self.filterset.data.getlist(name)
        options = self.filterset.filters[name].options
        if len(options) > LONGEST and name not in self.filterset.in_full:
            shown = self.index.most_used(name, LONGEST).union(chosen)
            options = [(code, label) for code, label in options if code in shown]
        counts = self.index.counts(name, [code for code, _label in options], self._others_of(name))
        return [
            Choice(code, label, count, code in chosen) for (code, label), count in zip(options, counts, strict=True)
        ]

    def _others_of(self, name):
        if name not in self._bitsets:
            return self._common
        return self.index.intersection(practices for other, practices in self._bitsets.items() if other != name)


def sets_of(filterset, values, index):
    """Return ``{parameter: set}`` for everything asked: a facet keeps what any of its choices keeps."""
    return {
        name: index.of_choices(name, value) if name in FACETS else index.matching(filterset.filters[name], value)
        for name, value in filterset.conditions(values)
    }


def found_by(text, version):
    """Return how many published practices a text finds."""
    return Facets(PracticeFilter({"q": text}, version)).total


def drops(filterset):
    """Return ``(condition, count)`` for every active filter: how many practices dropping it would list."""
    index = bitset_index(filterset.version)

    def count(condition):
        values = values_without(condition, filterset)
        return 0 if values is None else index.intersection(sets_of(filterset, values, index).values()).bit_count()

    return [(condition, count(condition)) for condition in filterset.chosen()]


def values_without(condition, filterset):
    """Return the values the filter would have without a condition; ``None`` when one would still be impossible."""
    name = condition.parameter
    rest = [value for value in filterset.data.getlist(name) if value != condition.value]
    if filterset.errors.keys() - {name}:
        return None
    try:
        return filterset.values | {name: filterset.filters[name].clean(rest)}
    except ValidationError:
        return None
