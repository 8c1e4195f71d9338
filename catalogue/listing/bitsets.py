"""Bitset index of the published practices: one bit for each practice, one bitset for each choice of a filter.

Bit *i* is the *i*-th published practice in the order of the code. Alternatives are joined with ``|``, filters narrow
each other with ``&``, and ``bit_count`` counts. Each process builds the index once, and updates it to a new version by
the few practices that have changed. The bitsets of a text, a year or a day are queried when first wanted.
"""

from collections import defaultdict
from functools import reduce
from itertools import islice, repeat
from operator import and_, or_
from threading import Lock

from django.utils.translation import get_language

from catalogue.caching.lru import ProcessCache
from catalogue.listing.filter_choices import stored_choices
from catalogue.models import Practice
from catalogue.models.version import changes_between, current, read_now
from catalogue.text.search_query import Query

BITSETS = 500  # beside those of the choices; at 100,000 practices a bitset takes 13 kB
ORDERS = 12  # at 100,000 practices an order takes 1 MB
MANY = 500  # practices changed at once; for more it is faster to read everything
WINDOW = 4096  # places looked at together


class Snapshot:
    """The set of all practices, one set per choice, and what was asked of the database since."""

    def __init__(self, practices, codes):
        """Read the sets of ``practices``; ``codes`` are those of the choices, ``{parameter: {primary key: code}}``."""
        rows = list(practices.rows_in_order())
        self._begin(practices, codes, [row.pk for row in rows], rows[-1].code if rows else "", {})
        self.everything = (1 << len(rows)) - 1
        self._add(rows, practices.keys_by_relation())

    def after(self, changed):
        """Return the snapshot after a change of the practices with these primary keys, reading only them.

        ``None`` when one of them has to be put between others: then everything is read anew.
        """
        rows = list(self.practices.with_keys(changed).rows_in_order())
        new = [row for row in rows if row.pk not in self._places]
        if new and new[0].code < self._last_code:
            return None
        snapshot, untouched = Snapshot.__new__(Snapshot), ~self.holding(changed)
        kept = {choice: practices & untouched for choice, practices in self._choices.items()}
        last_code = new[-1].code if new else self._last_code
        snapshot._begin(self.practices, self._codes, self.keys + [row.pk for row in new], last_code, kept)
        snapshot.everything = (self.everything & untouched) | snapshot.holding(row.pk for row in rows)
        snapshot._add(rows, self.practices.keys_by_relation(row.pk for row in rows))
        return snapshot

    def _begin(self, practices, codes, keys, last_code, choices):
        self.practices, self._codes, self.keys, self._last_code = practices, codes, keys, last_code
        self._places = {key: place for place, key in enumerate(keys)}
        self._choices = defaultdict(int, choices)
        self._sets, self._orders, self._most_used = ProcessCache(BITSETS), ProcessCache(ORDERS), {}

    def _add(self, rows, relations):
        """Put practices into the sets of the choices that they have."""
        for parameter, value, keys in relations:
            code = self._codes[parameter][int(value)] if parameter in self._codes else value
            self._choices[parameter, code] |= self.holding(keys)
        for choice, keys in _keys_by_column(rows).items():
            self._choices[choice] |= self.holding(keys)
        self._total()

    def _total(self):
        self.totals = {choice: practices.bit_count() for choice, practices in self._choices.items()}

    def holding(self, keys):
        """Return the set of the practices with these primary keys; unknown ones are left out.

        Python reads a number written in binary in no time, however long; setting bit by bit would take minutes.
        """
        unknown, one = len(self.keys), ord("1")
        digits = bytearray(b"0") * (unknown + 1)
        for place in map(self._places.get, keys, repeat(unknown)):
            digits[place] = one
        return int(b"0" + digits[-2::-1], 2)  # the first place is the last digit

    def only(self, key):
        """Return the set of one practice; the empty one for an unknown primary key."""
        place = self._places.get(key)
        return 0 if place is None else 1 << place

    def choice(self, parameter, code):
        """Return the set of the practices that a choice keeps."""
        return self._choices.get((parameter, code), 0)

    def count(self, parameter, code, within):
        """Return how many practices of the set ``within`` a choice keeps; all of them are counted beforehand."""
        if within is self.everything:
            return self.totals.get((parameter, code), 0)
        return (within & self.choice(parameter, code)).bit_count()

    def most_used(self, parameter, number):
        """Return the codes of the choices of a facet that most practices have, at most ``number`` of them."""
        if parameter not in self._most_used:
            counts = [(total, code) for (name, code), total in self.totals.items() if name == parameter]
            self._most_used[parameter] = frozenset(code for _total, code in sorted(counts)[-number:])
        return self._most_used[parameter]

    def any_of(self, parameter, codes):
        """Return the set of the practices that any of a facet's choices keeps."""
        return reduce(or_, (self.choice(parameter, code) for code in codes), 0)

    def common(self, sets):
        """Return the practices that all the sets hold: ``everything`` itself when there are none."""
        return reduce(and_, sets) if (sets := list(sets)) else self.everything

    def meeting(self, kind, value):
        """Return the set that a filter with one value keeps; a search is put together from the sets of its terms."""
        if not isinstance(value, Query):
            return self._asked(kind, value)
        found = self.common(
            reduce(or_, (self._asked(kind, Query(((term,),), ())) for term in clause)) for clause in value.clauses
        )
        excluded = [self._asked(kind, Query(((term,),), ())) for term in value.excluded]
        return found & ~reduce(or_, excluded, 0) if value.clauses else 0

    def _asked(self, kind, value):
        """Return the set that the filter ``kind`` keeps for a value, asked of the database once.

        The index of the search knows drafts as well; they have no place here.
        """

        def ask():
            if isinstance(value, Query):
                return self.holding(self.practices.search_keys(value))
            return self.holding(kind.filter(self.practices, value).order_by().values_list("pk", flat=True))

        return self._sets.get_or_build((kind.queryset_method, hashable(value)), ask)

    def order(self, name, query):
        """Return the places of all practices, or of those a search finds, in an order of ``SORT_CHOICES``."""
        wanted = (name, get_language(), query if name == "relevance" else None)

        def ask():
            if name == "relevance":  # places are in the order of the code, which decides among equals
                return [place for _rank, place in sorted(self._ranked(query))]
            keys = self.practices.in_order(name).primary_keys()
            return [self._places[key] for key in keys if key in self._places]  # the version may have moved on

        return self._orders.get_or_build(wanted, ask)

    def _ranked(self, query):
        """Return ``(rank, place)`` of what a search finds: from the index alone, which knows drafts as well."""
        found = self.practices.search_ranks(query)
        return [(rank, self._places[key]) for key, rank in found if key in self._places]


def _keys_by_column(rows):
    """Return ``{(parameter, code): keys}`` for the choices that stand in the row of the practice itself."""
    keys = defaultdict(list)
    for key, _code, scope, status, evidence in rows:
        keys["scope", scope].append(key)
        keys["status", status].append(key)
        keys["evidence", evidence].append(key)
    return keys


def hashable(value):
    """Return the value of a filter as a key: several codes as a tuple."""
    return tuple(value) if isinstance(value, list) else value


class Listed:
    """The primary keys of a set of practices in an order, read a page at a time; ``order`` is that of the code if None.

    A sequence as a paginator wants it.
    """

    def __init__(self, snapshot, practices, order=None):
        self.snapshot, self.practices, self.order = snapshot, practices, order

    def __len__(self):
        return self.practices.bit_count()

    def __getitem__(self, page):
        """Return a slice as a list."""
        places = self._by_code(page) if self.order is None else self._in_order(page)
        return [self.snapshot.keys[place] for place in places]

    def _by_code(self, page):
        """Return places from the lowest bit upwards, a window at a time, so that deep pages are not slow."""
        rest, first, seen, places = self.practices, 0, 0, []
        while rest and seen < page.stop:
            window = rest & ((1 << WINDOW) - 1)
            within = window.bit_count()
            if seen + within > page.start:
                wanted = islice(_bits(window), max(page.start - seen, 0), page.stop - seen)
                places += [first + place for place in wanted]
            rest, first, seen = rest >> WINDOW, first + WINDOW, seen + within
        return places

    def _in_order(self, page):
        listed, found = f"{self.practices:0{len(self.snapshot.keys)}b}"[::-1], []
        for place in self.order:
            if listed[place] == "1":
                found.append(place)
                if len(found) == page.stop:
                    break
        return found[page.start :]


def _bits(number):
    """Yield the places of the ones in a number, from the lowest."""
    digits = f"{number:b}"[::-1]
    place = digits.find("1")
    while place >= 0:
        yield place
        place = digits.find("1", place + 1)


_newest = ProcessCache(2)  # alias of the database: (version, index)
_building = Lock()


def snapshot_of(version=None):
    """Return the index of a version of the catalogue, by default the one that the database holds now.

    The version is read before the practices: a change that comes in between is counted early rather than never.
    """
    version, alias = version or current(), read_now()
    with _building:  # those who wait need the same index
        known, index = _newest.get(alias) or (None, None)
        if known != version:
            index = _updated(known, index, version) or _built(version)
            _newest.set(alias, (version, index))
        return index


def _built(version):
    return Snapshot(Practice.objects.published(), stored_choices(version).codes())


def _updated(known, index, version):
    """Return the index brought up to a version by the few practices that have changed; None when that cannot be."""
    changed = changes_between(known, version) if known else None
    if changed is None or len(changed) > MANY:
        return None
    return index.after(changed)
