"""How many practices stand behind every choice of the filters.

For each choice there is a set of practices, kept as the bits of one number: bit *i* is the *i*-th published practice
in the order of the code. Alternatives are joined with ``|``, filters narrow each other with ``&``, and ``bit_count``
counts. The sets are built once in each process for each version of the catalogue; what is not a choice (the text, the
years, the day) is asked of the database with the words of the filter itself.
"""

from collections import defaultdict
from functools import cache, reduce
from operator import and_, or_
from threading import Lock
from typing import NamedTuple

from django.core.exceptions import ValidationError

from catalogue.filters import CodesFilter, PracticeFilter, WordFilter
from catalogue.models import Practice
from catalogue.models.version import current

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
    """The number of practices listed, the ``Choice`` objects of every facet, and the practices in order of the code."""

    total: int
    choices: dict
    by_code: "KeysByCode"


def facets(filterset, version=None):
    """Return the ``Facets`` of a filter. A facet holds all the other filters and ignores its own choices.

    ``version`` is the version of the catalogue where the caller has read it already.
    """
    snapshot = snapshot_of(filterset, version)
    impossible = dict.fromkeys(filterset.errors, 0)  # an error never widens a list
    values = filterset.form.cleaned_data
    kept = sets_of(values, meeting(conditions_in(values), filterset, snapshot), snapshot) | impossible

    def others(name):
        return common(snapshot, (practices for parameter, practices in kept.items() if parameter != name))

    listed = common(snapshot, kept.values())
    return Facets(
        total=listed.bit_count(),
        choices={name: choices_of(name, filterset, others(name), snapshot) for name in FACETS},
        by_code=KeysByCode(snapshot, listed),
    )


def drops(filterset, version=None):
    """Return ``(condition, count)`` for every active filter: how many practices dropping it would list."""
    snapshot = snapshot_of(filterset, version)
    meeting_once = cache(lambda conditions: meeting(conditions, filterset, snapshot))

    def count(condition):
        values = values_without(condition, filterset)
        if values is None:
            return 0
        return common(snapshot, sets_of(values, meeting_once(conditions_in(values)), snapshot).values()).bit_count()

    return [(condition, count(condition)) for condition in filterset.chosen()]


def choices_of(name, filterset, others, snapshot):
    """Return the choices of a facet, counted among the practices of ``others``."""
    chosen = filterset.data.getlist(name)
    return [
        Choice(code, label, (others & snapshot.choice(name, code)).bit_count(), code in chosen)
        for code, label in filterset.form.fields[name].choices
    ]


def values_without(condition, filterset):
    """Return the values the filter would have without a condition; ``None`` when one would still be impossible."""
    name = condition.parameter
    rest = [value for value in filterset.data.getlist(name) if value != condition.value]
    if set(filterset.errors) - {name}:
        return None
    try:
        # as a form reads it: a facet takes every value, any other filter the last
        value = filterset.form.fields[name].clean(rest if name in FACETS else (rest or [None])[-1])
    except ValidationError:
        return None
    return filterset.form.cleaned_data | {name: value}


def conditions_in(values):
    """Return ``(parameter, value)`` for everything asked that is not a choice of a facet."""
    return tuple((name, values[name]) for name in CONDITIONS if values.get(name) not in (None, ""))


# Sets of practices


class KeysByCode:
    """The primary keys of a set of practices in the order of the code, read a page at a time without a query."""

    def __init__(self, snapshot, practices):
        self.snapshot, self.practices = snapshot, practices

    def __len__(self):
        return self.practices.bit_count()

    def __getitem__(self, page):
        """Return a slice as a list."""
        digits, place, places = f"{self.practices:b}"[::-1], -1, []
        for _ in range(min(page.stop, len(self))):
            place = digits.index("1", place + 1)
            places.append(place)
        return [self.snapshot.key_at(place) for place in places[page.start :]]


class Snapshot:
    """The published practices of one version of the catalogue: the set of all, and one set per choice."""

    def __init__(self, practices):
        self.practices = practices
        self._keys = practices.keys_in_order()
        self._places = {str(key): place for place, key in enumerate(reversed(self._keys))}
        self.everything = (1 << len(self._places)) - 1
        self._choices = defaultdict(int)
        for code, keys, parameter in practices.keys_per_choice():
            if code:
                self._choices[parameter, code] |= self.holding(keys.split(","))

    def holding(self, keys):
        """Return the set of the practices with these primary keys, given as text; unknown ones are left out.

        Python reads a number written in binary in no time, however long; setting bit by bit would take minutes.
        """
        digits = bytearray(b"0") * len(self._places)
        one = ord("1")
        for key in keys:
            if (place := self._places.get(key)) is not None:
                digits[place] = one
        return int(digits or b"0", 2)

    def key_at(self, place):
        """Return the primary key of a place in the order of the code."""
        return self._keys[place]

    def choice(self, parameter, code):
        """Return the set of the practices that a choice keeps."""
        return self._choices.get((parameter, code), 0)

    def any_of(self, parameter, codes):
        """Return the set of the practices that any of a facet's choices keeps."""
        return reduce(or_, (self.choice(parameter, code) for code in codes), 0)


_snapshots = {}  # alias of the database -> (version, snapshot)
_building = Lock()


def snapshot_of(filterset, version=None):
    """Return the snapshot of the version that the database holds now, building it when the version has moved on.

    The version is read before the practices: a change that comes in between is counted early rather than never.
    """
    alias = filterset.queryset.db
    version = version or current(alias)
    with _building:  # those who wait need the same snapshot
        known, snapshot = _snapshots.get(alias, (None, None))
        if known != version:
            snapshot = Snapshot(Practice.objects.using(alias).published())
            _snapshots[alias] = version, snapshot
        return snapshot


def sets_of(values, meeting_conditions, snapshot):
    """Return ``{parameter: set}`` for every facet with a choice, and the set that meets the conditions beside them."""
    chosen = {name: snapshot.any_of(name, values[name]) for name in FACETS if values.get(name)}
    return {"": meeting_conditions, **chosen}


def meeting(conditions, filterset, snapshot):
    """Return the set of the practices that meet all ``conditions``, in one query with the words of the filter."""
    if not conditions:
        return snapshot.everything
    practices = snapshot.practices
    for name, value in conditions:
        practices = filterset.filters[name].filter(practices, value)
    return snapshot.holding(map(str, practices.order_by().values_list("pk", flat=True)))


def common(snapshot, sets):
    """Return the practices that all the sets hold."""
    return reduce(and_, sets, snapshot.everything)
