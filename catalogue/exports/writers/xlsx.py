"""Workbooks as ISO/IEC 29500 (Office Open XML) has them, written while the rows come, in the memory of one batch.

XlsxWriter, cell by cell, needs 3.4 times the processor: docs/adr/0014-workbooks-of-our-own.md.
"""

import re
import zipfile
from datetime import date
from functools import lru_cache

from catalogue.exports.columns.kinds import Kind
from catalogue.exports.spooled_tables import copy, spooled
from catalogue.exports.writers.csv_text import decimal_text, holds_any
from catalogue.exports.writers.xml_cells import as_bytes, escaped

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CELL_LIMIT = 32767  # characters a cell can hold
SHEET_NAME_LIMIT = 31
LINKED = 5000  # rows up to which addresses are links: a program keeps every link of a sheet in memory
DAY_ZERO = date(1899, 12, 30).toordinal()
WIDTHS = {Kind.TEXT: 32, Kind.ADDRESS: 32}  # characters; the others:
WIDTH = 16
PLAIN, BOLD, LINK, DAY = range(4)  # the styles below
LIKE_AN_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
STYLES = (
    f'<styleSheet xmlns="{MAIN}">'
    '<fonts count="3"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font>'
    '<font><u/><sz val="11"/><color rgb="FF0B5CAD"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="4"><xf/><xf fontId="1" applyFont="1"/><xf fontId="2" applyFont="1"/>'
    '<xf numFmtId="14" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


@lru_cache(maxsize=1024)
def letters(place):
    """Return the name of a column by its place: A, B, … Z, AA."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name


@lru_cache(maxsize=4096)
def day_number(text):
    """Return a day as spreadsheets count it; nothing is the empty text."""
    return str(date.fromisoformat(text).toordinal() - DAY_ZERO) if text else ""


def text_cells(refs, cells, style=PLAIN):
    """Return cells of text, of which none is ever taken for a formula."""
    shown = cells if max(map(len, cells), default=0) <= CELL_LIMIT else [cell[:CELL_LIMIT] for cell in cells]
    shown = escaped(shown)
    if holds_any(shown, ("_x",)):
        shown = [LIKE_AN_ESCAPE.sub("_x005F_", cell) for cell in shown]
    styled = f' s="{style}"' if style else ""
    return [
        f'<c r="{ref}"{styled} t="inlineStr"><is><t xml:space="preserve">{cell}</t></is></c>' if cell else ""
        for ref, cell in zip(refs, shown, strict=True)
    ]


def value_cells(attributes, value_of):
    """Return what builds cells of values; an empty one has no cell. ``value_of(cell)`` is a text."""
    return lambda refs, cells: [
        f'<c r="{ref}"{attributes}><v>{value}</v></c>' if value else ""
        for ref, value in zip(refs, map(value_of, cells), strict=True)
    ]


CELLS = {
    Kind.INTEGER: value_cells("", decimal_text),
    Kind.NUMBER: value_cells("", decimal_text),
    Kind.BOOLEAN: value_cells(' t="b"', {True: "1", False: "0", None: ""}.__getitem__),
    Kind.DATE: value_cells(f' s="{DAY}"', day_number),
}


class Sheets:
    """Builds the sheets of a workbook; see ``spooled``."""

    def __init__(self, layouts, *, linked):
        self.links = {layout.table.name: [] for layout in layouts} if linked else {}

    def head(self, layout):
        widths = "".join(
            f'<col min="{place}" max="{place}" width="{WIDTHS.get(placed.column.kind, WIDTH)}" customWidth="1"/>'
            for place, placed in enumerate(layout.columns, start=1)
        )
        return as_bytes(sheet_head(widths) + row(1, layout.header(), style=BOLD))

    def body(self, layout, rows, before):
        numbers = range(before + 2, before + 2 + len(rows))
        columns = [
            self._cells(layout, placed, letters(place), numbers, placed.cells(rows))
            for place, placed in enumerate(layout.columns)
        ]
        lines = [
            f'<row r="{number}">{"".join(cells)}</row>'
            for number, cells in zip(numbers, zip(*columns, strict=True), strict=True)
        ]
        return as_bytes("".join(lines))

    def tail(self, layout):
        links = self.links.get(layout.table.name, ())
        tags = "".join(f'<hyperlink ref="{ref}" r:id="rId{place}"/>' for place, (ref, _to) in enumerate(links, start=1))
        return as_bytes(f"</sheetData>{f'<hyperlinks>{tags}</hyperlinks>' if tags else ''}</worksheet>")

    def _cells(self, layout, placed, name, numbers, cells):
        refs = [f"{name}{number}" for number in numbers]
        make = CELLS.get(placed.column.kind)
        if make:
            return make(refs, cells)
        if placed.column.kind != Kind.ADDRESS or not self.links:
            return text_cells(refs, cells)
        found = ((ref, cell) for ref, cell in zip(refs, cells, strict=True) if cell.startswith(("https://", "http://")))
        self.links[layout.table.name] += found
        return text_cells(refs, cells, LINK)


def sheet_head(widths=""):
    """Return the beginning of a sheet of which the first row and the first column stay in sight."""
    return (
        f'{DECLARATION}<worksheet xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheetViews><sheetView workbookViewId="0">'
        '<pane xSplit="1" ySplit="1" topLeftCell="B2" activePane="bottomRight" state="frozen"/>'
        f"</sheetView></sheetViews>{f'<cols>{widths}</cols>' if widths else ''}<sheetData>"
    )


def row(number, cells, style=PLAIN):
    """Return one row of texts."""
    refs = [f"{letters(place)}{number}" for place in range(len(cells))]
    return f'<row r="{number}">{"".join(text_cells(refs, cells, style))}</row>'


def write_xlsx(file, keys, layouts, pages):
    """Write a workbook: a sheet for each layout, then one of texts for each ``(label, rows)`` that ``pages(counts)``
    returns. The first row of a sheet is its header.
    """
    form = Sheets(layouts, linked=len(keys) <= LINKED)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        first = book.open("xl/worksheets/sheet1.xml", "w", force_zip64=True)
        with spooled(layouts, keys, first, form) as (others, counts):
            for place, (_layout, waiting) in enumerate(others, start=2):
                with book.open(f"xl/worksheets/sheet{place}.xml", "w", force_zip64=True) as sheet:
                    copy(waiting, sheet)
        labels = [str(layout.table.label) for layout in layouts]
        for label, rows in pages(counts):
            labels.append(label)
            write_text_sheet(book, len(labels), rows)
        for place, layout in enumerate(layouts, start=1):
            if links := form.links.get(layout.table.name):
                book.writestr(f"xl/worksheets/_rels/sheet{place}.xml.rels", link_targets(links))
        for name, content in frame(labels).items():
            book.writestr(name, as_bytes(DECLARATION + content))


def write_texts(file, label, rows):
    """Write a workbook of one sheet of texts, the header first."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as book:
        write_text_sheet(book, 1, rows)
        for name, content in frame([label]).items():
            book.writestr(name, as_bytes(DECLARATION + content))


def write_text_sheet(book, place, rows):
    """Write the sheet at a place of an open workbook: texts, the header first."""
    with book.open(f"xl/worksheets/sheet{place}.xml", "w") as sheet:
        sheet.writelines(_text_sheet(rows))


def _text_sheet(rows):
    yield as_bytes(sheet_head('<col min="1" max="20" width="32" customWidth="1"/>'))
    for place, cells in enumerate(rows, start=1):
        yield as_bytes(row(place, cells, BOLD if place == 1 else PLAIN))
    yield b"</sheetData></worksheet>"


def link_targets(links):
    """Return where the links of a sheet lead."""
    urls = enumerate(escaped(to for _ref, to in links), start=1)
    tags = (_relation(place, "hyperlink", url, ' TargetMode="External"') for place, url in urls)
    return as_bytes(DECLARATION + _relations(*tags))


def frame(labels):
    """Return the parts of a workbook around its sheets, by their names in the file."""
    names = escaped(label[:SHEET_NAME_LIMIT] for label in labels)
    sheets = list(enumerate(names, start=1))
    tags = "".join(f'<sheet name="{name}" sheetId="{place}" r:id="rId{place}"/>' for place, name in sheets)
    return {
        "[Content_Types].xml": _content_types(len(sheets)),
        "_rels/.rels": _relations(_relation(1, "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><bookViews><workbookView/></bookViews>'
        f"<sheets>{tags}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": _relations(
            *(_relation(place, "worksheet", f"worksheets/sheet{place}.xml") for place, _name in sheets),
            _relation(len(sheets) + 1, "styles", "styles.xml"),
        ),
        "xl/styles.xml": STYLES,
    }


def _content_types(sheets):
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {"workbook": "sheet.main", "styles": "styles"}
    parts |= {f"worksheets/sheet{place}": "worksheet" for place in range(1, sheets + 1)}
    overrides = (
        f'<Override PartName="/xl/{name}.xml" ContentType="{kind}.{part}+xml"/>' for name, part in parts.items()
    )
    return (
        f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{"".join(overrides)}</Types>'
    )


def _relations(*tags):
    return f'<Relationships xmlns="{PACKAGE}/relationships">{"".join(tags)}</Relationships>'


def _relation(number, kind, target, mode=""):
    return f'<Relationship Id="rId{number}" Type="{RELATIONS}/{kind}" Target="{target}"{mode}/>'
