"""Bitset index of the published practices: one bit for each practice, one bitset for each choice of a filter.

Bit *i* is the *i*-th published practice in the order of the code. Alternatives are joined with ``|``, filters narrow
each other with ``&``, and ``bit_count`` counts. Each process builds the index once, and updates it to a new version by
the few practices that have changed. The bitsets of a text, a year or a day are queried when first wanted.
"""

import logging
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import reduce
from itertools import islice, repeat
from operator import and_, or_
from threading import Lock, Thread
from typing import Any

from django.db import Error, connections
from django.utils.translation import get_language

from catalogue.caching.lru import ProcessCache
from catalogue.listing.filter_choices import stored_choices
from catalogue.models import Practice
from catalogue.models.version import Version, current, read_now, rows_changed_between
from catalogue.text.search_query import Query

logger = logging.getLogger(__name__)
BITSETS = 500  # cached beside those of the choices; at 100,000 practices a bitset takes 13 kB
ORDERS = 12  # cached; at 100,000 practices an order takes 1 MB
MANY = 500  # practices changed at once; for more it is faster to read everything
WINDOW = 4096  # bits looked at together


class BitsetIndex:
    """The bitset of all practices, one for each choice, and those that were queried since."""

    def __init__(self, practices: Any, codes: dict[str, dict[int, str]]) -> None:
        """Read all of the queryset ``practices``; ``codes`` are ``{parameter: {primary key: code}}`` of the choices."""
        rows = list(practices.rows_in_order())
        self._begin(practices, codes, [row.pk for row in rows], rows[-1].code if rows else "", {})
        self.everything = (1 << len(rows)) - 1
        self._add(rows, practices.keys_by_relation())

    def after(self, changed: Collection[int], codes: dict[str, dict[int, str]]) -> "BitsetIndex | None":
        """Return the index after a change of the practices with these primary keys, reading only them.

        ``None`` when one of them has to be put between others, or when a choice has another code or is gone: then
        everything has to be read.
        """
        if any(before.items() - codes[parameter].items() for parameter, before in self._codes.items()):
            return None
        rows = list(self.practices.with_keys(changed).rows_in_order()) if changed else []
        new = [row for row in rows if row.pk not in self._bits]
        if new and new[0].code < self._last_code:
            return None
        index, unchanged = BitsetIndex.__new__(BitsetIndex), ~self.bitset_of(changed)
        choices = {choice: bitset & unchanged for choice, bitset in self._choices.items()}
        last_code = new[-1].code if new else self._last_code
        index._begin(self.practices, codes, self.keys + [row.pk for row in new], last_code, choices)
        index.everything = (self.everything & unchanged) | index.bitset_of(row.pk for row in rows)
        index._add(rows, self.practices.keys_by_relation(row.pk for row in rows) if rows else ())
        return index

    def _begin(self, practices: Any, codes: dict, keys: list[int], last_code: str, choices: dict) -> None:
        self.practices, self._codes, self.keys, self._last_code = practices, codes, keys, last_code
        self._bits = {key: bit for bit, key in enumerate(keys)}
        self._choices: dict[tuple[str, str], int] = defaultdict(int, choices)
        self._queried, self._orders = ProcessCache(BITSETS), ProcessCache(ORDERS)
        self._most_used: dict[str, frozenset[str]] = {}

    def _add(self, rows: Iterable, relations: Iterable) -> None:
        """Put practices into the bitsets of the choices that they have."""
        for parameter, value, keys in relations:
            code = self._codes[parameter][int(value)] if parameter in self._codes else value
            self._choices[parameter, code] |= self.bitset_of(keys)
        for choice, keys in _keys_by_column(rows).items():
            self._choices[choice] |= self.bitset_of(keys)
        self.totals = {choice: bitset.bit_count() for choice, bitset in self._choices.items()}

    def bitset_of(self, keys: Iterable[int]) -> int:
        """Return the bitset of the practices with these primary keys; unknown ones are left out.

        Python reads a number written in binary in no time, however long; setting bit by bit would take minutes.
        """
        unknown, one = len(self.keys), ord("1")
        digits = bytearray(b"0") * (unknown + 1)
        for bit in map(self._bits.get, keys, repeat(unknown)):
            digits[bit] = one
        return int(b"0" + digits[-2::-1], 2)  # bit 0 is the last digit

    def bit_of(self, key: int) -> int:
        """Return the bitset of one practice; the empty one for an unknown primary key."""
        bit = self._bits.get(key)
        return 0 if bit is None else 1 << bit

    def of_choice(self, parameter: str, code: str) -> int:
        """Return the bitset of the practices that a choice keeps."""
        return self._choices.get((parameter, code), 0)

    def of_choices(self, parameter: str, codes: Iterable[str]) -> int:
        """Return the bitset of the practices that any of a facet's choices keeps."""
        return reduce(or_, (self.of_choice(parameter, code) for code in codes), 0)

    def counts(self, parameter: str, codes: Iterable[str], within: int) -> list[int]:
        """Return how many practices of the bitset ``within`` each choice keeps; all of them are counted beforehand."""
        if within is self.everything:
            return [self.totals.get((parameter, code), 0) for code in codes]
        bitset_of = self._choices.get
        return [(within & bitset_of((parameter, code), 0)).bit_count() for code in codes]

    def most_used(self, parameter: str, number: int) -> frozenset[str]:
        """Return the codes of the choices of a facet that most practices have, at most ``number`` of them."""
        if parameter not in self._most_used:
            counts = [(total, code) for (name, code), total in self.totals.items() if name == parameter and total]
            self._most_used[parameter] = frozenset(code for _total, code in sorted(counts)[-number:])
        return self._most_used[parameter]

    def intersection(self, bitsets: Iterable[int]) -> int:
        """Return the practices that all the bitsets hold: ``everything`` itself when there are none."""
        return reduce(and_, found) if (found := list(bitsets)) else self.everything

    def matching(self, kind: Any, value: Any) -> int:
        """Return the bitset that a filter with one value keeps; a search is put together from those of its terms."""
        if not isinstance(value, Query):
            return self._query(kind, value)
        found = self.intersection(
            reduce(or_, (self._query(kind, Query(((term,),), ())) for term in clause)) for clause in value.clauses
        )
        excluded = [self._query(kind, Query(((term,),), ())) for term in value.excluded]
        return found & ~reduce(or_, excluded, 0) if value.clauses else 0

    def _query(self, kind: Any, value: Any) -> int:
        """Return the bitset that the filter ``kind`` keeps for a value, queried once.

        The index of the search knows drafts as well; they have no bit here.
        """

        def query() -> int:
            if isinstance(value, Query):
                return self.bitset_of(self.practices.search_keys(value))
            return self.bitset_of(kind.filter(self.practices, value).order_by().values_list("pk", flat=True))

        return self._queried.get_or_build((kind.queryset_method, hashable(value)), query)

    def order(self, name: str, query: Query | None) -> list[int]:
        """Return the bits of all practices, or of those a search finds, in an order of ``SORT_CHOICES``."""
        key = (name, get_language(), query if name == "relevance" else None)

        def read() -> list[int]:
            if name == "relevance":  # bits are in the order of the code, which decides among equals
                return [bit for _rank, bit in sorted(self._ranked(query))]
            keys = self.practices.in_order(name).primary_keys()
            return [self._bits[key] for key in keys if key in self._bits]  # the version may have moved on

        return self._orders.get_or_build(key, read)

    def _ranked(self, query: Query | None) -> list[tuple[float, int]]:
        """Return ``(rank, bit)`` of what a search finds: from the index alone, which knows drafts as well."""
        return [(rank, self._bits[key]) for key, rank in self.practices.search_ranks(query) if key in self._bits]


def _keys_by_column(rows: Iterable) -> dict[tuple[str, str], list[int]]:
    """Return ``{(parameter, code): keys}`` for the choices that stand in the row of the practice itself."""
    keys = defaultdict(list)
    for key, _code, scope, status, evidence in rows:
        keys["scope", scope].append(key)
        keys["status", status].append(key)
        keys["evidence", evidence].append(key)
    return keys


def hashable(value: Any) -> Any:
    """Return the value of a filter as a key: several codes as a tuple."""
    return tuple(value) if isinstance(value, list) else value


class Listed:
    """The primary keys of a bitset in an order, read a page at a time; ``order`` is that of the code if ``None``.

    A sequence as a paginator wants it.
    """

    def __init__(self, index: BitsetIndex, bitset: int, order: Sequence[int] | None = None) -> None:
        self.index, self.bitset, self.order = index, bitset, order

    def __len__(self) -> int:
        return self.bitset.bit_count()

    def __getitem__(self, page: slice) -> list[int]:
        """Return a slice as a list."""
        bits = self._by_code(page) if self.order is None else self._in_order(self.order, page)
        return [self.index.keys[bit] for bit in bits]

    def _by_code(self, page: slice) -> list[int]:
        """Return bits from the lowest upwards, a window at a time, so that deep pages are not slow."""
        rest, first, seen, bits = self.bitset, 0, 0, []
        while rest and seen < page.stop:
            window = rest & ((1 << WINDOW) - 1)
            within = window.bit_count()
            if seen + within > page.start:
                wanted = islice(_ones(window), max(page.start - seen, 0), page.stop - seen)
                bits += [first + bit for bit in wanted]
            rest, first, seen = rest >> WINDOW, first + WINDOW, seen + within
        return bits

    def _in_order(self, order: Sequence[int], page: slice) -> list[int]:
        listed = f"{self.bitset:0{len(self.index.keys)}b}"[::-1]
        found = islice((bit for bit in order if listed[bit] == "1"), page.stop)
        return list(found)[page.start :]


def _ones(number: int) -> Iterator[int]:
    """Yield the places of the ones in a number, from the lowest."""
    digits = f"{number:b}"[::-1]
    place = digits.find("1")
    while place >= 0:
        yield place
        place = digits.find("1", place + 1)


_newest = ProcessCache(2)  # alias of the database: (version, index)
_building = Lock()


def bitset_index(version: Version | None = None) -> BitsetIndex:
    """Return the index of a version of the catalogue, by default the one that the database holds now.

    The version is read before the practices: a change that comes in between is counted early rather than never.
    """
    version, alias = version or current(), read_now()
    with _building:  # those who wait need the same index
        known, index = _newest.get(alias) or (None, None)
        if index is None or known != version:
            index = _updated(known, index, version) or _built(version)
            _newest.set(alias, (version, index))
        return index


def _built(version: Version) -> BitsetIndex:
    return BitsetIndex(Practice.objects.published(), stored_choices(version).codes())


def _updated(known: Version | None, index: BitsetIndex | None, version: Version) -> BitsetIndex | None:
    """Return the index updated to a version by the few practices that have changed; None when that cannot be."""
    changed = rows_changed_between(known, version) if known else None
    if index is None or changed is None or len(changed) > MANY:
        return None
    return index.after(changed, stored_choices(version).codes())


def build_in_background() -> Thread:
    """Start a thread that builds the index, as a worker does when it starts: its first page waits only for the rest.

    Pages do not count in SQL meanwhile: at 10,000 practices the counts of a page take twice as long as the whole index.
    """
    thread = Thread(target=_build, name="bitset index", daemon=True)
    thread.start()
    return thread


def _build() -> None:
    try:
        bitset_index()
    except Error as problem:  # the first page builds it, or says what is wrong
        logger.warning("The bitset index could not be built in the background: %s", str(problem).partition("\n")[0])
    finally:
        connections.close_all()
