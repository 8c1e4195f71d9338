"""The way of an adaptation: that of a practice, with the same states, steps and matrix of roles.

A focal point's line of the matrix holds for what its own countries adapt. There is no revision: a change of what is
published is a new adaptation of the same practice by the same State, and publishing it archives the one before.
"""

from typing import NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy

from catalogue.choices import AuditEvent, Move, State
from catalogue.editorial.mail import adaptation_mail
from catalogue.editorial.privacy import audit_log
from catalogue.editorial.workflow.roles import MATRIX, Action, Role, own_countries, roles_of
from catalogue.editorial.workflow.workflow import STEPS
from catalogue.errors import Refused
from catalogue.models import Adaptation, AdaptationStep


class Requirement(NamedTuple):
    """What publishing asks for: the field, a sentence for editors."""

    field: str
    sentence: str


EVIDENCE = Requirement("evidence", gettext_lazy("Evidence: the source that shows it, or its web address."))
CONTACT = Requirement("contact", gettext_lazy("Contact: the office that answers questions."))
PRACTICE = Requirement("practice", gettext_lazy("Practice: a published practice of another State."))


def may(user, action, adaptation=None):
    """Whether an account may do ``action`` with an adaptation; without one, whether there is any it may do it with."""
    return any(_permits(role, user, action, adaptation) for role in roles_of(user))


def _permits(role, user, action, adaptation):
    states = MATRIX[role].get(action, ())
    if adaptation is None or adaptation.pk is None:
        return bool(states)
    if adaptation.state not in states:
        return False
    if action == Action.DELETE and adaptation.steps.filter(to_state=State.PUBLISHED).exists():
        return False  # what was public once is archived
    return role != Role.FOCAL_POINT or adaptation.country in own_countries(user)


def for_editor(user, adaptations):
    """Keep the adaptations an account may see at the desk."""
    seen = adaptations.none()
    for role in roles_of(user):
        in_states = adaptations.in_states(MATRIX[role].get(Action.VIEW, ()))
        own = [country.pk for country in own_countries(user)] if role == Role.FOCAL_POINT else None
        seen |= in_states if own is None else in_states.of_countries(own)
    return seen


def bound_to(user):
    """Return the countries for which an account may propose, ``None`` for any."""
    writers = [role for role in roles_of(user) if Action.ADD in MATRIX[role]]
    return own_countries(user) if writers == [Role.FOCAL_POINT] else None


def keep(adaptation, *, by):
    """Save what an account wrote. Raises ``Refused`` when it may not write this, or not for this State."""
    with transaction.atomic():
        stored = _locked(adaptation) if adaptation.pk else None
        if not may(by, Action.EDIT if stored else Action.ADD, stored):
            raise Refused(_("Your role does not allow this step."))
        own = bound_to(by)
        if own is not None and adaptation.country not in own:
            raise Refused(_("Focal points can propose adaptations of their own countries only."))
        if stored is None:
            adaptation.created_by = by
        adaptation.save()


def moves_for(user, adaptation):
    """Return the steps an account may take with an adaptation now."""
    return [
        move for move, step in STEPS.items() if adaptation.state in step.sources and may(user, Action(move), adaptation)
    ]


def missing(adaptation):
    """Return the requirements of publishing that an adaptation does not meet."""
    met = {
        EVIDENCE: adaptation.evidence or adaptation.evidence_url,
        CONTACT: adaptation.contact_id,
        PRACTICE: adaptation.practice.state == State.PUBLISHED and not adaptation.is_of_its_own,
    }
    return [requirement for requirement, is_met in met.items() if not is_met]


def move(adaptation, move, *, by, note=""):
    """Move an adaptation one step on, in one transaction, and return the ``AdaptationStep``.

    Raises ``Refused`` when the step does not lead on from the stored state, when ``by`` may not take it, when its note
    is missing or when publishing requires more.
    """
    if move not in STEPS:
        raise Refused(_("This is not a step of the workflow."))
    move, note = Move(move), note.strip()
    with transaction.atomic():
        locked = _locked(adaptation)
        _refuse_impossible(locked, move, by, note)
        if move == Move.PUBLISH:
            for former in Adaptation.objects.replaced_by(locked):
                _pass_on(former, Move.ARCHIVE, by, _("Replaced by a newer adaptation."))
        taken = _pass_on(locked, move, by, note)
        adaptation_mail.send_after_commit(taken)
    adaptation.state, adaptation.state_since = taken.to_state, taken.at
    return taken


def _locked(adaptation):
    stored = Adaptation.objects.select_for_update().filter(pk=adaptation.pk).first()
    if stored is None:
        raise Refused(_("This adaptation has been deleted in the meantime."))
    return stored


def _refuse_impossible(adaptation, move, by, note):
    if adaptation.state not in STEPS[move].sources:
        raise Refused(
            _("This step is not possible: the status of the adaptation is now “%(state)s”.")
            % {"state": adaptation.get_state_display()}
        )
    if not may(by, Action(move), adaptation):
        raise Refused(_("Your role does not allow this step."))
    if STEPS[move].asks_for and not note:
        raise Refused(_("State the reason in the note."))
    if STEPS[move].complete and (lacks := missing(adaptation)):
        raise Refused(_("It cannot be published yet: required data are missing."), missing=lacks)


def _pass_on(adaptation, move, by, note):
    """Take a step that is allowed, and write down who took it and when."""
    now, source, target = timezone.now(), adaptation.state, STEPS[move].target
    passed = Adaptation.objects.filter(pk=adaptation.pk, state=source).pass_on(target, state_since=now, updated=now)
    if not passed:  # nobody can come between on a database that locks rows; this holds on any
        raise Refused(_("Another user has changed the status of this adaptation in the meantime."))
    if State.PUBLISHED in (source, target):
        adaptation.practice.save(update_fields=["updated"])  # what is told of the practice has changed with it
    audit_log.record(AuditEvent.TRANSITION, by, f"adaptation {adaptation.pk} {adaptation} {move} {source} → {target}")
    return AdaptationStep.objects.create(
        adaptation=adaptation, move=move, from_state=source, to_state=target, note=note, by=by, at=now
    )
