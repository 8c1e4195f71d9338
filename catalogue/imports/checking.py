"""Whether the models accept a content; what they refuse is noted of the cell from which it comes."""

from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint
from django.utils.translation import gettext as _

from catalogue.choices import CountryRole
from catalogue.editorial.workflow import practice_content
from catalogue.imports.contents import field_of
from catalogue.models import Practice

BESIDE_THE_FILE = (
    "classifications",
)  # rows that follow from the codes of terms; their reasons are written in the form
DEFAULT_SENTENCE = CheckConstraint.default_violation_error_message


def check(content, header, row):
    """Note in ``content.problems`` what the models refuse of the practice and of its rows."""
    practice = Practice(
        **_own_values(Practice, content.merged["fields"]), code="CSM-2000-000", slug="any-slug"
    )  # given later
    _note_refusals(content, practice, (header, row))
    for relation, rows in content.merged["rows"].items():
        if relation not in BESIDE_THE_FILE and rows != content.stored["rows"][relation]:
            _check_rows(content, relation, rows, (header, row))
    if not content.merged["rows"]["practice_networks"]:
        content.problems.note(header, row, "networks", _("Add at least one network."))
    if not any(values["role"] == CountryRole.IMPLEMENTING for values in content.merged["rows"]["practice_countries"]):
        content.problems.note(header, row, "countries", _("Add at least one country that implements the practice."))


def _check_rows(content, relation, rows, of_practice):
    model = practice_content.row_model(relation)
    unchanged = content.stored["rows"][relation]
    orders = [values["order"] for values in rows if "order" in values]
    for place, values in enumerate(rows):
        where = content.places.get((relation, place), of_practice)
        if "order" in values and orders.count(values["order"]) > 1 and where is not of_practice:
            content.problems.note(*where, "order", _("Two rows have the same position."))
        if values in unchanged:
            continue
        for field in practice_content.content_fields(model):
            if field.is_relation and not field.null and values[field.name] is None:
                content.problems.note(*where, field.name, _("Write a code."))
        _note_refusals(content, model(**_own_values(model, values)), where)


def _note_refusals(content, record, where):
    header, row = where
    columns = {field_of(placed): placed.column.name for placed in header.columns if not placed.column.imported_as.rows}
    fields = [field.name for field in practice_content.content_fields(type(record)) if not field.is_relation]
    left_out = {field.name for field in record._meta.fields} - set(fields)
    for refuse in (lambda: record.clean_fields(exclude=left_out), record.clean, lambda: _check_constraints(record)):
        try:
            refuse()
        except ValidationError as refusal:
            for name, messages in _by_field(refusal).items():
                for message in messages:
                    content.problems.note(header, row, columns.get(name, ""), message)
            return


def _check_constraints(record):
    """Refuse what breaks a rule that has a sentence of its own."""
    for constraint in record._meta.constraints:
        own = getattr(constraint, "violation_error_message", DEFAULT_SENTENCE) != DEFAULT_SENTENCE
        if isinstance(constraint, CheckConstraint) and own and not isinstance(record, Practice):
            constraint.validate(type(record), record)


def _by_field(refusal):
    return refusal.message_dict if hasattr(refusal, "error_dict") else {"": refusal.messages}


def _own_values(model, values):
    """Return values that are no relations as the model wants them; an impossible one is left for it to refuse."""
    fields = {name: model._meta.get_field(name) for name in values}
    return {name: _python_value(fields[name], value) for name, value in values.items() if not fields[name].is_relation}


def _python_value(field, value):
    try:
        return field.to_python(value)
    except ValidationError:
        return value
