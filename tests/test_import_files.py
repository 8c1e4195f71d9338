"""Files of any program are read; files that would harm are refused quickly and without much memory."""

import io
import time
import tracemalloc
import zipfile
from datetime import date

import openpyxl
import pytest

from catalogue.choices import Outcome, Stage
from catalogue.errors import Refused
from catalogue.imports import runs
from catalogue.imports.workbook import Workbook
from catalogue.models import ImportRun, Practice
from tests.desk import make_editor
from tests.spreadsheets import FIRST, exported, planned, small

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue", "in_english")]


def cells_of(content):
    ((_name, rows),) = Workbook(io.BytesIO(content)).sheets()
    return [cells for _number, cells in rows]


def saved(book):
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def with_part(content, name, change):
    """Return a workbook with one part changed, or added."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, change(old.read(part)) if part == name else old.read(part))
        if name not in old.namelist():
            new.writestr(name, change(b""))
    return file.getvalue()


def test_cells_of_every_kind_are_read():
    book = openpyxl.Workbook()
    values = [
        "text",
        2015,
        10.7,
        True,
        date(2022, 9, 15),
        None,
        " spaced ",
        "two\nlines",
        "=1+1",
        -0.5,
        "ñ😀",
        12345678,
    ]
    book.active.append(values)
    (cells,) = cells_of(saved(book))
    assert 5 not in cells
    assert "formula" in cells[8].sentence
    expected = {0: "text", 1: 2015, 2: "10.7", 3: True, 4: "2022-09-15", 6: " spaced ", 7: "two\nlines"}
    assert {place: cells[place] for place in expected} == expected
    assert (cells[9], cells[10], cells[11]) == ("-0.5", "ñ😀", 12345678)


def test_texts_in_pieces_and_escaped_signs_are_read_as_one_text():
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row>'
        b'<c t="inlineStr"><is><r><t>one </t></r><r><t>two</t></r><rPh><t>aid</t></rPh></is></c>'
        b'<c t="inlineStr"><is><t>_x005F_x0041_ _x0041_</t></is></c></row></sheetData></worksheet>'
    )
    content = with_part(small(code="x"), "xl/worksheets/sheet1.xml", lambda old: sheet)
    assert cells_of(content) == [{0: "one two", 1: "_x0041_ A"}]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_csv_is_read_with_the_separator_of_its_program(separator):
    lines = [
        ["code", "title_es", "scope", "networks", "countries"],
        ["new-1", "Uno", "local", "gender-and-migration", "PE"],
    ]
    content = "\r\n".join(separator.join(line) for line in lines).encode("utf-8-sig")
    assert planned(content, "csv")["new-1"].outcome == Outcome.NEW


def bomb():
    zeros = b"<worksheet>" + b" " * (64 * 2**20) + b"</worksheet>"
    return with_part(small(code="x"), "xl/worksheets/sheet1.xml", lambda old: zeros)


def many_rows():
    row = b'<row><c t="inlineStr"><is><t>new-%d</t></is></c></row>'
    head = b'<row><c t="inlineStr"><is><t>code</t></is></c></row>'
    rows = b"".join(row % number for number in range(1_000_000))
    sheet = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'
    return with_part(small(code="x"), "xl/worksheets/sheet1.xml", lambda old: sheet % (head + rows))


HOSTILE = {
    "bomb": (bomb, "too large once decompressed"),
    "entity": (
        lambda: with_part(
            small(code="x"),
            "xl/worksheets/sheet1.xml",
            lambda old: b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><worksheet>&b;</worksheet>',
        ),
        "entity declarations",
    ),
    "macro": (lambda: with_part(small(code="x"), "xl/vbaProject.bin", lambda old: b"x"), "macros"),
    "external link": (
        lambda: with_part(small(code="x"), "xl/externalLinks/externalLink1.xml", lambda old: b"<a/>"),
        "links to other files",
    ),
    "encrypted": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "password-protected"),
    "truncated": (lambda: small(code="x")[:-400], "damaged"),
    "a million rows": (many_rows, "more than 20000 practices"),
    "sixteen thousand columns": (
        lambda: small(**{"code": "x", **{f"column_{number}": "x" for number in range(16_383)}}),
        "more than 400 columns",
    ),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_is_refused_quickly_and_in_little_memory(kind):
    make, sentence = HOSTILE[kind]
    content, editor = make(), make_editor("secretariat")
    tracemalloc.start()
    started = time.process_time()
    try:
        run = runs.hand_in(io.BytesIO(content), "x.xlsx", by=editor)
        runs.begin(run, "check")
        runs.run_step(run, "check")
        told = run.refusal
        assert run.stage == Stage.FAILED
    except Refused as refusal:
        told = refusal.sentence
    finally:
        seconds, (_held, most) = time.process_time() - started, tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert sentence in told
    assert seconds < 20, "it takes a tenth of that, and counting memory makes it slower"
    assert most < 100 * 2**20
    assert Practice.objects.count() == 19
    assert not ImportRun.objects.exclude(stage=Stage.FAILED).exists()


DAMAGED = "The Excel file is damaged and could not be read completely."
SHEET, BOOK, RELATIONS, STYLES = (
    f"xl/{part}" for part in ("worksheets/sheet1.xml", "workbook.xml", "_rels/workbook.xml.rels", "styles.xml")
)
OTHER_THAN_DAMAGED = {
    (SHEET, b"<worksheet/>"): "The sheet “Practices” has no column “code” in its first row.",
    (BOOK, b"<worksheet/>"): "The file has no sheet “Practices”. Start from the template.",
    (STYLES, b"<worksheet/>"): None,  # dates are written as texts, so nothing depends on styles
}


def test_a_damaged_part_is_told_in_one_sentence(client):
    content = exported(client, query=f"&q={FIRST}")
    for part in (SHEET, BOOK, RELATIONS, STYLES):
        for damage in (b"", b"<a", b"<worksheet/>", b"\xff\xfe\x00"):
            expected = OTHER_THAN_DAMAGED.get((part, damage), DAMAGED)
            try:
                found = planned(with_part(content, part, lambda old, damage=damage: damage))
            except Refused as refusal:
                assert str(refusal.sentence) == expected, (part, damage)
            else:
                assert expected is None, (part, damage)
                assert {key: row.outcome for key, row in found.items()} == {FIRST: Outcome.UNCHANGED}
