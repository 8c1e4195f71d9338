"""Spreadsheets as OpenDocument 1.3 (ISO/IEC 26300) has them, written while the rows come."""

import re
import zipfile
from contextlib import contextmanager, nullcontext

from catalogue.exports.columns.kinds import Kind
from catalogue.exports.spooled_tables import copy, spooled
from catalogue.exports.writers.csv_text import TRUTH, decimal_text, holds_any
from catalogue.exports.writers.xml_cells import as_bytes, escaped

MEDIA_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
OASIS = "urn:oasis:names:tc:opendocument:xmlns"
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
SPACES = re.compile("^ | {2,}")  # of several spaces in a row, a program would keep one
CONTENT_HEAD = (
    f'{DECLARATION}<office:document-content xmlns:office="{OASIS}:office:1.0" xmlns:table="{OASIS}:table:1.0" '
    f'xmlns:text="{OASIS}:text:1.0" xmlns:style="{OASIS}:style:1.0" xmlns:fo="{OASIS}:xsl-fo-compatible:1.0" '
    f'xmlns:number="{OASIS}:datastyle:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.3">'
    '<office:automatic-styles><style:style style:name="head" style:family="table-cell">'
    '<style:text-properties fo:font-weight="bold"/></style:style><number:date-style style:name="iso">'
    '<number:year number:style="long"/><number:text>-</number:text><number:month number:style="long"/>'
    '<number:text>-</number:text><number:day number:style="long"/></number:date-style>'
    '<style:style style:name="day" style:family="table-cell" style:data-style-name="iso"/>'
    "</office:automatic-styles><office:body><office:spreadsheet>"
)
CONTENT_TAIL = "</office:spreadsheet></office:body></office:document-content>"
EMPTY = "<table:table-cell/>"


def spaced(cell):
    """Return a text in which several spaces in a row stay so many."""
    return SPACES.sub(lambda found: f'<text:s text:c="{len(found[0])}"/>', cell)


def paragraphs(cells):
    """Return each text as paragraphs, one for each of its lines."""
    shown = escaped(cells)
    if not holds_any(shown, ("  ", "\t", "\n")) and not any(cell[:1] == " " for cell in shown):
        return shown
    shown = [spaced(cell) if "  " in cell or cell[:1] == " " else cell for cell in shown]
    return [cell.replace("\t", "<text:tab/>").replace("\n", "</text:p><text:p>") for cell in shown]


def text_cells(cells, style=""):
    """Return cells of text, of which none is ever taken for a formula."""
    styled = f' table:style-name="{style}"' if style else ""
    head = f'<table:table-cell{styled} office:value-type="string"><text:p>'
    return [f"{head}{cell}</text:p></table:table-cell>" if cell else EMPTY for cell in paragraphs(cells)]


def link_cells(cells):
    return [
        f'<table:table-cell office:value-type="string"><text:p><text:a xlink:type="simple" xlink:href="{cell}">{cell}'
        "</text:a></text:p></table:table-cell>"
        if cell.startswith(("https://", "http://"))
        else plain
        for cell, plain in zip(escaped(cells), text_cells(cells), strict=True)
    ]


def value_cells(kind, attribute, style=""):
    """Return what builds cells of a type from the texts of their values."""
    styled = f' table:style-name="{style}"' if style else ""
    head = f'<table:table-cell{styled} office:value-type="{kind}" office:{attribute}="'
    return lambda cells: [
        f'{head}{cell}"><text:p>{cell}</text:p></table:table-cell>' if cell else EMPTY for cell in cells
    ]


number_cells = value_cells("float", "value")
truth_cells = value_cells("boolean", "boolean-value")
CELLS = {
    Kind.ADDRESS: link_cells,
    Kind.DATE: value_cells("date", "date-value", "day"),
    Kind.INTEGER: lambda cells: number_cells(map(decimal_text, cells)),
    Kind.NUMBER: lambda cells: number_cells(map(decimal_text, cells)),
    Kind.BOOLEAN: lambda cells: truth_cells(map(TRUTH.__getitem__, cells)),
}


def row(cells):
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


class Tables:
    """Builds the tables of a spreadsheet; see ``spooled``."""

    def head(self, layout):
        return as_bytes(table_head(layout.table.label, layout.header()))

    def body(self, layout, rows, before):
        columns = [CELLS.get(placed.column.kind, text_cells)(placed.cells(rows)) for placed in layout.columns]
        return as_bytes("".join(map(row, zip(*columns, strict=True))))

    def tail(self, layout):
        return b"</table:table>"


def table_head(label, header):
    """Return the beginning of a table, with the row of its header."""
    columns = f'<table:table-column table:number-columns-repeated="{len(header)}"/>'
    return (
        f'<table:table table:name="{escaped([str(label)])[0]}">{columns}'
        f"<table:table-header-rows>{row(text_cells(header, 'head'))}</table:table-header-rows>"
    )


def write_ods(file, keys, layouts, pages):
    """Write a spreadsheet: a table for each layout, then one of texts for each ``(label, rows)`` that ``pages(counts)``
    returns. The first row of a table is its header.
    """
    labels = [str(layout.table.label) for layout in layouts]
    with _spreadsheet(file, labels) as content:
        with spooled(layouts, keys, nullcontext(content), Tables()) as (others, counts):
            for _layout, waiting in others:
                copy(waiting, content)
        for label, rows in pages(counts):
            labels.append(label)
            content.writelines(text_table(label, rows))


def write_texts(file, label, rows):
    """Write a spreadsheet of one table of texts, the header first."""
    with _spreadsheet(file, [label]) as content:
        content.writelines(text_table(label, rows))


@contextmanager
def _spreadsheet(file, labels):
    """Open a spreadsheet for the tables that the block writes; at its end ``labels`` are their names."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        package.writestr("mimetype", MEDIA_TYPE, zipfile.ZIP_STORED)
        with package.open("content.xml", "w", force_zip64=True) as content:
            content.write(as_bytes(CONTENT_HEAD))
            yield content
            content.write(as_bytes(CONTENT_TAIL))
        package.writestr("settings.xml", as_bytes(settings(labels)))
        package.writestr("META-INF/manifest.xml", as_bytes(MANIFEST))


def text_table(label, rows):
    """Yield the parts of a table of texts, the header first."""
    rows = iter(rows)
    yield as_bytes(table_head(label, next(rows)))
    for cells in rows:
        yield as_bytes(row(text_cells(cells)))
    yield b"</table:table>"


MANIFEST = (
    f'{DECLARATION}<manifest:manifest xmlns:manifest="{OASIS}:manifest:1.0" manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{MEDIA_TYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    '<manifest:file-entry manifest:full-path="settings.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)


def settings(labels):
    """Return the settings by which the first row and the first column of every table stay in sight."""
    frozen = "".join(
        f'<config:config-item config:name="{axis}SplitMode" config:type="short">2</config:config-item>'
        f'<config:config-item config:name="{axis}SplitPosition" config:type="int">1</config:config-item>'
        for axis in ("Horizontal", "Vertical")
    ) + "".join(
        f'<config:config-item config:name="Position{side}" config:type="int">1</config:config-item>'
        for side in ("Right", "Bottom")
    )
    tables = "".join(
        f'<config:config-item-map-entry config:name="{label}">{frozen}</config:config-item-map-entry>'
        for label in escaped(labels)
    )
    return (
        f'{DECLARATION}<office:document-settings xmlns:office="{OASIS}:office:1.0" xmlns:config="{OASIS}:config:1.0" '
        'office:version="1.3"><office:settings><config:config-item-set config:name="ooo:view-settings">'
        '<config:config-item-map-indexed config:name="Views"><config:config-item-map-entry>'
        f'<config:config-item-map-named config:name="Tables">{tables}</config:config-item-map-named>'
        "</config:config-item-map-entry></config:config-item-map-indexed></config:config-item-set>"
        "</office:settings></office:document-settings>"
    )
