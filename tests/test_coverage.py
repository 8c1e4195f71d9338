"""What is covered, counted: every number is its list, every table a file, every picture said in words."""

import csv
import gzip
import html
import io
import json
import random
import re
import zipfile

import openpyxl
import pytest
from django.http import QueryDict
from lxml import etree

from catalogue.coverage.charts import Steps, columns, south_america, timeline
from catalogue.coverage.periods import periods_of
from catalogue.coverage.tables import TABLES, figures
from catalogue.listing.filters import practices_for
from catalogue.models import Edition, Practice
from catalogue.models.version import current
from networks.borders import NEIGHBOURS
from networks.models import Country, Network
from tests.factories import make_many, make_practice
from tests.test_facets import make_varied_practices

pytestmark = pytest.mark.django_db

COVERAGE = {"es": "/es/cobertura/", "en": "/en/coverage/", "pt": "/pt-br/cobertura/"}


def rows_listed(query):
    return practices_for(QueryDict(query.removeprefix("?"))).qs.count()


def cells_of(table):
    for row in table.rows:
        yield from row.cells
        if row.total:
            yield row.total
    yield from table.totals


def csv_rows(client, address):
    body = client.get(address).getvalue().decode("utf-8")
    assert body.startswith("\ufeff"), "spreadsheet programs need the byte-order mark"
    return list(csv.DictReader(io.StringIO(body.removeprefix("\ufeff"), newline="")))


@pytest.mark.engines
def test_every_cell_counts_the_rows_of_the_list_it_leads_to():
    make_varied_practices(random.Random(4))
    for name, count in TABLES.items():
        cells = list(cells_of(count(current())))
        assert any(cell.count for cell in cells), name
        for cell in cells:
            assert cell.count == rows_listed(cell.query), (name, cell.query)
            assert cell.words.startswith(str(cell.count)), (name, cell.query)


@pytest.mark.engines
def test_the_page_links_every_cell_and_says_that_zero_means_none_documented(client):
    page = client.get(COVERAGE["en"]).content.decode()
    for name, count in TABLES.items():
        for cell in cells_of(count(current())):
            assert f'href="/en/practices/{html.escape(cell.query)}"' in page, name
    label = "0, none documented: Chile, Gender and migration"
    link = "/en/practices/?country=CL&amp;network=gender-and-migration"
    assert f'<a class="c0" href="{link}" aria-label="{label}">0</a>' in page
    assert "not that none exists" in page


def test_a_cell_opens_its_list(client):
    link = re.search(r'href="([^"]*country=PE&amp;network=gender[^"]*)"', client.get(COVERAGE["es"]).content.decode())
    assert "1 práctica" in client.get(html.unescape(link[1])).content.decode()


@pytest.mark.engines
def test_what_is_not_published_is_not_counted():
    before = {name: [cell.count for cell in cells_of(count(current()))] for name, count in TABLES.items()}
    make_practice(state="draft", country="UY", status="pilot", evidence="evaluated", start="2010")
    assert before == {name: [cell.count for cell in cells_of(count(current()))] for name, count in TABLES.items()}


@pytest.mark.parametrize(("language", "label"), [("es", "País"), ("en", "Country"), ("pt", "País")])
@pytest.mark.parametrize("name", TABLES)
def test_every_table_is_a_file_with_codes_beside_labels(client, name, language, label):
    rows = csv_rows(client, f"{COVERAGE[language]}{name}.csv")
    table = TABLES[name](current())
    cells = [(row.heading.code, cell) for row in table.rows for cell in row.cells]
    assert [(row[table.down.parameter], row["count"]) for row in rows] == [
        (code, str(cell.count)) for code, cell in cells
    ]
    assert all(row["url"].endswith(cell.query) for row, (_code, cell) in zip(rows, cells, strict=True))
    if name == "networks-countries":
        peru = next(row for row in rows if row["country"] == "PE")
        assert peru[f"{label} [country_label]"] == {"es": "Perú", "en": "Peru", "pt": "Peru"}[language]


def test_a_file_holds_no_formula(client):
    for language in ("es", "en", "pt"):
        Country.objects.filter(iso2="PE").update(**{f"name_{language}": '=HYPERLINK("http://x")'})
    make_practice(title="+1+1", country="PE")
    for name in ("networks-countries", "gcm-countries", "timeline"):
        for row in csv_rows(client, f"{COVERAGE['es']}{name}.csv"):
            assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row.values())


def test_a_table_that_does_not_exist_is_not_found(client):
    assert client.get("/es/cobertura/secretos.csv").status_code == 404


def test_every_table_and_the_timeline_offer_their_file(client):
    page = client.get(COVERAGE["pt"]).content.decode()
    for name in (*TABLES, "timeline"):
        assert f'<a href="/pt-br/cobertura/{name}.csv">' in page
        assert f'id="{name}"' in page


@pytest.mark.engines
def test_the_figures_are_those_of_the_lists():
    whole = figures(current())
    assert (whole.practices, whole.countries, whole.networks, whole.with_figures) == (19, 8, 5, 1)
    assert (whole.first_year, whole.last_year) == (2008, 2023)
    peru = figures(current(), ("country", "PE"))
    assert (peru.practices, peru.networks, peru.with_figures, peru.first_year) == (4, 4, 0, 2013)
    assert rows_listed(peru.query_with_figures) == peru.with_figures


@pytest.mark.parametrize("rows", [20, 200])
def test_the_page_costs_the_same_queries_whatever_the_rows(client, django_assert_max_num_queries, rows):
    make_many(rows, start=lambda place: str(1990 + place % 30) if place % 7 else "")
    with django_assert_max_num_queries(18):
        assert client.get(COVERAGE["es"]).status_code == 200


def test_the_page_is_light(client):
    assert len(gzip.compress(client.get(COVERAGE["es"]).content)) < 16_384


@pytest.mark.engines
def test_without_practices_the_page_still_stands(client):
    Practice.objects.all().delete()
    page = client.get(COVERAGE["en"]).content.decode()
    assert "No period is documented yet." in page
    assert csv_rows(client, f"{COVERAGE['en']}years.csv") == []


# Years


def period_row(started, ran_until, total=1, source=2023):
    return {"started": started, "ran_until": ran_until, "source": source, "total": total}


def test_a_practice_runs_in_each_year_until_its_end_and_has_begun_ever_after():
    periods = periods_of([period_row(2020, 2021), period_row(2021, 9999, total=2)])
    assert [(each.label, each.running, each.begun) for each in periods] == [
        ("2020", 1, 1),
        ("2021", 3, 3),
        ("2022", 2, 3),
        ("2023", 2, 3),
    ]


def test_many_years_are_counted_in_groups_of_five():
    periods = periods_of([period_row(1987, 1991), period_row(2019, 9999)])
    assert (periods[0].label, periods[-1].label) == ("1985–1989", "2020–2024")
    assert [each.running for each in periods] == [1, 1, 0, 0, 0, 0, 1, 1]


def test_an_end_after_the_source_does_not_stretch_the_table():
    assert periods_of([period_row(2020, 2090)])[-1].last == 2023
    assert periods_of([]) == []


# Pictures


def test_counts_share_out_four_steps_and_none_has_its_own():
    step = Steps([0, 1, 2, 3, 4, 5, 6, 7, 8, 1])
    assert [step.of(count) for count in (0, 1, 2, 3, 8, 19)] == [0, 1, 1, 2, 4, 4]
    assert step.key == [(1, "1–2"), (2, "3–4"), (3, "5–6"), (4, "7–8")]
    assert Steps([]).of(3) == 1


def test_the_highest_column_fills_the_chart():
    low, high = columns([("2008", 1), ("2005–2009", 4)])
    assert (low.height, high.height, low.label, high.label) == (36, 144, "’08", "’05–09")


def drawn(**fields):
    make_practice(**fields)
    practice = Practice.objects.for_listing().latest("pk")
    return practice, timeline([*Practice.objects.published().for_listing()])


def test_a_practice_that_goes_on_is_drawn_to_the_year_of_its_source():
    practice, line = drawn(start="2021", end="..", edition=Edition.objects.get(year=2023))
    bar = dict(line.bars)[practice]
    assert bar.open
    assert float(bar.left[:-1]) + float(bar.width[:-1]) == pytest.approx(100, abs=0.1)


def test_a_practice_that_ended_is_drawn_to_its_end():
    practice, line = drawn(start="2008", end="2015")
    bar = dict(line.bars)[practice]
    assert not bar.open
    assert (bar.left, round(float(bar.width[:-1]))) == ("0%", 50)


def test_an_unknown_start_is_set_apart_and_an_unknown_end_is_not_guessed():
    practice, line = drawn(start="2010", end="")
    assert dict(line.bars)[practice].width == "6.23%"  # the one year that is known
    assert [each.code for each in line.undated] == ["CSM-2023-011"]


@pytest.mark.engines
def test_the_timeline_says_each_period_in_words_and_its_source(client):
    page = client.get(COVERAGE["en"]).content.decode()
    assert "Ongoing, according to the 2023 source" in page
    assert page.index("Start not stated in the source:") < page.rindex("consular-protocol-trafficking")
    rows = csv_rows(client, f"{COVERAGE['en']}timeline.csv")
    assert len(rows) == 19
    assert (rows[0]["code"], rows[0]["start"], rows[-1]["start"]) == ("CSM-2023-008", "2008", "")


def test_the_file_of_the_timeline_fetches_no_practice_whole(client, left_behind):
    assert len(csv_rows(client, f"{COVERAGE['es']}timeline.csv")) == 19
    assert left_behind(Practice) == []


def test_every_picture_is_said_in_words_or_hidden_from_those_who_hear(client):
    for address in ("/es/", "/es/paises/", "/es/paises/pe/", COVERAGE["es"]):
        for attributes in re.findall(r"<svg([^>]*)>", client.get(address).content.decode()):
            assert 'aria-hidden="true"' in attributes or 'aria-label="' in attributes


def test_the_map_knows_every_member_state():
    assert set(south_america().states) == set(Country.objects.values_list("iso2", flat=True))


def test_neighbours_are_neighbours_of_each_other():
    assert set(NEIGHBOURS) == set(Country.objects.values_list("iso2", flat=True))
    for state, others in NEIGHBOURS.items():
        assert state not in others
        assert all(state in NEIGHBOURS[other] for other in others)


@pytest.mark.engines
def test_a_practice_counts_in_the_years_in_which_it_ran():
    before = running_by_year()
    make_practice(start="2011-06", end="2013-02")
    after = running_by_year()
    assert [after[year] - before[year] for year in ("2010", "2011", "2012", "2013", "2014")] == [0, 1, 1, 1, 0]


def running_by_year():
    return {row.heading.label: row.cells[0].count for row in TABLES["years"](current()).rows}


@pytest.mark.engines
def test_an_ended_network_has_no_column():
    Network.objects.filter(slug="gender-and-migration").update(active=False)
    assert "gender-and-migration" not in [
        heading.code for heading in TABLES["networks-countries"](current()).across.headings
    ]


@pytest.mark.parametrize("name", [*TABLES, "timeline"])
def test_every_table_is_also_two_kinds_of_workbook_and_json_with_the_same_rows(client, name):
    rows = csv_rows(client, f"{COVERAGE['en']}{name}.csv")
    told = json.loads(client.get(f"{COVERAGE['en']}{name}.json").getvalue())
    assert [list(row.values()) for row in told["rows"]] == [
        [cell.removeprefix("'") for cell in row.values()] for row in rows
    ]
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{COVERAGE['en']}{name}.xlsx").getvalue()))
    assert book.active.max_row == len(rows) + 1
    file = zipfile.ZipFile(io.BytesIO(client.get(f"{COVERAGE['en']}{name}.ods").getvalue()))
    table = etree.fromstring(file.read("content.xml"))
    cells = [["".join(cell.itertext()) for cell in row] for row in table.iterfind(".//{*}table-row")]
    assert cells[1:] == [list(row.values()) for row in told["rows"]]


@pytest.mark.engines
def test_the_growth_by_edition_counts_what_was_there_by_then():
    later = Edition.objects.create(slug="later", title="Later", year=2030, language="es")
    make_practice(edition=later)
    first, second = TABLES["editions"](current()).rows
    assert [cell.count for cell in first.cells][:2] == [19, 19]
    assert [cell.count for cell in second.cells][:2] == [1, 20]
