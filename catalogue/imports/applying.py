"""Writes what an import planned, all of it or nothing, and undoes it.

A new practice becomes a draft; what changes a published one becomes its revision; what changes one that is being
written is written there. State, code, owner and dates of a file are never obeyed.
"""

from itertools import chain, islice

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue.choices import AuditEvent, Outcome, Stage, State
from catalogue.editorial.privacy import audit_log
from catalogue.editorial.translation import status
from catalogue.editorial.workflow import practice_content, revisions, workflow
from catalogue.editorial.workflow.roles import Action, may
from catalogue.errors import Refused
from catalogue.imports import drafts, organisations
from catalogue.imports.planning import fingerprint
from catalogue.imports.revising import Change, revise
from catalogue.models import ImportedPractice, ImportRun, Practice
from catalogue.models.derived import deferred
from catalogue.models.sequence import CodeSequence

AT_ONCE = 100  # practices fetched at a time
NAMED = 5  # practices that a refusal names


def apply(run, report=lambda done, total: None):
    """Carry out a checked import in one transaction. Raises ``Refused`` when anything has changed since."""
    with transaction.atomic(), deferred():
        run = ImportRun.objects.defer("content").get(pk=run.pk)  # not locked: its progress is reported meanwhile
        _require_role(run.by)
        if run.wrong or run.applied_at:
            raise Refused(_("This import cannot be carried out."))
        organisations.create_offered(run)
        reason = _("Import of %(file)s (no. %(number)d).") % {"file": run.file_name[:200], "number": run.pk}
        rows, done = run.practices.to_write(), 0
        for written in chain(_drafts(rows, run, reason), _changes(rows, run, reason)):
            done += written
            report(done, run.new + run.changed)
        rows.update(packed=None)
        run.stage, run.applied_at, run.refusal = Stage.APPLIED, timezone.now(), ""
        run.save(update_fields=["stage", "applied_at", "refusal", "organisations"])
        audit_log.record(AuditEvent.IMPORT, run.by, f"import {run.pk} sha256={run.sha256[:12]}")


def _require_role(user):
    if user is None or not may(user, Action.IMPORT):
        raise Refused(_("Your role does not allow this step."))


def _drafts(rows, run, reason):
    """Write the new practices, some at a time; yield how many."""
    if not run.new:
        return
    codes = iter(CodeSequence.next_codes(timezone.now().year, Practice.objects.last_number, run.new))
    waiting = rows.with_outcome(Outcome.NEW).iterator(chunk_size=AT_ONCE)
    while some := list(islice(waiting, AT_ONCE)):
        contents = [row.content for row in some]
        made = drafts.create(contents, list(islice(codes, len(some))), by=run.by, reason=reason)
        for row, practice in zip(some, made, strict=True):
            row.practice = row.target = practice
            row.version = 1
        ImportedPractice.objects.bulk_update(some, ["practice", "target", "version"])
        yield len(some)


def _changes(rows, run, reason):
    """Write the changed practices, some at a time, and note the versions before and after; yield how many."""
    waiting = rows.with_outcome(Outcome.CHANGED).iterator(chunk_size=AT_ONCE)
    while some := list(islice(waiting, AT_ONCE)):
        stored = _as_compared(some)
        public = [row for row in some if stored[row.practice_id][0].state == State.PUBLISHED]
        changes = [Change(*stored[row.practice_id], row.content) for row in public]
        made = revise(changes, by=run.by, reason=reason)
        for row, (copy, before, after) in zip(public, made, strict=True):
            row.target, row.before, row.version = copy, before, after
        for row in some:
            if row not in public:
                _edit(row, stored[row.practice_id][0], by=run.by, reason=reason)
        ImportedPractice.objects.bulk_update(some, ["target", "version", "before"])
        yield len(some)


def _as_compared(rows):
    """Return ``{key: (practice, its content)}``. Raises ``Refused`` when one is no longer what was compared."""
    keys = [row.practice_id for row in rows]
    locked = set(Practice.objects.select_for_update().filter(pk__in=keys).values_list("pk", flat=True))
    revised = set(Practice.objects.filter(revision_of__in=keys).values_list("revision_of", flat=True))
    found = {
        practice.pk: (practice, practice_content.content_of(practice))
        for practice in Practice.objects.filter(pk__in=locked - revised).with_content()
    }
    for row in rows:
        if row.practice_id not in found or fingerprint(found[row.practice_id][1]) != row.base:
            raise Refused(
                _("%(code)s has been changed since the file was checked: check the file again.") % {"code": row.key}
            )
    return found


def _edit(row, practice, *, by, reason):
    """Write a change into a practice that is not public. Raises ``Refused`` when ``by`` may not edit it."""
    if not may(by, Action.EDIT, practice):
        raise Refused(_("Your role does not allow this step."))
    before = revisions.store_version(practice, by=by)
    practice_content.write_content(practice, row.content)
    status.update_statuses(practice, before.content)
    row.target, row.before = practice, before.number
    row.version = revisions.store_version(practice, by=by, reason=reason).number


def undo(run, by, report=lambda done, total: None):
    """Undo what an import wrote, in one transaction. Raises ``Refused`` when any of it was worked on since."""
    with transaction.atomic(), deferred():
        run = ImportRun.objects.defer("content").get(pk=run.pk)  # not locked: its progress is reported meanwhile
        _require_role(by)
        if not run.applied_at or run.undone_at:
            raise Refused(_("This import cannot be undone."))
        rows = run.practices.to_write().select_related("target", "practice")
        touched = [row.practice.code if row.practice else row.key for row in rows if _was_worked_on(row)]
        if touched:
            raise Refused(
                _("The import was not undone, because these practices have been changed since: %(codes)s.")
                % {"codes": ", ".join(touched[:NAMED]) + (" …" if len(touched) > NAMED else "")}
            )
        for done, row in enumerate(rows, start=1):
            _revert(row, by, run)
            report(done, run.new + run.changed)
        organisations.delete_created(run)
        run.stage, run.undone_at, run.undone_by, run.refusal = Stage.UNDONE, timezone.now(), by, ""
        run.save(update_fields=["stage", "undone_at", "undone_by", "refusal", "organisations"])
        audit_log.record(AuditEvent.IMPORT, by, f"import {run.pk} undone")


def _was_worked_on(row):
    """Whether what an import wrote to is gone, has moved on, or says something else now."""
    target = row.target
    if target is None:
        return True
    newest = revisions.newest_number(target)
    moved = row.outcome == Outcome.NEW and (target.state != State.DRAFT or target.version)
    return bool(moved or newest != row.version)


def _revert(row, by, run):
    """Delete the draft or the revision that the import created; of a changed record restore the former content."""
    target, note = row.target, _("Import of %(file)s (no. %(number)d) undone.")
    note %= {"file": run.file_name[:200], "number": run.pk}
    if row.outcome == Outcome.NEW:
        target.delete()
    elif target.is_revision:
        workflow.discard(target, by=by, note=note)
    else:
        before = target.versions.get(number=row.before)
        practice_content.write_content(target, before.content)
        revisions.store_version(target, by=by, reason=note)
