"""The index of names: how the names of practices, networks, countries, organisations and meetings begin.

It is written in the transaction that changes a name, and only says who may be suggested and in which order:
``suggestions`` reads the names themselves, and who may see them.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.db import transaction

from catalogue.models import Organisation, Practice
from catalogue.models.suggestion import SuggestedName, SuggestedRecord
from catalogue.querysets.expressions import Keys
from catalogue.text.folding import sort_key
from catalogue.text.languages import CONTENT_LANGUAGES, fallback_chain
from catalogue.text.search_names import folded_name, indexed_starts, word_starts
from networks.acronyms import acronym_in
from networks.models import Country, Meeting, Network

BATCH = 500


class Kind(NamedTuple):
    """What has names of one kind: its model, its translated fields, and a function to its further names, one a line."""

    model: Any
    fields: tuple[str, ...]
    further: Callable


KINDS = {
    "practice": Kind(Practice, ("short_title", "title"), lambda practice: practice.acronym),
    "network": Kind(Network, ("name", "short_name"), lambda network: network.aliases),
    "country": Kind(Country, ("name",), lambda country: country.aliases),
    "organisation": Kind(Organisation, ("name",), lambda organisation: organisation.acronym),
    "meeting": Kind(Meeting, ("name",), lambda meeting: meeting.forum.acronym if meeting.forum else ""),
}


def label(kind, record, language):
    """Return the name under which a record is suggested to readers of a language, an organisation with its acronym."""
    shown = shown_name(kind, record, language)
    acronym = acronym_in(record.acronym, language) if kind == "organisation" else ""
    return shown if acronym in shown else f"{shown} ({acronym})"


def shown_name(kind, record, language):
    """Return the name that a record has on a page: a practice its short title, in another language if it must be."""
    own, *others = fallback_chain(language)
    if kind == "practice":
        fields = [f"short_title_{own}", f"title_{own}"]
        fields += [f"{field}_{code}" for field in ("short_title", "title") for code in others]
    else:
        fields = [f"name_{code}" for code in (own, *others)]
    return next(filter(None, (getattr(record, field) for field in fields)), "")


def all_names(kind, record):
    """Return the names of a record in all languages, acronyms and aliases among them."""
    fields = (f"{field}_{code}" for field in KINDS[kind].fields for code in CONTENT_LANGUAGES)
    return [*filter(None, (getattr(record, field) for field in fields)), *_further(kind, record)]


def first_names(kind, record, language):
    """Return the names by whose beginning a record comes first: as readers of a language see it, acronyms, aliases."""
    return [shown_name(kind, record, language), *_further(kind, record)]


def _further(kind, record):
    return KINDS[kind].further(record).splitlines()


def index(kind, keys):
    """Write the names of the records with these primary keys anew; those of deleted records go."""
    ordered = sorted(keys)
    for start in range(0, len(ordered), BATCH):
        batch = ordered[start : start + BATCH]
        records = _stored(kind).filter(pk__in=batch)
        index_records(kind, records)
        forget(kind, set(batch) - {record.pk for record in records})


def index_records(kind, records):
    """Write the names of these records anew, at most ``BATCH`` of them; what has not changed is not written."""
    with transaction.atomic():
        rows = [_row(kind, record) for record in records]
        rows = SuggestedRecord.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["kind", "key"],
            update_fields=[f"sort_{code}" for code in CONTENT_LANGUAGES],
        )
        wanted = {
            (row.pk, *name): SuggestedName(record=row, language=name[0], start=name[1])
            for row, record in zip(rows, records, strict=True)
            for name in _names(kind, record)
        }
        gone = []
        for key, *name, start in SuggestedName.objects.filter(record__in=rows).values_list(
            "pk", "record", "language", "start"
        ):
            if not wanted.pop((*name, bytes(start)), None):
                gone.append(key)
        if gone:
            SuggestedName.objects.filter(pk__among=Keys(gone)).delete()
        SuggestedName.objects.bulk_create(wanted.values(), ignore_conflicts=True)


def forget(kind, keys):
    """Delete the names of records that are deleted."""
    if keys:
        SuggestedRecord.objects.filter(kind=kind, key__in=keys).delete()


def rebuild():
    """Write the names of everything but practices anew, and delete those of what is deleted."""
    for kind in KINDS:
        stored = set(_stored(kind).values_list("pk", flat=True))
        known = set(SuggestedRecord.objects.filter(kind=kind).values_list("key", flat=True))
        gone = sorted(known - stored)
        for start in range(0, len(gone), BATCH):
            forget(kind, gone[start : start + BATCH])
        if kind != "practice":
            index(kind, stored)


def nameless(kind):
    """Return the records that the index of names does not know."""
    return KINDS[kind].model.objects.exclude(pk__in=SuggestedRecord.objects.filter(kind=kind).values("key"))


def _stored(kind):
    """Return the records of a kind with all that their names need."""
    records = KINDS[kind].model.objects.order_by("pk")
    return records.select_related("forum") if kind == "meeting" else records


def _row(kind, record):
    sorts = {f"sort_{code}": sort_key(label(kind, record, code)).encode() for code in CONTENT_LANGUAGES}
    return SuggestedRecord(kind=kind, key=record.pk, **sorts)


def _names(kind, record):
    """Yield ``(language, start)`` of every name in the index."""
    for start in indexed_starts(word_starts(all_names(kind, record))):
        yield "", start
    for code in CONTENT_LANGUAGES:
        for start in indexed_starts(filter(None, map(folded_name, first_names(kind, record, code)))):
            yield code, start
