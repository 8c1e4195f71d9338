"""Every public address, filled in, and the words of what it answers, whatever the format."""

import io
import zipfile
from contextlib import contextmanager
from unittest.mock import patch

import pypdf
from django.urls import get_resolver, reverse

from catalogue.exports.list_files import TABLES
from catalogue.publication import formats
from catalogue.views.download import PRACTICE_WRITERS, WRITERS

READ_ELSEWHERE = {  # by the tests of publication, replication, reports and editions, which unpack them
    "book_file",
    "brief_file",
    "comparison_file",
    "edition_document",
    "replication_file",
    "worksheet_file",
    "country_report_file",
    "network_report_file",
}


def public_addresses(practice):
    """Yield every address of the resolver, filled in with a practice, its network and its country; the admin aside."""
    codes = {"slug": practice.slug, "code": practice.code, "iso2": "cl", "table": "timeline", "address": "2023"}
    for pattern in get_resolver().reverse_dict:
        if not isinstance(pattern, str) or pattern in READ_ELSEWHERE:
            continue
        for extension in (*TABLES, *WRITERS, *PRACTICE_WRITERS):
            wanted = get_resolver().reverse_dict.getlist(pattern)[0][0][0][1]
            values = {**codes, "extension": extension, "rest": "praticas/", "number": 1, "token": "x", "scheme": "gcm"}
            if pattern.startswith("network_"):
                values["slug"] = "gender-and-migration"
            if pattern == "framework_term":
                values["code"] = "7"
            yield reverse(pattern, kwargs={name: values[name] for name in wanted})
    for part in ("practices", "results", "networks", "countries", "vocabularies", "schema"):
        yield f"/api/v1/{part}/"
    yield from (f"/api/v1/practices/{practice.slug}/", f"/api/v1/practices/{practice.code}/")
    yield from (f"/oai?verb=List{what}&metadataPrefix=qdc" for what in ("Records", "Identifiers"))


@contextmanager
def written_once(extension, *alike):
    """Write a document only when none before had the same values under the keys ``alike``; whoever asks gets its bytes.

    For tests that ask for very many, and for which it is enough that each is there.
    """
    format_, written = formats.FORMATS[extension], {}

    def write(document):
        whole = document if isinstance(document, dict) else next(iter(document))
        name = tuple(whole[key] for key in alike)
        if name not in written:
            written[name] = format_.write(whole)
        return written[name]

    with patch.dict(formats.FORMATS, {extension: format_._replace(write=write)}):
        yield


def words_of(body):
    """Return what a file says: a workbook, a package or a document hides it in a zip, a PDF in its pages."""
    if body.startswith(b"%PDF"):
        return " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(body)).pages).encode()
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return b"".join(archive.read(name) for name in archive.namelist())
    return body
