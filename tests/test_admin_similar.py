"""Duplicates are noticed while a title is typed, among what the editor may see."""

import pytest
from django.urls import reverse

from catalogue.models import Practice
from tests.desk import make_editor
from tests.factories import make_practice

pytestmark = [pytest.mark.django_db, pytest.mark.engines]

ADDRESS = "/admin/catalogue/practice/similar/"


def similar(client, title, **more):
    answer = client.get(ADDRESS, {"title": title, **more})
    assert answer.status_code == 200
    return [practice["title"].split()[0] for practice in answer.json()["practices"]]


@pytest.mark.parametrize(
    "typed",
    [
        "Prerregistro migratorio",
        "PRERREGISTRO MIGRATÓRIO en la frontera",
        "Pré-cadastro migratório nas fronteiras",
        "pre-cadastro migratorio na fronteira",
        "Migration pre-registration at the borders of Brazil",
    ],
)
def test_a_similar_title_is_found_in_any_language_with_or_without_accents(editor, typed):
    assert "CSM-2023-014" in similar(editor, typed)


@pytest.mark.parametrize("typed", ["", "de la", "Migración", "x", "Huertos urbanos comunitarios", "%", '"' * 500])
def test_what_is_not_similar_stays_unmentioned(editor, typed):
    assert similar(editor, typed) == []


def test_it_says_how_many_and_leads_to_them(editor):
    answer = editor.get(ADDRESS, {"title": "Prerregistro migratorio"}).json()
    practice = Practice.objects.get(code="CSM-2023-014")
    assert answer["sentence"] == "1 práctica tiene un título parecido:"
    assert answer["practices"][0]["url"] == reverse("admin:catalogue_practice_change", args=[practice.pk])


def test_a_draft_is_found_and_the_practice_itself_is_not(editor):
    draft = make_practice(state="draft", title_es="Huertos urbanos de mujeres migrantes")
    assert similar(editor, "Huertos urbanos") == [draft.code]
    assert similar(editor, "Huertos urbanos", practice=draft.pk) == []


def test_a_focal_point_hears_nothing_of_the_drafts_of_others(client):
    make_practice(state="draft", title_es="Huertos urbanos de mujeres migrantes", country="CL")
    own = make_practice(state="draft", title_es="Huertos urbanos de jóvenes migrantes", country="PE")
    client.force_login(make_editor("focal_point", countries=["PE"]))
    assert similar(client, "Huertos urbanos") == [own.code]


@pytest.mark.parametrize("role", ["reader", "reviewer"])
def test_it_answers_those_who_write(client, role):
    client.force_login(make_editor(role))
    assert client.get(ADDRESS, {"title": "Prerregistro"}).status_code == 403


def test_it_answers_nobody_else(client):
    assert client.get(ADDRESS, {"title": "Prerregistro"}).status_code == 302
