"""The workflow of an adaptation: that of a practice, with the same states, transitions and matrix of roles.

A focal point's line of the matrix holds for what its own countries adapt. There is no revision: a change of what is
published is a new adaptation of the same practice by the same State, and publishing it archives the one before.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy

from catalogue.choices import AuditEvent, State, TransitionKind
from catalogue.editorial.mail import workflow_mail
from catalogue.editorial.privacy import audit_log
from catalogue.editorial.workflow.completeness import Requirement
from catalogue.editorial.workflow.roles import MATRIX, Action, Role, may, own_countries, refuse_unless, roles_of
from catalogue.editorial.workflow.workflow import TRANSITION_RULES, lock, refuse_other_state
from catalogue.errors import Refused
from catalogue.models import Adaptation, AdaptationStep

EVIDENCE = Requirement("evidence", gettext_lazy("Evidence: the source that shows it, or its web address."), "evidence")
CONTACT = Requirement("contact", gettext_lazy("Contact: the office that answers questions."), "contact")
PRACTICE = Requirement("practice", gettext_lazy("Practice: a published practice of another State."), "practice")


def bound_to(user):
    """Return the countries for which an account may propose, ``None`` for any."""
    writers = [role for role in roles_of(user) if Action.ADD in MATRIX[role]]
    return own_countries(user) if writers == [Role.FOCAL_POINT] else None


@transaction.atomic
def save_adaptation(adaptation, *, by):
    """Save what an account wrote. Raises ``Refused`` when it may not write this, or not for this State."""
    stored = _locked(adaptation) if adaptation.pk else None
    refuse_unless(may(by, Action.EDIT if stored else Action.ADD, stored))
    own = bound_to(by)
    if own is not None and adaptation.country not in own:
        raise Refused(_("Focal points can propose adaptations of their own countries only."))
    if stored is None:
        adaptation.created_by = by
    adaptation.save()


def missing(adaptation):
    """Return the requirements of publishing that an adaptation does not meet."""
    met = {
        EVIDENCE: adaptation.evidence or adaptation.evidence_url,
        CONTACT: adaptation.contact_id,
        PRACTICE: adaptation.practice.state == State.PUBLISHED and not adaptation.is_of_its_own,
    }
    return [requirement for requirement, is_met in met.items() if not is_met]


@transaction.atomic
def move(adaptation, move, *, by, note=""):
    """Make a transition of an adaptation, in one database transaction, and return the ``AdaptationStep``.

    Raises ``Refused`` when it does not lead on from the stored state, when ``by`` may not make it, when its note is
    missing or when publishing requires more.
    """
    if move not in TRANSITION_RULES:
        raise Refused(_("This is not a step of the workflow."))
    move, note = TransitionKind(move), note.strip()
    stored = _locked(adaptation)
    _refuse_impossible(stored, move, by, note)
    if move == TransitionKind.PUBLISH:
        for former in Adaptation.objects.replaced_by(stored):
            _change_state(former, TransitionKind.ARCHIVE, by, _("Replaced by a newer adaptation."))
    made = _change_state(stored, move, by, note)
    workflow_mail.send_after_commit(made)
    adaptation.state, adaptation.state_since = made.to_state, made.at
    return made


def _locked(adaptation):
    return lock(adaptation, _("This adaptation has been deleted in the meantime."))


def _refuse_impossible(adaptation, move, by, note):
    rule = TRANSITION_RULES[move]
    refuse_other_state(
        adaptation, rule, _("This step is not possible: the status of the adaptation is now “%(state)s”.")
    )
    refuse_unless(may(by, Action(move), adaptation))
    if rule.asks_for and not note:
        raise Refused(_("State the reason in the note."))
    if rule.complete and (lacks := missing(adaptation)):
        raise Refused(_("It cannot be published yet: required data are missing."), missing=lacks)


def _change_state(adaptation, move, by, note):
    """Make a transition that is allowed, and write down who made it and when."""
    now, source, target = timezone.now(), adaptation.state, TRANSITION_RULES[move].target
    changed = Adaptation.objects.filter(pk=adaptation.pk, state=source).set_state(target, state_since=now, updated=now)
    if not changed:  # impossible on a database that locks rows; this holds on any
        raise Refused(_("Another user has changed the status of this adaptation in the meantime."))
    if State.PUBLISHED in (source, target):
        adaptation.practice.save(update_fields=["updated"])  # what its page says has changed with it
    audit_log.record(AuditEvent.TRANSITION, by, f"adaptation {adaptation.pk} {adaptation} {move} {source} → {target}")
    return AdaptationStep.objects.create(
        adaptation=adaptation, move=move, from_state=source, to_state=target, note=note, by=by, at=now
    )
