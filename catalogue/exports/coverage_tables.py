"""Tables of counts as CSV, XLSX, ODS and JSON: codes beside labels, in the language of the page, no active cell."""

import json

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from catalogue.choices import OperationalStatus
from catalogue.exports.batches import keys_of
from catalogue.exports.columns import cell_readers as read
from catalogue.exports.columns.cell_readers import CODE, NAME, Reader
from catalogue.exports.labels import Wording
from catalogue.exports.layout import practices_in
from catalogue.exports.records import Records
from catalogue.exports.responses import elements, from_disk, named
from catalogue.exports.writers import ods, xlsx
from catalogue.exports.writers.csv_text import table_lines
from catalogue.text.languages import content_language


def table_rows(table):
    """Yield header and rows of a ``Table``, one row per cell, with the address of the list that the cell counts."""
    practices = f"{settings.SITE_URL}{reverse('practice_list')}"
    yield [
        table.down.parameter,
        _headed(table.down),
        table.across.parameter,
        _headed(table.across),
        "count",
        "url",
    ]
    for row in table.rows:
        for heading, cell in zip(table.across.headings, row.cells, strict=True):
            down = [row.heading.code, row.heading.label]
            yield [*down, heading.code, heading.label, str(cell.count), f"{practices}{cell.query}"]


TIMELINE = {
    "code": read.stored("code"),
    "title": read.text("title"),
    "country": read.joined(read.countries(CODE)),
    "country_label": read.joined(read.countries(NAME)),
    "start": read.stored("start"),
    "end": read.stored("end"),
    "period": Reader(read.period, ("start", "end", "status")),
    "status": read.stored("status"),
    "status_label": read.label("status", OperationalStatus),
    "source_year": read.optional("edition__year"),
    "url": Reader(read.permanent_url, ("code",)),
}


def timeline_rows(practices):
    """Yield header and rows of the timeline, one row per practice, those without a known start at the end."""
    labels = {"country_label": _("Country"), "period": _("Period"), "status_label": _("Operational status")}
    yield [f"{labels[name]} [{name}]" if name in labels else name for name in TIMELINE]
    told = Records(TIMELINE, Wording(content_language()))
    for batch in practices_in(keys_of(practices.by_start()), [told]):
        for record in told.records(batch):
            yield [str(cell) for cell in record.values()]


def csv_of(name, rows):
    """Answer with rows as CSV: UTF-8 with byte-order mark, commas, line ends of RFC 4180, no active cell."""
    made = from_disk(lambda file: _write(file, table_lines(rows)), "text/csv; charset=utf-8")
    return named(made, name, "csv")


def xlsx_of(name, rows):
    """Answer with rows as a workbook of one sheet; its cells are texts, of which none is a formula."""
    return named(from_disk(lambda file: xlsx.write_texts(file, name, rows), xlsx.MEDIA_TYPE), name, "xlsx")


def ods_of(name, rows):
    """Answer with rows as an OpenDocument spreadsheet of one table; its cells are texts."""
    return named(from_disk(lambda file: ods.write_texts(file, name, rows), ods.MEDIA_TYPE), name, "ods")


def json_of(name, rows):
    """Answer with ``{"table": …, "rows": [{column: text}]}``; a column is named by its code alone."""
    return named(from_disk(lambda file: _write(file, _json_parts(name, rows)), "application/json"), name, "json")


FILES = {"csv": csv_of, "xlsx": xlsx_of, "ods": ods_of, "json": json_of}


def _json_parts(name, rows):
    rows = iter(rows)
    names = [head.rpartition("[")[2].rstrip("]") for head in next(rows)]
    yield f'{{"table": {json.dumps(name)}, "rows": ['
    yield from elements([json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False)] for row in rows)
    yield "\n]}\n"


def _write(file, parts):
    file.writelines(part.encode() for part in parts)


def _headed(axis):
    return f"{axis.label} [{axis.parameter}_label]"
