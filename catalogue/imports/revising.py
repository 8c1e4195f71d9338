"""Opens the revisions of many published practices at once: one by one, a thousand would take minutes.

What ``workflow.revise`` does for one stands here for some: the version that readers see, the revision as a row of its
own, its versions before and after the change, the step, the index.
"""

from typing import NamedTuple

from django.db.models import Max
from django.utils.translation import gettext as _

from catalogue.editorial.translation import status
from catalogue.editorial.workflow import practice_content, revisions, workflow
from catalogue.editorial.workflow.roles import Action, may
from catalogue.errors import Refused
from catalogue.imports import drafts
from catalogue.models import Practice, RecordVersion
from catalogue.models.editorial import REVISION_PREFIX


class Change(NamedTuple):
    """A published practice, what it says and what its revision is to say."""

    practice: Practice
    base: dict
    content: dict


def revise(changes, *, by, reason):
    """Open the revision of each ``Change``; return ``[(revision, version before, version after)]`` in their order.

    Call it inside the transaction of the import, with the practices locked and none of them being revised.
    Raises ``Refused`` when ``by`` may not change one of them.
    """
    practices = [change.practice for change in changes]
    if not all(may(by, Action.REVISE, practice) for practice in practices):
        raise Refused(_("Your role does not allow this step."))
    _keep_first_editions(changes)
    before = [practice_content.with_reasons(change.base) for change in changes]
    after = [status.with_updated_statuses(was, change.content) for was, change in zip(before, changes, strict=True)]
    copies = drafts.store(
        [
            (content, {"code": f"{REVISION_PREFIX}{it.code}", "slug": f"revision-{it.code.lower()}", "revision_of": it})
            for it, content in zip(practices, after, strict=True)
        ],
        by=by,
    )
    workflow.record_revisions(practices, by=by)
    return list(zip(copies, *_keep_versions(practices, before, after, by=by, reason=reason), strict=True))


def _keep_first_editions(changes):
    """Note the practices that came to the catalogue already published as their version 1."""
    keys = [change.practice.pk for change in changes]
    known = RecordVersion.objects.filter(practice__in=keys)
    public = set(known.exclude(public_number=None).values_list("practice_id", flat=True))
    versioned = set(known.values_list("practice_id", flat=True))
    first = [change for change in changes if change.practice.pk not in versioned]
    for change in changes:
        if change.practice.pk in versioned - public:  # one of its versions may say what is public
            revisions.store_first_version(change.practice)
    versions = []
    for practice, base, _content in first:
        at = practice.published_at or practice.updated
        practice.version, practice.published_at = practice.version + 1, at
        versions.append(
            RecordVersion(practice=practice, number=1, content=base, public_number=practice.version, published_at=at)
        )
    RecordVersion.objects.bulk_create(versions)
    Practice.objects.bulk_update([change.practice for change in first], ["version", "published_at"])


def _keep_versions(practices, before, after, *, by, reason):
    """Keep what the revisions said at first, unless their last version says it already, and say now; return the numbers
    of both.
    """
    keys = [practice.pk for practice in practices]
    known = RecordVersion.objects.filter(practice__in=keys).order_by("number")
    newest = dict(known.order_by().values_list("practice_id").annotate(newest=Max("number")))
    last = {version.practice_id: version for version in known.filter(of_revision=True)}
    versions, numbers = [], ([], [])
    for practice, *contents in zip(practices, before, after, strict=True):
        for place, (content, why) in enumerate(zip(contents, ("", reason), strict=True)):
            version = last.get(practice.pk)
            if not (version and version.content == content):
                number = newest[practice.pk] = newest.get(practice.pk, 0) + 1
                version = RecordVersion(
                    practice=practice, number=number, content=content, of_revision=True, made_by=by, reason=why
                )
                versions.append(version)
                last[practice.pk] = version
            numbers[place].append(version.number)
    RecordVersion.objects.bulk_create(versions)
    return numbers
