"""Letters about a step of the workflow, to those it concerns, each in the language of who receives it."""

import logging
from smtplib import SMTPRecipientsRefused

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy, override

from catalogue.choices import CountryRole, Move
from catalogue.editorial.privacy import audit_signals
from catalogue.editorial.workflow.roles import Role, name_of, profile_of

log = logging.getLogger(__name__)
INTERFACE = {"es": "es", "en": "en", "pt": "pt-br"}
SUBJECTS = {
    Move.SUBMIT: gettext_lazy("submitted for review"),
    Move.REQUEST_CHANGES: gettext_lazy("changes requested"),
    Move.PUBLISH: gettext_lazy("published"),
    Move.ARCHIVE: gettext_lazy("archived"),
    Move.REOPEN: gettext_lazy("reopened as a draft"),
}
HAPPENED = {
    Move.SUBMIT: gettext_lazy("The following record was submitted for review:"),
    Move.REQUEST_CHANGES: gettext_lazy("Changes were requested in the following record:"),
    Move.PUBLISH: gettext_lazy("The following record was published:"),
    Move.ARCHIVE: gettext_lazy("The following record was archived and is no longer public:"),
    Move.REOPEN: gettext_lazy("The following record was reopened as a draft:"),
}
TO_DO = {
    Move.SUBMIT: gettext_lazy("Please review it, and then publish it or request changes:"),
    Move.REQUEST_CHANGES: gettext_lazy("Please make the changes that the note asks for and submit it again:"),
    Move.PUBLISH: gettext_lazy("No action is required. You can see it in the editing area:"),
    Move.ARCHIVE: gettext_lazy("No action is required. You can see it in the editing area:"),
    Move.REOPEN: gettext_lazy("You can edit it again and submit it for review:"),
}


def send_after_commit(transition):
    """Write to those concerned once the step is stored; a mail server that fails undoes nothing."""
    tell_after_commit(
        transition.practice.code, lambda: recipients(transition), lambda person: letter_about(transition, person)
    )


def tell_after_commit(subject, recipients, letter):
    """Send ``letter(person)`` to each of ``recipients()`` once a step is stored; ``subject`` names it in the log."""
    transaction.on_commit(lambda: _send(subject, recipients(), letter), robust=True)


def _send(subject, people, letter):
    for person in people:
        with override(INTERFACE[profile_of(person).language]):
            message = letter(person)
        try:
            message.send()
        except SMTPRecipientsRefused:
            unsent(subject, "an address was refused")
        except OSError as problem:  # the next letter would wait for the same server
            return unsent(subject, type(problem).__name__)


def unsent(subject, reason):
    """Note that a letter was not sent, and tell who took the step; the reason names no person."""
    log.error("the letter about %s could not be sent: %s", subject, reason)
    audit_signals.tell(
        _(
            "The step was saved, but the notification e-mail could not be sent. Please inform the"
            " people concerned yourself."
        )
    )


def recipients(transition):
    """Return the accounts a step concerns: who reviews, or who wrote; never who took the step."""
    if transition.move == Move.SUBMIT:
        concerned = Q(groups__name__in=[Role.SECRETARIAT, Role.REVIEWER])
    else:
        practice = transition.practice
        concerned = Q(pk__in=filter(None, _writers(practice)))
        if transition.move in (Move.PUBLISH, Move.ARCHIVE):
            own = practice.practice_countries.filter(role=CountryRole.IMPLEMENTING).values("country")
            concerned |= Q(groups__name=Role.FOCAL_POINT, editor_profile__countries__in=own)
    return reached(concerned, but=transition.by_id)


def reached(concerned, *, but):
    """Return the accounts of the staff that a condition keeps and a letter reaches, without who took the step."""
    active = get_user_model().objects.filter(concerned, is_active=True, is_staff=True).exclude(email="")
    return list(active.exclude(pk=but).distinct().order_by("pk"))


def _writers(practice):
    """Return the keys of who wrote and who submitted a practice or its revision."""
    copy = practice.open_revision or practice
    last = practice.transitions.filter(move=Move.SUBMIT).first()
    return {practice.created_by_id, copy.created_by_id, copy.submitted_by_id, last.by_id if last else None}


def letter_about(transition, person):
    """Return the letter in the active language."""
    practice = transition.practice
    return letter_of(transition, person, name=practice.code, record=practice, address=desk_address(practice))


def letter_of(step, person, *, name, record, address):
    """Return the letter about a step: of what has this ``name``, which stands at this ``address`` of the desk."""
    context = {
        "to": name_of(person),
        "what": HAPPENED[step.move],
        "to_do": TO_DO[step.move],
        "by": name_of(step.by) if step.by else "",
        "transition": step,
        "practice": record,
        "address": settings.SITE_URL + address,
        "site_name": settings.SITE_NAME,
    }
    subject = _("%(code)s: %(step)s") % {"code": name, "step": SUBJECTS[step.move]}
    body = render_to_string("admin/catalogue/letter.txt", context)
    return EmailMessage(f"[{settings.SITE_NAME}] {subject}", body, to=[person.email])


def desk_address(practice):
    """Return where a practice, or its open revision, is edited."""
    return reverse("admin:catalogue_practice_change", args=[(practice.open_revision or practice).pk])
