"""The way of a record: draft → in review → (changes requested ↔ in review) → published → archived.

A revision of a published practice goes the same way; publishing it gives its content to the practice. Every step is
taken here, whoever asks for it: form, list, import or command. Nothing else changes a state.
"""

from typing import NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy

from catalogue.choices import WORK_STATES, AuditEvent, Move, State
from catalogue.editorial.mail import workflow_mail
from catalogue.editorial.privacy import audit_log
from catalogue.editorial.workflow import completeness, previews, revisions
from catalogue.editorial.workflow.roles import Action, may
from catalogue.errors import Refused
from catalogue.models import Practice, Transition


class Step(NamedTuple):
    """From which states a move leads where, and what it asks for; who may do it says ``roles.MATRIX``."""

    sources: tuple
    target: str
    asks_for: str = ""  # the question to which the note is the answer; without one a note is welcome
    complete: bool = False


STEPS = {
    Move.SUBMIT: Step((State.DRAFT, State.CHANGES_REQUESTED), State.IN_REVIEW),
    Move.REQUEST_CHANGES: Step(
        (State.IN_REVIEW,), State.CHANGES_REQUESTED, asks_for=gettext_lazy("State what should be changed.")
    ),
    Move.PUBLISH: Step((State.IN_REVIEW,), State.PUBLISHED, complete=True),
    Move.ARCHIVE: Step(
        (State.PUBLISHED,), State.ARCHIVED, asks_for=gettext_lazy("State why the practice is being archived.")
    ),
    Move.REOPEN: Step(
        (State.ARCHIVED,), State.DRAFT, asks_for=gettext_lazy("State why the practice is being reopened.")
    ),
}


def moves_for(user, practice):
    """Return the moves an account may make with a practice now, in the order of the way."""
    return [
        move for move, step in STEPS.items() if practice.state in step.sources and may(user, Action(move), practice)
    ]


def move(practice, move, *, by, note=""):
    """Move a practice or its revision one step on, in one transaction, and return the ``Transition``.

    Raises ``Refused`` when the step does not lead on from the stored state, when ``by`` may not take it, when its note
    is missing or when the record lacks what publishing requires. Letters go out after the transaction.
    """
    move = Move(move)
    if move not in STEPS:
        raise Refused(_("This is not a step of the workflow."))
    return _take(practice, move, by=by, note=note)


def take_as_decided(practice, move, *, note):
    """Take a step that ``scheduled_by`` decided when it was scheduled. Raises ``Refused`` like ``move``."""
    return _take(practice, move, by=practice.scheduled_by, note=note, decided=True)


def _take(practice, move, *, by, note, decided=False):
    step, note = STEPS[move], note.strip()
    with transaction.atomic():
        locked = _locked(practice)
        _refuse_impossible(locked, step)
        if not decided:
            _refuse_unless(may(by, Action(move), locked))
        if step.asks_for and not note:
            raise Refused(step.asks_for)
        if step.complete and (lacks := completeness.missing(locked)):
            raise Refused(_("It cannot be published yet: required data are missing."), missing=lacks)
        source, was_revision = locked.state, locked.is_revision
        record = _arrive(locked, move, by=by)
        if step.target not in WORK_STATES:
            previews.end(record)
        taken = Transition.objects.create(
            practice=record,
            move=move,
            from_state=source,
            to_state=step.target,
            of_revision=was_revision,
            note=note,
            by=by,
        )
        audit_log.record(AuditEvent.TRANSITION, by, f"{record.code} {move} {source} → {step.target}")
        workflow_mail.send_after_commit(taken)
    practice.state = step.target
    return taken


def _locked(practice):
    """Return the stored practice, kept from all others until the transaction ends; only one of many gets it.

    What it is now decides, not what the caller read a while ago.
    """
    stored = Practice.objects.select_for_update().filter(pk=practice.pk).first()
    if stored is None:
        raise Refused(_("Another user has already published or discarded this proposed change."))
    return stored


def _refuse_impossible(practice, step):
    if practice.state not in step.sources:
        raise Refused(
            _("This step is not possible: the status of the practice is now “%(state)s”.")
            % {"state": practice.get_state_display()}
        )


def _refuse_unless(allowed):
    if not allowed:
        raise Refused(_("Your role does not allow this step."))


def _arrive(practice, move, *, by):
    """Do what a step means, and return the record it concerns."""
    now = timezone.now()
    if move == Move.PUBLISH and practice.is_revision:
        if Practice.objects.state_of(practice.revision_of_id) != State.PUBLISHED:
            raise Refused(_("The practice is no longer published: reopen it before its proposed change is published."))
        return revisions.apply_working_copy(practice, by=by, at=now)
    if move == Move.REOPEN and practice.open_revision:
        raise Refused(_("The practice has an open proposed change: discard it first."))
    submitted_by = by if move == Move.SUBMIT else practice.submitted_by
    passed = Practice.objects.filter(pk=practice.pk, state=practice.state).pass_on(
        STEPS[move].target, state_since=now, submitted_by=submitted_by, publish_at=None, updated=now
    )
    if not passed:  # nobody can come between on a database that locks rows; this holds on any
        raise Refused(_("Another user has changed the status of this practice in the meantime."))
    practice.refresh_from_db()
    if move == Move.PUBLISH:
        revisions.mark_published(practice, by=by, at=now)
    return practice.record


def may_revise(user, practice):
    """Whether an account may propose a change of a published practice."""
    return may(user, Action.REVISE, practice)


def revise(practice, *, by):
    """Return the open revision of a published practice; open one when there is none.

    Raises ``Refused`` when the practice is not published or ``by`` may not propose changes.
    """
    with transaction.atomic():
        record = _locked(practice)
        if not may(by, Action.REVISE, record):
            raise Refused(_("Changes can be proposed to published practices only, by users who can edit them."))
        if copy := record.open_revision:
            return copy
        copy = revisions.open_working_copy(record, by=by)
        revisions.keep_version(copy, by=by)
        _note_beside_the_way(record, Move.REVISE, (State.PUBLISHED, State.DRAFT), by=by)
    return copy


def restore(practice, version, *, by):
    """Give a practice what an earlier version says, a published one as its revision; return what was written to.

    Nothing is lost: what stood there before is a version too. Raises ``Refused`` when ``by`` may not edit it.
    """
    with transaction.atomic():
        target = revise(practice, by=by) if practice.state == State.PUBLISHED else practice
        _refuse_unless(may(by, Action.EDIT, _locked(target)))
        revisions.keep_version(target, by=by)
        revisions.snapshots.write(target, version.content)
        revisions.keep_version(target, by=by, reason=_("Restored from version %d.") % version.number)
    return target


def discard(copy, *, by, note=""):
    """Let an open revision go; what it said stays in the history. Raises ``Refused`` when ``by`` may not."""
    with transaction.atomic():
        stored = _locked(copy)
        _refuse_unless(may(by, Action.DISCARD, stored))
        revisions.keep_version(stored, by=by, reason=note)
        _note_beside_the_way(stored.revision_of, Move.DISCARD, (stored.state, ""), by=by, note=note)
        stored.delete()


def note_revisions(records, *, by):
    """Note that revisions of published practices were opened, as ``revise`` does for one."""
    Transition.objects.bulk_create(
        Transition(
            practice=record,
            move=Move.REVISE,
            from_state=State.PUBLISHED,
            to_state=State.DRAFT,
            of_revision=True,
            by=by,
        )
        for record in records
    )
    for record in records:
        audit_log.record(AuditEvent.TRANSITION, by, f"{record.code} {Move.REVISE}")


def _note_beside_the_way(record, move, states, *, by, note=""):
    source, target = states
    Transition.objects.create(
        practice=record, move=move, from_state=source, to_state=target, of_revision=True, note=note, by=by
    )
    audit_log.record(AuditEvent.TRANSITION, by, f"{record.code} {move}")
