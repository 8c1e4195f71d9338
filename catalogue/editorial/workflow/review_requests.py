"""Who is asked to review a practice, and the e-mail that says so."""

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _, ngettext

from catalogue.choices import AuditEvent
from catalogue.editorial.mail.sending import form_url, language_of, new_email, send_email
from catalogue.editorial.privacy import audit_log
from catalogue.editorial.workflow.roles import MATRIX, Action, may, name_of, refuse_unless
from catalogue.errors import Refused


def possible_reviewers():
    """Return the accounts that may publish what they have reviewed, by name."""
    names = [role for role, actions in MATRIX.items() if Action.PUBLISH in actions]
    accounts = get_user_model().objects.filter(Q(groups__name__in=names) | Q(is_superuser=True))
    return accounts.filter(is_active=True, is_staff=True).distinct().order_by("username")


def assign(practice, reviewer, *, by):
    """Ask ``reviewer`` to review a practice; ``None`` asks nobody any longer. Call it inside a transaction.

    Raises ``Refused`` when ``by`` may not decide it, or when the reviewer may not publish.
    """
    refuse_unless(may(by, Action.ASSIGN, practice))
    if reviewer is not None and not may(reviewer, Action.PUBLISH):
        raise Refused(_("This account cannot review practices."))
    practice.reviewer = reviewer
    practice.save(update_fields=["reviewer"])
    audit_log.record(AuditEvent.TRANSITION, by, f"{practice.code} reviewer {reviewer.pk if reviewer else '-'}")


def email_after_commit(practices, reviewer, *, by):
    """Send one e-mail about all these practices once they are stored; a mail server that fails undoes nothing."""
    if practices and reviewer and reviewer != by and reviewer.email:
        about = f"{len(practices)} practices to review"
        transaction.on_commit(lambda: send_email(review_email(practices, reviewer, by), about), robust=True)


def review_email(practices, reviewer, by):
    """Return the request in the language of ``reviewer``."""
    number = len(practices)
    with language_of(reviewer):
        return new_email(
            reviewer.email,
            ngettext("%(count)d practice to review", "%(count)d practices to review", number) % {"count": number},
            "assignment.txt",
            to=name_of(reviewer),
            person=name_of(by),
            entries=[(practice, form_url(practice.open_revision or practice)) for practice in practices],
        )
