"""What a harvester is given: public practices and withdrawn ones, together in the order of their last change.

The place in that order, a time and a code, is where the next piece of a long answer begins: a record that changes in
the meantime moves to the end, so that none is missed.
"""

from datetime import datetime
from heapq import merge
from itertools import islice
from typing import NamedTuple

from catalogue.harvest.oai_sets import practices_of, sets_of
from catalogue.models import Practice, PublicRecord


class Wish(NamedTuple):
    """What a harvester asks for: a format, a set, changes from a time (inclusive) to a time (exclusive)."""

    prefix: str
    set_name: str = ""
    since: datetime | None = None
    before: datetime | None = None


class Held(NamedTuple):
    """A record as harvesters see it; a withdrawn one has no practice."""

    changed: datetime
    code: str
    sets: list
    practice: Practice | None = None


def held(wish, after, size):
    """Return at most ``size`` records in order, after the place ``(time, code)`` or from the start."""
    practices = Practice.objects.published().by_change()
    withdrawn = PublicRecord.objects.withdrawn()
    if wish.set_name:
        practices = practices_of(practices, wish.set_name)
        withdrawn = withdrawn.in_set(wish.set_name) if ":" in wish.set_name else withdrawn
    if practices is None:
        return []
    public, gone = (_asked_for(rows, wish, after)[:size] for rows in (practices.for_record(), withdrawn))
    return list(islice(merge(map(as_held, public), map(as_withdrawn, gone), key=lambda one: one[:2]), size))


def one(code):
    """Return the record with this code, public or withdrawn; ``None`` when it never was public."""
    practice = Practice.objects.published().for_record().with_codes([code]).first()
    if practice:
        return as_held(practice)
    gone = PublicRecord.objects.withdrawn().filter(code=code).first()
    return as_withdrawn(gone) if gone else None


def earliest():
    """Return the time of the first change that can be asked for; ``None`` in an empty catalogue."""
    rows = [Practice.objects.published().by_change().first(), PublicRecord.objects.withdrawn().first()]
    times = [row.updated if isinstance(row, Practice) else row.withdrawn_at for row in rows if row]
    return min(times, default=None)


def as_held(practice):
    return Held(practice.updated, practice.code, sets_of(practice), practice)


def as_withdrawn(record):
    return Held(record.withdrawn_at, record.code, record.sets.split())


def _asked_for(rows, wish, after):
    if wish.since:
        rows = rows.changed_since(wish.since)
    if wish.before:
        rows = rows.changed_before(wish.before)
    return rows.changed_after(*after) if after else rows
