"""All figures stand in one table: filtered, sorted, downloaded, drawn only where they can be compared."""

import csv
import io
import json
import zipfile

import pytest

from catalogue.choices import ResultKind
from catalogue.comparability import compared
from catalogue.models import Practice, Result
from catalogue.search import index
from tests.factories import make_many, make_practice

pytestmark = pytest.mark.django_db

RESULTS = {"es": "/es/resultados/", "en": "/en/results/", "pt": "/pt-br/resultados/"}


def rows_of(client, address):
    body = client.get(address).getvalue().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(body, newline="")))


def make_result(practice, **fields):
    values = {"indicator_es": "Personas atendidas", "unit_es": "personas", "kind": "result", "value": 5}
    values |= {"as_printed": "5", "as_of": "2022", "chartable": True, **fields}
    return Result.objects.create(practice=practice, **values)


def drawn(*results):
    """The charts and the reasons of figures, fetched as the page fetches them."""
    found = Result.objects.filter(pk__in=[result.pk for result in results]).select_related("practice")
    return compared(list(found))


@pytest.mark.parametrize("language", RESULTS)
def test_the_table_holds_every_figure_as_printed(client, language):
    page = client.get(RESULTS[language])
    assert page.context["page"].paginator.count == Result.objects.count() == 39
    assert "645,00 [sic]" in page.content.decode()


def test_figures_of_what_is_not_published_are_not_shown(client):
    make_result(make_practice(state="draft"))
    assert client.get(RESULTS["en"]).context["page"].paginator.count == 39


@pytest.mark.engines
def test_the_filters_of_the_practices_and_the_kind_narrow_the_table(client):
    page = client.get(RESULTS["en"], {"country": "PE", "kind": "baseline"})
    assert {(row.practice.code, row.kind) for row, _reason in page.context["rows"]} == {("CSM-2023-016", "baseline")}


@pytest.mark.engines
def test_the_table_is_sorted_by_value_and_what_has_none_comes_last(client):
    values = [row.value for row, _reason in client.get(RESULTS["es"], {"order": "-value"}).context["rows"]]
    assert values[0] == 710000
    assert values[-1] is None
    assert values[:-1] == sorted(values[:-1], reverse=True)


@pytest.mark.parametrize("query", ["kind=nothing", "order=nothing", "country=XX"])
def test_an_impossible_value_is_named_and_keeps_nothing(client, query):
    page = client.get(f"{RESULTS['en']}?{query}")
    assert page.context["page"].paginator.count == 0
    assert page.context["problems"]
    for extension in ("csv", "xlsx", "json"):
        answer = client.get(f"/en/results.{extension}?{query}")
        assert answer.status_code == 400
        assert query.partition("=")[0] in answer.content.decode()


@pytest.mark.engines
def test_the_files_hold_the_same_figures_as_the_page(client):
    query = "?country=PE&kind=result"
    shown = client.get(f"{RESULTS['en']}{query}").context["page"].paginator.count
    assert len(rows_of(client, f"/en/results.csv{query}")) == shown
    told = client.get(f"/en/results.json{query}")
    assert json.loads(told.getvalue())["meta"]["count"] == shown
    book = client.get(f"/en/results.xlsx{query}").getvalue()
    assert zipfile.ZipFile(io.BytesIO(book)).testzip() is None


def test_a_format_that_does_not_exist_is_not_found(client):
    assert client.get("/en/results.exe").status_code == 404


def test_the_same_measure_of_one_practice_in_two_years_is_drawn(client):
    charts = client.get(f"{RESULTS['en']}?country=PE").context["charts"]
    cases = next(chart for chart in charts if chart.indicator == "Cases registered")
    assert [(column.label, column.value) for column in cases.columns] == [("2018", "759"), ("2022", "2,550")]
    assert cases.shared == "CSM-2023-016"


def test_the_same_measure_of_two_practices_in_one_year_is_drawn_and_in_two_years_is_not(in_english):
    first, second = make_practice(), make_practice()
    together = make_result(first), make_result(second, value=7)
    charts, reasons = drawn(*together)
    assert [column.label for column in charts[0].columns] == [first.code, second.code]
    assert not reasons
    charts, reasons = drawn(together[0], make_result(second, as_of="2021"))
    assert not charts
    sentence = "the others that count the same are of other dates and of other practices"
    assert [str(reason) for reason in reasons.values()] == [sentence, sentence]


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"value": None, "chartable": False}, "only printed words"),
        ({"kind": "norm"}, "norm"),
        ({"kind": "context"}, "context"),
        ({"unit_es": ""}, "no unit"),
        ({"as_of": ""}, "no date"),
        ({"chartable": False}, "doubtful"),
        ({"as_of": "", "period_es": "2021-2023"}, "more than one year"),
        ({}, "no other figure"),
    ],
)
def test_a_figure_that_is_not_drawn_says_why(client, fields, reason):
    result = make_result(make_practice(), **fields)
    rows = client.get(f"{RESULTS['en']}?id={result.practice.code}").context["rows"]
    assert reason in rows[0][1]


def test_every_figure_is_either_drawn_or_says_why(client):
    context = client.get(RESULTS["en"]).context
    together = {result.pk for chart in context["charts"] for result, _label, _value in chart.rows}
    for result, reason in context["rows"]:
        assert bool(reason) != (result.pk in together)


@pytest.mark.parametrize("rows", [5, 60])
def test_the_page_costs_the_same_queries_whatever_the_rows(client, django_assert_max_num_queries, rows):
    with index.deferred():
        for practice in make_many(rows):
            make_result(practice)
    with django_assert_max_num_queries(12):
        assert client.get(RESULTS["es"]).status_code == 200


@pytest.mark.engines
def test_every_kind_can_be_asked_for(client):
    for kind in ResultKind.values:
        shown = client.get(RESULTS["en"], {"kind": kind}).context["page"].paginator.count
        assert shown == Result.objects.filter(practice__in=Practice.objects.published(), kind=kind).count()
