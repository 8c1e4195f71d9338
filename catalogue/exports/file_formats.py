"""The formats of a filtered list. Every writer answers with a download.

Rows are made while they are sent, or written to a file that goes when it is sent, so that memory does not grow with the
list. The language is captured beforehand: by the time a row is made, the request is over and its language forgotten.
"""

import json
from datetime import UTC, datetime

from django.http import StreamingHttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from catalogue.citations.files import CONTENT_TYPES
from catalogue.citations.references import bibtex, csl_json, ris
from catalogue.exports import codebook, manifest
from catalogue.exports.batches import keys_of
from catalogue.exports.labels import Wording
from catalogue.exports.layout import practices_in
from catalogue.exports.records import SUMMARY, Records
from catalogue.exports.responses import elements, from_disk, named
from catalogue.exports.writers import csv_text, json_ld, ods, xlsx, zip_package
from catalogue.exports.writers.bibliographic import entries
from catalogue.server.absolute_urls import list_url


def json_text(value):
    """Return JSON that people can read as well."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def csv_file(selection):
    """Answer with CSV: UTF-8 with byte-order mark, commas and line ends of RFC 4180, no active cell."""
    layout = selection.main

    def pieces():
        yield csv_text.BYTE_ORDER_MARK + head
        for practices in practices_in(selection.keys, [layout]):
            yield csv_text.lines(layout, layout.rows_of(practices))

    head = csv_text.header_line(layout)
    return _download(StreamingHttpResponse(pieces(), content_type="text/csv; charset=utf-8"), "csv")


def xlsx_file(selection):
    """Answer with a workbook: the practices, what belongs to them, the codebook, and what the file is."""
    return _workbook(xlsx, selection, "xlsx", xlsx.MEDIA_TYPE)


def ods_file(selection):
    """Answer with the same workbook as an OpenDocument spreadsheet."""
    return _workbook(ods, selection, "ods", ods.MEDIA_TYPE)


def zip_file(selection):
    """Answer with all tables as CSV, the codebook and the manifest in one package."""
    return _download(from_disk(lambda file: zip_package.write(file, selection), "application/zip"), "zip")


def json_file(filterset, language):
    """Answer with ``{"meta": {…}, "practices": […]}``, one practice after another."""
    meta = {
        "count": filterset.qs.count(),
        "language": language,
        "filters": [{"parameter": item.parameter, "value": item.value} for item in filterset.chosen()],
        "url": list_url(filterset.known_query()),
        "generated": datetime.now(UTC).isoformat(timespec="seconds"),
        "licence": codebook.LICENCE,
    }

    def pieces():
        yield f'{{"meta": {json.dumps(meta, ensure_ascii=False)},\n"practices": ['
        yield from elements(_json_lines(filterset, language))
        yield "\n]}\n"

    return _download(StreamingHttpResponse(pieces(), content_type="application/json"), "json")


def jsonl_file(filterset, language):
    """Answer with JSON Lines: each line is a practice as in the JSON of a list."""

    def pieces():
        for lines in _json_lines(filterset, language):
            yield "\n".join(lines) + "\n"

    return _download(StreamingHttpResponse(pieces(), content_type="application/x-ndjson"), "jsonl")


def jsonld_file(filterset, language):
    """Answer with JSON-LD: a schema.org ``Dataset`` of which each practice is a part."""
    dataset = json.dumps(json_ld.dataset(filterset, language), ensure_ascii=False)

    def pieces():
        yield dataset.removesuffix("}") + ', "hasPart": ['
        yield from elements(_json_lines(filterset, language, json_ld.creative_work))
        yield "\n]}\n"

    return _download(StreamingHttpResponse(pieces(), content_type="application/ld+json"), "jsonld")


def bib_file(filterset, language):
    """Answer with an entry of BibTeX for every practice of the list."""
    return _reference_file(("\n".join([*texts, ""]) for texts in entries(filterset, language, bibtex)), "bib")


def ris_file(filterset, language):
    """Answer with a record of RIS for every practice of the list."""
    return _reference_file(map("".join, entries(filterset, language, ris)), "ris")


def csl_json_file(filterset, language):
    """Answer with a CSL-JSON item for every practice of the list."""

    def pieces():
        yield "["
        yield from elements(items)
        yield "\n]\n"

    items = entries(filterset, language, csl_json)
    return _reference_file(pieces(), "csl.json")


def _reference_file(pieces, extension):
    return _download(StreamingHttpResponse(pieces, content_type=CONTENT_TYPES[extension]), extension)


def _json_lines(filterset, language, form=dict):
    """Yield for each batch of practices the list of their records as JSON, each in a ``form`` of its own."""
    summary = Records(SUMMARY, Wording(language))
    for practices in practices_in(keys_of(filterset.qs), [summary]):
        lines = [json.dumps(form(record), ensure_ascii=False) for record in summary.records(practices)]
        if lines:
            yield lines


def _workbook(kind, selection, extension, media_type):
    def pages(counts):
        yield _("Codebook"), codebook.table(selection.layouts)
        yield _("Read me"), manifest.in_words(manifest.manifest(selection, extension, counts))

    made = from_disk(lambda file: kind.write(file, selection.keys, selection.layouts, pages), media_type)
    return _download(made, extension)


def _download(response, extension):
    return named(response, slugify(_("practices")), extension, shown=extension in SHOWN)


SHOWN = {"json", "jsonld"}  # by the browser itself

# The formats of a list. Tables take a ``Selection``, so that they can have another shape and all languages at once; the
# others take the filter and the language.
TABLES = {"csv": csv_file, "xlsx": xlsx_file, "ods": ods_file, "zip": zip_file}
WRITERS = {
    "json": json_file,
    "jsonl": jsonl_file,
    "jsonld": jsonld_file,
    "bib": bib_file,
    "ris": ris_file,
    "csl.json": csl_json_file,
}
