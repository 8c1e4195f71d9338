"""Fixtures load by name, twice in a row, and a wrong one is refused whole with one clear sentence."""

import pytest
from django.core.management import CommandError, call_command

from catalogue.editorial.fixture_checks import FIXTURES, problems_of_all
from catalogue.models import Practice, PracticeNetwork, Result

pytestmark = pytest.mark.django_db


# Every fixture is read, checked and stored once more.
@pytest.mark.slow
@pytest.mark.engines
def test_the_fixtures_are_valid_and_loading_them_again_changes_nothing():
    before = (Practice.objects.count(), Result.objects.count(), PracticeNetwork.objects.count())
    call_command("loaddata", *FIXTURES, verbosity=0)
    assert (Practice.objects.count(), Result.objects.count(), PracticeNetwork.objects.count()) == before
    assert list(problems_of_all()) == []


def test_the_command_that_validates_says_what_is_wrong_and_keeps_nothing(capsys):
    call_command("validate_fixtures", "networks")
    assert "1 fixtures are in order." in capsys.readouterr().out
    Practice.objects.filter(code="CSM-2023-001").update(title_es="")
    with pytest.raises(CommandError, match="CSM-2023-001"):
        call_command("validate_fixtures", "networks")


def refusal(tmp_path, text):
    path = tmp_path / "wrong.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CommandError) as problem:
        call_command("loaddata", str(path), verbosity=0)
    assert not Practice.objects.filter(code="CSM-2098-001").exists(), "half a fixture was loaded"
    return str(problem.value)


GOOD = "- model: catalogue.practice\n  fields: {code: CSM-2098-001, slug: new, title_es: Nueva, scope: national}\n"


@pytest.mark.engines
@pytest.mark.parametrize(
    ("row", "named"),
    [
        (
            "{practice: [CSM-2098-001], network: [nowhere], order: 1}",
            ["wrong.yaml", "CSM-2098-001", "network", "nowhere"],
        ),
        ("{practice: [CSM-2098-999], network: [gender-and-migration]}", ["wrong.yaml", "practice", "CSM-2098-999"]),
        ("{practice: [CSM-2098-001], colour: red}", ["wrong.yaml", "CSM-2098-001", "colour"]),
    ],
)
def test_an_unknown_reference_is_named(tmp_path, row, named):
    sentence = refusal(tmp_path, f"{GOOD}- model: catalogue.practicenetwork\n  fields: {row}\n")
    assert all(word in sentence for word in named), sentence


@pytest.mark.parametrize("value", ["2015-13", "15/09/2022", "2022-02-30", "soon"])
def test_a_malformed_date_is_named(tmp_path, value):
    sentence = refusal(tmp_path, GOOD.replace("scope: national", f'scope: national, start: "{value}"'))
    assert all(word in sentence for word in ["wrong.yaml", "CSM-2098-001", "start", value]), sentence


@pytest.mark.engines
def test_a_wrong_number_is_named(tmp_path):
    row = "- model: catalogue.result\n  fields: {practice: [CSM-2098-001], order: 3, value: many, as_printed: x}\n"
    sentence = refusal(tmp_path, GOOD + row)
    assert all(word in sentence for word in ["wrong.yaml", "CSM-2098-001 3", "value", "many"]), sentence


@pytest.mark.parametrize("text", ["- model: [", "just words", "- model: catalogue.nothing\n  fields: {}\n", "- 7\n"])
def test_a_file_that_is_no_fixture_is_refused_without_a_traceback(tmp_path, text):
    assert "wrong.yaml" in refusal(tmp_path, text)


def test_an_address_that_would_run_code_is_refused(tmp_path):
    row = "{practice: [CSM-2098-001], order: 1, label_es: x, url: 'javascript:alert(1)', kind: news, language: es}"
    assert "url" in refusal(tmp_path, f"{GOOD}- model: catalogue.link\n  fields: {row}\n")
