"""The content of a practice as JSON: everything the public sees of it, with its terms and rows; reading and writing it.

Other records are named by their natural keys, so that a content can be read years later and on another machine.
"""

import json
from functools import partial

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils.translation import gettext as _

from catalogue.choices import FRAMEWORK_FIELDS, TERM_FIELDS
from catalogue.errors import Refused
from catalogue.models import Classification, Practice, Term
from catalogue.models.derived import deferred
from catalogue.models.practice import set_period_bounds
from networks.records import translated_fields

TERMS = tuple(TERM_FIELDS)
ROWS = (
    "practice_networks",
    "practice_countries",
    "further_scopes",
    "classifications",
    "places",
    "practice_organisations",
    "legal_instruments",
    "results",
    "links",
    "citations",
    "editors_notes",
)
NOT_CONTENT = ("id", "practice", "code", "slug", "state")
# Nobody types these, but a version is shown with them, and a revision passes them on.
UNTYPED_CONTENT = ("outdated_since_es", "outdated_since_en", "outdated_since_pt", "outdated_texts")


def content_fields(model):
    """Return the fields of a practice or of its rows that a version stores, in the order of the form."""
    whole = translated_fields(model)  # stored language by language instead
    return [
        field
        for field in model._meta.concrete_fields
        if (field.editable or field.name in UNTYPED_CONTENT)
        and field.name not in NOT_CONTENT
        and field.name not in whole
    ]


def row_model(accessor):
    return Practice._meta.get_field(accessor).related_model


def read_content(practice):
    """Return the stored content of a practice, ready for JSON; two equal practices give equal data."""
    return content_of(Practice.objects.get(pk=practice.pk))


def content_of(stored):
    """Return the content of a practice just fetched, whether or not its rows are prefetched; see ``read_content``."""
    return as_json_values(
        {
            "fields": _values(stored),
            "terms": {name: [term.natural_key() for term in getattr(stored, name).all()] for name in TERMS},
            "rows": {accessor: [_values(row) for row in getattr(stored, accessor).all()] for accessor in ROWS},
        }
    )


def as_json_values(values):
    """Return values as JSON gives them back."""
    return json.loads(json.dumps(values, cls=DjangoJSONEncoder))


def _values(record):
    return {field.name: _value(record, field) for field in content_fields(type(record))}


def _value(record, field):
    value = getattr(record, field.name)
    if field.is_relation:
        return list(value.natural_key()) if value else None
    return "" if value is None and hasattr(field, "translated_field") else value


@transaction.atomic
def write_content(practice, content):
    """Store a content in a practice: its own fields, its terms, its rows; equal rows stay untouched.

    Raises ``Refused`` when the content names a record that no longer exists.
    """
    content = with_reasons(content, [_values(row) for row in practice.classifications.all()] if practice.pk else ())
    with deferred():
        for name, value in _field_values(Practice, content["fields"]).items():
            setattr(practice, name, value)
        practice.save()
        for name in TERMS:
            getattr(practice, name).set([_record_with_key(Term, key) for key in content["terms"].get(name, [])])
        for accessor in ROWS:
            _replace_rows(practice, accessor, content["rows"].get(accessor, []))


def with_reasons(content, stored=()):
    """Return a content in which each term of a framework has its row of reasons, and no other row is there.

    A row that the content lacks is taken from the ``stored`` rows, or is empty. Earlier versions hold terms alone, and
    an import knows no reasons.
    """
    empty = _values(Classification(term=Term()))
    known = {tuple(row["term"]): row for row in (*stored, *content["rows"].get("classifications", ()))}
    rows = [
        known.get(tuple(key), {**empty, "term": list(key)})
        for _scheme, name in sorted(FRAMEWORK_FIELDS.items())
        for key in content["terms"].get(name, ())
    ]
    return {**content, "rows": {**content["rows"], "classifications": rows}}


def as_practice(record, content):
    """Return an unsaved practice with a content, and with the code and slug of ``record``.

    Everything that a page reads is prefetched; what names a record that is gone is left out.
    """
    practice = Practice(
        pk=record.pk,
        code=record.code,
        slug=record.slug,
        state=record.state,
        created=record.created,
        updated=record.updated,
        **_field_values(Practice, content["fields"], lenient=True),
    )
    set_period_bounds(practice)
    term = partial(_record_with_key, Term, lenient=True)
    fetched = {name: _fetched(Term, content["terms"].get(name, []), term) for name in TERMS}
    for accessor in ROWS:
        model = row_model(accessor)
        fetched[accessor] = _fetched(model, content["rows"].get(accessor, []), partial(_unsaved_row, model, practice))
    practice._prefetched_objects_cache = fetched
    return practice


def _fetched(model, stored, make):
    """Return the records of a content as a queryset whose result is cached."""
    records = list(filter(None, map(make, stored)))
    queryset = model.objects.filter(pk__in=[record.pk for record in records if record.pk])
    queryset._result_cache = records
    queryset._prefetch_done = True
    return queryset


def _unsaved_row(model, practice, values):
    known = _field_values(model, values, lenient=True)
    gone = any(field.is_relation and not field.null and known[field.name] is None for field in content_fields(model))
    return None if gone else model(practice=practice, **known)


def _replace_rows(practice, accessor, wanted):
    model = row_model(accessor)
    unchanged = []
    for row in model.objects.filter(practice=practice):
        values = as_json_values(_values(row))
        if values in wanted and values not in unchanged:
            unchanged.append(values)
        else:
            row.delete()
    for values in wanted:
        if values not in unchanged:
            model(practice=practice, **_field_values(model, values)).save()


def _field_values(model, values, *, lenient=False):
    """Return the stored values for the fields of today; a field that did not exist then gets its default."""
    return {
        field.name: _python_value(field, values[field.name], lenient) if field.name in values else field.get_default()
        for field in content_fields(model)
    }


def _python_value(field, value, lenient):
    if not field.is_relation:
        return field.to_python(value)
    return _record_with_key(field.related_model, value, lenient) if value else None


def _record_with_key(model, key, lenient=False):
    """Return the record with a natural key. One that is gone is ``None`` when ``lenient``, else raises ``Refused``."""
    try:
        return model.objects.get_by_natural_key(*key)
    except model.DoesNotExist:
        if lenient:
            return None
        name = " ".join(str(part) for part in key)
        raise Refused(
            _("This version refers to something that no longer exists (%(kind)s): %(name)s.")
            % {"kind": model._meta.verbose_name, "name": name}
        ) from None
