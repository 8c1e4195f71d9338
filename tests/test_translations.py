"""The status of each language follows the texts, editors see what waits, and translators work in files of their own."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils.translation import override

from catalogue.choices import State, TransitionKind, TranslationStatus
from catalogue.editorial.translation import status as translations
from catalogue.editorial.workflow import practice_content, revisions, workflow
from catalogue.models import Practice, Result
from tests.desk import form_data, make_record, unrendered

pytestmark = pytest.mark.django_db

DAY = date(2026, 5, 4)
LATER = date(2026, 6, 5)


def translated(*, state=State.DRAFT, **fields):
    """Return a practice in Spanish with its translation into English and none into Portuguese."""
    texts = {"title_es": "Ventanilla", "title_en": "One-stop desk", "summary_en": "What it does."}
    status = {"translation_status_es": "original", "translation_status_en": "human"}
    practice = make_record(state=state, **{**texts, **status, **fields})
    practice.citations.update(author_en="Ministry", author_pt="Ministério")
    return practice


def edit(practice, *, today=DAY, small_correction=False, **values):
    """Write other values past the form, as any path of the desk does."""
    before = practice_content.read_content(practice)
    practice.refresh_from_db()
    for name, value in values.items():
        setattr(practice, name, value)
    practice.save()
    translations.update_statuses(practice, before, small_correction=small_correction, today=today)
    return practice


def status(practice, language="en"):
    stored = Practice.objects.get(pk=practice.pk)
    return (
        getattr(stored, f"translation_status_{language}"),
        getattr(stored, f"outdated_since_{language}"),
        stored.outdated_texts.get(language, []),
    )


# The rule


@pytest.mark.engines
def test_editing_the_original_marks_the_other_languages_outdated_with_the_day():
    practice = edit(translated(), title_es="Ventanilla única")
    assert status(practice) == (TranslationStatus.OUTDATED, DAY, ["title"])
    assert status(practice, "es") == (TranslationStatus.ORIGINAL, None, [])
    assert status(practice, "pt") == (TranslationStatus.MISSING, None, [])


def test_a_small_correction_marks_nothing_outdated():
    practice = edit(translated(), small_correction=True, title_es="Ventanilla única")
    assert status(practice) == (TranslationStatus.HUMAN, None, [])


def test_a_second_edit_keeps_the_first_day():
    practice = edit(translated(), title_es="Ventanilla única")
    edit(practice, today=LATER, summary_es="Otra cosa.")
    assert status(practice) == (TranslationStatus.OUTDATED, DAY, ["title", "summary"])


def test_editing_the_translation_of_every_outdated_text_marks_it_up_to_date_again():
    practice = edit(translated(), title_es="Ventanilla única", summary_es="Otra cosa.")
    edit(practice, today=LATER, title_en="Single desk")
    assert status(practice) == (TranslationStatus.OUTDATED, DAY, ["summary"])
    edit(practice, today=LATER, summary_en="Something else.")
    assert status(practice) == (TranslationStatus.CATALOGUE, None, [])


def test_an_edit_of_both_languages_leaves_them_in_step():
    practice = edit(translated(), title_es="Ventanilla única", title_en="Single desk")
    assert status(practice) == (TranslationStatus.HUMAN, None, [])


def test_a_new_text_of_the_original_waits_for_its_translation():
    practice = edit(translated(), limits_es="Falta personal.")
    assert status(practice) == (TranslationStatus.OUTDATED, DAY, ["limits"])
    edit(practice, limits_en="Staff is lacking.")
    assert status(practice)[0] == TranslationStatus.CATALOGUE


def test_a_first_translation_is_named_and_a_removed_one_is_missing():
    practice = edit(translated(), title_pt="Balcão")
    assert status(practice, "pt")[0] == TranslationStatus.CATALOGUE
    edit(practice, title_pt="")
    assert status(practice, "pt")[0] == TranslationStatus.MISSING


@pytest.mark.parametrize("said", [TranslationStatus.HUMAN, TranslationStatus.MACHINE])
def test_a_status_set_by_hand_stays_and_ends_what_was_outdated(said):
    practice = edit(translated(), title_es="Ventanilla única")
    edit(practice, translation_status_en=said)
    assert status(practice) == (said, None, [])


def test_a_language_declared_outdated_has_all_its_texts_checked():
    practice = edit(translated(), translation_status_en=TranslationStatus.OUTDATED)
    assert status(practice) == (TranslationStatus.OUTDATED, DAY, ["title", "summary", "citations.1.author"])


@pytest.mark.engines
def test_the_texts_of_rows_count_and_are_found_again_when_rows_move():
    practice = translated()
    rows = [
        Result.objects.create(practice=practice, order=n, indicator_es=f"Personas {n}", indicator_en=f"People {n}")
        for n in (1, 2)
    ]
    before = practice_content.read_content(practice)
    rows[1].indicator_es = "Personas atendidas"
    rows[1].save()
    translations.update_statuses(practice, before, today=DAY)
    assert status(practice) == (TranslationStatus.OUTDATED, DAY, ["results.2.indicator"])
    before = practice_content.read_content(practice)
    rows[0].delete()
    translations.update_statuses(practice, before, today=LATER)
    assert status(practice) == (TranslationStatus.OUTDATED, DAY, ["results.1.indicator"])


def test_saving_without_a_change_leaves_a_status_as_it_is():
    practice = edit(make_record(), start="2019")
    assert status(practice, "es")[0] == TranslationStatus.MISSING


@pytest.mark.engines
@pytest.mark.usefixtures("catalogue")
def test_no_record_of_the_first_edition_is_outdated_or_changed_by_a_save_without_a_change():
    for practice in Practice.objects.published():
        before = practice_content.read_content(practice)
        translations.update_statuses(practice, before, today=DAY)
        assert practice_content.read_content(practice) == before
        assert practice.outdated_texts == {}


# Every path of the desk


def posted(client, practice, **values):
    address = reverse("admin:catalogue_practice_change", args=[practice.pk])
    with unrendered():
        form = form_data(client.get(address))
    answer = client.post(address, {**form, **values})
    assert answer.status_code == 302, answer.context["errors"]


def test_the_form_marks_the_others_outdated_unless_small_correction_is_ticked(client, secretariat):
    client.force_login(secretariat)
    practice = translated()
    posted(client, practice, title_es="Ventanila única", small_correction="on")
    assert status(practice)[0] == TranslationStatus.HUMAN
    posted(client, practice, title_es="Ventanilla para todas")
    assert status(practice)[0] == TranslationStatus.OUTDATED
    posted(client, practice, title_en="Desk for all")
    assert status(practice) == (TranslationStatus.CATALOGUE, None, [])


@pytest.mark.engines
def test_an_approved_revision_brings_its_status_to_readers(client, secretariat):
    practice = translated(state=State.PUBLISHED)
    copy = edit(workflow.revise(practice, by=secretariat), title_es="Ventanilla única")
    revisions.store_version(copy, by=secretariat)
    assert status(practice)[0] == TranslationStatus.HUMAN
    workflow.move(copy, TransitionKind.SUBMIT, by=secretariat)
    workflow.move(copy, TransitionKind.PUBLISH, by=secretariat)
    assert status(practice) == (TranslationStatus.OUTDATED, DAY, ["title"])
    assert "outdated since" in client.get(f"/en/practices/{practice.slug}/").content.decode()


@pytest.mark.engines
def test_a_restored_version_has_the_status_it_had(secretariat):
    practice = translated()
    first = revisions.store_version(practice, by=secretariat)
    edit(practice, title_es="Ventanilla única")
    workflow.restore(practice, first, by=secretariat)
    assert status(practice) == (TranslationStatus.HUMAN, None, [])


def test_readers_are_told_since_when_a_translation_is_outdated():
    practice = edit(translated(), title_es="Ventanilla única")
    with override("en"):
        assert "outdated since 4 May 2026" in practice.text_status_in_words("en")
        assert practice.text_status_in_words("es") == "original"
