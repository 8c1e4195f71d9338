"""The workflow of a practice: draft → in review → (changes requested ↔ in review) → published → archived.

A revision of a published practice has the same workflow; publishing it gives its content to the practice. Form, list,
import and command all call this module. Nothing else changes a state.
"""

from datetime import datetime
from typing import NamedTuple

from django.contrib.auth.models import AbstractBaseUser as Account
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from catalogue.choices import WORK_STATES, AuditEvent, State, TransitionKind
from catalogue.editorial.mail import workflow_mail
from catalogue.editorial.privacy import audit_log
from catalogue.editorial.workflow import completeness, practice_content, previews, revisions
from catalogue.editorial.workflow.roles import Action, may, refuse_unless
from catalogue.errors import Refused
from catalogue.models import Adaptation, Practice, RecordVersion, Transition


class TransitionRule(NamedTuple):
    """From which states a transition leads where, and what it requires; who may make it says ``roles.MATRIX``."""

    sources: tuple[str, ...]
    target: str
    asks_for: str | Promise = ""  # what the note must say; without it a note is optional
    complete: bool = False  # whether no required data may be missing


TRANSITION_RULES: dict[TransitionKind, TransitionRule] = {
    TransitionKind.SUBMIT: TransitionRule((State.DRAFT, State.CHANGES_REQUESTED), State.IN_REVIEW),
    TransitionKind.REQUEST_CHANGES: TransitionRule(
        (State.IN_REVIEW,), State.CHANGES_REQUESTED, asks_for=gettext_lazy("State what should be changed.")
    ),
    TransitionKind.PUBLISH: TransitionRule((State.IN_REVIEW,), State.PUBLISHED, complete=True),
    TransitionKind.ARCHIVE: TransitionRule(
        (State.PUBLISHED,), State.ARCHIVED, asks_for=gettext_lazy("State why the practice is being archived.")
    ),
    TransitionKind.REOPEN: TransitionRule(
        (State.ARCHIVED,), State.DRAFT, asks_for=gettext_lazy("State why the practice is being reopened.")
    ),
}


def transitions_for(user: Account, practice: Practice | Adaptation) -> list[TransitionKind]:
    """Return the transitions an account may make with a practice or an adaptation now, in the order of the workflow."""
    return [
        move
        for move, rule in TRANSITION_RULES.items()
        if practice.state in rule.sources and may(user, Action(move), practice)
    ]


def move(practice: Practice, move: str, *, by: Account, note: str = "") -> Transition:
    """Make a transition of a practice or its revision, in one database transaction, and return its row.

    Raises ``Refused`` when it does not lead on from the stored state, when ``by`` may not make it, when its note is
    missing or when the record lacks what publishing requires. E-mails go out after the commit.
    """
    if move not in TRANSITION_RULES:
        raise Refused(_("This is not a step of the workflow."))
    return _make_transition(practice, TransitionKind(move), by=by, note=note.strip())


def move_as_scheduled(practice: Practice, move: TransitionKind, *, note: str) -> Transition:
    """Make a transition that ``scheduled_by`` was allowed when it was scheduled. Raises ``Refused`` like ``move``."""
    return _make_transition(practice, move, by=practice.scheduled_by, note=note, scheduled=True)


@transaction.atomic
def _make_transition(
    practice: Practice, move: TransitionKind, *, by: Account | None, note: str, scheduled: bool = False
) -> Transition:
    rule = TRANSITION_RULES[move]
    stored = _locked(practice)
    refuse_other_state(stored, rule, _("This step is not possible: the status of the practice is now “%(state)s”."))
    refuse_unless(scheduled or may(by, Action(move), stored))
    if rule.asks_for and not note:
        raise Refused(rule.asks_for)
    if rule.complete and (missing := completeness.missing(stored)):
        raise Refused(_("It cannot be published yet: required data are missing."), missing=missing)
    source, of_revision = stored.state, stored.is_revision
    record = _change_state(stored, move, by=by)
    if rule.target not in WORK_STATES:
        previews.end(record)
    made = _record_transition(record, move, source, rule.target, of_revision=of_revision, note=note, by=by)
    audit_log.record(AuditEvent.TRANSITION, by, f"{record.code} {move} {source} → {rule.target}")
    workflow_mail.send_after_commit(made)
    practice.state = rule.target
    return made


def lock(record: Model, gone: str) -> Model:
    """Return the stored row of a record, locked until the database transaction ends.

    What it is now decides, not what the caller read a while ago. Raises ``Refused`` with ``gone`` when it was deleted.
    """
    stored = type(record).objects.select_for_update().filter(pk=record.pk).first()
    if stored is None:
        raise Refused(gone)
    return stored


def _locked(practice: Practice) -> Practice:
    return lock(practice, _("Another user has already published or discarded this proposed change."))


def refuse_other_state(record: Model, rule: TransitionRule, sentence: str) -> None:
    """Raise ``Refused`` with ``sentence``, which names the ``state``, when a transition does not lead on from it."""
    if record.state not in rule.sources:
        raise Refused(sentence % {"state": record.get_state_display()})


def _change_state(practice: Practice, move: TransitionKind, *, by: Account | None) -> Practice:
    """Do what a transition means, and return the record it concerns."""
    now = timezone.now()
    if move == TransitionKind.PUBLISH and practice.is_revision:
        return _publish_revision(practice, by=by, at=now)
    if move == TransitionKind.REOPEN and practice.open_revision:
        raise Refused(_("The practice has an open proposed change: discard it first."))
    submitted_by = by if move == TransitionKind.SUBMIT else practice.submitted_by
    changed = Practice.objects.filter(pk=practice.pk, state=practice.state).set_state(
        TRANSITION_RULES[move].target, state_since=now, submitted_by=submitted_by, publish_at=None, updated=now
    )
    if not changed:  # impossible on a database that locks rows; this holds on any
        raise Refused(_("Another user has changed the status of this practice in the meantime."))
    practice.refresh_from_db()
    if move == TransitionKind.PUBLISH:
        revisions.mark_published(practice, by=by, at=now)
    return practice.record


def _publish_revision(revision: Practice, *, by: Account | None, at: datetime) -> Practice:
    if Practice.objects.state_of(revision.revision_of_id) != State.PUBLISHED:
        raise Refused(_("The practice is no longer published: reopen it before its proposed change is published."))
    return revisions.apply_working_copy(revision, by=by, at=at)


@transaction.atomic
def revise(practice: Practice, *, by: Account) -> Practice:
    """Return the open revision of a published practice; open one when there is none.

    Raises ``Refused`` when the practice is not published or ``by`` may not propose changes.
    """
    record = _locked(practice)
    if not may(by, Action.REVISE, record):
        raise Refused(_("Changes can be proposed to published practices only, by users who can edit them."))
    if copy := record.open_revision:
        return copy
    copy = revisions.open_working_copy(record, by=by)
    revisions.store_version(copy, by=by)
    record_revisions([record], by=by)
    return copy


@transaction.atomic
def restore(practice: Practice, version: RecordVersion, *, by: Account) -> Practice:
    """Give a practice what an earlier version says, a published one as its revision; return what was written to.

    Nothing is lost: what stood there before is a version too. Raises ``Refused`` when ``by`` may not edit it.
    """
    target = revise(practice, by=by) if practice.state == State.PUBLISHED else practice
    refuse_unless(may(by, Action.EDIT, _locked(target)))
    revisions.store_version(target, by=by)
    practice_content.write_content(target, version.content)
    revisions.store_version(target, by=by, reason=_("Restored from version %d.") % version.number)
    return target


@transaction.atomic
def discard(revision: Practice, *, by: Account, note: str = "") -> None:
    """Delete an open revision; what it said stays in the history. Raises ``Refused`` when ``by`` may not."""
    stored = _locked(revision)
    refuse_unless(may(by, Action.DISCARD, stored))
    revisions.store_version(stored, by=by, reason=note)
    record = stored.revision_of
    _record_transition(record, TransitionKind.DISCARD, stored.state, "", of_revision=True, note=note, by=by)
    audit_log.record(AuditEvent.TRANSITION, by, f"{record.code} {TransitionKind.DISCARD}")
    stored.delete()


def record_revisions(records: list[Practice], *, by: Account) -> None:
    """Write down that revisions of published practices were opened."""
    states = {"from_state": State.PUBLISHED, "to_state": State.DRAFT}
    Transition.objects.bulk_create(
        Transition(practice=record, move=TransitionKind.REVISE, of_revision=True, by=by, **states) for record in records
    )
    for record in records:
        audit_log.record(AuditEvent.TRANSITION, by, f"{record.code} {TransitionKind.REVISE}")


def _record_transition(
    record: Practice, move: TransitionKind, source: str, target: str, **details: object
) -> Transition:
    return Transition.objects.create(practice=record, move=move, from_state=source, to_state=target, **details)
