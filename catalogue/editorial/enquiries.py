"""Questions of the public to the Technical Secretariat about a practice: stored, answered, exported, emptied."""

import re

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue.choices import AuditEvent
from catalogue.editorial.mail import enquiry_mail
from catalogue.editorial.privacy import audit_log
from catalogue.editorial.workflow.roles import Role, refuse_unless, roles_of
from catalogue.errors import Refused
from catalogue.models import Enquiry

ANSWERING = frozenset({Role.ADMINISTRATOR, Role.SECRETARIAT})
# what may identify the sender: e-mail addresses, URLs, numbers as long as those of telephones and documents
_IDENTIFYING = re.compile(r"\S+@\S+|(?:https?://|www\.)\S+|\+?\d(?:[\s().\-/]?\d){6,}")


def may_answer(user):
    """Whether an account sees the senders of questions, and answers them."""
    return bool(roles_of(user) & ANSWERING)


def ask(enquiry):
    """Store a question and e-mail the secretariat; a mail server that fails loses nothing."""
    with transaction.atomic():
        enquiry.save()
        transaction.on_commit(lambda: enquiry_mail.send_to_secretariat(enquiry), robust=True)


def answer(enquiry, text, *, by):
    """Store the answer to a question and send it to the sender.

    Raises ``Refused`` when ``by`` may not answer, when there are no words, or when it is answered already.
    """
    text = text.strip()
    refuse_unless(may_answer(by))
    if not text:
        raise Refused(_("Write the answer."))
    with transaction.atomic():
        stored = Enquiry.objects.select_for_update().get(pk=enquiry.pk)
        if stored.answered_at:
            raise Refused(_("This question has already been answered."))
        stored.answer, stored.answered_at, stored.answered_by = text, timezone.now(), by
        stored.save()
        audit_log.record(AuditEvent.ENQUIRY, by, f"enquiry {stored.pk} {stored.practice.code}")
        if stored.email:
            transaction.on_commit(lambda: enquiry_mail.send_answer(stored), robust=True)
    return stored


@transaction.atomic
def forget(enquiries, *, by=None):
    """Empty what the questions hold of their senders, and return the number of questions; the rest stays.

    ``by`` is the account that asks for it, ``None`` when a rule does.
    """
    named = list(enquiries.naming_a_person())
    for enquiry in named:
        enquiry.question = without_person(enquiry, enquiry.question)
        enquiry.answer = without_person(enquiry, enquiry.answer)
        enquiry.name = enquiry.email = enquiry.institution = ""
        enquiry.save()
        audit_log.record(AuditEvent.ENQUIRY, by, f"enquiry {enquiry.pk} forget")
    return len(named)


def without_person(enquiry, text):
    """Return a text without the sender's name and institution, and without e-mail addresses, URLs and long numbers."""
    for known in filter(None, (enquiry.email, enquiry.name, enquiry.institution)):
        text = re.sub(re.escape(known), "[…]", text, flags=re.IGNORECASE)
    return _IDENTIFYING.sub("[…]", text)


COLUMNS = ("asked", "practice", "language", "country", "institution_kind", "question", "answered", "answer")


def rows_without_persons(enquiries):
    """Yield header and rows of the questions as texts, without anything that is known to identify the sender."""
    yield COLUMNS
    for enquiry in enquiries.for_listing():
        yield (
            enquiry.asked_at.date().isoformat(),
            enquiry.practice.code,
            enquiry.language,
            enquiry.country.iso2 if enquiry.country else "",
            enquiry.institution_kind,
            without_person(enquiry, enquiry.question),
            enquiry.answered_at.date().isoformat() if enquiry.answered_at else "",
            without_person(enquiry, enquiry.answer),
        )
