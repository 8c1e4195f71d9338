"""Adaptations: who may record that a State adapts a practice of another, and where readers see it."""

import json
import re

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse

from catalogue.choices import State, TransitionKind
from catalogue.coverage.flow_map import arrow_map
from catalogue.editorial.workflow import adaptations
from catalogue.editorial.workflow.roles import MATRIX, Action, Role
from catalogue.editorial.workflow.workflow import TRANSITION_RULES
from catalogue.errors import Refused
from catalogue.link_checker.link_sources import shown_urls
from catalogue.models import Adaptation, AuditEntry, Contact
from catalogue.models.version import current
from networks.models import Country
from tests.desk import in_state, make_editor
from tests.factories import make_adaptation, make_practice

pytestmark = pytest.mark.django_db

EMAIL_BY_SMTP = "django.core.mail.backends.smtp.EmailBackend"
PAGES = ("/es/adaptaciones/", "/en/adaptations/", "/pt-br/adaptacoes/")


def text_of(client, address):
    return client.get(address).getvalue().decode()


# Readers


@pytest.mark.parametrize(
    ("address", "words"),
    list(zip(PAGES, ("Ninguna documentada", "None documented", "Nenhuma documentada"), strict=True)),
)
def test_without_an_adaptation_the_page_says_none_documented_and_draws_no_map(client, address, words):
    page = text_of(client, address)
    assert words in page
    assert 'class="map' not in page


@pytest.mark.parametrize("address", PAGES)
def test_the_map_draws_what_the_table_says(client, address):
    adaptation = make_adaptation(since="2030-04", changes_es="Sin costo", changes_en="Free", changes_pt="Sem custo")
    page = text_of(client, address)
    assert page.count('class="way adopted"') == 2  # an arrow and its line in the key
    assert page.count('class="tip') == 1
    table = page[page.index("<tbody>") :]
    assert adaptation.practice.get_absolute_url().split("/")[-2] in table
    assert adaptation.evidence in table
    assert re.search("Sin costo|Free|Sem custo", table)
    assert "2030" in table


def test_a_practice_of_two_states_gives_an_arrow_from_each_and_the_furthest_stage_is_drawn():
    practice = make_practice()
    practice.practice_countries.create(country=Country.objects.get(iso2="AR"), role="implementing")
    make_adaptation(practice=practice, stage="considering")
    make_adaptation(stage="piloting")
    drawn = arrow_map(Adaptation.objects.published().for_listing(), Country.objects.all())
    assert [arrow.stage for arrow in drawn.arrows] == ["considering", "piloting"]
    taken = {point.country.iso2: (point.given, point.taken) for point in drawn.points}
    assert len(taken) == 12
    assert (taken["AR"], taken["CL"], taken["PE"]) == ((1, 0), (2, 0), (0, 3))


@pytest.mark.engines
def test_it_is_shown_with_the_practice_and_with_both_countries(client):
    adaptation = make_adaptation(evidence="Decreto 77/2031")
    for address in (adaptation.practice.get_absolute_url(), "/es/paises/pe/", "/es/paises/cl/"):
        assert "Decreto 77/2031" in text_of(client, address), address
    assert "Decreto 77/2031" not in text_of(client, "/es/paises/uy/")
    assert "Ninguna documentada" in text_of(client, "/es/paises/uy/")


@pytest.mark.parametrize("state", [state for state in State if state != State.PUBLISHED])
def test_what_is_not_published_is_nowhere(client, state):
    hidden = make_adaptation(state=state, evidence="Secreto", evidence_url="https://secret.example/")
    unpublished = make_adaptation(practice=make_practice(state=state), evidence="Secreto", country="BO")
    addresses = [*PAGES, "/es/adaptaciones.csv", "/es/adaptaciones.json", "/es/paises/pe/", "/es/paises/bo/"]
    for address in [*addresses, hidden.practice.get_absolute_url()]:
        assert "Secreto" not in text_of(client, address), address
    assert client.get(unpublished.practice.get_absolute_url()).status_code == 404
    assert "https://secret.example/" not in shown_urls()


@pytest.mark.engines
def test_the_table_is_a_file_of_csv_and_json(client):
    adaptation = make_adaptation(evidence="=1+1", since="2031")
    header, row = client.get("/en/adaptations.csv").getvalue().decode("utf-8-sig").splitlines()
    assert header.startswith("code,slug,url,title,origin,origin_label,country")
    assert "'=1+1" in row
    answer = json.loads(client.get("/pt-br/adaptacoes.json").getvalue())
    assert answer["meta"] == {"count": 1}
    [entry] = answer["adaptations"]
    assert (entry["code"], entry["origin"], entry["country"]) == (adaptation.practice.code, ["CL"], "PE")
    assert (entry["stage"], entry["stage_label"], entry["since"]) == ("adopted", "Adotada", "2031")
    assert client.get("/es/adaptaciones.exe").status_code == 404


def test_hostile_words_stay_text(client):
    adaptation = make_adaptation(changes_es="<script>alert(1)</script>", evidence='"><img src=x>')
    for address in (PAGES[0], adaptation.practice.get_absolute_url()):
        page = text_of(client, address)
        assert "<script>alert" not in page
        assert "<img src=x" not in page


@pytest.mark.engines
def test_publishing_moves_the_version_and_the_round_of_links_visits_the_evidence():
    adaptation = make_adaptation(state=State.IN_REVIEW, evidence_url="https://evidence.example/")
    before = current().number
    adaptations.move(adaptation, TransitionKind.PUBLISH, by=make_editor(Role.SECRETARIAT))
    assert current().number > before
    assert "https://evidence.example/" in shown_urls()


@pytest.mark.engines
def test_the_page_costs_the_same_queries_whatever_the_rows(client, django_assert_max_num_queries):
    practice = make_practice()
    for country in ("PE", "BO", "BR", "UY", "PY", "EC"):
        make_adaptation(practice=practice, country=country)
    client.get(PAGES[0])
    with django_assert_max_num_queries(6):
        client.get(f"{PAGES[0]}?x=1")


# Who may do what


@pytest.mark.parametrize("role", [None, *Role])
@pytest.mark.parametrize("move", TRANSITION_RULES)
def test_a_role_takes_the_steps_that_the_matrix_allows(role, move):
    person = make_editor(role, countries=["PE"])
    for country in ("PE", "BO"):
        source = TRANSITION_RULES[move].sources[0]
        adaptation = make_adaptation(country=country, state=source)
        allowed = role is not None and source in MATRIX[role].get(Action(move), ())
        allowed = allowed and (role != Role.FOCAL_POINT or country == "PE")
        try:
            taken = adaptations.move(adaptation, move, by=person, note="Por una razón.")
        except Refused:
            assert not allowed
            assert Adaptation.objects.state_of(adaptation.pk) == source
        else:
            assert allowed
            assert Adaptation.objects.state_of(adaptation.pk) == taken.to_state == TRANSITION_RULES[move].target
            assert (taken.by, taken.note) == (person, "Por una razón.")
            assert AuditEntry.objects.filter(event="transition", user=person, subject__contains=move).exists()


def test_a_focal_point_proposes_for_its_own_countries_only():
    person, practice = make_editor(Role.FOCAL_POINT, countries=["PE"]), make_practice()
    own = Adaptation(practice=practice, country=Country.objects.get(iso2="PE"), stage="piloting")
    adaptations.save_adaptation(own, by=person)
    assert Adaptation.objects.get(pk=own.pk).created_by == person
    with pytest.raises(Refused):
        adaptations.save_adaptation(
            Adaptation(practice=practice, country=Country.objects.get(iso2="BO"), stage="x"), by=person
        )
    own.country = Country.objects.get(iso2="BO")
    with pytest.raises(Refused):
        adaptations.save_adaptation(own, by=person)
    assert Adaptation.objects.get(pk=own.pk).country.iso2 == "PE"


@pytest.mark.parametrize(
    ("fields", "lacking"), [({"evidence": ""}, adaptations.EVIDENCE), ({"contact": None}, adaptations.CONTACT)]
)
def test_what_lacks_evidence_or_contact_is_not_published(fields, lacking):
    adaptation = make_adaptation(state=State.IN_REVIEW, **fields)
    with pytest.raises(Refused) as refusal:
        adaptations.move(adaptation, TransitionKind.PUBLISH, by=make_editor(Role.SECRETARIAT))
    assert refusal.value.missing == (lacking,)


def test_neither_an_unpublished_practice_nor_ones_own_travels():
    for practice, country in ((make_practice(state=State.DRAFT), "PE"), (make_practice(country="CL"), "CL")):
        adaptation = make_adaptation(practice=practice, country=country, state=State.IN_REVIEW)
        with pytest.raises(Refused):
            adaptations.move(adaptation, TransitionKind.PUBLISH, by=make_editor(Role.SECRETARIAT))


def test_a_note_is_asked_for_where_a_practice_asks_for_one():
    with pytest.raises(Refused):
        adaptations.move(make_adaptation(), TransitionKind.ARCHIVE, by=make_editor(Role.SECRETARIAT))


@pytest.mark.engines
def test_a_newer_adaptation_takes_the_place_of_the_published_one():
    former = make_adaptation(stage="piloting")
    newer = make_adaptation(practice=former.practice, state=State.IN_REVIEW)
    adaptations.move(newer, TransitionKind.PUBLISH, by=make_editor(Role.SECRETARIAT))
    assert list(Adaptation.objects.published()) == [newer]
    assert former.steps.get().to_state == State.ARCHIVED


@pytest.mark.engines
def test_the_database_holds_one_published_adaptation_of_a_practice_by_a_state():
    former = make_adaptation()
    with pytest.raises(IntegrityError), transaction.atomic():
        make_adaptation(practice=former.practice)


@pytest.mark.engines
def test_a_state_changes_by_a_step_and_not_by_saving():
    adaptation = make_adaptation(state=State.DRAFT)
    adaptation.state = State.PUBLISHED
    with pytest.raises(Refused):
        adaptation.save()
    with pytest.raises(Refused):
        Adaptation.objects.filter(pk=adaptation.pk).update(state=State.PUBLISHED)


# At the desk


def fields_of(practice, country, **more):
    return {
        "practice": practice.pk,
        "country": Country.objects.get(iso2=country).pk,
        "stage": "piloting",
        "since": "abril de 2031",
        "changes_es": "Otra edad",
        "contact": Contact.objects.first().pk,
        "evidence": "Informe",
        **more,
    }


@pytest.mark.engines
def test_a_focal_point_drafts_and_submits_and_the_secretariat_publishes(client):
    client.force_login(make_editor(Role.FOCAL_POINT, countries=["PE"]))
    client.post(reverse("admin:catalogue_adaptation_add"), fields_of(make_practice(), "PE", state="published"))
    adaptation = Adaptation.objects.get()
    assert (adaptation.state, adaptation.since) == (State.DRAFT, "2031-04")
    client.post(reverse("admin:catalogue_adaptation_move", args=[adaptation.pk, "submit"]))
    client.post(reverse("admin:catalogue_adaptation_move", args=[adaptation.pk, "publish"]))
    assert Adaptation.objects.state_of(adaptation.pk) == State.IN_REVIEW
    client.force_login(make_editor(Role.SECRETARIAT))
    assert str(adaptation) in text_of(client, reverse("admin:index"))
    client.post(reverse("admin:catalogue_adaptation_move", args=[adaptation.pk, "publish"]))
    assert Adaptation.objects.state_of(adaptation.pk) == State.PUBLISHED
    page = text_of(client, reverse("admin:catalogue_adaptation_change", args=[adaptation.pk]))
    assert 'name="changes_es"' not in page


def test_the_form_refuses_another_country_of_a_focal_point(client):
    client.force_login(make_editor(Role.FOCAL_POINT, countries=["PE"]))
    answer = client.post(reverse("admin:catalogue_adaptation_add"), fields_of(make_practice(), "BO"))
    assert answer.status_code == 200
    assert not Adaptation.objects.exists()


def test_the_adaptation_of_another_country_does_not_exist_for_a_focal_point(client):
    adaptation = make_adaptation(country="BO", state=State.DRAFT)
    client.force_login(make_editor(Role.FOCAL_POINT, countries=["PE"]))
    assert str(adaptation) not in text_of(client, reverse("admin:catalogue_adaptation_changelist"))
    for name, arguments in (("change", []), ("move", ["submit"]), ("history", []), ("delete", [])):
        address = reverse(f"admin:catalogue_adaptation_{name}", args=[adaptation.pk, *arguments])
        assert client.get(address).status_code in (403, 404), name
        assert client.post(address, {"post": "yes"}).status_code in (403, 404), name
    assert Adaptation.objects.state_of(adaptation.pk) == State.DRAFT


def test_what_was_public_once_is_not_deleted(client):
    adaptation = make_adaptation(state=State.IN_REVIEW)
    secretariat = make_editor(Role.SECRETARIAT)
    for move in (TransitionKind.PUBLISH, TransitionKind.ARCHIVE, TransitionKind.REOPEN):
        adaptations.move(adaptation, move, by=secretariat, note="Así.")
    client.force_login(secretariat)
    client.post(reverse("admin:catalogue_adaptation_delete", args=[adaptation.pk]), {"post": "yes"})
    assert Adaptation.objects.filter(pk=adaptation.pk).exists()


def test_a_practice_that_is_archived_takes_its_adaptations_from_view(client):
    adaptation = make_adaptation(evidence="Visible")
    in_state(adaptation.practice, State.ARCHIVED)
    assert "Visible" not in text_of(client, PAGES[0])


# Letters


def letters(capture, adaptation, move, by, **given):
    """Take a step; return ``{address: letter}``."""
    mail.outbox.clear()
    with capture(execute=True):
        adaptations.move(adaptation, move, by=by, **given)
    return {address: letter for letter in mail.outbox for address in letter.to}


def test_every_step_tells_those_it_concerns_in_their_language(django_capture_on_commit_callbacks, settings):
    capture = django_capture_on_commit_callbacks
    settings.SITE_URL = "https://example.org"
    focal = make_editor("focal_point", countries=["PE"], username="focal", language="pt")
    make_editor("focal_point", countries=["CL"], username="owner", language="en")
    make_editor("focal_point", countries=["BR"], username="stranger")
    secretary = make_editor("secretariat", username="secretary")
    adaptation = make_adaptation(state=State.DRAFT, created_by=focal)

    told = letters(capture, adaptation, TransitionKind.SUBMIT, focal)
    assert set(told) == {"secretary@example.org"}
    assert reverse("admin:catalogue_adaptation_change", args=[adaptation.pk]) in told["secretary@example.org"].body

    told = letters(capture, adaptation, TransitionKind.REQUEST_CHANGES, secretary, note="Falta la fecha.")
    assert set(told) == {"focal@example.org"}
    assert "Falta la fecha." in told["focal@example.org"].body
    assert "Adaptação" in told["focal@example.org"].body

    letters(capture, adaptation, TransitionKind.SUBMIT, focal)
    told = letters(capture, adaptation, TransitionKind.PUBLISH, secretary)
    assert set(told) == {"focal@example.org", "owner@example.org"}
    assert f"{adaptation}: published" in told["owner@example.org"].subject


def test_a_mail_server_that_fails_undoes_no_step(django_capture_on_commit_callbacks, settings):
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = EMAIL_BY_SMTP, "127.0.0.1", 1
    make_editor("reviewer")
    adaptation = make_adaptation(state=State.DRAFT)
    with django_capture_on_commit_callbacks(execute=True):
        adaptations.move(adaptation, TransitionKind.SUBMIT, by=make_editor("secretariat"))
    assert Adaptation.objects.get(pk=adaptation.pk).state == State.IN_REVIEW
