"""The audit log: a row in the database and a line in the log, without personal data beyond the account."""

import logging

from catalogue.models import AuditEntry

log = logging.getLogger("catalogue.audit")


def record(event, user, subject=""):
    """Record what an account did; ``user`` is ``None`` for nobody known, ``subject`` holds codes, no names."""
    plain = as_subject(subject)
    known = user if user is not None and user.pk else None
    AuditEntry.objects.create(event=event, user=known, subject=plain)
    log.info("%s user=%s %s", event, known.pk if known else "-", plain)


def as_subject(text):
    """Return the subject of an entry: in one line, and no longer than its column."""
    return "".join(character if character.isprintable() else "�" for character in text)[:200]
