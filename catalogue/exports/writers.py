"""The formats of a filtered list. Every writer takes the filter and the language, and answers with a download.

Rows are made while they are sent, so that memory does not grow with the list. The language is captured beforehand:
by the time a row is made, the request is over and its language forgotten.
"""

import csv
import json
import tempfile
from datetime import UTC, datetime

import xlsxwriter
from django.conf import settings
from django.http import FileResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from catalogue.citations.files import bib_file, csl_json_file, ris_file
from catalogue.exports import columns
from catalogue.exports.records import summary_record
from catalogue.harvest.feeds import atom_file

CHUNK = 200
FORMULA_OPENERS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
CELL_LIMIT = 32767  # characters a spreadsheet cell can hold
BYTE_ORDER_MARK = "\ufeff"  # tells spreadsheet programs that the file is UTF-8


def json_text(value):
    """Return JSON that people can read as well."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def inert(cell):
    """Return a text that no spreadsheet program takes for a formula: a suspicious one is led by an apostrophe."""
    return f"'{cell}" if cell.lstrip(" ").startswith(FORMULA_OPENERS) else cell


def rows_of(filterset, make, language):
    """Yield ``make(practice)`` for every practice of the list, each in ``language``."""
    interface_language = translation.get_language()
    for practice in filterset.qs.for_export().iterator(chunk_size=CHUNK):
        with translation.override(interface_language_of(language, interface_language)):
            yield make(practice)


def interface_language_of(language, default):
    """Return Django's code for a content language: ``pt`` is spoken as ``pt-br``."""
    return next((code for code, _name in settings.LANGUAGES if code[:2] == language), default)


class _Echo:
    """A file that hands back what is written to it, so that ``csv`` can write to a stream."""

    def write(self, text):
        return text


def csv_file(filterset, language):
    """Answer with CSV: UTF-8 with byte-order mark, commas and line ends of RFC 4180, no active cell."""
    writer = csv.writer(_Echo(), lineterminator="\r\n")

    def lines():
        yield BYTE_ORDER_MARK
        yield writer.writerow(headings)
        for cells in rows_of(filterset, columns.row, language):
            yield writer.writerow([inert(cell) for cell in cells])

    headings = columns.header()
    return _download(StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8"), "csv")


def xlsx_file(filterset, language):
    """Answer with a workbook of text cells, written in constant memory to a file that goes when it is sent."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - FileResponse closes it
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        sheet = book.add_worksheet(_("Practices"))
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, len(columns.COLUMNS) - 1, 24)
        sheet.write_row(0, 0, columns.header(), book.add_format({"bold": True}))
        for number, cells in enumerate(rows_of(filterset, columns.row, language), start=1):
            for place, cell in enumerate(cells):
                sheet.write_string(number, place, cell[:CELL_LIMIT])
    file.seek(0)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _download(FileResponse(file, content_type=kind), "xlsx")


def json_file(filterset, language):
    """Answer with ``{"meta": {…}, "practices": […]}``, one practice after another."""
    meta = {
        "count": filterset.qs.count(),
        "language": language,
        "filters": [{"parameter": item.parameter, "value": item.value} for item in filterset.chosen()],
        "url": f"{settings.SITE_URL}{reverse('practice_list')}?{filterset.known_query().urlencode()}".rstrip("?"),
        "generated": datetime.now(UTC).isoformat(timespec="seconds"),
        "licence": "CC BY 4.0",
    }

    def pieces():
        yield f'{{"meta": {json.dumps(meta, ensure_ascii=False)},\n"practices": ['
        separator = "\n"
        for record in rows_of(filterset, summary_record, language):
            yield separator + json.dumps(record, ensure_ascii=False)
            separator = ",\n"
        yield "\n]}\n"

    return _download(StreamingHttpResponse(pieces(), content_type="application/json"), "json")


def _download(response, extension):
    name = slugify(_("practices"))
    day = datetime.now(UTC).date().isoformat()
    disposition = "inline" if extension == "json" else "attachment"
    response["Content-Disposition"] = f'{disposition}; filename="csm-{name}-{day}.{extension}"'
    return response


WRITERS = {
    "csv": csv_file,
    "xlsx": xlsx_file,
    "json": json_file,
    "bib": bib_file,
    "ris": ris_file,
    "csl.json": csl_json_file,
    "atom": atom_file,
}
