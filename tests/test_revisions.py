"""A published practice changes only through its revision, and every version can be read, compared and restored."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from catalogue.choices import State, TransitionKind
from catalogue.documents.reading import with_page_rows
from catalogue.editorial.workflow import diff, practice_content, previews, revisions, schedule, workflow
from catalogue.errors import Refused
from catalogue.models import Organisation, Practice, PreviewLink, RecordVersion
from catalogue.views.detail import rendered
from tests.desk import in_state, make_editor, make_record

pytestmark = pytest.mark.django_db


def published(**fields):
    return make_record(state=State.PUBLISHED, **fields)


def edited(practice, secretariat, **fields):
    """Return the open revision of a practice with other texts."""
    copy = workflow.revise(practice, by=secretariat)
    for name, value in fields.items():
        setattr(copy, name, value)
    copy.save()
    revisions.store_version(copy, by=secretariat)
    return copy


def approve(copy, secretariat):
    workflow.move(copy, TransitionKind.SUBMIT, by=secretariat)
    return workflow.move(copy, TransitionKind.PUBLISH, by=secretariat)


def page_of(client, practice):
    return client.get(f"/es/practicas/{practice.slug}/").content.decode()


@pytest.mark.engines
def test_readers_go_on_seeing_the_published_version_until_the_revision_is_published(client, secretariat):
    practice = published(title="Título publicado")
    copy = edited(practice, secretariat, title_es="Título nuevo")
    for state in (State.DRAFT, State.IN_REVIEW, State.CHANGES_REQUESTED):
        in_state(copy, state)
        assert "Título publicado" in page_of(client, practice)
        assert "Título nuevo" not in page_of(client, practice)
        assert client.get(f"/es/practicas/{copy.slug}/").status_code == 404
        assert client.get(f"/p/{copy.code}/").status_code == 404
        assert "Título nuevo" not in client.get("/es/practicas.csv").getvalue().decode()
    in_state(copy, State.IN_REVIEW)
    workflow.move(copy, TransitionKind.PUBLISH, by=secretariat)
    assert "Título nuevo" in page_of(client, practice)


@pytest.mark.engines
def test_a_published_revision_keeps_code_slug_address_and_key(secretariat):
    practice = published()
    before = practice.code, practice.slug, practice.pk, practice.created, practice.get_absolute_url()
    approve(edited(practice, secretariat, title_es="Otro"), secretariat)
    after = Practice.objects.get(pk=practice.pk)
    assert (after.code, after.slug, after.pk, after.created, after.get_absolute_url()) == before
    assert (after.state, after.title_es, after.version) == (State.PUBLISHED, "Otro", 2)
    assert not Practice.objects.revisions().exists()


# Each of the nineteen holds something that no other does.
@pytest.mark.slow
@pytest.mark.engines
@pytest.mark.usefixtures("catalogue")
def test_the_content_of_a_practice_survives_the_way_through_a_revision(secretariat):
    """All nineteen, with every text, term and row: a revision that changes nothing changes nothing."""
    for practice in list(Practice.objects.published()):
        before = practice_content.read_content(practice)
        copy = workflow.revise(practice, by=secretariat)
        assert practice_content.read_content(copy) == before
        revisions.apply_working_copy(copy, by=secretariat, at=timezone.now())
        assert practice_content.read_content(practice) == before


@pytest.mark.engines
def test_rows_that_do_not_change_keep_their_keys(secretariat):
    practice = Practice.objects.get(code="CSM-2023-014")
    keys = list(practice.results.values_list("pk", flat=True))
    copy = workflow.revise(practice, by=secretariat)
    copy.results.filter(order=1).update(unit_es="días")
    revisions.apply_working_copy(copy, by=secretariat, at=timezone.now())
    assert list(practice.results.values_list("pk", flat=True))[1:] == keys[1:]
    assert practice.results.first().unit_es == "días"


@pytest.mark.engines
def test_there_is_one_open_revision_of_a_practice(secretariat):
    practice = published()
    assert workflow.revise(practice, by=secretariat) == workflow.revise(practice, by=make_editor("administrator"))


@pytest.mark.parametrize("state", [State.DRAFT, State.IN_REVIEW, State.ARCHIVED])
def test_only_a_published_practice_has_a_revision(secretariat, state):
    with pytest.raises(Refused):
        workflow.revise(make_record(state=state), by=secretariat)


@pytest.mark.engines
def test_a_revision_is_never_published_beside_its_practice(secretariat):
    from django.db import IntegrityError, transaction

    copy = workflow.revise(published(), by=secretariat)
    with pytest.raises(IntegrityError), transaction.atomic():
        in_state(copy, State.PUBLISHED)


@pytest.mark.engines
def test_an_incomplete_revision_is_refused_and_changes_nothing(client, secretariat):
    practice = published(title="Título publicado")
    copy = edited(practice, secretariat, summary_es="", title_es="Título nuevo")
    with pytest.raises(Refused):
        approve(copy, secretariat)
    assert "Título publicado" in page_of(client, practice)


def test_a_revision_of_an_archived_practice_waits(secretariat):
    practice = published()
    copy = edited(practice, secretariat, title_es="Otro")
    workflow.move(practice, TransitionKind.ARCHIVE, by=secretariat, note="Terminó.")
    with pytest.raises(Refused):
        approve(copy, secretariat)
    with pytest.raises(Refused):
        workflow.move(practice, TransitionKind.REOPEN, by=secretariat, note="Sigue.")


@pytest.mark.engines
def test_a_discarded_revision_stays_in_the_history(secretariat):
    practice = published()
    copy = edited(practice, secretariat, title_es="Título descartado")
    workflow.discard(copy, by=secretariat, note="No procede.")
    assert practice.open_revision is None
    newest = practice.versions.first()
    assert (newest.content["fields"]["title_es"], newest.of_revision) == ("Título descartado", True)
    assert practice.transitions.first().note == "No procede."


@pytest.mark.engines
def test_a_revision_is_published_at_its_date(client, secretariat):
    practice = published()
    copy = in_state(edited(practice, secretariat, title_es="Desde mañana"), State.IN_REVIEW)
    schedule.publish_later(copy, timezone.now() + timedelta(days=1), by=secretariat)
    assert "Desde mañana" not in page_of(client, practice)
    assert schedule.publish_due(timezone.now() + timedelta(days=2)) == ([practice.code], [])
    assert "Desde mañana" in page_of(client, practice)


# Versions


@pytest.mark.engines
def test_what_was_published_first_is_version_one_and_each_publishing_the_next(secretariat):
    practice = published(title="Primero")
    approve(edited(practice, secretariat, title_es="Segundo"), secretariat)
    practice.refresh_from_db()
    approve(edited(practice, secretariat, title_es="Tercero"), secretariat)
    titles = [
        (version.public_number, version.content["fields"]["title_es"])
        for version in revisions.published_versions(practice)
    ]
    assert titles == [(3, "Tercero"), (2, "Segundo"), (1, "Primero")]


def test_a_version_says_who_when_and_why(secretariat):
    practice = make_record()
    revisions.store_version(practice, by=secretariat, reason="Cifra corregida")
    version = practice.versions.get()
    assert (version.number, version.made_by, version.reason) == (1, secretariat, "Cifra corregida")


@pytest.mark.engines
def test_saving_without_a_change_makes_no_version(secretariat):
    practice = make_record()
    first = revisions.store_version(practice, by=secretariat)
    assert revisions.store_version(practice, by=secretariat) == first


@pytest.mark.engines
def test_a_version_is_restored_as_a_revision_of_what_is_published(client, secretariat):
    practice = published(title="Primero")
    approve(edited(practice, secretariat, title_es="Segundo"), secretariat)
    practice.refresh_from_db()
    copy = workflow.restore(practice, practice.versions.get(public_number=1), by=secretariat)
    assert (copy.title_es, copy.is_revision) == ("Primero", True)
    assert "Segundo" in page_of(client, practice)
    approve(copy, secretariat)
    assert "Primero" in page_of(client, practice)


@pytest.mark.engines
def test_restoring_over_open_work_keeps_that_work_as_a_version(secretariat):
    practice = published(title="Primero")
    copy = workflow.revise(practice, by=secretariat)
    Practice.objects.filter(pk=copy.pk).update(title_es="Sin guardar en la historia")
    workflow.restore(copy, practice.versions.get(public_number=1), by=secretariat)
    kept = [version.content["fields"]["title_es"] for version in practice.versions.all()]
    assert "Sin guardar en la historia" in kept


def test_a_version_that_names_what_is_gone_is_refused_in_words(secretariat):
    practice = make_record()
    organisation = Organisation.objects.create(slug="short-lived", name_es="Efímera", kind="other")
    row = practice.practice_organisations.create(organisation=organisation, role="partner", order=2)
    version = revisions.store_version(practice, by=secretariat)
    row.delete()
    organisation.delete()
    with pytest.raises(Refused, match="short-lived"):
        workflow.restore(practice, version, by=secretariat)


@pytest.mark.engines
def test_a_version_of_before_a_field_existed_can_still_be_restored(secretariat):
    practice = make_record()
    version = revisions.store_version(practice, by=secretariat)
    del version.content["fields"]["hotline"], version.content["rows"]["places"]
    version.content["fields"]["a_field_of_once"] = "x"
    workflow.restore(practice, version, by=secretariat)
    practice.refresh_from_db()
    assert practice.hotline == ""


# What changed


def changes(before, after):
    return {change.field: change for change in diff.compare(before, after)}


def test_a_change_is_told_per_field_and_language_with_its_words_marked():
    practice = make_record(title="La práctica de ayer", summary_pt="Resumo")
    before = practice_content.read_content(practice)
    practice.title_es, practice.summary_pt, practice.scope = "La práctica de hoy", "Resumo", "regional"
    practice.save()
    found = changes(before, practice_content.read_content(practice))
    assert set(found) == {"title_es", "scope"}
    assert [(piece.kind, piece.text) for piece in found["title_es"].pieces] == [
        ("same", "La práctica de "),
        ("removed", "ayer"),
        ("added", "hoy"),
    ]
    with override("es"):
        assert str(found["title_es"].language) == "Español"
    assert "".join(piece.text for piece in found["scope"].pieces if piece.kind == "added").startswith("Regional")


@pytest.mark.engines
def test_rows_that_come_go_or_change_are_told():
    practice = make_record()
    practice.results.create(indicator_es="Casos", kind="result", as_printed="10 casos", order=1)
    before = practice_content.read_content(practice)
    practice.results.update(as_printed="12 casos")
    practice.practice_countries.create(country=practice.countries.model.objects.get(iso2="AR"), order=2)
    practice.citations.all().delete()
    found = changes(before, practice_content.read_content(practice))
    assert set(found) == {"results-1-as_printed", "practice_countries-['AR']-implementing", "citations-1"}
    assert {piece.kind for piece in found["citations-1"].pieces} == {"removed"}
    assert "Argentina" in found["practice_countries-['AR']-implementing"].pieces[0].text


def test_equal_versions_show_no_change(secretariat):
    content = practice_content.read_content(Practice.objects.get(code="CSM-2023-014"))
    assert diff.compare(content, content) == []
    assert not RecordVersion.objects.exists()


@pytest.mark.engines
@pytest.mark.parametrize(
    "query", ["", "?from=1", "?from=1&to=99", "?from=x&to=1", "?from=-1&to=1", f"?from={'9' * 40}&to=1"]
)
def test_a_version_that_is_not_there_is_not_found(client, secretariat, query):
    practice = make_record()
    revisions.store_version(practice)
    client.force_login(secretariat)
    assert client.get(f"/admin/catalogue/practice/{practice.pk}/compare/{query}").status_code == 404


def test_markup_in_a_version_is_shown_as_text(client, secretariat):
    practice = make_record(title="<script>alert(1)</script>")
    revisions.store_version(practice)
    practice.title_es = "<img src=x onerror=alert(1)>"
    practice.save()
    revisions.store_version(practice)
    client.force_login(secretariat)
    page = client.get(f"/admin/catalogue/practice/{practice.pk}/compare/?from=1&to=2").content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page


# What readers see of versions, and others of drafts


@pytest.mark.engines
def test_an_earlier_published_version_keeps_its_own_address(client, secretariat):
    practice = published(title="Primero")
    approve(edited(practice, secretariat, title_es="Segundo"), secretariat)
    earlier = client.get(f"/es/practicas/{practice.slug}/versiones/1/")
    assert earlier.status_code == 200
    assert "<h1>Primero</h1>" in earlier.content.decode()
    assert f'href="/es/practicas/{practice.slug}/"' in earlier.content.decode()
    current = client.get(f"/es/practicas/{practice.slug}/versiones/2/")
    assert current["Location"] == f"/es/practicas/{practice.slug}/"


@pytest.mark.parametrize(("language", "word"), [("en", "practices/{}/versions"), ("pt-br", "praticas/{}/versoes")])
def test_an_earlier_version_is_read_in_each_language(client, secretariat, language, word):
    practice = published(title="Primero", title_en="First", title_pt="Primeira")
    approve(edited(practice, secretariat, title_es="Segundo"), secretariat)
    page = client.get(f"/{language}/{word.format(practice.slug)}/1/").content.decode()
    assert {"en": "First", "pt-br": "Primeira"}[language] in page


@pytest.mark.parametrize("number", [0, 3, 99999])
def test_a_version_that_was_never_published_has_no_address(client, secretariat, number):
    practice = published()
    edited(practice, secretariat, title_es="Sentinela")
    assert client.get(f"/es/practicas/{practice.slug}/versiones/{number}/").status_code == 404


def test_the_versions_of_a_withdrawn_practice_are_gone_with_it(client, secretariat):
    practice = published(title="Primero")
    approve(edited(practice, secretariat, title_es="Segundo"), secretariat)
    workflow.move(Practice.objects.get(pk=practice.pk), TransitionKind.ARCHIVE, by=secretariat, note="Terminó.")
    assert client.get(f"/es/practicas/{practice.slug}/versiones/1/").status_code == 404


@pytest.mark.engines
def test_every_practice_looks_the_same_from_its_snapshot(client):
    """What a version shows is made from data alone; the page of today is the measure."""
    for practice in map(with_page_rows, Practice.objects.published().for_detail()):
        told = with_page_rows(practice_content.as_practice(practice, practice_content.read_content(practice)))
        assert rendered(told)["html"] == rendered(practice)["html"]


def test_a_version_shows_the_citations_of_what_it_says(client, secretariat):
    practice = published(title="Primero")
    approve(edited(practice, secretariat, title_es="Segundo"), secretariat)
    page = client.get(f"/es/practicas/{practice.slug}/versiones/1/").content.decode()
    (citations,) = re.findall(r'<dl class="citations">(.*?)</dl>', page, re.DOTALL)
    assert citations.count("Primero") == 3


def test_a_preview_expires_and_cannot_be_guessed(client, secretariat):
    link = previews.create_link(make_record(title="Borrador secreto"), by=secretariat)
    address = previews.addresses(link)[0][1]
    token = address.rstrip("/").rsplit("/", 1)[1]
    assert client.get(address).status_code == 200
    for forged in (token[:-1] + ("A" if token[-1] != "A" else "B"), str(link.key), str(link.pk), "x", "é"):
        assert client.get(reverse("practice_preview", args=[forged])).status_code == 404
    PreviewLink.objects.update(until=timezone.now())
    expired = client.get(address)
    assert expired.status_code == 410
    assert "Borrador secreto" not in expired.content.decode()
