"""Letters about practices that are due for verification, to who can verify them."""

import logging
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext, override

from catalogue.editorial.mail.workflow_mail import INTERFACE
from catalogue.editorial.workflow.roles import Role, name_of, profile_of
from catalogue.models import Practice

log = logging.getLogger(__name__)
AGAIN_AFTER = timedelta(weeks=4)


def remind_due(*, today=None, again_after=AGAIN_AFTER):
    """Write to the focal points of practices that are due, to the secretariat where there are none.

    Each practice is named once for its date, and again every ``again_after`` while nobody verifies it: safe to run
    daily, and twice at once. Return ``[(number of the account, codes)]`` of the letters sent; a practice of which no
    letter went out is tried again next time.
    """
    today = today or timezone.now().date()
    with transaction.atomic():
        due = Practice.objects.to_be_reminded(today, again_after).select_for_update().order_by("next_review", "code")
        letters = _by_recipient(due)
        sent = [(person, practices) for person, practices in letters.items() if _send(person, practices)]
        reached = {practice.pk for _person, practices in sent for practice in practices}
        Practice.objects.filter(pk__in=reached).note_reminder(today)
    return [(person.pk, [practice.code for practice in practices]) for person, practices in sent]


def _by_recipient(practices):
    """Return ``{account: its practices}``."""
    active = get_user_model().objects.filter(is_active=True, is_staff=True).exclude(email="").order_by("pk")
    focal_points = active.filter(groups__name=Role.FOCAL_POINT)
    secretariat = list(active.filter(groups__name=Role.SECRETARIAT))
    letters = {}
    for practice in practices:
        countries = [country.pk for country in practice.implementing_countries]
        own = focal_points.filter(editor_profile__countries__in=countries).distinct()
        for person in list(own) or secretariat:
            letters.setdefault(person, []).append(practice)
    return letters


def _send(person, practices):
    """Send one letter; return whether it went out."""
    with override(INTERFACE[profile_of(person).language]):
        letter = letter_to(person, practices)
    try:
        return bool(letter.send())
    except OSError:
        log.exception("the reminder for account %s could not be sent", person.pk)
        return False


def letter_to(person, practices):
    """Return the letter in the active language."""
    number = len(practices)
    subject = ngettext("%d practice to verify", "%d practices to verify", number) % number
    lines = [(practice, settings.SITE_URL + _desk_address(practice), practice.next_review) for practice in practices]
    context = {"to": name_of(person), "lines": lines, "number": number, "site_name": settings.SITE_NAME}
    body = render_to_string("admin/catalogue/reminder.txt", context)
    return EmailMessage(f"[{settings.SITE_NAME}] {subject}", body, to=[person.email])


def _desk_address(practice):
    return reverse("admin:catalogue_practice_change", args=[practice.pk])
