"""One action on many practices: which it will change, why not the others, and doing it.

Each practice is treated as it would be alone: the same transitions, permissions and history.
"""

from collections.abc import Callable
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _, gettext_lazy

from catalogue.choices import WORK_STATES, State, TransitionKind
from catalogue.editorial.workflow import completeness, framework_suggestions, review_requests, revisions, workflow
from catalogue.editorial.workflow.roles import Action, may
from catalogue.errors import Refused
from catalogue.models import Practice
from catalogue.models.derived import deferred

MOST = 200  # practices at once: all of them are listed before anything is done


class Given(NamedTuple):
    """What the editor added: a note or reason, who reviews, which keyword, which of the proposed classifications."""

    note: str = ""
    reviewer: object = None
    keyword: object = None
    classifications: tuple = ()


class BulkAction(NamedTuple):
    """An action on many practices.

    ``obstacle(user, practice)`` returns the sentence that says why it cannot be done, or nothing; ``act(practice, by,
    given)`` does it and may raise ``Refused``; ``finish(practices, by, given)`` ends the same transaction.
    """

    label: str
    permission: Callable
    obstacle: Callable
    act: Callable
    asks_for: tuple = ()
    finish: Callable = lambda practices, by, given: None


class Line(NamedTuple):
    """A practice that was chosen, why it cannot be changed, and the mark of what it is now."""

    practice: Practice
    obstacle: str
    mark: str


class Result(NamedTuple):
    """Which practices were done, which have changed since they were shown, and ``(practice, why not)``."""

    done: list
    changed: list
    refused: list


def mark_of(practice):
    """Return what tells this practice from the same practice after somebody else has worked on it."""
    return f"{practice.state}-{revisions.newest_number(practice)}-{practice.reviewer_id or 0}"


def plan(action, practices, *, user):
    """Return a ``Line`` for each practice; nothing is changed."""
    return [Line(practice, action.obstacle(user, practice), mark_of(practice)) for practice in practices]


@transaction.atomic
def carry_out(action, marks, *, by, given):
    """Do an action for the practices of ``marks``, ``{primary key: mark}``, in one transaction; return the ``Result``.

    A practice that no longer has its mark is left alone, and so is one that is refused.
    """
    result = Result([], [], [])
    with deferred():
        for key in sorted(marks):
            practice = Practice.objects.select_for_update().filter(pk=key).first()
            if practice is None or mark_of(practice) != marks[key]:
                result.changed.append(practice)
            elif sentence := action.obstacle(by, practice) or _refusal(action, practice, by, given):
                result.refused.append((practice, sentence))
            else:
                result.done.append(practice)
    action.finish(result.done, by, given)
    return result


def _refusal(action, practice, by, given):
    """Do it; return the sentence of a refusal, of which nothing remains."""
    try:
        with transaction.atomic():
            action.act(practice, by, given)
    except Refused as refusal:
        return refusal.sentence
    return ""


def _transition_obstacle(move):
    rule = workflow.TRANSITION_RULES[move]

    def obstacle(user, practice):
        if practice.state not in rule.sources:
            return _wrong_state(practice)
        if not may(user, Action(move), practice):
            return _("your role does not allow it")
        lacks = completeness.missing(practice) if rule.complete else []
        sentences = ", ".join(str(requirement.sentence) for requirement in lacks)
        return _("missing: %(what)s") % {"what": sentences} if lacks else ""

    return obstacle


def _wrong_state(practice):
    return _("its status is “%(state)s”") % {"state": practice.get_state_display()}


def _transition_action(move, label, asks_for):
    def act(practice, by, given):
        workflow.move(practice, move, by=by, note=given.note)

    return BulkAction(label, lambda user: may(user, Action(move)), _transition_obstacle(move), act, asks_for)


def _reviewer_obstacle(user, practice):
    if practice.state not in WORK_STATES:
        return _wrong_state(practice)
    return "" if may(user, Action.ASSIGN, practice) else _("your role does not allow it")


def _edit_obstacle(user, practice):
    """A published practice is edited in its revision, which is opened if there is none."""
    if practice.state == State.ARCHIVED:
        return _wrong_state(practice)
    target = row_to_change(practice)
    action = Action.REVISE if target.state == State.PUBLISHED else Action.EDIT
    if target.state not in (State.PUBLISHED, *WORK_STATES) or not may(user, action, target):
        return _("your role does not allow it")
    return ""


def _add_keyword(practice, by, given):
    target = _open_for_edit(practice, by)
    if given.keyword in target.keywords.all():
        raise Refused(_("it already has this keyword"))
    target.keywords.add(given.keyword)
    _store_edit(target, by, _("Keyword added: %(keyword)s.") % {"keyword": given.keyword})


def _open_for_edit(practice, by):
    """Return the row to change, with a version of it as it is; of a published practice its revision."""
    target = workflow.revise(practice, by=by) if practice.state == State.PUBLISHED else practice
    if not may(by, Action.EDIT, target):
        raise Refused(_("your role does not allow it"))
    revisions.store_version(target, by=by)
    return target


def _store_edit(target, by, reason):
    target.save()
    revisions.store_version(target, by=by, reason=reason[:300])


def row_to_change(practice):
    """Return the row that a change is written to: the practice, or its open revision."""
    return practice.open_revision or practice


def _judgement_obstacle(user, practice):
    if practice.state == State.ARCHIVED:
        return _wrong_state(practice)
    if not framework_suggestions.proposed([row_to_change(practice)]):
        return _("it has no classifications awaiting confirmation")
    return _edit_obstacle(user, practice)


def _judgement_action(label, judge, sentence):
    """Return the action that judges the chosen classifications; the history says who, which and why."""

    def act(practice, by, given):
        chosen = {row.term_id for row in given.classifications if row.practice_id == row_to_change(practice).pk}
        if not chosen:
            raise Refused(_("none of its classifications was selected"))
        target = _open_for_edit(practice, by)
        rows = framework_suggestions.proposed([target]).filter(term__in=chosen)
        names = ", ".join(str(row.term) for row in rows)
        judge(rows)
        _store_edit(target, by, " ".join(filter(None, [sentence % {"terms": names}, given.note])))

    permission = framework_suggestions.may_judge
    return BulkAction(label, permission, _judgement_obstacle, act, ("classifications", "note"))


BULK_ACTIONS = {
    "submit": _transition_action(TransitionKind.SUBMIT, gettext_lazy("Submit for review"), ("note",)),
    "publish": _transition_action(TransitionKind.PUBLISH, gettext_lazy("Publish"), ("note",)),
    "archive": _transition_action(TransitionKind.ARCHIVE, gettext_lazy("Archive"), ("reason",)),
    "assign_reviewer": BulkAction(
        label=gettext_lazy("Assign a reviewer"),
        permission=lambda user: may(user, Action.ASSIGN),
        obstacle=_reviewer_obstacle,
        act=lambda practice, by, given: review_requests.assign(practice, given.reviewer, by=by),
        asks_for=("reviewer",),
        finish=lambda practices, by, given: review_requests.email_after_commit(practices, given.reviewer, by=by),
    ),
    "add_keyword": BulkAction(
        label=gettext_lazy("Add a keyword"),
        permission=lambda user: may(user, Action.EDIT),
        obstacle=_edit_obstacle,
        act=_add_keyword,
        asks_for=("keyword",),
    ),
    "confirm": _judgement_action(
        gettext_lazy("Confirm proposed classifications"),
        framework_suggestions.confirm,
        gettext_lazy("Confirmed: %(terms)s."),
    ),
    "reject": _judgement_action(
        gettext_lazy("Reject proposed classifications"),
        framework_suggestions.reject,
        gettext_lazy("Rejected: %(terms)s."),
    ),
}
