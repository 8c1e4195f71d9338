"""What a document holds: the one table of the records that belong to a practice, and how they become JSON and back.

A document is nested lists. A record is the values of its fields in the order of ``Shape.names``, then the records that
its foreign keys name. Networks, States and terms are named by their primary key alone: ``documents.named`` has them.
"""

import json
from datetime import date, datetime
from decimal import Decimal
from functools import cache, partial
from hashlib import blake2b
from typing import NamedTuple

from django.conf import settings
from django.db import models
from django.db.models.base import ModelState

from catalogue.choices import TERM_FIELDS
from catalogue.models import (
    Adaptation,
    Citation,
    Classification,
    CommitmentAnswer,
    Contact,
    EditorsNote,
    LegalInstrument,
    Link,
    Place,
    Practice,
    PracticeCountry,
    PracticeNetwork,
    PracticeOrganisation,
    PracticeScope,
    Presentation,
    RecordVersion,
    Reference,
    Result,
    Term,
)
from networks.models import Commitment, Country, Network

NAMED = (Network, Country, Term)  # small tables, of which a document holds primary keys
ROWS = {  # where a practice holds its rows, as querysets and lists that are prefetched -> what they are
    "practice_networks": PracticeNetwork,
    "practice_countries": PracticeCountry,
    "further_scopes": PracticeScope,
    "classifications": Classification,
    "places": Place,
    "practice_organisations": PracticeOrganisation,
    "legal_instruments": LegalInstrument,
    "results": Result,
    "links": Link,
    "citations": Citation,
    "editors_notes": EditorsNote,
    "public_presentations": Presentation,
    "public_adaptations": Adaptation,
    "public_answers": CommitmentAnswer,
    "public_versions": RecordVersion,
}
TERMS = tuple(TERM_FIELDS)
EMBEDDED = {  # foreign keys whose records stand in the document: a change of one of these writes it anew
    Practice: ("edition", "contact"),
    Contact: ("via",),
    PracticeOrganisation: ("organisation",),
    Citation: ("reference",),
    Presentation: ("meeting",),
    Adaptation: ("contact",),
    CommitmentAnswer: ("commitment",),
    Commitment: ("meeting",),
}
LEFT_OUT = {"publish_at", "unpublish_at", "reminded_on", "revision_of", "content"}  # no page shows them
WITH_URL = (LegalInstrument, Link, Adaptation, Reference)  # ``mark_unreached`` gives them ``unreached_on``
FROM_JSON = {models.DateTimeField: datetime.fromisoformat, models.DateField: date.fromisoformat}
FROM_JSON |= {models.DecimalField: Decimal}


class Shape(NamedTuple):
    """How records of a model stand in a document.

    ``names`` are the attributes with a value each, ``converted`` their places and functions where JSON has no such
    type, ``named`` and ``embedded`` the foreign keys to records of ``NAMED`` and ``EMBEDDED``.
    """

    model: type
    names: tuple
    converted: tuple
    named: tuple
    embedded: tuple


@cache
def shape_of(model):
    """Return the ``Shape`` of a model."""
    fields = [field for field in model._meta.concrete_fields if _is_stored(field)]
    embedded = [model._meta.get_field(name) for name in EMBEDDED.get(model, ())]
    converted = [(field.attname, _from_json(field)) for field in fields if _from_json(field)]
    if model in WITH_URL:
        converted.append(("unreached_on", datetime.fromisoformat))
    return Shape(
        model,
        (*(field.attname for field in fields), *(["unreached_on"] if model in WITH_URL else [])),
        tuple(converted),
        tuple((field.name, field.attname, field.related_model) for field in fields if field.related_model in NAMED),
        tuple((field.name, field.related_model) for field in embedded),
    )


def _is_stored(field):
    of_person = field.is_relation and field.related_model._meta.label == settings.AUTH_USER_MODEL
    return not of_person and field.name not in LEFT_OUT


def _from_json(field):
    return next((convert for kind, convert in FROM_JSON.items() if isinstance(field, kind)), None)


@cache
def fingerprint():
    """Return what tells documents of this release from those with other fields."""
    found, models_of_document = [], [Practice, *ROWS.values()]
    for model in models_of_document:  # it grows meanwhile
        shape = shape_of(model)
        found.append((model._meta.label, shape.names, [name for name, _model in shape.embedded]))
        models_of_document += [target for _name, target in shape.embedded if target not in models_of_document]
    return blake2b(repr((found, TERMS)).encode(), digest_size=16).hexdigest()


def as_json(practice):
    """Return the document of a practice that ``for_document()`` fetched and ``mark_unreached`` marked."""
    terms = [[term.pk for term in getattr(practice, field).all()] for field in TERMS]
    rows = [[_values(row) for row in _rows_of(practice, attribute)] for attribute in ROWS]
    return json.dumps([_values(practice), terms, rows], ensure_ascii=False, separators=(",", ":"), default=str)


def _rows_of(practice, attribute):
    rows = getattr(practice, attribute)
    return rows if isinstance(rows, list) else rows.all()


def _values(record, *, whole=True):
    """Return a record as a list; dates and times in ISO 8601, numbers of the database as text.

    One that belongs to a record of its own kind (an office to another office) is not ``whole``: it embeds nothing.
    """
    if record is None:
        return None
    shape = shape_of(type(record))
    values = [record.__dict__[name] for name in shape.names]
    values = [value.isoformat() if isinstance(value, date) else value for value in values]
    embedded = shape.embedded if whole else ()
    return values + [_values(getattr(record, name), whole=model is not shape.model) for name, model in embedded]


class Rows(list):
    """Rows that belong to a practice, as its relation gives them; anything but reading all of them fails."""

    def all(self):
        return self


class Relations(dict):
    """What belongs to a practice by the names of its relations, each decoded when it is first read.

    A relation that names a record which ``named`` lacks raises ``KeyError``: then Django asks the database.
    """

    def __init__(self, practice, terms, rows, named):
        super().__init__()
        self._practice, self._named = practice, named
        self._terms, self._rows = dict(zip(TERMS, terms, strict=True)), dict(zip(ROWS, rows, strict=True))

    def __missing__(self, name):
        found = Rows(self._named.terms(self._terms[name]) if name in self._terms else self._decoded(name))
        self[name] = found
        return found

    def _decoded(self, name):
        rows = [_record(ROWS[name], row, self._named, self._practice._state.db) for row in self._rows[name]]
        for row in rows:
            row._state.fields_cache["practice"] = self._practice
        if name in SORTED:
            rows.sort(key=partial(SORTED[name], self._named))
        return rows


SORTED = {  # rows in the order of what they name, which may change without their practice
    "classifications": lambda named, row: named.position_of_term[row.term_id],
    "public_adaptations": lambda named, row: (row.country.order, row.pk),
}


def as_practice(document, named, using):
    """Return the practice of a document, with everything prefetched; ``named`` are ``NamedRecords``.

    Raises ``KeyError`` when it names a record that is not among them, as far as it is decoded at once.
    """
    values, terms, rows = json.loads(document)
    practice = _record(Practice, values, named, using)
    relations = practice._prefetched_objects_cache = Relations(practice, terms, rows, named)
    practice.__dict__ |= {attribute: relations[attribute] for attribute in ROWS if attribute.startswith("public_")}
    return practice


def _record(model, values, named, using, *, whole=True):
    """Return a record with the values of a document, as unpickling does it: nothing is computed from fields."""
    if values is None:
        return None
    shape = shape_of(model)
    record = model.__new__(model)
    state = record.__dict__
    state.update(zip(shape.names, values, strict=False))  # the records that it embeds follow
    for name, convert in shape.converted:
        if state[name] is not None:
            state[name] = convert(state[name])
    state["_state"] = ModelState()
    record._state.adding, record._state.db = False, using
    related = record._state.fields_cache
    for name, attname, target in shape.named:
        key = state[attname]
        related[name] = None if key is None else named.records[target][key]
    embedded = shape.embedded if whole else ()
    for (name, target), stored in zip(embedded, values[len(shape.names) :], strict=True):
        related[name] = _record(target, stored, named, using, whole=target is not model)
    return record
