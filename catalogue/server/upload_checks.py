"""Checks of uploaded files, before any parser opens them.

A workbook is a zip of XML files. Its directory is read first; nothing is unpacked that could be more than it says, and
no part may name entities or other files.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Collection
from typing import Any
from xml.parsers import expat

from django.utils.translation import gettext as _

from catalogue.errors import Refused

LIMIT = 20 * 2**20  # bytes of the file
UNPACKED_LIMIT = 200 * 2**20  # bytes of all parts of a workbook
ENTRIES_LIMIT = 200
RATIO_LIMIT = 150  # unpacked to packed; a sheet of equal rows stays below a hundred
SMALL = 2**20  # bytes unpacked below which the ratio says nothing
PROLOGUE = 2**16  # bytes read at once until the first element of a part
OLE = b"\xd0\xcf\x11\xe0"  # the old formats, and workbooks closed with a password
WORKBOOK = "xl/workbook.xml"
# What a list of texts has no use for: programs, links to other files, data from elsewhere, objects of other programs.
ACTIVE = re.compile(
    r"vbaProject|^xl/(macrosheets|dialogsheets|externalLinks|activeX|ctrlProps|embeddings|queryTables|model)/"
    r"|^xl/connections\.xml$",
    re.IGNORECASE,
)
PO_ENTRY = re.compile(r'^msgid\s+".*^msgstr(\[0\])?\s+"', re.MULTILINE | re.DOTALL)
NOT_IN_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f]")


class UploadRefused(Refused):
    """The file is not opened; ``sentence`` says why."""


def checked_upload(
    uploaded_file: Any,
    kinds: Collection[str] = ("xlsx", "csv", "po"),
    *,
    limit: int = LIMIT,
    unpacked_limit: int = UNPACKED_LIMIT,
) -> tuple[str, io.BytesIO]:
    """Return ``(kind, file)`` of an uploaded file: its kind by its content, and its bytes as a file at its beginning.

    ``kinds`` are those that the page accepts; ``limit`` are the bytes of the file, ``unpacked_limit`` those of all
    parts of a workbook. Raises ``UploadRefused`` for anything else, for what is too large and for what a program should
    not open. CSV and PO are in UTF-8, with or without its mark.
    """
    content = uploaded_file.read(limit + 1)
    if len(content) > limit:
        raise UploadRefused(_("The file is larger than %(limit)d megabytes.") % {"limit": limit // 2**20})
    if not content:
        raise UploadRefused(_("The file is empty."))
    kind = _kind_of(content)
    if kind not in kinds:
        wanted = ", ".join(name.upper() for name in kinds)
        raise UploadRefused(_("This type of file is not accepted here. Accepted: %(kinds)s.") % {"kinds": wanted})
    if kind == "xlsx":
        _check_workbook(content, unpacked_limit)
    return kind, io.BytesIO(content)


def _kind_of(content: bytes) -> str:
    """Return the kind of a file by what stands in it, whatever its name says; empty when it is none of ours."""
    if content.startswith(b"PK"):
        return "xlsx"
    if content.startswith(OLE):
        raise UploadRefused(
            _("The Excel file is password-protected or in an old format. Save it as XLSX without a password.")
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UploadRefused(_("The text is not in UTF-8. Save the file as “CSV UTF-8”, or as XLSX.")) from None
    if NOT_IN_TEXT.search(text) or text.lstrip().startswith(("<", "{", "%PDF")):
        return ""
    return "po" if PO_ENTRY.search(text) else "csv"


def _check_workbook(content: bytes, unpacked_limit: int) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            _check_directory(book.infolist(), unpacked_limit)
            for entry in book.infolist():
                _check_part(book, entry)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError, zlib.error):
        raise UploadRefused(_("The Excel file is damaged and could not be opened.")) from None


def _check_directory(entries: list[zipfile.ZipInfo], unpacked_limit: int) -> None:
    """Refuse by the directory alone what is not a workbook, or one that should not be unpacked."""
    names = [entry.filename for entry in entries]
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries) or 1
    if len(entries) > ENTRIES_LIMIT or len(set(names)) < len(names):
        raise UploadRefused(_("The Excel file has too many parts."))
    if unpacked > unpacked_limit or (unpacked > SMALL and unpacked / packed > RATIO_LIMIT):
        raise UploadRefused(_("The Excel file would be too large once decompressed."))
    if any(entry.flag_bits & 1 for entry in entries):
        raise UploadRefused(_("The Excel file is password-protected. Save it without a password."))
    if WORKBOOK not in names or "[Content_Types].xml" not in names:
        raise UploadRefused(_("The file is not in XLSX format."))
    if any(ACTIVE.search(name) for name in names):
        raise UploadRefused(
            _(
                "The Excel file contains macros, links to other files or objects of other programs. Save it with "
                "the text only."
            )
        )


class _FirstElement(Exception):
    """The first element of a part has begun: what declares entities would have come before it."""


def _check_part(book: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Refuse a part that declares a document type, whatever its encoding, and XML that cannot be read."""
    with book.open(entry) as part:
        if entry.filename == "[Content_Types].xml" and b"macroEnabled" in part.read(PROLOGUE):
            raise UploadRefused(_("The Excel file contains macros. Save it as XLSX without macros."))
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_document_type
    parser.StartElementHandler = _stop_at_element
    try:
        with book.open(entry) as part:
            while chunk := part.read(PROLOGUE):
                parser.Parse(chunk)
    except _FirstElement:
        return
    except expat.ExpatError:
        if entry.filename.lower().endswith((".xml", ".rels", ".vml")):
            raise UploadRefused(_("The Excel file is damaged and could not be opened.")) from None


def _refuse_document_type(*declared: Any) -> None:
    raise UploadRefused(_("The Excel file contains XML entity declarations, which are not accepted."))


def _stop_at_element(*element: Any) -> None:
    raise _FirstElement
