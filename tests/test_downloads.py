"""The list as files: the page's rows, in the language asked for, inert in a spreadsheet, without personal data."""

import csv
import io
import json

import openpyxl
import pytest
from django.db import OperationalError, connection
from django.http import StreamingHttpResponse

from catalogue.caching.lru import clear_all
from catalogue.models import Practice
from catalogue.server.streaming import BEGINNING, begun
from tests.factories import make_many, make_practice
from tests.reading import shown_codes
from tests.surfaces import words_of

pytestmark = pytest.mark.django_db

LISTS = {"es": "/es/practicas", "en": "/en/practices", "pt": "/pt-br/praticas"}
OPENERS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", '=HYPERLINK("http://x")', "\n=1"]


def csv_rows(client, address):
    body = b"".join(client.get(address).streaming_content).decode("utf-8")
    assert body.startswith("\ufeff"), "spreadsheet programs need the byte-order mark"
    return list(csv.reader(io.StringIO(body.removeprefix("\ufeff"), newline="")))


def xlsx_rows(client, address):
    body = b"".join(client.get(address).streaming_content)
    return [list(row) for row in openpyxl.load_workbook(io.BytesIO(body)).active.iter_rows(values_only=True)]


def json_list(client, address):
    return json.loads(b"".join(client.get(address).streaming_content))


@pytest.mark.engines
@pytest.mark.parametrize(
    "query", ["", "?country=PE", "?network=gender-and-migration&sort=title", "?q=trata", "?gcm=11&gcm=1"]
)
def test_every_file_holds_the_rows_of_the_page_in_its_order(client, query):
    codes = shown_codes(client.get(f"/es/practicas/{query}"))
    assert [row[0] for row in csv_rows(client, f"/es/practicas.csv{query}")[1:]] == codes
    assert [row[0] for row in xlsx_rows(client, f"/es/practicas.xlsx{query}")[1:]] == codes
    data = json_list(client, f"/es/practicas.json{query}")
    assert [practice["code"] for practice in data["practices"]] == codes
    assert data["meta"]["count"] == len(codes)


@pytest.mark.engines
def test_the_file_is_the_whole_list_not_the_page(client):
    make_many(25)
    assert len(csv_rows(client, "/es/practicas.csv?page=2")) == 1 + 19 + 25


@pytest.mark.parametrize(
    ("language", "header", "country", "status"),
    [
        ("es", "Alcance [scope_label]", "Perú", "En curso"),
        ("en", "Scope [scope_label]", "Peru", "Ongoing"),
        ("pt", "Abrangência [scope_label]", "Peru", "Em andamento"),
    ],
)
def test_headers_and_values_speak_the_language_asked_for_beside_codes(client, language, header, country, status):
    rows = csv_rows(client, f"{LISTS[language]}.csv?country=PE")
    assert rows[0][:5] == ["code", "slug", "url", "language", "title"]
    assert header in rows[0]
    by_name = {head.rpartition("[")[2].rstrip("]"): cell for head, cell in zip(*rows[:2], strict=True)}
    assert by_name["language"] == language
    assert by_name["title"] == getattr(Practice.objects.get(code=by_name["code"]), f"title_{language}")
    assert (by_name["countries"], by_name["country_names"]) == ("PE", country)
    assert (by_name["status"], by_name["status_label"]) == ("ongoing", status)
    assert by_name["url"].endswith(f"{LISTS[language]}/{by_name['slug']}/")


def test_the_name_of_a_file_is_plain_and_the_address_of_a_list_repeats_it(client):
    response = client.get("/es/practicas.json?country=PE&page=2&utm=x")
    assert response["Content-Disposition"].isascii()
    assert "csm-practicas-" in response["Content-Disposition"]
    meta = json.loads(b"".join(response.streaming_content))["meta"]
    assert meta["url"].endswith("/es/practicas/?country=PE")


@pytest.mark.engines
def test_the_json_of_a_list_keeps_its_promises(client):
    practice = json_list(client, "/en/practices.json?q=6984")["practices"][0]
    assert practice["code"] == "CSM-2023-013"
    assert (practice["networks"], practice["countries"]) == (["integrated-border-management"], ["PY"])
    assert (practice["scope"], practice["status"]) == ("national", "ongoing")
    assert (practice["start"], practice["end"]) == ("2022-10", "..")


def test_no_cell_of_a_csv_is_a_formula(client):
    make_many(len(OPENERS), title=OPENERS.__getitem__, summary_es=OPENERS.__getitem__)
    for row in csv_rows(client, "/es/practicas.csv"):
        for cell in row:
            assert not cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝")), cell


def test_no_cell_of_a_workbook_is_a_formula(client):
    make_many(len(OPENERS), title=OPENERS.__getitem__, country="GY")
    body = b"".join(client.get("/es/practicas.xlsx?country=GY").streaming_content)
    sheet = openpyxl.load_workbook(io.BytesIO(body)).active
    assert sheet.max_row == 1 + len(OPENERS)
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s", "d", "b"}


@pytest.mark.engines
def test_values_with_commas_quotes_and_line_breaks_survive(client):
    title = 'Una, "dos"\ny tres; ñandú 🦙'
    make_practice(title=title, country="GY")
    assert csv_rows(client, "/es/practicas.csv?country=GY")[1][4] == title
    assert xlsx_rows(client, "/es/practicas.xlsx?country=GY")[1][4] == title
    assert json_list(client, "/es/practicas.json?country=GY")["practices"][0]["title"] == title


@pytest.mark.parametrize("extension", ["csv", "xlsx", "json"])
def test_no_file_holds_a_mailbox(client, extension):
    body = b"".join(client.get(f"/es/practicas.{extension}").streaming_content)
    assert b"@iom.int" not in words_of(body)


@pytest.mark.parametrize("extension", ["csv", "xlsx", "json"])
def test_an_impossible_parameter_is_answered_400_and_named(client, extension):
    response = client.get(f"/en/practices.{extension}?country=ZZ")
    assert response.status_code == 400
    assert "country" in response.content.decode()
    assert "ZZ" in response.content.decode()


@pytest.mark.engines
def test_one_practice_as_json_holds_the_whole_record(client):
    record = json.loads(client.get("/en/practices/migration-pre-registration-brazil.json").content)
    assert record["results"][1]["value"] is None
    assert record["results"][1]["as_printed"] == "645,00"
    assert len(record["editors_notes"]) == 7
    assert "@" not in json.dumps(record)


@pytest.mark.engines
def test_a_file_costs_the_same_queries_whatever_the_rows(client, django_assert_max_num_queries):
    make_many(150)
    for extension in ("csv", "json"):
        clear_all()
        with django_assert_max_num_queries(29, info=extension):
            b"".join(client.get(f"/es/practicas.{extension}").streaming_content)


def fails_at(number):
    """Return a wrapper of queries that counts them, and lets the one with a number fail as when the server is lost."""

    def wrapper(execute, sql, params, many, context):
        wrapper.asked += 1
        if wrapper.asked == number:
            raise OperationalError("server closed the connection unexpectedly")
        return execute(sql, params, many, context)

    wrapper.asked = 0
    return wrapper


@pytest.mark.engines
@pytest.mark.parametrize(
    "address", [*(f"/es/practicas.{kind}" for kind in ("csv", "json", "jsonl", "jsonld", "bib", "ris")), "/sitemap.xml"]
)
def test_a_file_whose_last_query_fails_is_an_outage_and_no_broken_file(client, address):
    for _time in range(2):  # the first asks more, once for all
        clear_all()
        with connection.execute_wrapper(counter := fails_at(None)):
            assert b"".join(client.get(address))
    clear_all()
    with connection.execute_wrapper(fails_at(counter.asked)):
        assert client.get(address).status_code == 503


def test_of_a_long_file_only_the_beginning_is_made_before_it_is_sent():
    made = []
    response = begun(StreamingHttpResponse(made.append(number) or b"x" * BEGINNING for number in range(10)))
    assert made == [0]
    assert len(b"".join(response.streaming_content)) == 10 * BEGINNING
