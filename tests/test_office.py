"""Who opens a file in an office program sees what the CSV says: LibreOffice reads it back, not a library of ours."""

import csv
import io
import json
import re
import subprocess
from datetime import datetime

import pypdf
import pytest

from catalogue.models import Practice
from tests import programs
from tests.factories import make_adaptation
from tests.test_exports import TABLES, body_of, package
from tests.test_publication import bookmarks_of, text_of

pytestmark = pytest.mark.django_db

# commas, quotation marks, UTF-8, raw values and not as shown, every sheet; the numbers are those of its documentation:
# https://wiki.documentfoundation.org/Documentation/DevGuide/Spreadsheet_Documents#Filter_Options_for_the_CSV_Filter
EVERY_SHEET = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"


@pytest.fixture
def converted(tmp_path):
    """Let LibreOffice convert files, all of them in one start: that takes longer than the files."""
    program = programs.needed("LibreOffice")

    def convert(bodies, form):
        for name, body in bodies.items():
            (tmp_path / name).write_bytes(body)
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        target = tmp_path / "converted"
        files = [tmp_path / name for name in bodies]
        command = [program, profile, "--headless", "--convert-to", form, "--outdir", target, *files]
        subprocess.run(command, check=True, timeout=180, stdout=subprocess.DEVNULL)
        return {file.stem: sorted(target.glob(f"{file.stem}[-.]*")) for file in files}

    return convert


@pytest.mark.slow  # LibreOffice has to start
def test_every_sheet_of_a_workbook_says_cell_by_cell_what_the_csv_says(client, converted):
    make_adaptation(practice=Practice.objects.get(code="CSM-2023-001"), since="2025-03", changes_es="Sin costo")
    books = {f"of_{kind}.{kind}": body_of(client, f"/es/practicas.{kind}") for kind in ("xlsx", "ods")}
    archive = package(client, "?lang=es")
    kinds = kinds_of(archive)
    converted_books = converted(books, EVERY_SHEET)
    assert set(converted_books) == {"of_xlsx", "of_ods"}
    for book, sheets in converted_books.items():
        tables = [rows_of(sheet.read_text("utf-8-sig")) for sheet in sheets]
        by_header = {tuple(header): rows for header, *rows in tables}
        assert len(by_header) == len(TABLES) + 2, "the tables, the codebook and the read-me"
        for name in TABLES:
            header, *rows = rows_of(archive.read(f"{name}.csv").decode("utf-8-sig"))
            expected = [[unarmed(cell) for cell in row] for row in rows]
            found = by_header[tuple(header)]
            assert expected
            assert [
                [plain(cell, kinds[name, column]) for cell, column in zip(row, header, strict=True)] for row in found
            ] == expected, (book, name)


def rows_of(text):
    return list(csv.reader(io.StringIO(text, newline="")))


def kinds_of(archive):
    """Return ``{(table, header): type}`` as the codebook of a package has it."""
    return {
        (described["url"].removesuffix(".csv"), column["titles"]): column["datatype"]
        for described in json.loads(archive.read("csv-metadata.json"))["tables"]
        for column in described["tableSchema"]["columns"]
    }


def unarmed(cell):
    """Return a cell of the CSV without the apostrophe that keeps a text from being a formula."""
    return cell.removeprefix("'") if re.match(r"'\s*[-=+@＝]", cell) else cell


def plain(cell, kind):
    """Return a cell as LibreOffice writes it the way the CSV writes it: truths in small letters, days in ISO 8601."""
    if kind == "boolean":
        return cell.lower()
    if kind == "date" and "/" in cell:
        return datetime.strptime(cell, "%m/%d/%Y").date().isoformat()
    return cell


@pytest.mark.slow  # LibreOffice has to start
def test_the_book_opens_in_a_word_processor_with_headings_and_contents(client, converted):
    """The whole of it in Spanish; in Portuguese, where only the words are others, that of the records of a State."""
    books = {"es.docx": "/es/practicas.docx", "pt.docx": "/pt-br/praticas.docx?country=AR"}
    files = converted({name: client.get(address).content for name, address in books.items()}, "pdf")
    every = Practice.objects.published()
    for language, contents, practices in (("es", "Contenido", every), ("pt", "Sumário", every.in_countries(["AR"]))):
        (file,) = files[language]
        pdf = pypdf.PdfReader(file)
        marks, text = bookmarks_of(pdf.outline), text_of(pdf)
        titles = practices.values_list(f"title_{language}", flat=True)
        assert len(titles) > 1
        assert sorted(mark for mark in marks if mark in set(titles)) == sorted(titles)
        listed = text[text.index(contents) : text.index(contents) + 6000]
        squeezed = re.sub(r"\s+", "", listed)
        missing = [title for title in titles if re.sub(r"\s+", "", title) not in squeezed]
        assert not missing, "every practice stands in the table of contents"
