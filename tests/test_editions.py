"""An edition is opened, filled, closed and frozen; what it said stays as it was, whatever becomes of its practices."""

import hashlib
import json
from datetime import date, timedelta
from io import StringIO
from itertools import product

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from lxml import etree

from catalogue.choices import AuditEvent, EditionState, EditionTransitionKind, State
from catalogue.editions import freeze
from catalogue.editorial.privacy import erasure
from catalogue.editorial.workflow import editions, workflow
from catalogue.editorial.workflow.roles import Role
from catalogue.errors import Refused
from catalogue.models import AuditEntry, Contact, Edition, FrozenEdition, Organisation, Practice
from catalogue.publication.blocks import plain_text
from networks.models import Country, Network
from tests.desk import in_state, make_editor, make_record

pytestmark = pytest.mark.django_db

HOME = {"es": "/es/ediciones/", "en": "/en/editions/", "pt": "/pt-br/edicoes/"}
CODE = "CSM-2023-001"
TODAY = timezone.now().date()


def make_edition(state=EditionState.PREPARED, **fields):
    """Return a stored edition of 2027 that has all a call needs."""
    values = {
        "slug": "edition-2027",
        "title": "Catálogo 2027",
        "language": "es",
        "publisher_es": "CSM",
        "year": 2027,
        "licence": "CC BY 4.0",
        "citation_es": "CSM (2027). Catálogo 2027.",
        "call_es": "Se buscan prácticas sobre **niñez**.",
        "deadline": TODAY + timedelta(days=30),
    }
    return Edition.objects.create(state=state, **{**values, **fields})


def at_desk(client, role, **profile):
    person = make_editor(role, **profile)
    client.force_login(person)
    return person


def everything(client):
    """Return what the pages, the data and the documents of 2023 say, in three languages, as far as it is text."""
    said = {}
    for language, home in HOME.items():
        for address in (f"{home}2023/", f"{home}2023/{CODE}/", f"{home}2023.json"):
            answer = client.get(address)
            assert answer.status_code == 200, address
            body = answer.content.decode()
            said[address] = body[body.find('<div class="wrap') : body.find("<footer")]
        for document in FrozenEdition.objects.get(edition__year=2023).documents.filter(language=language):
            said[language, document.volume] = freeze.with_site_url(document.content)
    return said


def publish_another_title(editor):
    """Publish the practice ``CODE`` with another title, as its second version."""
    copy = workflow.revise(Practice.objects.get(code=CODE), by=editor)
    copy.title_es = copy.title_en = copy.title_pt = "Otro título"
    copy.limits_none_reported = True
    copy.save()
    for step in ("submit", "publish"):
        workflow.move(copy, step, by=editor)


# The way


@pytest.mark.parametrize(("role", "move"), list(product([None, *Role], EditionTransitionKind)))
def test_the_secretariat_and_administrators_move_an_edition_and_nobody_else(role, move):
    source = editions.TRANSITION_RULES[move].sources[-1]
    edition, person = make_edition(source), make_editor(role)
    make_record(state=State.PUBLISHED, edition=edition)
    take = (lambda: freeze.freeze(edition, by=person)) if move == EditionTransitionKind.FREEZE else None
    take = take or (lambda: editions.move(edition, move, by=person))
    if role in (Role.SECRETARIAT, Role.ADMINISTRATOR):
        assert take().state == editions.TRANSITION_RULES[move].target
        assert AuditEntry.objects.filter(event=AuditEvent.TRANSITION, subject__contains="edition-2027").exists()
    else:
        with pytest.raises(Refused):
            take()
    edition.refresh_from_db()
    assert (edition.state == source) == (role not in (Role.SECRETARIAT, Role.ADMINISTRATOR))


@pytest.mark.parametrize(("state", "move"), list(product(EditionState, EditionTransitionKind)))
def test_an_edition_takes_the_steps_that_lead_on_from_its_state_alone(state, move):
    edition, person = make_edition(state), make_editor("secretariat")
    if state in editions.TRANSITION_RULES[move].sources:
        assert move in editions.transitions_for(person, edition)
        return
    assert move not in editions.transitions_for(person, edition)
    with pytest.raises(Refused):
        editions.move(edition, move, by=person)


@pytest.mark.parametrize("lack", [{"call_es": ""}, {"deadline": None}, {"deadline": TODAY - timedelta(days=1)}])
def test_a_call_opens_with_a_text_and_a_deadline_to_come(lack):
    with pytest.raises(Refused):
        editions.move(make_edition(**lack), "open", by=make_editor("secretariat"))


def test_an_edition_without_a_published_practice_is_not_frozen():
    edition = make_edition(EditionState.CLOSED)
    make_record(edition=edition)
    with pytest.raises(Refused):
        freeze.freeze(edition, by=make_editor("secretariat"))
    assert Edition.objects.get(pk=edition.pk).state == EditionState.CLOSED


@pytest.mark.engines
def test_the_secretariat_makes_opens_and_closes_an_edition_in_the_admin(client):
    at_desk(client, "secretariat")
    form = {
        "slug": "edition-2027",
        "title": "Catálogo 2027",
        "language": "es",
        "year": "2027",
        "licence": "CC BY 4.0",
        "publisher_es": "CSM",
        "citation_es": "CSM (2027).",
        "call_pt": "Procuram-se práticas.",
        "deadline": str(TODAY + timedelta(days=9)),
        "state": "frozen",
    }
    assert client.post(reverse("admin:catalogue_edition_add"), form).status_code == 302
    edition = Edition.objects.get(slug="edition-2027")
    assert (edition.state, edition.address) == (EditionState.PREPARED, "2027")
    for move, state in (("open", EditionState.OPEN), ("close", EditionState.CLOSED)):
        address = reverse("admin:catalogue_edition_move", args=[edition.pk, move])
        assert address in client.get(reverse("admin:catalogue_edition_change", args=[edition.pk])).content.decode()
        assert client.get(address).status_code == 200
        client.post(address)
        edition.refresh_from_db()
        assert edition.state == state


def test_what_a_frozen_edition_says_of_itself_is_not_edited(client):
    at_desk(client, "administrator")
    edition = Edition.objects.get(year=2023)
    form = {"title": "Otro", "citation_es": "Otra", "call_es": "Otra", "year": "1999", "url": "https://example.org/"}
    client.post(reverse("admin:catalogue_edition_change", args=[edition.pk]), form)
    after = Edition.objects.get(pk=edition.pk)
    assert (after.title, after.citation_es, after.year) == (edition.title, edition.citation_es, 2023)
    assert after.url == "https://example.org/"


# The call


@pytest.mark.parametrize("language", HOME)
def test_the_page_of_an_open_call_tells_text_deadline_and_how_to_take_part(client, language):
    make_edition(EditionState.OPEN)
    page = client.get(f"{HOME[language]}2027/").content.decode()
    assert "<strong>niñez</strong>" in page
    assert {"es": "Cómo participan", "en": "How focal points", "pt": "Como os pontos focais"}[language] in page
    assert str((TODAY + timedelta(days=30)).year) in page


@pytest.mark.parametrize("state", [EditionState.OPEN, EditionState.CLOSED])
def test_drafts_for_an_edition_are_nowhere_to_be_seen(client, state):
    edition = make_edition(state)
    draft = make_record(title="Propuesta secreta", edition=edition)
    pages = [f"{HOME['es']}2027/", HOME["es"], "/es/ediciones.atom", f"{HOME['es']}2023.json"]
    for page in pages:
        body = client.get(page).content.decode()
        assert "Propuesta secreta" not in body
        assert draft.code not in body
    assert client.get(f"{HOME['es']}2027/{draft.code}/").status_code == 404


def test_an_edition_in_preparation_is_not_public(client):
    make_edition()
    for address in ("2027/", "edition-2027/"):
        assert client.get(HOME["es"] + address).status_code == 404
    assert "2027" not in client.get(HOME["es"]).content.decode()
    assert "2027" not in client.get("/es/ediciones.atom").content.decode()


@pytest.mark.parametrize("extension", ["json", "pdf", "docx"])
def test_an_edition_that_is_not_frozen_has_no_data_and_no_document(client, extension):
    make_edition(EditionState.CLOSED)
    assert client.get(f"{HOME['es']}2027.{extension}").status_code == 404


def test_focal_points_see_open_calls_on_their_first_page(client):
    edition = make_edition(EditionState.OPEN)
    at_desk(client, "focal_point", countries=["PE"])
    button = reverse("admin:catalogue_edition_propose", args=[edition.pk])
    assert button in client.get("/admin/").content.decode()
    Edition.objects.filter(pk=edition.pk).update(deadline=TODAY - timedelta(days=1))
    assert button not in client.get("/admin/").content.decode()


def proposal(**fields):
    values = {
        "country": Country.objects.get(iso2="PE").pk,
        "network": Network.objects.first().pk,
        "language": "pt",
        "title": "Documentos para crianças",
        "summary": "O que faz.",
        "scope": "national",
        "organisation": Organisation.objects.get(slug="iom").pk,
        "start": "2024",
    }
    return {**values, **fields}


def propose(client, edition, **fields):
    address = reverse("admin:catalogue_edition_propose", args=[edition.pk])
    before = Practice.objects.count()
    answer = client.post(address, proposal(**fields))
    return answer, Practice.objects.count() - before


@pytest.mark.engines
def test_a_focal_point_proposes_a_practice_as_a_draft_of_its_own_country(client):
    edition = make_edition(EditionState.OPEN)
    person = at_desk(client, "focal_point", countries=["PE"])
    answer, made = propose(client, edition)
    draft = Practice.objects.order_by("pk").last()
    assert made == 1
    assert answer["Location"] == reverse("admin:catalogue_practice_change", args=[draft.pk])
    assert (draft.state, draft.edition, draft.created_by) == (State.DRAFT, edition, person)
    assert (draft.title_pt, draft.original_language, draft.translation_status_pt) == (
        "Documentos para crianças",
        "pt",
        "original",
    )
    assert [country.iso2 for country in draft.implementing_countries] == ["PE"]
    assert client.get(answer["Location"]).status_code == 200
    assert draft.versions.count() == 1


def test_a_focal_point_does_not_propose_for_another_country(client):
    edition = make_edition(EditionState.OPEN)
    person = at_desk(client, "focal_point", countries=["CL"])
    answer, made = propose(client, edition)
    assert (answer.status_code, made) == (200, 0)
    with pytest.raises(Refused):
        told = {"title": "T", "summary": "S", "scope": "national", "language": "es"}
        peru = Country.objects.get(iso2="PE")
        editions.propose(edition, {**told, "country": peru, "network": Network.objects.first()}, by=person)


@pytest.mark.parametrize(
    ("state", "days", "words"),
    [
        (EditionState.OPEN, -1, "ya venció"),
        (EditionState.CLOSED, 30, "está cerrada"),
        (EditionState.FROZEN, 30, "está cerrada"),
        (EditionState.PREPARED, 30, "todavía no está abierta"),
    ],
)
def test_a_proposal_out_of_time_is_refused_in_words(client, state, days, words):
    edition = make_edition(state, deadline=TODAY + timedelta(days=days))
    at_desk(client, "focal_point", countries=["PE"])
    client.cookies["django_language"] = "es"
    answer, made = propose(client, edition)
    assert (answer.status_code, made) == (200, 0)
    assert words in answer.content.decode()


def test_on_the_last_day_proposals_are_still_taken(client):
    edition = make_edition(EditionState.OPEN, deadline=TODAY)
    at_desk(client, "focal_point", countries=["PE"])
    assert propose(client, edition)[1] == 1


DUE = {"es": "El plazo", "en": "The deadline was", "pt": "O prazo"}


@pytest.mark.parametrize("language", HOME)
def test_a_call_closes_by_itself_when_its_last_day_is_over_and_its_page_says_so(client, language):
    edition = make_edition(EditionState.OPEN, deadline=TODAY)
    page = client.get(f"{HOME[language]}2027/")
    call_command("publish_due", stdout=StringIO())
    edition.refresh_from_db()
    assert edition.state == EditionState.OPEN, "the last day counts, until midnight in UTC"
    Edition.objects.filter(pk=edition.pk).update(deadline=TODAY - timedelta(days=1))
    told = StringIO()
    call_command("publish_due", stdout=told)
    call_command("publish_due", stdout=told)
    edition.refresh_from_db()
    assert (edition.state, told.getvalue()) == (EditionState.CLOSED, "edition-2027 closed\n")
    assert edition.closed_at is not None
    assert AuditEntry.objects.filter(subject__contains="edition-2027 deadline", user=None).count() == 1
    later = client.get(f"{HOME[language]}2027/", headers={"if-none-match": page["ETag"]})
    assert later.status_code == 200, "what a browser has kept is not told to be right"
    assert DUE[language] in later.content.decode()


# What is frozen


@pytest.mark.slow  # fifty-seven pages, each with three citations
@pytest.mark.engines
def test_the_first_edition_is_frozen_with_its_nineteen_practices(client):
    for language, home in HOME.items():
        page = client.get(f"{home}2023/").content.decode()
        data = client.get(f"{home}2023.json").json()
        assert [entry["code"] for entry in data["practices"]] and data["count"] == 19
        for entry in data["practices"]:
            assert f"{home}2023/{entry['code']}/" in page
            assert client.get(f"{home}2023/{entry['code']}/").status_code == 200
            practice = Practice.objects.get(code=entry["code"])
            assert entry["records"][language]["title"] == getattr(practice, f"title_{language}")


@pytest.mark.engines
def test_the_checksum_is_that_of_the_data(client):
    data = json.loads(client.get(f"{HOME['en']}2023.json").content)
    text = json.dumps(data["practices"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert hashlib.sha256(text.encode()).hexdigest() == data["checksum"]["value"]
    assert data["checksum"]["value"] in client.get(f"{HOME['es']}2023/").content.decode()


@pytest.mark.engines
def test_the_data_is_the_same_in_every_language_and_on_every_site(client, settings):
    first = client.get(f"{HOME['es']}2023.json").content
    assert client.get(f"{HOME['pt']}2023.json").content == first
    assert b"127.0.0.1" not in first
    settings.SITE_URL = "https://other.example"
    assert client.get(f"{HOME['es']}2023.json").content == first
    assert "https://other.example/p/" in client.get(f"{HOME['es']}2023/{CODE}/").content.decode()


@pytest.mark.engines
def test_whatever_becomes_of_the_practices_the_edition_stays_as_it_was(client):
    before = everything(client)
    secretariat = make_editor("secretariat")
    publish_another_title(secretariat)
    second = Practice.objects.get(code="CSM-2023-002")
    workflow.move(second, "archive", by=secretariat, note="retirada")
    third = in_state(Practice.objects.get(code="CSM-2023-003"), State.DRAFT)
    third.delete()
    Contact.objects.update(office_es="Otra", email="otra@example.org")
    Network.objects.update(name_es="Otra red", short_name_es="Otra")
    Organisation.objects.update(name_es="Otra entidad", acronym="X")
    Country.objects.update(name_es="Otro país")
    Edition.objects.update(citation_es="Otra cita", title="Otro título")
    after = everything(client)
    moved = "La práctica tal como está hoy", "ya no está"
    for address, said in before.items():
        if not any(words in str(said) for words in moved):
            assert after[address] == said, address
    assert "Otro título" not in after[f"{HOME['es']}2023/{CODE}/"]
    assert "Esta práctica ya no está en el catálogo" in client.get(f"{HOME['es']}2023/CSM-2023-002/").content.decode()
    assert client.get(f"{HOME['es']}2023/CSM-2023-003/").status_code == 200


@pytest.mark.parametrize("extension", ["pdf", "docx"])
def test_the_document_is_made_from_what_was_kept(client, extension):
    Practice.objects.published().filter(code__gt=CODE).update(title_es="Otro título")
    answer = client.get(f"{HOME['es']}2023.{extension}")
    assert answer.status_code == 200
    assert answer.content[:4] in (b"%PDF", b"PK\x03\x04")
    [kept] = FrozenEdition.objects.get(edition__year=2023).documents.filter(language="es")
    titles = {plain_text(entry["title"]) for part in kept.content["parts"] for entry in part["parts"]}
    assert "Otro título" not in titles
    assert len(titles) >= 19


def test_a_volume_that_is_not_there_is_named_in_words(client):
    for volume in ("2", "0", "x", "²"):
        answer = client.get(f"{HOME['es']}2023.pdf?volume={volume}")
        assert answer.status_code == 400
        assert "tomos" in answer.content.decode()


def test_a_long_edition_has_volumes(client, monkeypatch):
    monkeypatch.setattr("catalogue.publication.books.VOLUME", 2)
    edition = make_edition(EditionState.CLOSED)
    practices = [make_record(state=State.PUBLISHED, edition=edition) for _number in range(3)]
    freeze.freeze(edition, by=make_editor("secretariat"))
    page = client.get(f"{HOME['es']}2027/").content.decode()
    assert "2027.docx?volume=2" in page
    assert client.get(f"{HOME['es']}2027.docx?volume=2").status_code == 200
    assert all(client.get(f"{HOME['es']}2027/{each.code}/").status_code == 200 for each in practices)


@pytest.mark.engines
def test_freezing_keeps_published_practices_of_the_edition_alone_and_their_version(client):
    edition = make_edition(EditionState.CLOSED)
    practice = make_record(state=State.PUBLISHED, edition=edition)
    draft = make_record(edition=edition)
    editor = make_editor("secretariat")
    workflow.revise(practice, by=editor)
    freeze.freeze(edition, by=editor)
    [entry] = client.get(f"{HOME['en']}2027.json").json()["practices"]
    assert (entry["code"], entry["version"]) == (practice.code, 1)
    assert client.get(f"{HOME['en']}2027/{draft.code}/").status_code == 404


def test_mailboxes_are_not_kept(client):
    practice = Practice.objects.get(code=CODE)
    Contact.objects.update(email="oficina@example.org", consent_to_publish=True, consent_date=TODAY)
    edition = make_edition(EditionState.CLOSED)
    Practice.objects.filter(code=CODE).update(edition=edition)
    frozen = freeze.freeze(edition, by=make_editor("secretariat")).frozen
    assert "oficina@example.org" not in json.dumps([document.content for document in frozen.documents.all()])
    assert "oficina@example.org" in client.get(f"/es/practicas/{practice.slug}/").content.decode()


@pytest.mark.engines
def test_a_person_who_is_erased_leaves_a_frozen_edition_which_says_so(client):
    edition = make_edition(EditionState.CLOSED)
    make_record(state=State.PUBLISHED, edition=edition, summary_es="Pregunte a Ana Pérez Quispe.")
    frozen = freeze.freeze(edition, by=make_editor("secretariat")).frozen
    make_editor("reader", username="ana.perez", first_name="Ana", last_name="Pérez Quispe")
    others = FrozenEdition.objects.get(edition__year=2023).checksum
    erasure.erase("ana.perez")
    data = client.get(f"{HOME['es']}2027.json").content.decode()
    assert "Quispe" not in data
    assert "Quispe" not in json.dumps([document.content for document in frozen.documents.all()])
    assert json.loads(data)["amended_on"] == str(timezone.now().date())
    assert editions.checksum_of(json.loads(data)["practices"]) == json.loads(data)["checksum"]["value"]
    assert FrozenEdition.objects.get(edition__year=2023).checksum == others


@pytest.mark.engines
def test_what_came_frozen_is_kept_once_and_told_as_it_came(client):
    checksum = client.get(f"{HOME['es']}2023.json").json()["checksum"]
    publish_another_title(make_editor("secretariat"))
    frozen = FrozenEdition.objects.get(edition__year=2023)
    frozen.entries.all().delete(), frozen.documents.all().delete(), frozen.delete()
    assert client.get(f"{HOME['es']}2023/").status_code == 404
    call_command("prepare", verbosity=0)
    assert client.get(f"{HOME['es']}2023.json").json()["checksum"] == checksum
    assert freeze.freeze_loaded() == []


@pytest.mark.engines
def test_a_frozen_edition_cannot_be_deleted(client):
    at_desk(client, "administrator")
    edition = make_edition(EditionState.CLOSED)
    practice = make_record(state=State.PUBLISHED, edition=edition)
    freeze.freeze(edition, by=make_editor("secretariat"))
    Practice.objects.filter(pk=practice.pk).update(edition=None)
    client.post(reverse("admin:catalogue_edition_delete", args=[edition.pk]), {"post": "yes"})
    assert Edition.objects.filter(pk=edition.pk).exists()


# How they are announced


def test_the_slug_of_an_edition_leads_to_its_address(client):
    answer = client.get(f"{HOME['es']}catalog-of-experiences-2023/")
    assert (answer.status_code, answer["Location"]) == (301, f"{HOME['es']}2023/")


@pytest.mark.parametrize("language", HOME)
def test_the_feed_announces_opening_closing_and_freezing(client, language):
    edition, by = make_edition(), make_editor("secretariat")
    make_record(state=State.PUBLISHED, edition=edition)
    feed, seen = HOME[language].rstrip("/") + ".atom", []
    for step in ("open", "close", "freeze"):
        freeze.freeze(edition, by=by) if step == "freeze" else editions.move(edition, step, by=by)
        tree = etree.fromstring(client.get(feed).content)
        entries = tree.findall("{*}entry")
        seen.append(entries[0].findtext("{*}id").rpartition("#")[2])
        assert entries[0].find("{*}link").get("href").endswith(f"{HOME[language]}2027/")
    assert seen == ["opened", "closed", "frozen"]
    assert len({entry.findtext("{*}id") for entry in entries}) == 4


@pytest.mark.parametrize(
    ("language", "day"),
    [("es", "30 de noviembre de 2027"), ("en", "30 November 2027"), ("pt", "30 de novembro de 2027")],
)
def test_the_feed_writes_the_deadline_as_the_language_does(client, language, day):
    make_edition(EditionState.OPEN, deadline=date(2027, 11, 30), opened_at=timezone.now())
    assert day in client.get(HOME[language].rstrip("/") + ".atom").content.decode()


@pytest.mark.parametrize("language", HOME)
def test_the_index_leads_to_every_announced_edition_and_to_the_feed(client, language):
    make_edition(EditionState.OPEN)
    page = client.get(HOME[language]).content.decode()
    for address in ("2023/", "2027/"):
        assert HOME[language] + address in page
    assert HOME[language].rstrip("/") + ".atom" in page
    assert f'href="{HOME[language]}"' in client.get(f"/{HOME[language].split('/')[1]}/").content.decode()


@pytest.mark.engines
def test_two_editions_of_one_year_have_two_addresses():
    make_edition()
    assert make_edition(slug="special-edition").address == "special-edition"
