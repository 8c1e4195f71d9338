"""Two people on one practice: the second is told who changed what, chooses where both wrote, and nothing is lost."""

import pytest
from django.test import Client

from catalogue.models import Place, Practice, Result
from tests.desk import change_form, form_data, make_editor, make_small, unrendered

pytestmark = pytest.mark.django_db

CODE = "CSM-2098-001"


@pytest.fixture(autouse=True)
def practice(db):
    """What both work on."""
    return make_small(CODE)


@pytest.fixture
def ana():
    colleague = Client()
    colleague.force_login(make_editor("secretariat", username="ana"))
    return colleague


def saves(client, address, data, **changes):
    answer = client.post(address, {**data, **changes})
    assert answer.status_code == 302, answer.context["errors"]


def refused(client, address, data):
    """Send a form that is not saved; return the answer with its questions."""
    with unrendered():
        answer = client.post(address, data)
    assert answer.status_code == 200
    return answer


def stored():
    return Practice.objects.get(code=CODE)


def choices_of(answer):
    return {choice.name: choice for choice in answer.context_data["merge"].choices}


def text_of(pieces, *kinds):
    return "".join(piece.text for piece in pieces if piece.kind in ("same", *kinds))


@pytest.mark.engines
def test_the_second_to_save_is_told_who_changed_what_and_nothing_is_saved(editor, ana):
    address, mine = change_form(editor, CODE)
    saves(ana, address, mine, title_es="El título de Ana", reason="después del seminario")
    answer = editor.post(address, {**mine, "acronym": "MIO"})
    page = answer.content.decode()
    assert answer.status_code == 200
    for told in ("ana,", "después del seminario", "<ins>Ana</ins>"):
        assert told in page
    assert (stored().title_es, stored().acronym) == ("El título de Ana", "")


@pytest.mark.engines
def test_what_only_one_of_them_changed_is_merged_without_a_question(editor, ana):
    address, mine = change_form(editor, CODE)
    chosen = Practice._meta.get_field("populations").related_model.objects.of("population").last().pk
    changed = {
        "title_es": "El título de Ana",
        "scope": "regional",
        "populations": [chosen],
        "limits_none_reported": "on",
    }
    saves(ana, address, mine, **changed)
    answer = refused(editor, address, {**mine, "acronym": "MIO", "summary_es": "Mi resumen."})
    assert choices_of(answer) == {}
    saves(editor, address, form_data(answer))
    practice = stored()
    assert (practice.title_es, practice.scope, practice.acronym) == ("El título de Ana", "regional", "MIO")
    assert practice.summary_es == "Mi resumen."
    assert practice.limits_none_reported
    assert [term.pk for term in practice.populations.all()] == [chosen]


@pytest.mark.parametrize(("answered", "kept"), [("mine", "Lo mío"), ("theirs", "Lo de Ana")])
def test_where_both_wrote_the_editor_chooses(editor, ana, answered, kept):
    address, mine = change_form(editor, CODE)
    saves(ana, address, mine, objective_es="Lo de Ana")
    answer = editor.post(address, {**mine, "objective_es": "Lo mío"})
    choice = choices_of(answer)["objective_es"]
    assert text_of(choice.theirs, "added") == "Lo de Ana"
    assert text_of(choice.mine, "added") == "Lo mío"
    assert text_of(choice.mine, "removed") == mine["objective_es"]
    saves(editor, address, form_data(answer), **{choice.input: answered})
    assert stored().objective_es == kept
    assert {"Lo de Ana"} <= {version.content["fields"]["objective_es"] for version in stored().versions.all()}


def test_a_choice_may_be_made_among_the_values_of_a_list(editor, ana):
    address, mine = change_form(editor, CODE)
    saves(ana, address, mine, scope="regional")
    answer = refused(editor, address, {**mine, "scope": "local"})
    choice = choices_of(answer)["scope"]
    assert text_of(choice.theirs, "added") == "Regional, varios Estados"
    saves(editor, address, form_data(answer), **{choice.input: "theirs"})
    assert stored().scope == "regional"


def test_both_writing_the_same_is_no_question(editor, ana):
    address, mine = change_form(editor, CODE)
    saves(ana, address, mine, acronym="IGUAL")
    answer = refused(editor, address, {**mine, "acronym": "IGUAL"})
    assert choices_of(answer) == {}


@pytest.mark.engines
def test_rows_are_merged_field_by_field(editor, ana):
    address, mine = change_form(editor, CODE)
    saves(ana, address, mine, **{"results-0-indicator_es": "De Ana", "results-1-unit_es": "de Ana"})
    answer = editor.post(address, {**mine, "results-0-unit_es": "mía", "results-1-unit_es": "mía"})
    assert list(choices_of(answer)) == ["results-1-unit_es"]
    saves(editor, address, form_data(answer), **{"_choice-results-1-unit_es": "theirs"})
    first, second = stored().results.all()[:2]
    assert (first.indicator_es, first.unit_es, second.unit_es) == ("De Ana", "mía", "de Ana")


@pytest.mark.engines
def test_a_row_that_they_added_stays_and_keeps_its_place(editor, ana):
    address, mine = change_form(editor, CODE)
    places = {"places-TOTAL_FORMS": str(int(mine["places-TOTAL_FORMS"]) + 1)}
    new = f"places-{mine['places-TOTAL_FORMS']}-name_es"
    saves(ana, address, mine, **places, **{new: "Paso de Ana"})
    answer = refused(editor, address, {**mine, **places, new: "Mi paso"})
    saves(editor, address, form_data(answer))
    named = dict(Place.objects.filter(practice=stored()).values_list("name_es", "order"))
    assert {"Paso de Ana", "Mi paso"} <= set(named)
    assert None not in named.values()


@pytest.mark.engines
def test_a_row_that_they_removed_goes_unless_this_editor_changed_it(editor, ana):
    address, mine = change_form(editor, CODE)
    saves(ana, address, mine, **{"results-0-DELETE": "on", "results-1-DELETE": "on"})
    before = Result.objects.filter(practice=stored()).count()
    answer = editor.post(address, {**mine, "results-1-indicator_es": "Lo necesito"})
    assert "Lo necesito" in answer.context["merge"].sentences[0]
    saves(editor, address, form_data(answer))
    assert Result.objects.filter(practice=stored()).count() == before + 1
    assert Result.objects.filter(practice=stored(), indicator_es="Lo necesito").exists()


def test_a_row_that_they_changed_is_not_removed_unseen(editor, ana):
    address, mine = change_form(editor, CODE)
    saves(ana, address, mine, **{"results-0-indicator_es": "Corregido por Ana"})
    answer = refused(editor, address, {**mine, "results-0-DELETE": "on"})
    assert answer.context_data["merge"].sentences
    data = form_data(answer)
    assert "results-0-DELETE" not in data
    saves(editor, address, data, **{"results-0-DELETE": "on"})
    assert not Result.objects.filter(indicator_es="Corregido por Ana").exists()


@pytest.mark.engines
def test_a_third_person_is_noticed_as_well(editor, ana):
    address, mine = change_form(editor, CODE)
    saves(ana, address, mine, acronym="UNO")
    answer = refused(editor, address, {**mine, "hotline": "145"})
    _same, hers = change_form(ana, CODE)
    saves(ana, address, hers, acronym="DOS")
    again = refused(editor, address, form_data(answer))
    assert again.status_code == 200
    assert form_data(again)["acronym"] == "DOS"
    saves(editor, address, form_data(again))
    assert (stored().acronym, stored().hotline) == ("DOS", "145")


def test_a_forged_choice_writes_nothing_a_translator_may_not_write(client, ana):
    client.force_login(make_editor("translator", translates=["pt"]))
    address, mine = change_form(client, CODE)
    _same, hers = change_form(ana, CODE)
    saves(ana, address, hers, acronym="ANA", title_pt="De Ana", objective_pt="De Ana")
    answer = refused(client, address, {**mine, "title_pt": "Meu", "acronym": "Forjado"})
    assert list(choices_of(answer)) == ["title_pt"]
    saves(client, address, form_data(answer), **{"_choice-acronym": "theirs", "_choice-code": "theirs"})
    assert (stored().acronym, stored().title_pt, stored().objective_pt) == ("ANA", "Meu", "De Ana")


def test_a_form_that_does_not_know_the_newest_version_saves_nothing(editor):
    address, data = change_form(editor, CODE)
    saves(editor, address, data, acronym="UNO")
    for seen in ("", "0", "1", "999", "x", "-1"):
        refused(editor, address, {**data, "acronym": "DOS", "seen": seen})
        assert stored().acronym == "UNO", seen


@pytest.mark.engines
def test_a_broken_form_in_a_conflict_is_refused_and_not_an_error(editor, ana):
    address, mine = change_form(editor, CODE)
    saves(ana, address, mine, acronym="ANA")
    for name, value in (("TOTAL_FORMS", "x"), ("0-id", "x")):
        assert editor.post(address, {**mine, "acronym": "MIO", f"results-{name}": value}).status_code == 200
        assert stored().acronym == "ANA", name


@pytest.mark.engines
def test_a_step_is_refused_when_the_practice_changed_since_it_was_looked_at(editor):
    address, data = change_form(editor, CODE)
    step = address.replace("/change/", "/move/submit/")
    seen = editor.get(step).context["form"]["seen"].value()
    saves(editor, address, data, acronym="UNO")
    assert editor.post(step, {"seen": seen}).status_code == 200
    assert stored().state == "draft"
