"""Many changed practices at once: each revision is what one that is opened by hand would be."""

import pytest

from catalogue.choices import Stage, TransitionKind, TranslationStatus
from catalogue.editorial.translation import status
from catalogue.editorial.workflow import practice_content, revisions, workflow
from catalogue.models import AuditEntry, Practice, RecordVersion, SearchDocument
from tests.spreadsheets import Book, exported, imported, undone, whole

pytestmark = [pytest.mark.django_db, pytest.mark.engines, pytest.mark.usefixtures("catalogue", "in_english")]


@pytest.fixture
def content(db):
    """The export with another summary, another acronym and one more organisation in every practice."""
    book = Book(whole())
    for practice in Practice.objects.published():
        book.put("Practices", practice.code, summary_es=f"Resumen nuevo de {practice.code}", acronym="XYLO")
        for row in list(practice.practice_organisations.all())[:1]:
            book.add("Organisations", code=practice.code, organisation=row.organisation.slug, role="funder")
    return book.content()


def test_every_revision_says_what_its_newest_version_says_and_is_found(content, secretariat):
    run = imported(content, secretariat)
    assert (run.stage, run.changed) == (Stage.APPLIED, 19), run.refusal
    for practice in Practice.objects.published():
        copy = practice.open_revision
        assert copy.summary_es == f"Resumen nuevo de {practice.code}"
        assert copy.created_by == secretariat
        before, after = reversed(practice.versions.filter(of_revision=True))
        assert before.content == practice_content.read_content(practice)
        assert after.content == practice_content.read_content(copy)
        assert (before.reason, after.reason) == ("", f"Import of practices.xlsx (no. {run.pk}).")
        assert "xylo" in SearchDocument.objects.get(practice=copy).title
        assert practice.transitions.filter(move=TransitionKind.REVISE, by=secretariat, of_revision=True).count() == 1
        assert AuditEntry.objects.filter(subject=f"{practice.code} {TransitionKind.REVISE}").count() == 1


def test_a_revision_by_import_is_one_by_hand(client, secretariat):
    """The same change, taken both ways, makes the same content, versions and statuses."""
    practice = Practice.objects.get(code="CSM-2023-001")
    copy = workflow.revise(practice, by=secretariat)
    before = revisions.store_version(copy, by=secretariat)
    copy.summary_en = "Another summary"
    copy.save()
    status.update_statuses(copy, before.content)
    revisions.store_version(copy, by=secretariat)
    by_hand = [version.content for version in practice.versions.filter(of_revision=True)]
    statuses = copy.translation_status_es, copy.outdated_since_es
    workflow.discard(copy, by=secretariat)
    RecordVersion.objects.filter(practice=practice, of_revision=True).delete()
    book = Book(exported(client))
    book.put("Practices", practice.code, summary_en="Another summary")
    imported(book.content(), secretariat)
    assert [version.content for version in practice.versions.filter(of_revision=True)] == by_hand
    revision = practice.open_revision
    assert (revision.translation_status_es, revision.outdated_since_es) == statuses
    assert revision.translation_status_es == TranslationStatus.OUTDATED


def test_readers_see_nothing_of_it_until_it_is_approved(content, client, secretariat):
    imported(content, secretariat)
    practice = Practice.objects.get(code="CSM-2023-001")
    assert "Resumen nuevo" not in client.get(f"/es/practicas/{practice.slug}/").content.decode()
    assert practice.version == 1
    revisions.apply_working_copy(practice.open_revision, by=secretariat, at=practice.updated)
    assert "Resumen nuevo de CSM-2023-001" in client.get(f"/es/practicas/{practice.slug}/").content.decode()
    practice.refresh_from_db()
    assert practice.version == 2


def test_all_of_it_is_undone(content, secretariat):
    states = {practice.code: practice_content.read_content(practice) for practice in Practice.objects.published()}
    run = undone(imported(content, secretariat), secretariat)
    assert run.stage == Stage.UNDONE, run.refusal
    assert not Practice.objects.exclude(revision_of=None).exists()
    assert {
        practice.code: practice_content.read_content(practice) for practice in Practice.objects.published()
    } == states


def test_a_hundred_more_ask_little_more_of_the_database(secretariat, django_assert_max_num_queries):
    imports = []
    for codes in (["CSM-2023-001"], [f"CSM-2023-{number:03d}" for number in range(2, 20)]):
        book = Book(whole())
        for code in codes:
            book.put("Practices", code, acronym="XYLO")
        imports.append(book.content())
    with django_assert_max_num_queries(400) as one:
        imported(imports[0], secretariat)
    with django_assert_max_num_queries(len(one) + 18 * 3):
        run = imported(imports[1], secretariat)
    assert run.changed == 18
