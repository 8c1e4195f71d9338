"""The files for researchers: every table, in every shape and language, read back by programs that did not write it."""

import csv
import hashlib
import io
import json
import re
import threading
import zipfile
from array import array
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from xml.etree import ElementTree

import openpyxl
import pytest
from django.utils.translation import override
from pyld import jsonld

from catalogue.caching.lru import clear_all
from catalogue.choices import State
from catalogue.exports.batches import Plan, Practices, in_batches, keys_of
from catalogue.exports.columns.base import labels_of
from catalogue.exports.columns.kinds import Source
from catalogue.exports.spooled_tables import Behind
from catalogue.exports.tables import LONG, PRACTICES, RECORDS, RELATED
from catalogue.exports.writers.xlsx import SHEET_NAME_LIMIT
from catalogue.models import Practice, Result
from catalogue.querysets.expressions import Keys, plain_rows, translated
from catalogue.querysets.prepared import PreparedRows
from catalogue.querysets.visibility import is_published
from tests.factories import make_adaptation, make_many, make_practice
from tests.test_downloads import LISTS, OPENERS, csv_rows, json_list

pytestmark = pytest.mark.django_db

TABLES = [
    "practices", "results", "organisations", "countries", "places", "networks", "legal_instruments", "classifications",
    "links", "sources", "notes", "presentations", "adaptations", "records",
]  # fmt: skip
TABULAR = ["csv", "xlsx", "ods", "zip"]
FORMATS = [*TABULAR, "json", "jsonl", "jsonld"]
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def body_of(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return b"".join(response.streaming_content)


def package(client, query=""):
    return zipfile.ZipFile(io.BytesIO(body_of(client, f"/en/practices.zip{query}")))


def table_in(archive, name):
    """Return a table of a package as dictionaries by the names of its columns."""
    text = archive.read(f"{name}.csv").decode("utf-8-sig")
    header, *rows = csv.reader(io.StringIO(text, newline=""))
    names = [re.sub(r"^.*\[(.+)\]$", r"\1", title, flags=re.DOTALL) for title in header]
    return [dict(zip(names, row, strict=True)) for row in rows]


def by_name(rows):
    names = [re.sub(r"^.*\[(.+)\]$", r"\1", title) for title in rows[0]]
    return [dict(zip(names, row, strict=True)) for row in rows[1:]]


def ods_tables(body):
    """Return ``{table: rows of texts}`` of an OpenDocument spreadsheet, read from its XML."""
    archive = zipfile.ZipFile(io.BytesIO(body))
    assert archive.infolist()[0].filename == "mimetype"
    assert archive.infolist()[0].compress_type == zipfile.ZIP_STORED
    assert b"table:formula" not in archive.read("content.xml")
    tree = ElementTree.fromstring(archive.read("content.xml"))
    return {
        table.get(f"{TABLE}name"): [
            [ods_text(cell) for cell in row.iter(f"{TABLE}table-cell")] for row in table.iter(f"{TABLE}table-row")
        ]
        for table in tree.iter(f"{TABLE}table")
    }


def ods_text(cell):
    """Return the text of a cell as OpenDocument says that it is to be read: spaces collapse unless they are marked."""

    def said(element):
        pieces = [re.sub(r"\s+", " ", element.text or "")]
        for part in element:
            count = int(part.get(f"{TEXT}c", "1"))
            pieces += [" " * count if part.tag == f"{TEXT}s" else "\t" if part.tag == f"{TEXT}tab" else said(part)]
            pieces += [re.sub(r"\s+", " ", part.tail or "")]
        return "".join(pieces)

    return "\n".join(said(paragraph) for paragraph in cell.iter(f"{TEXT}p"))


# Lines and records


@pytest.mark.parametrize("language", LISTS)
def test_each_line_of_json_lines_is_the_practice_of_the_json(client, language):
    lines_of_text = body_of(client, f"{LISTS[language]}.jsonl").decode().splitlines()
    assert [json.loads(line) for line in lines_of_text] == json_list(client, f"{LISTS[language]}.json")["practices"]


@pytest.mark.parametrize("language", LISTS)
def test_a_practice_of_a_list_says_what_it_says_alone(client, language):
    listed = json_list(client, f"{LISTS[language]}.json")["practices"]
    for record in listed:
        alone = json.loads(client.get(f"{LISTS[language]}/{record['slug']}.json").content)
        assert {key: alone[key] for key in record} == record


@pytest.mark.parametrize("language", LISTS)
def test_json_ld_is_read_by_a_parser_that_asks_no_other_host(client, language):
    def no_other_host(*args, **kwargs):
        raise AssertionError("the context must stand in the file")

    document = json.loads(body_of(client, f"{LISTS[language]}.jsonld?country=PE"))
    (dataset,) = jsonld.expand(document, {"documentLoader": no_other_host})
    assert dataset["@type"] == ["https://schema.org/Dataset"]
    works = dataset["https://schema.org/hasPart"]
    codes = {work["https://schema.org/identifier"][0]["@value"] for work in works}
    assert codes == {row[0] for row in csv_rows(client, "/es/practicas.csv?country=PE")[1:]}
    assert {work["https://schema.org/license"][0]["@id"] for work in works} == {
        "https://creativecommons.org/licenses/by/4.0/"
    }
    assert all("@language" in work["https://schema.org/name"][0] for work in works)


@pytest.mark.engines
def test_a_withdrawn_practice_is_left_out_even_when_its_key_was_read_before():
    hidden, shown = make_practice(state=State.ARCHIVED), make_practice()
    keys = [hidden.pk, shown.pk]
    (batch,) = in_batches(array("q", keys), Plan("pk", published=is_published(), code="code"))
    assert list(batch["code"]) == [shown.code]


# The package


@pytest.mark.engines
def test_the_package_holds_every_table_and_each_row_belongs_to_a_practice_of_it(client):
    make_adaptation()
    archive = package(client, "?network=gender-and-migration")
    codes = {row["code"] for row in table_in(archive, "practices")}
    assert codes == {row[0] for row in csv_rows(client, "/es/practicas.csv?network=gender-and-migration")[1:]}
    for name in TABLES:
        rows = table_in(archive, name)
        assert rows
        assert {row["code"] for row in rows} <= codes


@pytest.mark.engines
def test_the_tables_hold_all_the_rows_of_the_database(client):
    archive = package(client)
    for name, rows in {
        "results": Result.objects.filter(practice__state=State.PUBLISHED),
        "practices": Practice.objects.published(),
    }.items():
        assert len(table_in(archive, name)) == rows.count()
    figures = {(row["code"], row["order"]): row for row in table_in(archive, "results")}
    for result in Result.objects.filter(practice__state=State.PUBLISHED):
        row = figures[result.practice.code, str(result.order)]
        assert row["as_printed"] == result.as_printed
        assert row["value"] == ("" if result.value is None else f"{result.value.normalize():f}")


@pytest.mark.engines
def test_nothing_known_differs_from_no_and_from_nought(client):
    practice = make_practice()
    shared = {"practice": practice, "kind": "result", "as_printed": "x", "indicator_es": "cosas"}
    Result.objects.create(value=None, **shared)
    Result.objects.create(value=0, chartable=True, **shared)
    rows = [row for row in table_in(package(client), "results") if row["code"] == practice.code]
    assert [(row["value"], row["chartable"]) for row in rows] == [("", "false"), ("0", "true")]


def test_the_manifest_tells_what_the_package_is_and_how_to_make_it_again(client):
    archive = package(client, "?country=PE&sort=title&provenance=1")
    facts = json.loads(archive.read("manifest.json"))
    assert facts["filters_in_words"] == "Country: Peru"
    assert facts["filters"] == [{"parameter": "country", "value": "PE"}]
    assert (facts["language"], facts["licence"]) == ("en", "CC BY 4.0")
    assert facts["catalogue_version"] >= 0
    assert facts["address"] in facts["citation"]
    assert any("IOM" in name for name in facts["attribution"])
    names = {file["name"] for file in facts["files"]}
    assert names == set(archive.namelist()) - {"manifest.json"}
    for file in facts["files"]:
        content = archive.read(file["name"])
        assert (file["bytes"], file["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
    for table, count in facts["rows"].items():
        assert count == len(table_in(archive, table))
    again = facts["address"].removeprefix("http://127.0.0.1:8000")
    same = zipfile.ZipFile(io.BytesIO(body_of(client, again)))
    assert same.read("practices.csv") == archive.read("practices.csv")


@pytest.mark.engines
def test_the_package_tells_the_version_of_each_record(client):
    archive = package(client)
    stamps = {row["code"]: datetime.fromisoformat(row["updated"]) for row in table_in(archive, "records")}
    assert stamps == {
        practice.code: practice.updated.replace(microsecond=0) for practice in Practice.objects.published()
    }


# The codebook


@pytest.mark.parametrize("query", ["", "?lang=all", "?provenance=1", "?shape=long&lang=all&provenance=1"])
def test_the_codebook_of_a_package_explains_every_column_of_it(client, query):
    archive = package(client, query)
    explained = {(row["table"], row["header"]): row for row in table_in(archive, "codebook")}
    metadata = json.loads(archive.read("csv-metadata.json"))
    for described in metadata["tables"]:
        text = archive.read(described["url"]).decode("utf-8-sig")
        header, *rows = csv.reader(io.StringIO(text, newline=""))
        columns = described["tableSchema"]["columns"]
        assert [column["titles"] for column in columns] == header
        assert len({column["name"] for column in columns}) == len(columns)
        table = described["url"].removesuffix(".csv")
        assert all(explained[table, title]["meaning_pt"] for title in header)
        for row in rows:
            for column, cell in zip(columns, row, strict=True):
                assert fits(column, cell), (table, column["name"], cell)


def fits(column, cell):
    """Whether a cell is what CSV on the Web makes of the column's description; an empty one always is."""
    datatype = column["datatype"]
    values = cell.split(column["separator"]) if "separator" in column else [cell]
    pattern = {
        "string": r"[\s\S]*",
        "anyURI": r"https?://\S+",
        "date": r"\d{4}-\d\d-\d\d",
        "datetime": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00",
        "integer": r"\d+",
        "decimal": r"-?\d+([.]\d+)?",
        "boolean": "true|false",
    }
    expected = datatype["format"] if isinstance(datatype, dict) else pattern[datatype]
    return not cell or all(re.fullmatch(expected, value) for value in values)


@pytest.mark.parametrize("language", [("es", "libro-de-codigos"), ("en", "codebook"), ("pt-br", "livro-de-codigos")])
def test_the_codebook_has_an_address_in_each_language_for_people_and_for_programs(client, language):
    address = "/".join(("", *language))
    page = client.get(f"{address}/").content.decode()
    rows = by_name(list(csv.reader(io.StringIO(client.get(f"{address}.csv").content.decode("utf-8-sig")))))
    assert {row["table"] for row in rows} == {*TABLES, "values"}
    for row in rows:
        assert f"<code>{row['column']}</code>" in page
        assert row["type"]
        assert row["since"]
        assert len({row["meaning_es"], row["meaning_en"], row["meaning_pt"]}) == 3
    scope = next(row for row in rows if row["column"] == "scope")
    assert "consular = " in scope["codes"]
    metadata = json.loads(client.get(f"{address}.json").content)
    assert metadata["tables"][0]["url"] == "practices.csv"
    assert client.get(f"{address}.pdf").status_code == 404


# Languages, shapes, origins


def test_all_languages_stand_side_by_side_and_codes_once(client):
    rows = by_name(csv_rows(client, "/en/practices.csv?lang=all"))
    assert list(rows[0])[:5] == ["code", "slug", "url", "language", "title_es"]
    assert not {"title", "title_language", "scope_es"} & set(rows[0])
    for row in rows:
        practice = Practice.objects.get(code=row["code"])
        for language in ("es", "en", "pt"):
            assert row[f"description_{language}"].lstrip("'") == (getattr(practice, f"description_{language}") or "")
    assert {row["status_label_es"] for row in rows} & {"En curso"}
    assert {row["status_label_pt"] for row in rows} & {"Em andamento"}


def test_no_text_is_borrowed_when_all_languages_are_asked_for(client):
    make_practice(title="Solo en español", country="GY")
    (row,) = by_name(csv_rows(client, "/en/practices.csv?lang=all&country=GY"))
    assert (row["title_es"], row["title_en"], row["title_pt"]) == ("Solo en español", "", "")


def test_one_language_may_be_asked_for_at_the_address_of_another(client):
    there = csv_rows(client, "/en/practices.csv?lang=pt")
    assert there == csv_rows(client, "/pt-br/praticas.csv")


def test_each_text_tells_its_language_and_how_it_came_to_be(client):
    make_practice(
        title="Solo en español",
        country="GY",
        summary_en="In English",
        translation_status_es="original",
        translation_status_en="human",
    )
    (row,) = by_name(csv_rows(client, "/en/practices.csv?provenance=1&country=GY"))
    assert (row["title_language"], row["title_status"]) == ("es", "original")
    assert (row["summary_language"], row["summary_status"]) == ("en", "human")
    assert (row["objective"], row["objective_status"]) == ("", "missing")
    (row,) = by_name(csv_rows(client, "/en/practices.csv?provenance=1&lang=all&country=GY"))
    assert (row["title_es_status"], row["title_en_status"], row["summary_en_status"]) == (
        "original",
        "missing",
        "human",
    )


@pytest.mark.parametrize("language", LISTS)
def test_the_long_shape_has_one_row_for_each_value(client, language):
    long = by_name(csv_rows(client, f"{LISTS[language]}.csv?shape=long"))
    assert list(long[0])[:5] == ["code", "slug", "url", "language", "title"]
    archive = zipfile.ZipFile(io.BytesIO(body_of(client, f"{LISTS[language]}.zip")))
    for variable, item, label in (
        ("networks", "network", "network_name"),
        ("countries", "country", "country_name"),
        ("organisations", "organisation", "organisation_name"),
        ("results", None, "indicator"),
    ):
        wide = table_in(archive, variable)
        assert [
            (row["code"], row["order"], row["item"], row["item_label"]) for row in long if row["variable"] == variable
        ] == [(row["code"], row["order"], row[item] if item else "", row[label]) for row in wide]
    codes = [row["code"] for row in long]
    assert codes == sorted(codes), "the rows of a practice stand together, in the order of the list"


@pytest.mark.engines
def test_no_value_is_cut_to_a_number_of_columns(client):
    practice = make_practice(country="GY")
    Result.objects.bulk_create(
        Result(
            practice=practice,
            kind="result",
            as_printed=str(number),
            value=number,
            indicator_es=f"indicador {number}",
            order=number,
        )
        for number in range(60)
    )
    (row,) = by_name(csv_rows(client, "/es/practicas.csv?country=GY"))
    assert row["results"].count(" | ") == 59
    long = by_name(csv_rows(client, "/es/practicas.csv?country=GY&shape=long"))
    assert [row["value"] for row in long if row["variable"] == "results"] == [str(number) for number in range(60)]


@pytest.mark.parametrize("extension", FORMATS)
@pytest.mark.parametrize("query", ["shape=square", "lang=fr", "provenance=maybe"])
def test_an_impossible_form_is_answered_400_and_named(client, extension, query):
    response = client.get(f"/en/practices.{extension}?{query}")
    parameter, value = query.split("=")
    assert response.status_code == 400
    assert parameter in response.content.decode()
    assert value in response.content.decode()


@pytest.mark.parametrize("query", ["shape=long", "lang=all", "provenance=1"])
def test_only_tables_take_the_forms_of_tables(client, query):
    assert client.get(f"/en/practices.jsonl?{query}").status_code == 400
    assert client.get(f"/en/practices.csv?{query}").status_code == 200


# Workbooks


def test_the_workbook_has_a_sheet_for_each_table_the_codebook_and_a_read_me(client):
    book = openpyxl.load_workbook(io.BytesIO(body_of(client, "/en/practices.xlsx?country=PE")))
    assert book.sheetnames == [
        "Practices", "Results", "Organisations", "Countries", "Places", "Networks", "Legal instruments",
        "Classifications by framework", "Links", "Sources", "Editor’s notes", "Presentations at meetings",
        "Adaptations", "Versions of the records", "Codebook", "Read me",
    ]  # fmt: skip
    assert {sheet.freeze_panes for sheet in book} == {"B2"}
    said = {row[0]: row[1] for row in book["Read me"].iter_rows(values_only=True)}
    assert said["Filters applied"] == "Country: Peru"
    assert said["Address to download this file again"].endswith("/en/practices.xlsx?country=PE")


def test_the_codebook_calls_no_classification_a_statement_of_the_source():
    for table in (PRACTICES, *RELATED.values(), LONG):
        classified = {column.name for column in table.columns if column.source == Source.CLASSIFIED}
        in_words = {str(labels_of(name)) for name in classified}
        assert [c.name for c in table.columns if str(c.meaning) in in_words and c.source != Source.CLASSIFIED] == []


@pytest.mark.parametrize(("language", "list_"), [("es", "practicas"), ("en", "practices"), ("pt-br", "praticas")])
def test_every_sheet_has_its_whole_name_and_the_read_me_tells_of_the_bare_headings(client, language, list_):
    with override(language):
        names = [str(table.label) for table in (PRACTICES, *RELATED.values(), LONG, RECORDS)]
    assert [name for name in names if len(name) > SHEET_NAME_LIMIT] == []
    book = openpyxl.load_workbook(io.BytesIO(body_of(client, f"/{language}/{list_}.xlsx?country=PE")))
    assert {"es": "Clasificaciones por marco", "pt-br": "Classificações por marco"}.get(language, names[0]) in names
    assert set(book.sheetnames[:-2]) <= set(names)
    told = " ".join(str(cell) for row in book.worksheets[-1].iter_rows(values_only=True) for cell in row)
    assert "(code, slug, url, language, title)" in told


@pytest.mark.engines
def test_the_cells_of_a_workbook_have_their_types_and_links(client):
    book = openpyxl.load_workbook(io.BytesIO(body_of(client, "/en/practices.xlsx")))
    header = [cell.value for cell in book["Practices"][1]]
    first = dict(zip(header, book["Practices"][2], strict=True))
    practice = Practice.objects.get(code=first["code"].value)
    assert first["Updated [updated]"].value.date() == practice.updated.date()
    assert first["url"].hyperlink.target == first["url"].value
    header, *rows = book["Results"].iter_rows(values_only=True)
    values = [row[header.index("Value [value]")] for row in rows]
    assert {type(value) for value in values} <= {int, float, type(None)}
    assert None in values, "what cannot be a number stays empty"
    assert {row[header.index("Can be charted [chartable]")] for row in rows} == {True, False}


def test_an_opendocument_spreadsheet_holds_what_the_csv_holds(client):
    tables = ods_tables(body_of(client, "/en/practices.ods"))
    archive = package(client)
    csv_tables = [archive.read(f"{name}.csv").decode("utf-8-sig") for name in TABLES]
    for rows, text in zip(tables.values(), csv_tables, strict=False):
        plain = [[cell.removeprefix("'") for cell in row] for row in csv.reader(io.StringIO(text, newline=""))]
        assert [[cell.removeprefix("'") for cell in row] for row in rows] == plain
    assert list(tables)[-2:] == ["Codebook", "Read me"]


def test_a_workbook_keeps_a_text_as_a_text(client):
    openers = [*OPENERS, "  two  spaces", "a\tb", '<&> "quoted" ]]>', "\x0bcontrol\x01"]
    made = make_many(
        len(openers), title=lambda place: f"x{openers[place]}", summary_es=openers.__getitem__, country="GY"
    )
    expected = {
        practice.code: practice.title_es.replace("\x0b", "").replace("\x01", "").replace("\r", "") for practice in made
    }
    book = openpyxl.load_workbook(io.BytesIO(body_of(client, "/es/practicas.xlsx?country=GY")))
    rows = book.active.iter_rows(min_row=2, values_only=True)
    assert {code: title for code, _slug, _url, _language, title, *_rest in rows} == expected
    tables = ods_tables(body_of(client, "/es/practicas.ods?country=GY"))
    assert {row[0]: row[4] for row in tables["Prácticas"][1:]} == expected


def test_a_cell_holds_no_more_than_a_workbook_can_and_the_csv_all_of_it(client):
    make_practice(country="GY", description_es="ñ" * 40_000)
    book = openpyxl.load_workbook(io.BytesIO(body_of(client, "/es/practicas.xlsx?country=GY")))
    assert max(len(str(cell)) for cell in next(book.active.iter_rows(min_row=2, values_only=True))) == 32767
    assert len(by_name(csv_rows(client, "/es/practicas.csv?country=GY"))[0]["description"]) == 40_000


# All of them


@pytest.mark.engines
@pytest.mark.parametrize("extension", FORMATS)
def test_no_format_holds_a_mailbox_or_a_hidden_practice(client, extension):
    make_practice(title="Secreto", state=State.DRAFT)
    body = body_of(client, f"/es/practicas.{extension}")
    if zipfile.is_zipfile(io.BytesIO(body)):
        archive = zipfile.ZipFile(io.BytesIO(body))
        body = b"".join(archive.read(name) for name in archive.namelist())
    assert b"@iom.int" not in body
    assert b"Secreto" not in body


@pytest.mark.parametrize("extension", FORMATS)
@pytest.mark.parametrize("query", ["?q=xyzxyz", "?q=xyzxyz&shape=long&lang=all&provenance=1"])
def test_an_empty_list_is_a_file_without_rows(client, extension, query):
    if extension in TABULAR or "shape" not in query:
        body = body_of(client, f"/es/practicas.{extension}{query}")
        assert b"CSM-2023" not in body


def test_a_larger_list_asks_no_more_of_the_database(client, django_assert_max_num_queries):
    make_many(150)
    for extension in FORMATS:
        clear_all()
        with django_assert_max_num_queries(72, info=extension):
            body_of(client, f"/es/practicas.{extension}")


@pytest.mark.engines
def test_a_csv_of_many_batches_is_whole_and_in_order(client, monkeypatch):
    monkeypatch.setattr("catalogue.exports.batches.BATCH", 3)
    monkeypatch.setattr("catalogue.exports.batches.AT_ONCE", 7)
    whole = csv_rows(client, "/es/practicas.csv?sort=title")
    assert len(whole) == 20
    monkeypatch.undo()
    assert csv_rows(client, "/es/practicas.csv?sort=title") == whole


@pytest.mark.engines
@pytest.mark.parametrize("extension", [*FORMATS, "bib", "ris", "csl.json"])
def test_the_texts_of_a_file_are_let_go_with_it(client, left_behind, extension):
    body_of(client, f"/es/practicas.{extension}")
    assert left_behind(Practices, Practice) == []


@pytest.mark.engines
def test_a_prepared_query_returns_for_any_keys_what_its_queryset_returns():
    def rows(keys):
        columns = (
            "pk",
            "innovation_inferred",
            "updated",
            "outdated_since_en",
            "contact__slug",
            translated("title", "pt"),
        )
        return plain_rows(Practice.objects.among(keys), *columns)

    every = list(Practice.objects.order_by("pk").values_list("pk", flat=True))
    query = PreparedRows(rows(Keys()))
    with ThreadPoolExecutor(1) as thread:
        started = {size: query.start(Keys(every[:size]), thread) for size in (0, 2, 19)}
        for size, found in started.items():
            asked = Keys(every[:size])
            assert sorted(found()) == sorted(query.of(asked)) == sorted(rows(asked))
            assert len(query.of(asked)) == size


@pytest.mark.engines
def test_nothing_is_fetched_any_more_for_a_file_that_is_not_read_to_its_end(catalogue, monkeypatch):
    monkeypatch.setattr("catalogue.exports.batches.BATCH", 3)
    before = threading.active_count()
    batches = in_batches(keys_of(Practice.objects.published()), Plan("pk", published=is_published(), code="code"))
    assert len(next(batches)) == 3
    batches.close()
    assert threading.active_count() == before


class FullDisk:
    """A file on a disk without room."""

    def write(self, piece):
        raise OSError(28, "No space left on device")


@pytest.mark.parametrize("pieces", [1, 9])
def test_a_file_that_could_not_be_written_is_never_taken_for_a_whole_one(pieces):
    with pytest.raises(OSError, match="No space left"), Behind(FullDisk()) as file:
        for _number in range(pieces):
            file.write(b"a piece")


def test_pieces_stand_in_the_file_in_their_order():
    with io.BytesIO() as whole:
        with Behind(whole) as file:
            for number in range(100):
                file.write(b"%d " % number)
        assert whole.getvalue().split() == [b"%d" % number for number in range(100)]
