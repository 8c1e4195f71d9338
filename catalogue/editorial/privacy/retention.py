"""How long personal data are stored, and why.

``manage.py apply_retention`` executes these rules, the privacy page shows them.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalogue.editorial import enquiries
from catalogue.editorial.privacy import erasure
from catalogue.editorial.workflow import autosave, previews
from catalogue.models import AuditEntry, Enquiry, ImportRun, PreviewLink, TranslationUpload, UnsavedWork


class Rule(NamedTuple):
    """What is stored for how long and why; ``forget`` deletes what is older than a moment, returns how many rows."""

    name: str
    what: str
    why: str
    how_long: timedelta | None  # None: as long as the record itself
    forget: Callable | None = None  # None: nothing is stored, or nothing is ever due


def _delete_sign_ins(before):
    models = (AccessAttempt, AccessFailureLog, AccessLog)
    return sum(model.objects.filter(attempt_time__lt=before).delete()[0] for model in models)


def _erase_closed_accounts(before):
    """Erase accounts that are closed and have not been used since."""
    unused = Q(last_login__lt=before) | Q(last_login=None, date_joined__lt=before)
    closed = get_user_model().objects.filter(unused, is_active=False)
    return sum(bool(erasure.erase(name)) for name in closed.values_list("username", flat=True))


def _delete_uploads(before):
    """Delete files of translations, and imports that were not carried out."""
    imports = ImportRun.objects.filter(at__lt=before, applied_at=None)
    return imports.delete()[0] + TranslationUpload.objects.filter(at__lt=before).delete()[0]


RULES = (
    Rule(
        "sessions",
        _("Open sessions"),
        _("To avoid logging in again on every page."),
        timedelta(seconds=settings.SESSION_COOKIE_AGE),
        lambda before: Session.objects.filter(expire_date__lt=timezone.now()).delete()[0],
    ),
    Rule(
        "attempts",
        _("Refused logins: user name typed, IP address, browser"),
        _("To limit attempts to guess passwords."),
        timedelta(days=30),
        _delete_sign_ins,
    ),
    Rule(
        "audit",
        _("Log of the editing area: which account logged in, published, exported or received a role, and when"),
        _("To detect and explain misuse."),
        timedelta(days=730),
        lambda before: AuditEntry.objects.filter(at__lt=before).delete()[0],
    ),
    Rule(
        "admin_log",
        _("Records of what each account changed in lists, networks and countries"),
        _("To find and correct errors."),
        timedelta(days=730),
        lambda before: LogEntry.objects.filter(action_time__lt=before).delete()[0],
    ),
    Rule(
        "accounts",
        _("Closed accounts: user name, name, e-mail address, role"),
        _("To reactivate the account of a colleague who returns; after that it is erased."),
        timedelta(days=730),
        _erase_closed_accounts,
    ),
    Rule(
        "unsaved",
        _("Text typed into a form and not saved"),
        _("To avoid losing text if the connection breaks; only its author sees it."),
        autosave.VALID_FOR,
        lambda before: UnsavedWork.objects.kept_before(before).delete()[0],
    ),
    Rule(
        "handed_in",
        _("Spreadsheets and translation files uploaded and not applied"),
        _("To review them before anything is changed."),
        timedelta(days=30),
        _delete_uploads,
    ),
    Rule(
        "questions",
        _("Questions about a practice: name, e-mail address and institution of the sender"),
        _("To send the reply; after that these details are erased, and the question, country and reply are kept."),
        timedelta(days=365),
        lambda before: enquiries.forget(Enquiry.objects.asked_before(before)),
    ),
    Rule(
        "previews",
        _("Links for reading a draft without an account: which account created them, and when"),
        _("To agree on a draft; afterwards the link stops working."),
        previews.VALID_FOR,
        lambda before: PreviewLink.objects.over(timezone.now()).delete()[0],
    ),
    Rule(
        "history",
        _("History of a record: which account changed what, and the reason given"),
        _("To trace what the catalogue says; an erased account appears there as an unknown user."),
        None,
    ),
    Rule(
        "contacts",
        _("E-mail addresses of offices, with the consent or the publication that prints them"),
        _("So that readers can ask; until the office asks for its address to be removed."),
        None,
    ),
)


def apply_rules(now=None):
    """Delete what has been stored long enough; return ``[(rule, rows)]``."""
    now = now or timezone.now()
    return [(rule, rule.forget(now - rule.how_long)) for rule in RULES if rule.forget]
