"""Versions of a practice, and the revision in which a published one is changed while it stays public.

Why a revision is a second row and not a document: docs/adr/0008-a-revision-is-a-row.md.
"""

from django.db import transaction
from django.db.models import Max

from catalogue.choices import State
from catalogue.editorial.workflow import practice_content
from catalogue.models import Practice, RecordVersion
from catalogue.models.editorial import REVISION_PREFIX


def store_version(practice, *, by=None, reason=""):
    """Store what a practice or its revision now says as a version of the practice, unless its last one is equal.

    Return the newest version. Call it inside the transaction of the change.
    """
    record = practice.record
    Practice.objects.select_for_update().get(pk=record.pk)  # two writers get two numbers
    last = record.versions.filter(of_revision=practice.is_revision).first()
    content = practice_content.read_content(practice)
    if last and last.content == content:
        return last
    number = (record.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    return RecordVersion.objects.create(
        practice=record, number=number, content=content, of_revision=practice.is_revision, made_by=by, reason=reason
    )


def mark_published(practice, *, by, at):
    """Record a practice, as it is stored, as its next published version."""
    version = store_version(practice, by=by)
    if not version.public_number:  # published again without a change it has the same number
        version.public_number, version.published_at = practice.version + 1, at
        version.save()
    practice.version, practice.published_at = version.public_number, at
    Practice.objects.filter(pk=practice.pk).update(version=practice.version, published_at=at)


def store_first_version(practice):
    """Record a practice that was loaded as published as its version 1."""
    if practice.state == State.PUBLISHED and not practice.versions.exclude(public_number=None).exists():
        mark_published(practice, by=None, at=practice.published_at or practice.updated)


@transaction.atomic
def open_working_copy(practice, *, by):
    """Return the new revision of a published practice: a row of its own with the same content, in draft."""
    store_first_version(practice)
    copy = Practice(
        code=f"{REVISION_PREFIX}{practice.code}",
        slug=f"revision-{practice.code.lower()}",
        revision_of=practice,
        state=State.DRAFT,
        created_by=by,
    )
    practice_content.write_content(copy, practice_content.read_content(practice))
    return copy


@transaction.atomic
def apply_working_copy(copy, *, by, at):
    """Give the practice what its revision says, as its next published version, and delete the revision."""
    practice = Practice.objects.select_for_update().get(pk=copy.revision_of_id)
    store_first_version(practice)
    practice_content.write_content(practice, practice_content.read_content(copy))
    copy.delete()
    mark_published(practice, by=by, at=at)
    return practice


def published_versions(practice):
    """Return the versions of a practice that were public, the newest first."""
    return practice.versions.exclude(public_number=None).order_by("-public_number")


def newest_number(practice):
    """Return the number of the newest version of a practice, or of its revision, 0 when there is none."""
    versions = practice.record.versions.filter(of_revision=practice.is_revision)
    return versions.aggregate(last=Max("number"))["last"] or 0
