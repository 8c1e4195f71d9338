"""A file as rows of the tables of the catalogue: which sheet is which table, which column is which."""

import csv
import io
import re
from functools import lru_cache
from typing import NamedTuple

from django.utils.translation import gettext as _

from catalogue.errors import Refused
from catalogue.exports.codebook import in_each_language
from catalogue.exports.labels import wordings
from catalogue.exports.layout import Layout
from catalogue.exports.tables import PRACTICES, RECORDS, RELATED
from catalogue.exports.writers.csv_text import undone
from catalogue.exports.writers.xlsx import SHEET_NAME_LIMIT, letters
from catalogue.imports.cells import WrongCell, as_text
from catalogue.imports.spool import Row
from catalogue.imports.workbook import BROKEN, COLUMNS_LIMIT, Workbook
from catalogue.text.folding import fold

LIMIT = 20_000  # practices of one file
EARLIER = {  # what sheets were called in files of before; people still send them in
    "clasificaciones segun los marco": "classifications",
    "classificacoes segundo os marco": "classifications",
    "livro de codigos": "codebook",
}
TABLES = {table.name: table for table in (PRACTICES, *RELATED.values(), RECORDS)}
NAMED = re.compile(r"\[([a-z0-9_]+)\]\s*\Z")
CELL_SIGNS = 1 << 20  # the longest cell of a CSV
# what an import reads beside the imported columns; the last of it describes organisations that are not known yet
ALSO_READ = ("code", "slug", "updated", "reference_edition")
ALSO_READ += ("organisation_name_es", "organisation_name_en", "organisation_name_pt", "acronym", "kind")
STEP = 500  # rows between two reports of progress


class Header(NamedTuple):
    """A sheet that is a table of the catalogue: its name in the file, the places of its known columns by their names,
    and those of them that are imported, in the order of the table.
    """

    table: object
    sheet: str
    places: dict
    columns: list

    def at(self, name):
        """Return how people find a column: its letters and its name."""
        return f"{letters(self.places[name])} · {name}" if name in self.places else name


def columns_of(name):
    """Return the columns of a table, each text once for each language."""
    return _layouts()[name]


@lru_cache(maxsize=1)
def _layouts():
    words = wordings("all")
    return {name: Layout(table, words).columns for name, table in TABLES.items()}


def read(file, kind, spool, report=lambda done: None):
    """Put the rows of a file into ``spool``. Return ``({table: Header}, notices)``.

    Raises ``Refused`` when the file as a whole is not what is read here. ``report(done)`` hears of the rows.
    """
    headers, notices, count = {}, [], 0
    try:
        for name, rows in _sheets(file, kind):
            header = _header(name, rows, notices, headers)
            if header is None:
                continue
            headers[header.table.name] = header
            for row in _rows(header, rows):
                spool.add(header.table.name, practice_key(row), row)
                count += 1
                if count % STEP == 0:
                    report(count)
    except BROKEN:
        raise Refused(_("The Excel file is damaged and could not be read completely.")) from None
    except csv.Error as problem:
        raise Refused(_("The CSV cannot be read: %(problem)s.") % {"problem": problem}) from None
    spool.complete()
    _check(headers)
    return headers, notices


def practice_key(row):
    """Return what names the practice of a row: its code, or a word of the file's own for a new one."""
    try:
        return as_text(row.cells.get("code")).strip()
    except WrongCell:
        return ""


def _check(headers):
    if PRACTICES.name not in headers:
        raise Refused(_("The file has no sheet “%(sheet)s”. Start from the template.") % {"sheet": PRACTICES.label})


def _sheets(file, kind):
    """Yield ``(name, rows)`` of the sheets of a file; a CSV is one sheet, that of the practices."""
    if kind == "xlsx":
        yield from Workbook(file).sheets()
    else:
        yield PRACTICES.name, _lines(io.TextIOWrapper(file, "utf-8-sig", newline=""))


def _lines(text):
    """Yield the records of a CSV like the rows of a sheet, without the apostrophes of its export."""
    csv.field_size_limit(CELL_SIGNS)
    first = text.readline()
    text.seek(0)
    separator = max(",;\t", key=first.count)
    for number, cells in enumerate(csv.reader(text, delimiter=separator, strict=True), start=1):
        if len(cells) > COLUMNS_LIMIT:
            raise Refused(
                _("The sheet “%(sheet)s” has more than %(limit)d columns.")
                % {"sheet": PRACTICES.label, "limit": COLUMNS_LIMIT}
            )
        yield number, {place: undone(cell) for place, cell in enumerate(cells) if cell}


def _header(sheet, rows, notices, known):
    """Return the ``Header`` of a sheet; ``None`` for a sheet that is not read."""
    table = TABLES.get(_names_of_sheets().get(fold(sheet).strip(), ""))
    if table is None:
        if fold(sheet).strip() not in _names_of_pages():
            notices.append(_("The sheet “%(sheet)s” is ignored.") % {"sheet": sheet})
        return None
    if table.name in known:
        raise Refused(_("Two sheets are called “%(sheet)s”.") % {"sheet": sheet})
    _number, cells = next(rows, (1, {}))
    places = _places(sheet, cells)
    if "code" not in places:
        raise Refused(_("The sheet “%(sheet)s” has no column “code” in its first row.") % {"sheet": sheet})
    _refuse_one_language(table, places)
    columns = {placed.column.name: placed for placed in columns_of(table.name)}
    notices += [
        _("Sheet “%(sheet)s”: the column “%(column)s” is ignored; its content is not imported.")
        % {"sheet": sheet, "column": name}
        for name in places
        if name not in columns
    ]
    known_places = {name: place for name, place in places.items() if name in columns}
    imported = [placed for name, placed in columns.items() if name in places and placed.column.imported_as]
    return Header(table, sheet, known_places, imported)


def _places(sheet, cells):
    """Return ``{name of the column: its place}`` of a first row."""
    places = {}
    for place, cell in sorted(cells.items()):
        text = as_header(cell)
        name = match[1] if (match := NAMED.search(text)) else text
        if name in places:
            raise Refused(
                _("The sheet “%(sheet)s” has the column “%(column)s” twice.") % {"sheet": sheet, "column": name}
            )
        places[name] = place
    return places


def as_header(cell):
    try:
        return as_text(cell).strip()[:200]
    except WrongCell as wrong:
        raise Refused(wrong.sentence) from None


def _refuse_one_language(table, places):
    """Refuse a file in one language: it borrows texts from others, and an import would take them for its own."""
    several = {column.name for column in table.columns if column.imported_as and column.read.localized}
    if found := sorted(several & set(places)):
        raise Refused(
            _(
                "The heading of the column “%(column)s” does not indicate a language. Use the file in all"
                " languages (lang=all)."
            )
            % {"column": found[0]}
        )


def _rows(header, rows):
    """Yield the rows of a sheet that hold anything, their cells by the names of the columns."""
    read_here = {*ALSO_READ, *(placed.column.name for placed in header.columns)}
    names = {place: name for name, place in header.places.items() if name in read_here}
    count = 0
    for number, cells in rows:
        found = {names[place]: cell for place, cell in cells.items() if place in names}
        if not found:
            continue
        count += 1
        if header.table is PRACTICES and count > LIMIT:
            raise Refused(_("The file has more than %(limit)d practices.") % {"limit": LIMIT})
        yield Row(number, found)


@lru_cache(maxsize=1)
def _names_of_sheets():
    """Return ``{what people may call a sheet: table}``, in the three languages."""
    return {
        **{name: name for name in TABLES},
        **{label: name for label, name in EARLIER.items() if name in TABLES},
        **_in_each_language({t.name: lambda t=t: t.label for t in TABLES.values()}),
    }


@lru_cache(maxsize=1)
def _names_of_pages():
    pages = _in_each_language({"codebook": lambda: _("Codebook"), "readme": lambda: _("Read me")})
    return {**{label: name for label, name in EARLIER.items() if name not in TABLES}, **pages}


def _in_each_language(labels):
    """Return ``{what people may write of a label: name}`` in the three languages."""
    return {
        fold(label[:SHEET_NAME_LIMIT]).strip(): name
        for name, text in labels.items()
        for label in in_each_language(lambda text=text: str(text())).values()
    }
