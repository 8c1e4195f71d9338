"""All figures stand in one table: filtered, sorted, downloaded, drawn only where they can be compared."""

import csv
import io
import json
import zipfile

import docx
import pytest
from django.utils import translation

from catalogue.choices import ON_EFFECTS, RESULT_KINDS, ResultKind
from catalogue.coverage.comparable_results import compared, period_of
from catalogue.models import Practice, Result, derived
from catalogue.text.numbers import number_in_words
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
    page = client.get(RESULTS["en"], {"country": "BR", "kind": "baseline"})
    assert {(row.practice.code, row.kind) for row, _reason in page.context["rows"]} == {("CSM-2023-014", "baseline")}


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
    query = "?country=PE&kind=context"
    shown = client.get(f"{RESULTS['en']}{query}").context["page"].paginator.count
    assert len(rows_of(client, f"/en/results.csv{query}")) == shown
    told = client.get(f"/en/results.json{query}")
    assert json.loads(told.getvalue())["meta"]["count"] == shown
    book = client.get(f"/en/results.xlsx{query}").getvalue()
    assert zipfile.ZipFile(io.BytesIO(book)).testzip() is None


def test_a_format_that_does_not_exist_is_not_found(client):
    assert client.get("/en/results.exe").status_code == 404


def test_the_same_measure_of_one_practice_in_two_years_is_drawn(in_english):
    practice = make_practice()
    (families,), _reasons = drawn(make_result(practice), make_result(practice, as_of="2023", value=1210))
    assert [(column.label, column.value) for column in families.columns] == [("2022", "5"), ("2023", "1,210")]
    assert families.shared == practice.code
    assert not families.before_after


QUEUE = {
    "es": "Tiempo máximo de espera en la fila: antes, hasta 6 horas (veranos de 2017 y 2018); después, 1,5 horas",
    "en": "Longest wait in the queue: before, up to 6 hours (summers 2017 and 2018); after, 1.5 hours",
    "pt": "Tempo máximo de espera na fila: antes, até 6 horas (verões de 2017 e 2018); depois, 1,5 horas",
}


@pytest.mark.parametrize("language", RESULTS)
def test_what_was_measured_before_a_practice_and_after_it_is_shown_as_that(client, language):
    answer = client.get(RESULTS[language])
    (queue,) = answer.context["charts"]  # the only one of the source; caseload is drawn nowhere
    assert queue.before_after
    assert [result.practice.code for result, _label, _words in queue.rows] == ["CSM-2023-014"] * 2
    with translation.override("pt-br" if language == "pt" else language):
        address = Practice.objects.get(code="CSM-2023-014").get_absolute_url()
    assert QUEUE[language] in client.get(address).content.decode()
    book = client.get(f"{address.rstrip('/')}.docx").content
    written = " ".join(docx.Document(io.BytesIO(book)).element.body.xpath("string()").split())
    assert QUEUE[language] in written


def test_a_pair_needs_one_figure_before_and_one_after_of_one_practice(in_english):
    first, second = make_practice(), make_practice()
    before = make_result(first, kind="baseline", as_of="2018")
    assert drawn(before, make_result(second, as_of="2022"))[0] == []
    (pair,), reasons = drawn(before, make_result(first, as_of="2022", value=2))
    assert pair.before_after and [column.label for column in pair.columns] == ["before", "after"]
    assert not reasons
    again = make_result(first, as_of="2023", value=1)
    assert not any(each.before_after for each in drawn(before, *first.results.exclude(pk=before.pk), again)[0])


@pytest.mark.parametrize(
    ("period", "as_of", "stands_for"),
    [
        ("verano 2022/2023", "", "2022/2023"),
        ("año lectivo 2022/2023", "2023-07", "2022/2023"),
        ("2022-2023", "", ""),
        ("2021/2023", "", ""),
        ("julio de 2021 a 21 de julio de 2023", "2023-07-21", ""),
        ("primer semestre", "2023-06", "2023"),
        ("2018 (deducido)", "", "2018"),
        ("", "2022-05-01", "2022"),
        ("", "", ""),
    ],
)
def test_a_season_is_one_time_and_two_years_are_two(period, as_of, stands_for):
    assert period_of(Result(period_es=period, as_of=as_of)) == stands_for


def test_the_reasons_of_the_catalogue_are_true_of_its_figures(client):
    reasons = {}
    for result, reason in client.get(RESULTS["en"]).context["rows"]:
        reasons.setdefault(reason, set()).add((result.practice.code[-3:], result.order))
    assert reasons["the source gives no date"] >= {("001", 1), ("002", 1), ("010", 1)}
    long = "stands for more than one year, and is not compared with the figure of one year"
    assert reasons[long] == {("015", 1)}
    assert ("018", 1) in reasons["no other figure here counts the same in the same unit"]
    assert {code for code, _order in reasons["tells of circumstances, not of what the practice did"]} >= {"016", "019"}
    assert not any(reason.startswith("doubtful") for reason in reasons)


def test_every_kind_is_explained_on_the_page_in_the_codebook_and_to_programs(client):
    page = client.get(RESULTS["en"]).content.decode()
    book = b"".join(client.get("/en/codebook.csv")).decode()
    for kind, meaning in RESULT_KINDS.items():
        assert str(meaning) in page
        assert f"{kind}: {meaning}" in book


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("es", ["759", "2550", "10\u00a0000", "710\u00a0000", "1,5"]),
        ("en", ["759", "2,550", "10,000", "710,000", "1.5"]),
        ("pt-br", ["759", "2.550", "10.000", "710.000", "1,5"]),
    ],
)
def test_numbers_are_written_as_each_language_writes_them(language, written):
    with translation.override(language):
        assert [number_in_words(value) for value in (759, 2550, 10_000, 710_000, "1.5000")] == written


def test_figures_on_effects_are_those_that_evidence_and_kinds_agree_on():
    on_effects = set(Practice.objects.filter(evidence__in=ON_EFFECTS).values_list("code", flat=True))
    assert on_effects == set(Result.objects.filter(kind=ResultKind.RESULT).values_list("practice__code", flat=True))


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
        ({"value": None, "chartable": False}, "no value as a number"),
        ({"kind": "norm"}, "norm"),
        ({"kind": "context"}, "circumstances"),
        ({"unit_es": ""}, "no unit"),
        ({"as_of": ""}, "no date"),
        ({"chartable": False, "note_es": "Es dudosa."}, "doubtful"),
        ({"chartable": False}, "do not draw"),
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
    with derived.deferred():
        for practice in make_many(rows):
            make_result(practice)
    with django_assert_max_num_queries(12):
        assert client.get(RESULTS["es"]).status_code == 200


@pytest.mark.engines
def test_every_kind_can_be_asked_for(client):
    for kind in ResultKind.values:
        shown = client.get(RESULTS["en"], {"kind": kind}).context["page"].paginator.count
        assert shown == Result.objects.filter(practice__in=Practice.objects.published(), kind=kind).count()
