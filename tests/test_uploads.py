"""Files from outside are known by their content and looked at before any program opens them."""

import io
import zipfile

import pytest
from django.utils.translation import override
from openpyxl import Workbook

from catalogue.server.upload_checks import UploadRefused, checked_upload

PARTS = {"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"}
ENTITY = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><worksheet>&b;</worksheet>'


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


def a_zip(parts=()):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in {**PARTS, **dict(parts)}.items():
            book.writestr(name, content)
    return io.BytesIO(file.getvalue())


def a_workbook(rows=((1, 2),)):
    book, file = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    file.seek(0)
    return file


def refusal_of(file, **options):
    with pytest.raises(UploadRefused) as refused:
        checked_upload(file, **options)
    return str(refused.value.sentence)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("code,title_es\nCSM-2023-001,Año\n".encode(), "csv"),
        ("\ufeffcode;title_es\n".encode(), "csv"),
        (b'msgid ""\nmsgstr ""\n\nmsgid "one"\nmsgstr "uno"\n', "po"),
    ],
)
def test_text_is_known_by_what_stands_in_it(content, kind):
    found, file = checked_upload(io.BytesIO(content))
    assert (found, file.read()) == (kind, content)


def test_a_workbook_is_known_by_what_stands_in_it():
    kind, file = checked_upload(a_workbook([["plain"] * 20] * 500))
    assert kind == "xlsx"
    assert zipfile.is_zipfile(file)


def test_only_the_kinds_of_the_page_are_taken():
    assert "XLSX" in refusal_of(io.BytesIO(b"a,b\n"), kinds=("xlsx",))


@pytest.mark.parametrize("content", [b"%PDF-1.7 x", b"<html></html>", b'{"a": 1}', b"a\x00b"])
def test_other_files_are_refused(content):
    assert "type of file is not accepted" in refusal_of(io.BytesIO(content))


def test_an_empty_file_and_one_in_another_encoding_are_refused():
    assert "empty" in refusal_of(io.BytesIO(b""))
    assert "UTF-8" in refusal_of(io.BytesIO("código;año\n".encode("cp1252")))


def test_a_file_over_the_limit_is_refused():
    assert "1 megabytes" in refusal_of(io.BytesIO(b"a" * (2**20 + 1)), limit=2**20)
    assert "20 megabytes" in refusal_of(io.BytesIO(b"a" * (20 * 2**20 + 1)))


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    assert "too large" in refusal_of(a_zip({"xl/worksheets/sheet1.xml": b" " * (30 * 2**20)}))


def test_too_many_parts_are_refused():
    assert "too many parts" in refusal_of(a_zip({f"xl/media/{n}.xml": "<a/>" for n in range(200)}))


@pytest.mark.parametrize(
    "name", ["xl/vbaProject.bin", "xl/externalLinks/externalLink1.xml", "xl/connections.xml", "xl/embeddings/a.bin"]
)
def test_macros_links_and_objects_are_refused(name):
    assert "macros" in refusal_of(a_zip({name: "<a/>"}))


def test_a_workbook_that_says_it_has_macros_is_refused():
    assert "macros" in refusal_of(a_zip({"[Content_Types].xml": '<Types a="sheet.macroEnabled.main+xml"/>'}))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("name", ["xl/worksheets/sheet1.xml", "xl/hidden.bin"])
def test_a_part_that_declares_entities_is_refused(name, encoding):
    assert "entity declarations" in refusal_of(a_zip({name: ENTITY.encode(encoding)}))


def test_a_password_is_refused():
    assert "password" in refusal_of(io.BytesIO(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))
    closed = bytearray(a_zip().getvalue())
    place = closed.index(b"PK\x01\x02")
    closed[place + 8] |= 1
    assert "password" in refusal_of(io.BytesIO(bytes(closed)))


@pytest.mark.parametrize("content", [b"PK\x03\x04 and then nothing", b"PK"])
def test_a_damaged_workbook_is_refused(content):
    assert "damaged" in refusal_of(io.BytesIO(content))


def test_a_zip_of_something_else_is_refused():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as book:
        book.writestr("word/document.xml", "<a/>")
    assert "not in XLSX format" in refusal_of(io.BytesIO(file.getvalue()))
