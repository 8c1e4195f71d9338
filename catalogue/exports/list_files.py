"""The filtered list as a file of each format. Every writer returns a response.

Rows are computed while they are sent, or written to a temporary file, so that memory does not grow with the list. The
language is captured beforehand: by the time a row is computed the request is over, and its language no longer active.
A new format also stands in the menus and in the data page: CONTRIBUTING.md.
"""

import json
from functools import partial
from itertools import chain

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
from catalogue.exports.responses import as_file, from_disk, json_elements, json_with_array
from catalogue.exports.writers import csv_text, json_ld, ods, xlsx, zip_package
from catalogue.exports.writers.bibliographic import entries
from catalogue.server.absolute_urls import list_url

STREAMED = {
    "csv": csv_text.MEDIA_TYPE,
    "json": "application/json",
    "jsonl": "application/x-ndjson",
    "jsonld": "application/ld+json",
    **CONTENT_TYPES,
}
SHOWN = {"json", "jsonld"}  # by the browser itself


def csv_file(selection):
    """Return CSV: UTF-8 with byte-order mark, commas and line ends of RFC 4180, no active cell."""
    layout = selection.main

    def pieces():
        yield csv_text.BYTE_ORDER_MARK + head
        for practices in practices_in(selection.keys, [layout]):
            yield csv_text.lines(layout, layout.rows_of(practices))

    head = csv_text.header_line(layout)
    return _streamed(pieces(), "csv")


def zip_file(selection):
    """Return all tables as CSV, the codebook and the manifest in one package."""
    return _download(from_disk(lambda file: zip_package.write_package(file, selection), "application/zip"), "zip")


def json_file(filterset, language):
    """Return ``{"meta": {…}, "practices": […]}``, one practice after another."""
    url = list_url(filterset.known_query())
    meta = manifest.list_meta(filterset.qs.count(), language, manifest.filters_of(filterset), url=url)
    return _streamed(json_with_array({"meta": meta}, "practices", _json_lines(filterset, language), ",\n"), "json")


def jsonl_file(filterset, language):
    """Return JSON Lines: each line is a practice as in the JSON of a list."""
    return _streamed(("\n".join(lines) + "\n" for lines in _json_lines(filterset, language)), "jsonl")


def jsonld_file(filterset, language):
    """Return JSON-LD: a schema.org ``Dataset`` of which each practice is a part."""
    works = _json_lines(filterset, language, json_ld.creative_work)
    return _streamed(json_with_array(json_ld.dataset(filterset, language), "hasPart", works), "jsonld")


def bib_file(filterset, language):
    """Return an entry of BibTeX for every practice of the list."""
    return _streamed(("\n".join([*texts, ""]) for texts in entries(filterset, language, bibtex)), "bib")


def ris_file(filterset, language):
    """Return a record of RIS for every practice of the list."""
    return _streamed(map("".join, entries(filterset, language, ris)), "ris")


def csl_json_file(filterset, language):
    """Return a CSL-JSON item for every practice of the list."""
    items = json_elements(entries(filterset, language, csl_json))
    return _streamed(chain(["["], items, ["\n]\n"]), "csl.json")


def _json_lines(filterset, language, form=dict):
    """Yield for each batch of practices the list of their records as JSON, each in a ``form`` of its own."""
    summary = Records(SUMMARY, Wording(language))
    for practices in practices_in(keys_of(filterset.qs), [summary]):
        lines = [json.dumps(form(record), ensure_ascii=False) for record in summary.records(practices)]
        if lines:
            yield lines


def _workbook(write, media_type, extension, selection):
    """Return a workbook: the practices, what belongs to them, the codebook, and what the file is."""

    def pages(counts):
        yield _("Codebook"), codebook.table(selection.layouts)
        yield _("Read me"), manifest.read_me(manifest.manifest(selection, extension, counts))

    written = from_disk(lambda file: write(file, selection.keys, selection.layouts, pages), media_type)
    return _download(written, extension)


def _streamed(pieces, extension):
    return _download(StreamingHttpResponse(pieces, content_type=STREAMED[extension]), extension)


def _download(response, extension):
    return as_file(response, slugify(_("practices")), extension, shown=extension in SHOWN)


# Tables accept a ``Selection``, so that they can have another shape and all languages at once; the others accept the
# filter and the language.
TABLES = {
    "csv": csv_file,
    "xlsx": partial(_workbook, xlsx.write_xlsx, xlsx.MEDIA_TYPE, "xlsx"),
    "ods": partial(_workbook, ods.write_ods, ods.MEDIA_TYPE, "ods"),
    "zip": zip_file,
}
LIST_WRITERS = {
    "json": json_file,
    "jsonl": jsonl_file,
    "jsonld": jsonld_file,
    "bib": bib_file,
    "ris": ris_file,
    "csl.json": csl_json_file,
}
