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
from django.utils.translation import gettext as _, override

from catalogue.choices import CountryRole, Move
from catalogue.editorial import watch
from catalogue.editorial.roles import Role, profile_of

log = logging.getLogger(__name__)
INTERFACE = {"es": "es", "en": "en", "pt": "pt-br"}


def send_after_commit(transition):
    """Write to those concerned once the step is stored; a mail server that fails undoes nothing."""
    transaction.on_commit(lambda: _send(transition), robust=True)


def _send(transition):
    for person in recipients(transition):
        with override(INTERFACE[profile_of(person).language]):
            letter = letter_about(transition, person)
        try:
            letter.send()
        except SMTPRecipientsRefused:
            unsent(transition, "an address was refused")
        except OSError as problem:  # the next letter would wait for the same server
            return unsent(transition, type(problem).__name__)


def unsent(transition, reason):
    """Note that a letter was not sent, and tell who took the step; the reason names no person."""
    log.error("the letter about %s could not be sent: %s", transition.practice.code, reason)
    watch.tell(_("The step is stored, but a letter about it could not be sent. Please tell those concerned yourself."))


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
    active = get_user_model().objects.filter(concerned, is_active=True, is_staff=True).exclude(email="")
    return list(active.exclude(pk=transition.by_id).distinct().order_by("pk"))


def _writers(practice):
    """Return the keys of who wrote and who submitted a practice or its revision."""
    copy = practice.open_revision or practice
    last = practice.transitions.filter(move=Move.SUBMIT).first()
    return {practice.created_by_id, copy.created_by_id, copy.submitted_by_id, last.by_id if last else None}


def letter_about(transition, person):
    """Return the letter in the active language."""
    practice = transition.practice
    context = {
        "transition": transition,
        "practice": practice,
        "address": settings.SITE_URL + desk_address(practice),
        "site_name": settings.SITE_NAME,
    }
    subject = _("%(code)s: %(step)s") % {"code": practice.code, "step": subject_of(transition)}
    body = render_to_string("admin/catalogue/letter.txt", context)
    return EmailMessage(f"[{settings.SITE_NAME}] {subject}", body, to=[person.email])


def subject_of(transition):
    """Return what happened, in a few words."""
    words = {
        Move.SUBMIT: _("submitted for review"),
        Move.REQUEST_CHANGES: _("changes requested"),
        Move.PUBLISH: _("published"),
        Move.ARCHIVE: _("archived"),
        Move.REOPEN: _("reopened as a draft"),
    }
    return words[transition.move]


def desk_address(practice):
    """Return where a practice, or its open revision, is edited."""
    return reverse("admin:catalogue_practice_change", args=[(practice.open_revision or practice).pk])
