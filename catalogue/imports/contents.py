"""The content of a practice after an import: the stored one, merged with the rows of the file.

A content is that of a version (``editorial.workflow.practice_content``). A column that the file lacks leaves what is
stored, and so does a sheet in which the practice has no row.
"""

from copy import deepcopy
from functools import lru_cache

from django.utils.translation import gettext as _

from catalogue.editorial.workflow import practice_content
from catalogue.editorial.workflow.diff import ROW_KEYS
from catalogue.imports import cells
from catalogue.imports.cells import WrongCell, codes, value_of
from catalogue.models import Practice, Reference


@lru_cache(maxsize=16)
def _empty_values(model):
    fields = practice_content.content_fields(model)
    return practice_content.as_json_values(
        {field.name: None if field.is_relation else _first(field) for field in fields}
    )


def _first(field):
    value = field.get_default()
    return "" if value is None and hasattr(field, "translated_field") else value


def empty_values(model):
    """Return the values of a new record."""
    return deepcopy(_empty_values(model))


def empty_content():
    """Return the content of a new practice."""
    return {
        "fields": empty_values(Practice),
        "terms": {name: [] for name in practice_content.TERMS},
        "rows": {accessor: [] for accessor in practice_content.ROWS},
    }


class Content:
    """The content of one practice while the rows of a file are merged into it; ``problems`` collects what is wrong."""

    def __init__(self, stored, known, problems):
        self.is_new = stored is None
        self.stored = stored or empty_content()
        self.merged = deepcopy(self.stored)
        self.known = known
        self.problems = problems
        self.places = {}  # {(relation, number among its rows): (header, row)}, to say where something is wrong

    def merge(self, header, row, related):
        """Merge the row of the practice, and ``related``: ``[(header, rows)]`` of the other sheets."""
        for placed in header.columns:
            if not placed.column.imported_as.rows:
                with self.problems.of(header, row, placed.column.name):
                    self._set_cell(self.merged["fields"], self.stored["fields"], placed, row, Practice)
        for other, rows in related:
            self._replace_rows(other, rows)
        for placed in header.columns:
            if placed.column.imported_as.rows:
                with self.problems.of(header, row, placed.column.name):
                    self._set_codes(placed.column, codes(row.cells.get(placed.column.name)))
        self.merged = practice_content.with_reasons(self.merged)

    def _set_cell(self, values, stored, placed, row, model):
        """Put a cell into the values of a record."""
        column, cell = placed.column, row.cells.get(placed.column.name)
        target, name = column.imported_as, field_of(placed)
        if target.terms:
            self.merged["terms"][name] = self.known.terms(name, codes(cell))
        elif cell is None and (self.is_new or stored is None):
            return  # an empty cell of something new leaves the default of the form
        elif target.of is Reference:
            values[name] = self._reference(cell, row)
        elif target.of:
            text = cells.as_text(cell).strip()
            values[name] = self.known.key(target.of, text, row.cells) if text else None
        else:
            places = getattr(model._meta.get_field(name), "decimal_places", None)
            values[name] = value_of(column, cell, (stored or values)[name], places)

    def _reference(self, cell, row):
        number = cells.whole(cells.as_text(cell))
        edition = cells.as_text(row.cells.get("reference_edition")).strip()
        of_practice = self.merged["fields"]["edition"]
        return self.known.reference(edition or (of_practice or [""])[0], number) if number is not None else None

    # Rows of other sheets

    def _replace_rows(self, header, rows):
        relation = header.table.relation
        before = {row_key(relation, values): values for values in self.stored["rows"][relation]}
        after, seen = [], set()
        for row in rows:
            values = self._row(header, row, before)
            key = row_key(relation, values)
            if key in seen and key != (None,):
                self.problems.note(header, row, "", _("This sheet has the same row twice for this practice."))
            seen.add(key)
            after.append((values, header, row))
        after = in_their_order(after)
        self.merged["rows"][relation] = [values for values, _header, _row in after]
        self.places |= {(relation, place): where for place, (_values, *where) in enumerate(after)}

    def _row(self, header, row, before):
        """Return the values of a row: those stored under the same key, and over them what the row says."""
        model = practice_content.row_model(header.table.relation)
        values = empty_values(model)
        naming = [placed for placed in header.columns if field_of(placed) in key_fields(header.table.relation)]
        for placed in naming:
            with self.problems.of(header, row, placed.column.name):
                self._set_cell(values, None, placed, row, model)
        stored = before.get(row_key(header.table.relation, values))
        if stored:
            values = {**deepcopy(stored), **{name: values[name] for name in key_fields(header.table.relation)}}
        for placed in header.columns:
            without_order = field_of(placed) == "order" and row.cells.get("order") is None
            if placed not in naming and not without_order:
                with self.problems.of(header, row, placed.column.name):
                    self._set_cell(values, stored, placed, row, model)
        return values

    # Several codes in one cell

    def _set_codes(self, column, wanted):
        """Make a row of each code of a cell, unless the sheet of these rows says it already."""
        relation, name = column.imported_as.rows, column.imported_as.field
        for code in wanted:
            if column.imported_as.of:
                self.known.key(column.imported_as.of, code)
            else:
                cells.code(code, column.codes)
        before, now = (self._codes(rows["rows"][relation], column) for rows in (self.stored, self.merged))
        if wanted in (before, now) or (relation == "further_scopes" and sorted(wanted) == now):
            return
        if now != before:
            raise WrongCell(
                _("The separate sheet has other values: %(codes)s. Correct one of the two.")
                % {"codes": ", ".join(now) or "–"}
            )
        rows = self.merged["rows"][relation]
        own = [values for values in rows if self._is_of(values, column)]
        others = [values for values in rows if values not in own]
        by_code = {code_of(values[name]): values for values in own}
        model = practice_content.row_model(relation)
        new = {**empty_values(model), **dict(column.imported_as.fixed)}
        own = [by_code.get(code) or {**new, name: [code] if column.imported_as.of else code} for code in wanted]
        self.merged["rows"][relation] = (
            numbered([*own, *others]) if "order" in new else sorted(own, key=lambda v: v[name])
        )

    def _codes(self, rows, column):
        return [code_of(values[column.imported_as.field]) for values in rows if self._is_of(values, column)]

    @staticmethod
    def _is_of(values, column):
        return all(values[name] == value for name, value in column.imported_as.fixed)


def field_of(placed):
    """Return the name of the field in which a cell is put, with its language where it has one."""
    name = placed.column.target_field
    return f"{name}_{placed.words.language}" if placed.column.read.localized else name


def key_fields(relation):
    """Return the fields by which a row of a relation is recognised."""
    return ROW_KEYS.get(relation, ("order",))


def row_key(relation, values):
    return tuple(code_of(values[name]) for name in key_fields(relation))


def code_of(value):
    return value[0] if isinstance(value, list) else value


def in_their_order(rows):
    """Return rows ``(values, …)`` in the order of their places; a row without one comes last and gets the next."""
    placed = sorted((row for row in rows if row[0].get("order") is not None), key=lambda row: row[0]["order"])
    rest = [row for row in rows if row[0].get("order") is None]
    last = placed[-1][0]["order"] if placed else 0
    for number, row in enumerate(rest, start=last + 1):
        if "order" in row[0]:
            row[0]["order"] = number
    return [*placed, *rest]


def numbered(rows):
    return [{**values, "order": number} for number, values in enumerate(rows, start=1)]
