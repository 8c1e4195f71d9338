"""Frameworks: each assignment has its reason and its status, each term a page with its practices and its gaps."""

import json
import re
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection
from django.urls import reverse
from django.utils import timezone, translation

from catalogue.choices import FRAMEWORK_FIELDS, ClassificationStatus, Scheme
from catalogue.editorial.workflow import framework_suggestions, practice_content
from catalogue.listing.filters import practices_for
from catalogue.models import Classification, Practice, Term
from catalogue.text.languages import CONTENT_LANGUAGES
from tests.factories import make_practice

pytestmark = pytest.mark.django_db

TERM = {"es": "/es/marcos/", "en": "/en/frameworks/", "pt": "/pt-br/marcos/"}


def term(scheme, code):
    return Term.objects.get(scheme=scheme, code=code)


def codes(practice, field):
    return {each.code for each in getattr(practice, field).all()}


# The first classification


def test_every_first_assignment_has_its_reason_in_three_languages_and_awaits_confirmation():
    rows = Classification.objects.all()
    assert rows.count() == 126
    for row in rows:
        assert all(getattr(row, f"reason_{language}") for language in CONTENT_LANGUAGES), row
        assert (row.status, row.confirmed_on) == (ClassificationStatus.PROPOSED, None)


@pytest.mark.parametrize(("scheme", "field"), FRAMEWORK_FIELDS.items())
def test_the_terms_of_each_practice_are_those_of_its_reasons(scheme, field):
    for practice in Practice.objects.published():
        assert codes(practice, field) == {row.term.code for row in practice.classifications.filter(term__scheme=scheme)}


def test_the_vocabularies_hold_ten_principles_and_eight_programmes_and_say_which_name_is_unsure():
    assert Term.objects.of(Scheme.PRINCIPLE).count() == 10
    programmes = {programme.code: programme for programme in Term.objects.of(Scheme.PSDHM)}
    assert sorted(programmes) == list("abcdefgh")
    assert programmes["h"].origin_es == "unverified"
    assert not any("…" in getattr(programmes["h"], f"name_{language}") for language in CONTENT_LANGUAGES)
    assert {programmes[letter].origin_es for letter in "abcdefg"} == {"official"}


MIGRATION_TARGETS = {"4.b", "5.2", "8.5", "8.7", "8.8", "10.7", "10.c", "16.2", "17.18"}  # docs/classification.md


def test_every_target_that_names_migration_is_there_with_a_name_and_a_sentence_in_three_languages():
    targets = {target.code: target for target in Term.objects.of(Scheme.SDG_TARGET)}
    assert targets.keys() >= MIGRATION_TARGETS
    for code, target in targets.items():
        assert target.parent.code == code.partition(".")[0]
        for language in CONTENT_LANGUAGES:
            assert getattr(target, f"name_{language}")[0].isupper(), code
            assert getattr(target, f"gloss_{language}"), code


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"sdg": "4"}, {"001", "003", "006", "013", "018"}),  # schooling
        ({"sdg_target": "16.2"}, {"004", "007", "008", "009", "011"}),  # trafficking
        ({"sdg_target": "5.2"}, {"007", "008", "009", "011", "016"}),
        ({"gcm": "12"}, {"002", "011", "012"}),
        ({"gcm": "23"}, {"003", "005", "012"}),
        ({"gcm": "21"}, {"019"}),
        ({"population": "migrants-in-general"}, {"013", "015", "017", "018"}),
        ({"population": "refugees-and-asylum-seekers"}, {"003", "015", "017", "019"}),
    ],
)
def test_a_practice_stands_where_a_specialist_looks_for_it(query, found):
    assert {practice.code[-3:] for practice in practices_for(query).qs} == found


def test_every_practice_answers_to_an_objective_and_to_a_target():
    for practice in Practice.objects.published():
        assert codes(practice, "gcm_objectives"), practice
        assert codes(practice, "sdg_targets"), practice


def test_a_reason_speaks_of_the_record_by_its_name_and_ends_as_a_sentence():
    for row in Classification.objects.all():
        assert "El registro nombra" not in row.reason_es
        assert "O registro nomeia" not in row.reason_pt
        assert not re.search(r"\b(a|de) niñez\b", row.reason_es), row.reason_es
        for language in CONTENT_LANGUAGES:
            reason = getattr(row, f"reason_{language}")
            assert reason[0].isupper()
            assert reason.endswith(".")


def test_abbreviations_are_no_framework_and_no_filter(client):
    assert client.get("/en/frameworks/abbreviation/nna/").status_code == 404
    assert "abbreviation" not in practices_for({}).filters
    book = client.get("/en/codebook.csv").content.decode()
    assert "psdhm = programme of the South American Human Development Plan for Migration" in book
    assert "abbreviation =" not in book
    assert "keyword = keyword" not in book


def test_a_catalogue_in_use_gets_the_new_terms_and_keeps_what_its_editors_wrote():
    Term.objects.filter(scheme="sdg_target", code="13.1").delete()
    Term.objects.of(Scheme.ABBREVIATION).delete()
    target = Term.objects.filter(scheme="sdg_target")
    target.filter(code="8.8").update(name_es="derechos laborales y entornos de trabajo seguros", gloss_es="")
    target.filter(code="8.7").update(name_es="Como lo llama la Secretaría")
    classified = Classification.objects.count()
    migration = import_module("catalogue.migrations.0024_more_terms")
    migration.bring_terms(apps, SimpleNamespace(connection=connection))
    assert term("sdg_target", "13.1").parent == term("sdg", "13")
    assert term("sdg_target", "8.8").name_es == "Derechos laborales y entornos de trabajo seguros"
    assert term("sdg_target", "8.7").name_es == "Como lo llama la Secretaría"
    assert term("abbreviation", "nna").gloss_en
    assert Classification.objects.count() == classified


# Terms and reasons stay together, whichever is written


@pytest.mark.engines
def test_a_reason_gives_the_practice_its_term_and_takes_it_away_again():
    practice = make_practice()
    row = Classification.objects.create(practice=practice, term=term("psdhm", "g"), reason_es="En la frontera")
    assert codes(practice, "psdhm_programmes") == {"g"}
    row.term = term("psdhm", "f")
    row.save()
    assert codes(practice, "psdhm_programmes") == {"f"}
    row.delete()
    assert codes(practice, "psdhm_programmes") == set()


@pytest.mark.engines
def test_a_term_gets_a_place_for_its_reason_and_keeps_what_is_written_there():
    practice = make_practice()
    practice.gcm_objectives.set([term("gcm", "1"), term("gcm", "2")])
    practice.classifications.filter(term__code="1").update(reason_es="Datos")
    practice.gcm_objectives.set([term("gcm", "1"), term("gcm", "3")])
    assert {row.term.code: row.reason_es for row in practice.classifications.all()} == {"1": "Datos", "3": None}
    practice.gcm_objectives.clear()
    assert not practice.classifications.exists()


@pytest.mark.engines
def test_a_practice_goes_with_its_classifications():
    practice = make_practice()
    practice.gcm_objectives.set([term("gcm", "1")])
    practice.delete()
    assert not Classification.objects.filter(practice_id=practice.pk).exists()


def test_a_reason_is_asked_for_and_a_confirmation_has_its_day():
    practice = make_practice()
    with pytest.raises(ValidationError):
        Classification(practice=practice, term=term("gcm", "1")).full_clean()
    row = Classification(practice=practice, term=term("gcm", "1"), reason_es="x", status="confirmed")
    row.full_clean(exclude=["reason"])
    assert row.confirmed_on == timezone.now().date()


@pytest.mark.engines
def test_the_database_refuses_a_confirmation_without_a_day():
    with pytest.raises(IntegrityError):
        Classification.objects.create(practice=make_practice(), term=term("gcm", "1"), status="confirmed")


@pytest.mark.engines
def test_a_version_gives_back_terms_with_their_reasons_and_one_from_before_keeps_them():
    practice = Practice.objects.get(code="CSM-2023-012")
    content = practice_content.read_content(practice)
    reasons = set(practice.classifications.values_list("reason_es", flat=True))
    practice.classifications.all().delete()
    assert codes(practice, "gcm_objectives") == set()
    practice_content.write_content(practice, content)
    assert set(practice.classifications.values_list("reason_es", flat=True)) == reasons
    del content["rows"]["classifications"]
    practice_content.write_content(practice, content)
    assert set(practice.classifications.values_list("reason_es", flat=True)) == reasons


# Filters


@pytest.mark.engines
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"principle": "whole-of-society"}, {"CSM-2023-010", "CSM-2023-017"}),
        ({"psdhm": "g"}, {"CSM-2023-012", "CSM-2023-014"}),
        ({"sdg_target": "16.9"}, {"CSM-2023-002", "CSM-2023-013", "CSM-2023-015"}),
        ({"psdhm": "g", "principle": "whole-of-government"}, {"CSM-2023-012"}),
    ],
)
def test_the_list_is_filtered_by_each_framework(client, query, found):
    assert {practice.code for practice in practices_for(query).qs} == found
    told = json.loads(client.get("/en/practices.json", query).getvalue())
    assert {practice["code"] for practice in told["practices"]} == found
    assert {row["code"] for row in client.get("/api/v1/practices/", query).json()["practices"]} == found


def test_a_term_that_does_not_exist_is_named(client):
    assert client.get("/en/practices.csv?psdhm=z").status_code == 400
    assert "psdhm" in client.get("/en/practices.csv?psdhm=z").content.decode()


# Pages


@pytest.mark.parametrize("scheme", [*FRAMEWORK_FIELDS, Scheme.SDG])
@pytest.mark.parametrize("language", TERM)
def test_every_term_has_a_page_that_counts_as_its_list_does(client, scheme, language):
    for code in Term.objects.of(scheme).values_list("code", flat=True):
        page = client.get(f"{TERM[language]}{scheme}/{code}/")
        assert page.status_code == 200, code
        assert page.context["figures"].practices == practices_for({scheme: code}).qs.count()


@pytest.mark.engines
def test_the_page_of_a_term_names_the_states_without_one(client):
    page = client.get("/en/frameworks/gcm/11/").content.decode()
    room = re.search(r'id="h-room".*?</section>', page, re.DOTALL)[0]
    assert "None documented" in room
    assert "/en/countries/uy/" in room
    assert "/en/countries/br/" not in room
    assert "Wording of the name: official wording." in page


def test_a_cut_name_is_seen_to_be_cut_and_says_nothing_of_where_it_comes_from(client):
    page = client.get("/es/marcos/psdhm/h/").content.decode()
    assert "el nombre del programa puede continuar" in page
    assert "Redacción del nombre" not in page
    assert "Origen del nombre" not in page
    assert "confirmar" not in page


@pytest.mark.parametrize("address", ["/en/frameworks/gcm/99/", "/en/frameworks/keyword/data/", "/en/frameworks/x/1/"])
def test_what_is_no_term_of_a_framework_is_not_found(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.engines
def test_the_index_lists_every_framework_with_its_counts(client):
    page = client.get("/es/marcos/").content.decode()
    for scheme in (*FRAMEWORK_FIELDS, Scheme.SDG):
        assert f'id="{scheme}"' in page
    assert 'href="/es/practicas/?psdhm=g"' in page
    assert "no que no exista" in page


def test_a_record_says_who_classified_it_why_and_that_it_awaits_confirmation(client):
    practice = Practice.objects.get(code="CSM-2023-012")
    page = client.get(f"/en/practices/{practice.slug}/").content.decode()
    section = re.search(r'aria-labelledby="classified".*?</section>', page, re.DOTALL)[0]
    assert "It is a border procedure coordinated with the Chilean authorities." in section
    assert "proposed, not yet confirmed" in section
    assert "/en/frameworks/gcm/11/" in section


def test_files_and_the_api_tell_reason_and_status(client):
    practice = Practice.objects.get(code="CSM-2023-012")
    rows = client.get(f"/api/v1/practices/{practice.slug}/", {"lang": "es"}).json()["classifications"]
    border = next(row for row in rows if row["framework"] == "psdhm")
    assert (border["term"], border["status"], border["confirmed_on"]) == ("g", "proposed", "")
    assert border["reason"]
    book = client.get("/es/libro-de-codigos.csv").content.decode()
    for column in ("principles", "psdhm", "confirmed_on"):
        assert f",{column}," in book


# The desk


@pytest.mark.engines
def test_terms_are_suggested_from_the_words_of_a_record_and_never_made():
    practice = make_practice(summary_es="Protección consular para nacionales", title="Consulados")
    found = [suggestion.term for suggestion in framework_suggestions.suggested(practice)]
    assert term("gcm", "14") in found
    assert not practice.classifications.exists()
    framework_suggestions.take_up(practice, [term("gcm", "14")])
    assert codes(practice, "gcm_objectives") == {"14"}
    assert term("gcm", "14") not in [suggestion.term for suggestion in framework_suggestions.suggested(practice)]


def test_the_form_of_a_practice_offers_suggestions_and_rows_of_classification(client):
    client.force_login(get_user_model().objects.create_superuser("editor", password="x"))
    practice = make_practice(state="draft", summary_es="Protección consular", title="Consulados")
    with translation.override("en"):
        page = client.get(reverse("admin:catalogue_practice_change", args=[practice.pk])).content.decode()
    assert 'name="suggested"' in page
    assert 'name="classifications-TOTAL_FORMS"' in page
    assert 'name="gcm_objectives"' not in page
