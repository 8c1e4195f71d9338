"""E-mails about practices that are due for verification, to who can verify them."""

from datetime import timedelta

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from django.utils.translation import ngettext

from catalogue.editorial.mail.sending import form_url, language_of, new_email, send_email
from catalogue.editorial.workflow.roles import Role, name_of
from catalogue.models import Practice

AGAIN_AFTER = timedelta(weeks=4)


def remind_due(*, today=None, again_after=AGAIN_AFTER):
    """E-mail the focal points of practices that are due, the secretariat where there are none.

    Each practice is named once for its date, and again every ``again_after`` while nobody verifies it: safe to run
    daily, and twice at once. Return ``[(number of the account, codes)]`` of the e-mails sent; a practice of which no
    e-mail went out is tried again next time.
    """
    today = today or timezone.now().date()
    with transaction.atomic():
        due = Practice.objects.to_be_reminded(today, again_after).select_for_update().order_by("next_review", "code")
        sent = [
            (person, practices)
            for person, practices in _by_recipient(due).items()
            if not send_email(reminder_email(person, practices), f"verifications, to account {person.pk},")
        ]
        reached = {practice.pk for _person, practices in sent for practice in practices}
        Practice.objects.filter(pk__in=reached).note_reminder(today)
    return [(person.pk, [practice.code for practice in practices]) for person, practices in sent]


def _by_recipient(practices):
    """Return ``{account: its practices}``."""
    active = get_user_model().objects.filter(is_active=True, is_staff=True).exclude(email="").order_by("pk")
    focal_points = active.filter(groups__name=Role.FOCAL_POINT)
    secretariat = list(active.filter(groups__name=Role.SECRETARIAT))
    found = {}
    for practice in practices:
        countries = [country.pk for country in practice.implementing_countries]
        own = focal_points.filter(editor_profile__countries__in=countries).distinct()
        for person in list(own) or secretariat:
            found.setdefault(person, []).append(practice)
    return found


def reminder_email(person, practices):
    """Return the reminder in the language of ``person``."""
    number = len(practices)
    with language_of(person):
        return new_email(
            person.email,
            ngettext("%d practice to verify", "%d practices to verify", number) % number,
            "reminder.txt",
            to=name_of(person),
            lines=[(practice, form_url(practice), practice.next_review) for practice in practices],
            number=number,
        )
