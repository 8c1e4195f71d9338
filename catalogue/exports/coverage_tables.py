"""Tables of counts as CSV, XLSX, ODS and JSON: codes beside labels, in the language of the page, no active cell."""

import io
import json
from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from catalogue.addresses import permanent_url
from catalogue.exports import ods
from catalogue.exports.delimited import table_text
from catalogue.exports.wording import SEPARATOR
from catalogue.exports.xlsx import write_texts
from catalogue.languages import localized

CHUNK = 200


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


def timeline_rows(practices):
    """Yield header and rows of the timeline, one row per practice, those without a known start at the end."""
    period, country, status = _("Period"), _("Country"), _("Operational status")
    yield [
        *("code", "title", "country", f"{country} [country_label]", "start", "end", f"{period} [period]"),
        *("status", f"{status} [status_label]", "source_year", "url"),
    ]
    for practice in practices.by_start().for_listing().iterator(chunk_size=CHUNK):
        countries = practice.implementing_countries
        yield [
            practice.code,
            localized(practice, "title").text,
            SEPARATOR.join(country.iso2 for country in countries),
            SEPARATOR.join(country.name for country in countries),
            practice.start,
            practice.end,
            practice.period_in_words,
            practice.status,
            practice.get_status_display(),
            str(practice.edition.year) if practice.edition else "",
            permanent_url(practice),
        ]


def csv_of(name, rows):
    """Answer with rows as CSV: UTF-8 with byte-order mark, commas, line ends of RFC 4180, no active cell."""
    return _download(name, "csv", table_text(rows), "text/csv; charset=utf-8")


def xlsx_of(name, rows):
    """Answer with rows as a workbook of one sheet; its cells are texts, of which none is a formula."""
    file = io.BytesIO()
    write_texts(file, name, rows)
    return _download(name, "xlsx", file.getvalue(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")


def ods_of(name, rows):
    """Answer with rows as an OpenDocument spreadsheet of one table; its cells are texts."""
    file = io.BytesIO()
    ods.write_texts(file, name, [[str(cell) for cell in row] for row in rows])
    return _download(name, "ods", file.getvalue(), ods.MEDIA_TYPE)


def json_of(name, rows):
    """Answer with ``{"table": …, "rows": [{column: text}]}``; a column is named by its code alone."""
    header, *rows = ([str(cell) for cell in row] for row in rows)
    names = [head.rpartition("[")[2].rstrip("]") for head in header]
    told = {"table": name, "rows": [dict(zip(names, row, strict=True)) for row in rows]}
    return _download(name, "json", json.dumps(told, ensure_ascii=False, indent=1), "application/json")


FILES = {"csv": csv_of, "xlsx": xlsx_of, "ods": ods_of, "json": json_of}


def _download(name, extension, content, content_type):
    response = HttpResponse(content, content_type=content_type)
    day = datetime.now(UTC).date().isoformat()
    response["Content-Disposition"] = f'attachment; filename="csm-{name}-{day}.{extension}"'
    return response


def _headed(axis):
    return f"{axis.label} [{axis.parameter}_label]"
