"""Who is asked to review a practice, and the letter that tells them."""

import logging

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils.translation import gettext as _, ngettext, override

from catalogue.choices import AuditEvent
from catalogue.editorial.mail import workflow_mail
from catalogue.editorial.privacy import audit_log
from catalogue.editorial.workflow.roles import MATRIX, Action, may, name_of, profile_of
from catalogue.errors import Refused

log = logging.getLogger(__name__)


def possible_reviewers():
    """Return the accounts that may publish what they have reviewed, by name."""
    names = [role for role, actions in MATRIX.items() if Action.PUBLISH in actions]
    accounts = get_user_model().objects.filter(Q(groups__name__in=names) | Q(is_superuser=True))
    return accounts.filter(is_active=True, is_staff=True).distinct().order_by("username")


def assign(practice, reviewer, *, by):
    """Ask ``reviewer`` to review a practice; ``None`` asks nobody any longer. Call it inside a transaction.

    Raises ``Refused`` when ``by`` may not decide it, or when the reviewer may not publish.
    """
    if not may(by, Action.ASSIGN, practice):
        raise Refused(_("Your role does not allow this step."))
    if reviewer is not None and not may(reviewer, Action.PUBLISH):
        raise Refused(_("This account cannot review practices."))
    practice.reviewer = reviewer
    practice.save(update_fields=["reviewer"])
    audit_log.record(AuditEvent.TRANSITION, by, f"{practice.code} reviewer {reviewer.pk if reviewer else '-'}")


def tell_after_commit(practices, reviewer, *, by):
    """Write one letter about all these practices once they are stored; a mail server that fails undoes nothing."""
    if practices and reviewer and reviewer != by and reviewer.email:
        transaction.on_commit(lambda: _send(practices, reviewer, by), robust=True)


def _send(practices, reviewer, by):
    with override(workflow_mail.INTERFACE[profile_of(reviewer).language]):
        letter = _letter(practices, reviewer, by)
    try:
        letter.send()
    except OSError:
        log.exception("the letter about %s practices to review could not be sent", len(practices))


def _letter(practices, reviewer, by):
    """Return the letter in the active language."""
    entries = [(practice, settings.SITE_URL + workflow_mail.desk_address(practice)) for practice in practices]
    context = {
        "to": name_of(reviewer),
        "person": name_of(by),
        "entries": entries,
        "site_name": settings.SITE_NAME,
    }
    subject = ngettext("%(count)d practice to review", "%(count)d practices to review", len(practices)) % {
        "count": len(practices)
    }
    body = render_to_string("admin/catalogue/assignment.txt", context)
    return EmailMessage(f"[{settings.SITE_NAME}] {subject}", body, to=[reviewer.email])
