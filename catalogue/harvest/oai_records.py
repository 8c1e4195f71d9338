"""The records of OAI-PMH: public practices and withdrawn ones, together in the order of their last change.

A position in that order, a time and a code, is where the next batch of a long list begins: a record that changes in the
meantime moves to the end, so that none is missed.
"""

from datetime import datetime
from heapq import merge
from itertools import islice
from typing import NamedTuple

from catalogue.harvest.oai_sets import practices_in_set, sets_of
from catalogue.models import Practice, PublicRecord


class OaiRequest(NamedTuple):
    """What a harvester asks for: a format, a set, changes from a time (inclusive) to a time (exclusive)."""

    prefix: str
    set_name: str = ""
    since: datetime | None = None
    before: datetime | None = None


class OaiRecord(NamedTuple):
    """A record as harvesters see it; a withdrawn one has no practice."""

    changed: datetime
    code: str
    sets: list[str]
    practice: Practice | None = None


def requested_records(request, after, size):
    """Return at most ``size`` records in order, after the position ``(time, code)`` or from the start."""
    practices = Practice.objects.published().by_change()
    withdrawn = PublicRecord.objects.withdrawn()
    if request.set_name:
        practices = practices_in_set(practices, request.set_name)
        withdrawn = withdrawn.in_set(request.set_name) if ":" in request.set_name else withdrawn
    if practices is None:
        return []
    public, gone = (_changed_within(rows, request, after)[:size] for rows in (practices.for_record(), withdrawn))
    records = merge(map(_public_record, public), map(_withdrawn_record, gone), key=lambda record: record[:2])
    return list(islice(records, size))


def find_record(code):
    """Return the record with this code, public or withdrawn; ``None`` when it never was public."""
    if practice := Practice.objects.published().for_record().with_codes([code]).first():
        return _public_record(practice)
    gone = PublicRecord.objects.withdrawn().filter(code=code).first()
    return _withdrawn_record(gone) if gone else None


def earliest_change():
    """Return the time of the first change that can be asked for; ``None`` in an empty catalogue."""
    practice, gone = Practice.objects.published().by_change().first(), PublicRecord.objects.withdrawn().first()
    times = [practice and practice.updated, gone and gone.withdrawn_at]
    return min(filter(None, times), default=None)


def _public_record(practice):
    return OaiRecord(practice.updated, practice.code, sets_of(practice), practice)


def _withdrawn_record(record):
    return OaiRecord(record.withdrawn_at, record.code, record.sets.split())


def _changed_within(rows, request, after):
    if request.since:
        rows = rows.changed_since(request.since)
    if request.before:
        rows = rows.changed_before(request.before)
    return rows.changed_after(*after) if after else rows
