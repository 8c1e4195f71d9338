"""A practice that says one thing in every text it has: to see where that thing comes out."""

from catalogue import models
from catalogue.choices import State
from catalogue.editorial.workflow import practice_content
from catalogue.models import Practice
from networks.records import translated_fields
from tests.desk import make_record

NEEDED = {
    models.Place: {},
    models.LegalInstrument: {"kind": "act"},
    models.Result: {"kind": "result"},
    models.Link: {"kind": "official", "language": "es", "url": "https://example.org/"},
    models.EditorsNote: {"field": "title"},
}
NOT_TEXT = {"code", "slug", "start", "end", "date", "as_of", "hotline", "url", "anomaly"}


def crafted_record(text, *, state=State.DRAFT, country="PE"):
    """Return a practice whose every free text, in its rows and in each language, is ``text``."""
    practice = make_record(state=state, country=country)
    for model, needed in NEEDED.items():
        model.objects.create(practice=practice, order=90, **needed)
    write(practice, text)
    for accessor in practice_content.ROWS:
        for row in getattr(practice, accessor).all():
            write(row, text)
    return Practice.objects.get(pk=practice.pk)


def write(record, text):
    """Write ``text`` past all forms into every free text of a row."""
    whole = translated_fields(type(record))
    fields = [field for field in record._meta.concrete_fields if is_text(field) and field.name not in whole]
    values = {field.attname: text[: field.max_length] for field in fields}
    if values:
        type(record).objects.filter(pk=record.pk).update(**values)


def is_text(field):
    """Whether a field holds words that somebody writes."""
    kinds = ("CharField", "TextField", "TranslationCharField", "TranslationTextField")
    internal = field.get_internal_type() in ("CharField", "TextField") or type(field).__name__ in kinds
    return internal and field.editable and not field.choices and field.name not in NOT_TEXT
