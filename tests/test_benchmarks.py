"""What the benchmarks ask comes once where it says so, what they hold to be right is, and a missed goal is marked."""

import itertools
import re
from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from benchmarks import fill, make_dataset, page, questions, report, servers
from benchmarks.client import Question, request_for, run
from benchmarks.dataset import rows_in
from benchmarks.report import Table
from benchmarks.run import parser
from benchmarks.workloads import COLD_FILTERS, COLD_PRACTICE, COLD_SEARCH, Site, page_workloads
from catalogue.listing.filters import practices_for

ROWS = 40


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    """The path of some synthetic rows."""
    folder = tmp_path_factory.mktemp("rows")
    make_dataset.write_set(folder, ROWS, 7)
    return folder / str(ROWS) / "practices.jsonl"


@pytest.fixture(scope="module")
def facts(rows):
    return questions.facts_of(rows, ROWS)


@pytest.fixture(scope="module")
def plain(rows, tmp_path_factory):
    """The running plain Django with the rows."""
    address = f"sqlite:///{tmp_path_factory.mktemp('plain') / 'plain.sqlite3'}"
    servers.fill_plain(address, rows, ROWS)
    with servers.served("benchmarks.plain_django", "/es/practicas/", DATABASE_URL=address) as server:
        yield server


def test_no_filter_set_comes_twice_and_each_has_a_practice(facts):
    asked = list(itertools.islice(questions.filter_sets(facts), 500))
    assert len({frozenset(filters.items()) for filters in asked}) == 500
    assert all(questions.count_of(facts, filters) for filters in asked)


def test_no_pair_of_words_comes_twice_and_each_stands_in_a_practice_of_the_country(rows, facts):
    texts = [row["description_es"].lower().split() for row in rows_in(rows)]
    asked = list(itertools.islice(questions.searches(facts), 100))
    assert len({frozenset(words.split()) for words, _country in asked}) == 100
    for words, country in asked:
        assert any(
            country in fact.codes["country"] and all(any(word in other for other in text) for word in words.split())
            for fact, text in zip(facts, texts, strict=True)
        )


def test_every_practice_comes_once_in_each_language(facts):
    asked = [(fact.slug, language) for fact, language in questions.practices(facts)]
    assert len(asked) == len(set(asked)) == 3 * ROWS


@pytest.mark.engines
def test_the_expected_numbers_are_those_of_the_catalogue(rows, facts, db):
    fill.load(rows)
    for asked in itertools.islice(questions.filter_sets(facts), 60):
        found = practices_for(QueryDict(urlencode(asked))).qs.filter(code__startswith=fill.CODE).count()
        assert found == questions.count_of(facts, asked), asked


# These ask a server of their own.
@pytest.mark.slow
@pytest.mark.parametrize("name", [COLD_PRACTICE, COLD_FILTERS, COLD_SEARCH])
def test_the_plain_django_answers_what_it_is_asked(plain, facts, name):
    [workload] = [each for each in page_workloads(Site(), plain.port, facts) if each.name == name]
    answers = run(plain.port, itertools.islice(workload.questions, 16), 60)
    assert answers.statuses == {200: 16}
    assert len(answers.sample) == 16
    assert not answers.mistakes()


@pytest.mark.slow
def test_a_wrong_page_is_told(plain):
    asked = Question(request_for(plain.port, "/es/practicas/?scope=national"), lambda page: "no such words" in page)
    assert run(plain.port, iter([asked]), 60).mistakes() == ["GET /es/practicas/?scope=national"]


@pytest.mark.slow
def test_compressed_pages_are_looked_at(plain, facts):
    [workload] = [each for each in page_workloads(Site(), plain.port, facts) if "as browsers ask" in each.name]
    answers = run(plain.port, itertools.islice(workload.questions, 5), 60)
    assert answers.compressed
    assert not answers.mistakes()


def test_a_cell_holds_the_median_of_the_runs_and_their_spread():
    table = Table()
    for figure in (0.12, 0.10, 0.11):
        table.put("SQLite 10,000", COLD_PRACTICE, figure)
    assert table.cell(COLD_PRACTICE, "SQLite 10,000") == "0.110 ±9%"


@pytest.mark.parametrize(
    "column, marked", [("SQLite 10,000", True), ("PostgreSQL 100,000", False), ("plain Django, SQLite 10,000", False)]
)
def test_only_the_catalogue_misses_goals_each_of_its_size(column, marked):
    table = Table()
    table.put(column, COLD_SEARCH, 0.04)
    assert ("✗" in table.cell(COLD_SEARCH, column)) is marked


def test_the_page_begins_with_the_cold_rows_and_keeps_what_other_programs_wrote(tmp_path, monkeypatch):
    monkeypatch.setattr(page, "PAGE", tmp_path / "performance.md")
    page.PAGE.write_text("# Old\n\n## Load\n\nHeld.\n", encoding="utf-8")
    table = Table()
    table.put("SQLite 19", COLD_PRACTICE, 0.2)
    report.write(table, [], parser().parse_args([]))
    written = page.PAGE.read_text(encoding="utf-8")
    assert re.findall(r"^\| (\w.*?) *\| ", written, re.MULTILINE)[0] == COLD_PRACTICE
    assert written.endswith("## Load\n\nHeld.\n")
    assert "# Old" not in written
