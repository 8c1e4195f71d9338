"""One action on many practices: what it will touch, what stands in the way of the others, and doing it.

Each practice goes the way it would go alone: the same steps, permissions and history.
"""

from collections.abc import Callable
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _, gettext_lazy

from catalogue.choices import WORK_STATES, Move, State
from catalogue.editorial.workflow import completeness, framework_suggestions, review_requests, revisions, workflow
from catalogue.editorial.workflow.roles import Action, may
from catalogue.errors import Refused
from catalogue.models import Practice
from catalogue.search.index import deferred

MOST = 200  # practices at once: all of them are listed before anything is done


class Given(NamedTuple):
    """What the editor added: a note or reason, who reviews, which keyword, which of the proposed classifications."""

    note: str = ""
    reviewer: object = None
    keyword: object = None
    classifications: tuple = ()


class Errand(NamedTuple):
    """An action on many practices.

    ``obstacle(user, practice)`` returns the sentence that says why it cannot be done, or nothing; ``act(practice, by,
    given)`` does it and may raise ``Refused``; ``finish(practices, by, given)`` follows, in the same transaction.
    """

    label: str
    permission: Callable
    obstacle: Callable
    act: Callable
    asks_for: tuple = ()
    finish: Callable = lambda practices, by, given: None


class Line(NamedTuple):
    """A practice that was chosen, why it cannot be touched, and the mark of how it stands now."""

    practice: Practice
    obstacle: str
    mark: str


class Result(NamedTuple):
    """Which practices were done, which have changed since they were looked at, and ``(practice, why not)``."""

    done: list
    changed: list
    refused: list


def mark_of(practice):
    """Return what tells this practice from the same practice after somebody else has worked on it."""
    return f"{practice.state}-{revisions.newest_number(practice)}-{practice.reviewer_id or 0}"


def plan(errand, practices, *, user):
    """Return a ``Line`` for each practice; nothing is changed."""
    return [Line(practice, errand.obstacle(user, practice), mark_of(practice)) for practice in practices]


@transaction.atomic
def carry_out(errand, marks, *, by, given):
    """Do an errand for the practices of ``marks``, ``{primary key: mark}``, in one transaction; return the ``Result``.

    A practice that does not stand as its mark says is left alone, and so is one that is refused.
    """
    result = Result([], [], [])
    with deferred():
        for key in sorted(marks):
            practice = Practice.objects.select_for_update().filter(pk=key).first()
            if practice is None or mark_of(practice) != marks[key]:
                result.changed.append(practice)
            elif sentence := errand.obstacle(by, practice) or _refusal(errand, practice, by, given):
                result.refused.append((practice, sentence))
            else:
                result.done.append(practice)
    errand.finish(result.done, by, given)
    return result


def _refusal(errand, practice, by, given):
    """Do it; return the sentence of a refusal, of which nothing remains."""
    try:
        with transaction.atomic():
            errand.act(practice, by, given)
    except Refused as refusal:
        return refusal.sentence
    return ""


def _in_the_way_of_a_move(move):
    step = workflow.STEPS[move]

    def obstacle(user, practice):
        if practice.state not in step.sources:
            return _wrong_state(practice)
        if not may(user, Action(move), practice):
            return _("your role does not allow it")
        lacks = completeness.missing(practice) if step.complete else []
        sentences = ", ".join(str(requirement.sentence) for requirement in lacks)
        return _("missing: %(what)s") % {"what": sentences} if lacks else ""

    return obstacle


def _wrong_state(practice):
    return _("its status is “%(state)s”") % {"state": practice.get_state_display()}


def _moving(move, label, asks_for):
    def act(practice, by, given):
        workflow.move(practice, move, by=by, note=given.note)

    return Errand(label, lambda user: may(user, Action(move)), _in_the_way_of_a_move(move), act, asks_for)


def _in_the_way_of_a_reviewer(user, practice):
    if practice.state not in WORK_STATES:
        return _wrong_state(practice)
    return "" if may(user, Action.ASSIGN, practice) else _("your role does not allow it")


def _in_the_way_of_a_keyword(user, practice):
    """A published practice gets its keyword in its revision, which is opened if there is none."""
    if practice.state == State.ARCHIVED:
        return _wrong_state(practice)
    target = written_to(practice)
    action = Action.REVISE if target.state == State.PUBLISHED else Action.EDIT
    if target.state not in (State.PUBLISHED, *WORK_STATES) or not may(user, action, target):
        return _("your role does not allow it")
    return ""


def _add_keyword(practice, by, given):
    published = practice.state == State.PUBLISHED
    target = workflow.revise(practice, by=by) if published else practice
    if given.keyword in target.keywords.all():
        raise Refused(_("it already has this keyword"))
    if not may(by, Action.EDIT, target):
        raise Refused(_("your role does not allow it"))
    revisions.keep_version(target, by=by)
    target.keywords.add(given.keyword)
    target.save()
    reason = _("Keyword added: %(keyword)s.") % {"keyword": given.keyword}
    revisions.keep_version(target, by=by, reason=reason[:300])


def written_to(practice):
    """Return the row that a change is written to: an open revision stands for its published practice."""
    return practice.open_revision or practice


def _in_the_way_of_a_judgement(user, practice):
    if practice.state == State.ARCHIVED:
        return _wrong_state(practice)
    if not framework_suggestions.proposed([written_to(practice)]):
        return _("it has no classifications awaiting confirmation")
    return _in_the_way_of_a_keyword(user, practice)


def _judging(judge, sentence):
    """Return an act that judges the chosen classifications; the history says who, which and why."""

    def act(practice, by, given):
        chosen = {row.term_id for row in given.classifications if row.practice_id == written_to(practice).pk}
        if not chosen:
            raise Refused(_("none of its classifications was selected"))
        target = workflow.revise(practice, by=by) if practice.state == State.PUBLISHED else practice
        if not may(by, Action.EDIT, target):
            raise Refused(_("your role does not allow it"))
        revisions.keep_version(target, by=by)
        rows = framework_suggestions.proposed([target]).filter(term__in=chosen)
        names = ", ".join(str(row.term) for row in rows)
        judge(rows)
        target.save()
        reason = " ".join(filter(None, [sentence % {"terms": names}, given.note]))
        revisions.keep_version(target, by=by, reason=reason[:300])

    return act


ERRANDS = {
    "submit": _moving(Move.SUBMIT, gettext_lazy("Submit for review"), ("note",)),
    "publish": _moving(Move.PUBLISH, gettext_lazy("Publish"), ("note",)),
    "archive": _moving(Move.ARCHIVE, gettext_lazy("Archive"), ("reason",)),
    "assign_reviewer": Errand(
        label=gettext_lazy("Assign a reviewer"),
        permission=lambda user: may(user, Action.ASSIGN),
        obstacle=_in_the_way_of_a_reviewer,
        act=lambda practice, by, given: review_requests.assign(practice, given.reviewer, by=by),
        asks_for=("reviewer",),
        finish=lambda practices, by, given: review_requests.email_after_commit(practices, given.reviewer, by=by),
    ),
    "add_keyword": Errand(
        label=gettext_lazy("Add a keyword"),
        permission=lambda user: may(user, Action.EDIT),
        obstacle=_in_the_way_of_a_keyword,
        act=_add_keyword,
        asks_for=("keyword",),
    ),
    "confirm": Errand(
        label=gettext_lazy("Confirm proposed classifications"),
        permission=framework_suggestions.may_judge,
        obstacle=_in_the_way_of_a_judgement,
        act=_judging(framework_suggestions.confirm, gettext_lazy("Confirmed: %(terms)s.")),
        asks_for=("classifications", "note"),
    ),
    "reject": Errand(
        label=gettext_lazy("Reject proposed classifications"),
        permission=framework_suggestions.may_judge,
        obstacle=_in_the_way_of_a_judgement,
        act=_judging(framework_suggestions.reject, gettext_lazy("Rejected: %(terms)s.")),
        asks_for=("classifications", "note"),
    ),
}
