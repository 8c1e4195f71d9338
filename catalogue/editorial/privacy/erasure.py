"""Erasing a person: the account, its rows, and every text that names the person, in every table.

``DECLARED`` says of each model that has texts or belongs to an account how it is treated. A model that is missing there
fails ``tests/test_persons.py``, so that no table with personal data is forgotten.
"""

import json
import re
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import override
from django_tasks_db.models import DBTaskResult

from catalogue.choices import AuditEvent
from catalogue.editorial import enquiries
from catalogue.editorial.privacy import audit_log
from catalogue.editorial.workflow import editions
from catalogue.models import CachedFile, Enquiry, ImportRun
from catalogue.models.derived import deferred
from catalogue.models.search import VocabularyWord
from catalogue.text.folding import fold
from networks.records import translated_fields

ERASED = "[…]"
WITH_ACCOUNT = "deleted with the account"
WORDS = "the e-mail address and the full name are taken out of its texts"
NAMES = "rows that hold the user name are deleted"
SESSIONS = "sessions of the account are deleted"
DERIVED = "recomputed from the texts it indexes"
CACHED = "all of it is deleted, and recomputed on request"
NO_PERSON = "holds no text about persons"
_WORDS = """
    catalogue.adaptation catalogue.adaptationstep catalogue.auditentry catalogue.citation catalogue.classification
    catalogue.commitmentanswer catalogue.contact catalogue.edition catalogue.editiondocument catalogue.editionentry
    catalogue.editorsnote catalogue.enquiry catalogue.frozenedition catalogue.importedpractice catalogue.importrun
    catalogue.legalinstrument catalogue.link catalogue.linkcheck catalogue.organisation catalogue.place
    catalogue.practice catalogue.practicecountry catalogue.practiceorganisation catalogue.presentation
    catalogue.recordversion catalogue.reference catalogue.result catalogue.synonymset catalogue.term
    catalogue.transition catalogue.translationupload catalogue.unsavedwork networks.commitment networks.country
    networks.forum networks.meeting networks.meetingbody networks.meetingdocument networks.meetingfeature
    networks.meetingfigure networks.meetingnote networks.network networks.source
"""
_DERIVED = """
    catalogue.searchdocument catalogue.postgresindex catalogue.sqliteindex catalogue.vocabularyword
    catalogue.sqlitevocabulary catalogue.suggestedrecord catalogue.suggestedname catalogue.synonymtoken
    catalogue.practicedocument
"""
_NO_PERSON = """
    auth.group auth.permission contenttypes.contenttype axes.accessattemptexpiration catalogue.practicescope
    catalogue.publicrecord catalogue.codesequence
"""
_CACHED = "catalogue.cachedfile catalogue.cachedfilepiece django_tasks_database.dbtaskresult"
DECLARED = {
    "auth.user": WITH_ACCOUNT,
    "admin.logentry": WITH_ACCOUNT,
    "catalogue.editorprofile": WITH_ACCOUNT,
    "catalogue.previewlink": WITH_ACCOUNT,
    "otp_totp.totpdevice": WITH_ACCOUNT,
    "otp_static.staticdevice": WITH_ACCOUNT,
    "otp_static.statictoken": WITH_ACCOUNT,
    "axes.accessattempt": NAMES,
    "axes.accessfailurelog": NAMES,
    "axes.accesslog": NAMES,
    "sessions.session": SESSIONS,
    **dict.fromkeys(_WORDS.split(), WORDS),
    **dict.fromkeys(_DERIVED.split(), DERIVED),
    **dict.fromkeys(_CACHED.split(), CACHED),
    **dict.fromkeys(_NO_PERSON.split(), NO_PERSON),
}


def personal_fields(model):
    """Return the fields of a model that may hold a person: texts, addresses, and links to accounts."""
    texts = (models.CharField, models.TextField, models.JSONField, models.GenericIPAddressField)
    return [
        field
        for field in model._meta.concrete_fields
        if (isinstance(field, texts) and not field.choices) or field.related_model is get_user_model()
    ]


@transaction.atomic
def erase(who, *, stored_emails=True):
    """Erase the person with a user name or an e-mail address; return what was done, ``[(what, number)]``.

    The list is empty when nothing names such a person. What the person did in the admin stays, as done by nobody known.
    ``stored_emails``, those in files, are deleted too.
    """
    accounts = list(get_user_model().objects.filter(Q(username=who) | Q(email__iexact=who)))
    done = []
    for text in _texts_of(who, accounts):
        done += _remove_text(text, stored_emails=stored_emails)
    for account in accounts:
        done += _delete_account(account)
    editions.recompute_checksums(timezone.now().date())
    if any(number for _what, number in done):
        done.append(("catalogue.cachedfile", CachedFile.objects.all().delete()[0]))
        done.append(("django_tasks_database.dbtaskresult", DBTaskResult.objects.finished().delete()[0]))
    return [(what, number) for what, number in done if number]


def _texts_of(who, accounts):
    """Return what names the person in texts: addresses and full names, never a bare user name: it may be a word."""
    names = {account.get_full_name() for account in accounts if account.first_name and account.last_name}
    addresses = {account.email for account in accounts} | ({who} if "@" in who else set())
    return sorted(filter(None, names | addresses))


def _remove_text(text, *, stored_emails):
    """Remove a text from every model declared so; delete records of sign-ins and stored e-mails that contain it."""
    pattern = re.compile(rf"(?<![\w.+-]){re.escape(text)}(?![\w-])", re.IGNORECASE)
    emptied = ("catalogue.enquiry", enquiries.forget(Enquiry.objects.by_email(text)))  # with name and institution
    with deferred():
        done = [emptied]
        done += [(label, _clean_rows(apps.get_model(label), text, pattern)) for label in _declared(WORDS)]
    words = VocabularyWord.objects.filter(word__in=[fold(word) for word in re.findall(r"\w+", text)])
    done.append(("catalogue.vocabularyword", words.delete()[0]))
    pending = ImportRun.objects.filter(applied_at=None)  # their contents are compressed; they are uploaded again
    done.append(("catalogue.importrun", pending.delete()[0]))
    return [
        *done,
        *_delete_sign_in_records(text),
        ("e-mails in files", _delete_stored_emails(pattern) if stored_emails else 0),
    ]


def _declared(treatment):
    return [label for label, how in DECLARED.items() if how == treatment]


def _clean_rows(model, text, pattern):
    fields = [field for field in personal_fields(model) if not field.is_relation]
    named = Q()
    for field in fields:
        named |= Q(**{f"{field.attname}__icontains": text})
        if isinstance(field, models.JSONField):  # SQLite stores accented characters in JSON as escapes
            named |= Q(**{f"{field.attname}__icontains": json.dumps(text)[1:-1]})
    cleaned = 0
    for row in model._base_manager.filter(named).order_by("pk"):
        for field in fields:
            if field.name not in translated_fields(model):  # each language has a column of its own
                _clean(row, field, pattern)
        with override(settings.LANGUAGE_CODE):
            row.save()
        cleaned += 1
    return cleaned


def _clean(row, field, pattern):
    value = row.__dict__.get(field.attname)
    if isinstance(field, models.JSONField):
        setattr(row, field.attname, _clean_data(value, pattern))
    elif isinstance(field, models.EmailField) and value and pattern.search(value):
        setattr(row, field.attname, "")
        if hasattr(row, "consent_to_publish"):
            row.consent_to_publish = False
            row.printed_in = ""
    elif value:
        setattr(row, field.attname, pattern.sub(ERASED, value))


def _clean_data(data, pattern):
    if isinstance(data, dict):
        return {key: _clean_data(value, pattern) for key, value in data.items()}
    if isinstance(data, list):
        return [_clean_data(value, pattern) for value in data]
    return pattern.sub(ERASED, data) if isinstance(data, str) else data


def _delete_sign_in_records(name):
    """Delete the records of sign-ins under a user name."""
    return [
        (label, apps.get_model(label)._base_manager.filter(username__iexact=name).delete()[0])
        for label in _declared(NAMES)
    ]


def _delete_account(account):
    """Delete an account with its sessions; links to it become empty."""
    key = str(account.pk)
    own = [session for session in Session.objects.all() if session.get_decoded().get("_auth_user_id") == key]
    for session in own:
        session.delete()
    done = [*_delete_sign_in_records(account.username), ("sessions.session", len(own))]
    _total, by_model = account.delete()
    audit_log.record(AuditEvent.PERMISSIONS, None, f"account {key}: erased")
    return [*done, *((label.lower(), number) for label, number in by_model.items())]


def _delete_stored_emails(pattern):
    """Delete the e-mails that a mail setting for files (``filemail://``) has left on this machine."""
    folder = getattr(settings, "EMAIL_FILE_PATH", None)
    files = Path(folder).glob("*") if folder else ()
    named = [file for file in files if file.is_file() and pattern.search(file.read_text(errors="replace"))]
    for file in named:
        file.unlink()
    return len(named)
