"""What changed between two versions of a practice: per field and language, per row, with the words marked."""

import re
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from django.db.models import Field, Model
from django.db.models.options import Options
from django.utils.translation import gettext as _

from catalogue.editorial.workflow.practice_content import ROWS, TERMS, UNTYPED_CONTENT, content_fields, row_model
from catalogue.models import Practice, Term
from catalogue.text.languages import LANGUAGE_NAMES

Values = dict[str, Any]  # of the fields of a record, as ``practice_content`` stores them
WORDS = re.compile(r"\w+|\s+|[^\w\s]")
SAME, ADDED, REMOVED = "same", "added", "removed"
# By which fields a row is recognised when it changes; the others by their position
ROW_KEYS = {
    "practice_networks": ("network",),
    "practice_countries": ("country", "role"),
    "further_scopes": ("scope",),
    "classifications": ("term",),
    "practice_organisations": ("organisation", "role"),
}


class Piece(NamedTuple):
    """Some words and whether they are in both texts, only in the later or only in the earlier one."""

    kind: str
    text: str


class Change(NamedTuple):
    """A field whose text changed: its name and label, its language, and its words."""

    field: str
    label: str
    language: str
    pieces: list[Piece]


def compare(before: Values, after: Values) -> list[Change]:
    """Return the changes between two contents of a practice, in the order of the form; equal ones give none."""
    changes = _changed_values(Practice, before["fields"], after["fields"])
    for name in TERMS:
        old, new = before["terms"].get(name, []), after["terms"].get(name, [])
        changes += _change(name, _label(Practice._meta.get_field(name)), _term_names(old), _term_names(new))
    for accessor in ROWS:
        changes += _changed_rows(accessor, before["rows"].get(accessor, []), after["rows"].get(accessor, []))
    return changes


def compare_words(before: str, after: str) -> list[Piece]:
    """Return two texts as one sequence of pieces, compared word by word."""
    old, new = WORDS.findall(before), WORDS.findall(after)
    pieces = []
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(Piece(SAME, "".join(old[i:j])))
        else:
            pieces += [Piece(REMOVED, "".join(old[i:j]))] if i < j else []
            pieces += [Piece(ADDED, "".join(new[k:m]))] if k < m else []
    return pieces


def _change(field: str, label: str, before: str, after: str, language: str = "") -> list[Change]:
    return [Change(field, label, language, compare_words(before, after))] if before != after else []


def _changed_values(
    model: type[Model], before: Values, after: Values, prefix: str = "", heading: str = ""
) -> list[Change]:
    changes = []
    for field in content_fields(model):
        if field.name in UNTYPED_CONTENT:  # follows from the texts
            continue
        language = field.name[-2:] if field.name[-3:] in ("_es", "_en", "_pt") and _is_translated(field) else ""
        # a version from before there was a field says what a new record says in it
        old, new = (_value_as_text(field, values.get(field.name, field.get_default())) for values in (before, after))
        label = " – ".join(filter(None, [heading, _label(field, language)]))
        changes += _change(f"{prefix}{field.name}", label, old, new, LANGUAGE_NAMES.get(language, ""))
    return changes


def _is_translated(field: Field) -> bool:
    return hasattr(field, "translated_field")


def _label(field: Field | Options, language: str = "") -> str:
    label = str((field.translated_field if language else field).verbose_name)
    return label[:1].upper() + label[1:]


def _value_as_text(field: Field, value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if field.is_relation:
        return _name_of_key(field.related_model, value)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return str(value)


def _name_of_key(model: type[Model], key: list) -> str:
    """Return the name of the record with a natural key; the key itself when the record is gone."""
    try:
        return str(model.objects.get_by_natural_key(*key))
    except model.DoesNotExist:
        return " ".join(str(part) for part in key)


def _term_names(keys: list[list]) -> str:
    return "; ".join(_name_of_key(Term, key) for key in keys)


def _changed_rows(accessor: str, before: list[Values], after: list[Values]) -> list[Change]:
    model = row_model(accessor)
    old, new = (_by_key(accessor, rows) for rows in (before, after))
    changes = []
    for key in dict.fromkeys([*old, *new]):
        field = f"{accessor}-{'-'.join(map(str, key))}"
        heading = f"{_label(model._meta)} {_position(key)}".strip()
        if key not in old or key not in new:
            texts = [_row_as_text(model, rows[key]) if key in rows else "" for rows in (old, new)]
            changes += _change(field, heading, *texts)
        else:
            changes += _changed_values(model, old[key], new[key], f"{field}-", heading)
    return changes


def _position(key: tuple) -> str:
    return str(key[0]) if len(key) == 1 and isinstance(key[0], int) else ""


def _by_key(accessor: str, rows: list[Values]) -> dict[tuple, Values]:
    names = ROW_KEYS.get(accessor)
    if not names:
        return {(position,): row for position, row in enumerate(rows, start=1)}
    return {tuple(str(row.get(name)) for name in names): row for row in rows}


def _row_as_text(model: type[Model], values: Values) -> str:
    """Return a whole row as lines ``label: value``, without what is empty."""
    lines = []
    for field in content_fields(model):
        if text := _value_as_text(field, values.get(field.name)):
            language = field.name[-2:] if _is_translated(field) else ""
            name = f" ({LANGUAGE_NAMES[language]})" if language else ""
            lines.append(f"{_label(field, language)}{name}: {text}")
    return "\n".join(lines)
