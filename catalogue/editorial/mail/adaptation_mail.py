"""Letters about a step of an adaptation, to those it concerns: as those of practices, from both States."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from catalogue.choices import CountryRole, Move
from catalogue.editorial.mail import workflow_mail
from catalogue.editorial.workflow.roles import Role


def send_after_commit(step):
    """Write to those concerned once the step is stored; a mail server that fails undoes nothing."""
    workflow_mail.tell_after_commit(
        str(step.adaptation), lambda: recipients(step), lambda person: letter_about(step, person)
    )


def recipients(step):
    """Return the accounts a step concerns: who reviews, or who wrote, and the focal points of what becomes public.

    These are the focal points of the State that adapts and of those whose practice it is; never who took the step.
    """
    adaptation = step.adaptation
    if step.move == Move.SUBMIT:
        return workflow_mail.reached(Q(groups__name__in=[Role.SECRETARIAT, Role.REVIEWER]), but=step.by_id)
    last = adaptation.steps.filter(move=Move.SUBMIT).first()
    concerned = Q(pk__in=filter(None, {adaptation.created_by_id, last.by_id if last else None}))
    if step.move in (Move.PUBLISH, Move.ARCHIVE):
        owners = adaptation.practice.practice_countries.filter(role=CountryRole.IMPLEMENTING)
        states = {adaptation.country_id, *owners.values_list("country", flat=True)}
        concerned |= Q(groups__name=Role.FOCAL_POINT, editor_profile__countries__in=states)
    return workflow_mail.reached(concerned, but=step.by_id)


def letter_about(step, person):
    """Return the letter in the active language."""
    adaptation = step.adaptation
    words = {"country": adaptation.country.name, "practice": adaptation.practice}
    return workflow_mail.letter_of(
        step,
        person,
        name=str(adaptation),
        record=_("Adaptation (%(country)s): %(practice)s") % words,
        address=reverse("admin:catalogue_adaptation_change", args=[adaptation.pk]),
    )
