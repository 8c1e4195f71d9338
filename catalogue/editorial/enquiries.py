"""Questions that readers ask the Technical Secretariat about a practice: kept, told, answered, counted, emptied."""

import logging
import re
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, override

from catalogue.choices import AuditEvent
from catalogue.editorial.privacy import audit_log
from catalogue.editorial.workflow.roles import Role, roles_of
from catalogue.errors import Refused
from catalogue.models import Enquiry
from catalogue.text.languages import interface_language_of

log = logging.getLogger(__name__)
ANSWERING = frozenset({Role.ADMINISTRATOR, Role.SECRETARIAT})
FORGOTTEN = {"name": "", "email": "", "institution": ""}
# what tells who wrote: mailboxes, addresses of the web, numbers as long as those of telephones and documents
_TELLING = re.compile(r"\S+@\S+|(?:https?://|www\.)\S+|\+?\d(?:[\s().\-/]?\d){6,}")


def may_answer(user):
    """Whether an account sees who asked, and answers."""
    return bool(roles_of(user) & ANSWERING)


def ask(enquiry):
    """Keep a question and tell the secretariat; a mail server that fails loses nothing."""
    with transaction.atomic():
        enquiry.save()
        transaction.on_commit(lambda: tell_secretariat(enquiry), robust=True)


def tell_secretariat(enquiry):
    """Write to the secretariat about a question, unless too many have come within the hour.

    Then one letter says so, and further questions wait at the desk until there are fewer; a flood costs the mailbox
    ``QUESTION_LETTERS_PER_HOUR`` letters and one, and closes the form for nobody.
    """
    hour = enquiry.asked_at - timedelta(hours=1)
    number = Enquiry.objects.sent_after(hour).sent_until(enquiry).count()
    if number <= settings.QUESTION_LETTERS_PER_HOUR:
        _send(_letter_to_secretariat, enquiry)
    elif number == settings.QUESTION_LETTERS_PER_HOUR + 1:
        _send(_letter_of_many, enquiry)


def answer(enquiry, text, *, by):
    """Keep the answer to a question and send it to who asked.

    Raises ``Refused`` when ``by`` may not answer, when there are no words, or when it is answered already.
    """
    text = text.strip()
    if not may_answer(by):
        raise Refused(_("Your role does not allow this step."))
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
            transaction.on_commit(lambda: _send(_letter_to_asker, stored), robust=True)
    return stored


def forget(enquiries, *, by=None):
    """Empty what the questions hold of those who asked, and return of how many; the rest stays and is counted.

    ``by`` is the account that asks for it, ``None`` when a rule does.
    """
    forgotten = 0
    with transaction.atomic():
        for enquiry in enquiries.naming_a_person():
            enquiry.question = without_person(enquiry, enquiry.question)
            enquiry.answer = without_person(enquiry, enquiry.answer)
            for field, empty in FORGOTTEN.items():
                setattr(enquiry, field, empty)
            enquiry.save()
            audit_log.record(AuditEvent.ENQUIRY, by, f"enquiry {enquiry.pk} forget")
            forgotten += 1
    return forgotten


def without_person(enquiry, text):
    """Return a text of a question without the asker's name and institution, mailboxes, addresses and long numbers."""
    for known in filter(None, (enquiry.email, enquiry.name, enquiry.institution)):
        text = re.sub(re.escape(known), "[…]", text, flags=re.IGNORECASE)
    return _TELLING.sub("[…]", text)


COLUMNS = ("asked", "practice", "language", "country", "institution_kind", "question", "answered", "answer")


def rows_without_persons(enquiries):
    """Yield header and rows of the questions as texts, without anything that is known to tell who asked."""
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


def _send(letter_about, enquiry):
    try:
        letter_about(enquiry).send()
    except OSError:
        log.exception("the letter about the question %s could not be sent", enquiry.pk)


def _letter_to_secretariat(enquiry):
    """Return the letter that a question waits; who asked is seen at the desk alone, where it can be erased."""
    with override(settings.LANGUAGE_CODE):
        address = settings.SITE_URL + reverse("admin:catalogue_enquiry_change", args=[enquiry.pk])
        subject = _("%(code)s: question received") % {"code": enquiry.practice.code}
        return _letter("admin/catalogue/enquiry.txt", subject, settings.SECRETARIAT_EMAIL, enquiry, address)


def _letter_of_many(enquiry):
    """Return the letter that further questions are told by no letter of their own."""
    with override(settings.LANGUAGE_CODE):
        address = settings.SITE_URL + reverse("admin:catalogue_enquiry_changelist") + "?answer=waiting"
        return _letter(
            "admin/catalogue/enquiries.txt",
            _("Many questions received"),
            settings.SECRETARIAT_EMAIL,
            enquiry,
            address,
        )


def _letter_to_asker(enquiry):
    with override(interface_language_of(enquiry.language)):
        address = settings.SITE_URL + enquiry.practice.get_absolute_url()
        subject = _("%(code)s: answer to your question") % {"code": enquiry.practice.code}
        return _letter("admin/catalogue/enquiry_answer.txt", subject, enquiry.email, enquiry, address)


def _letter(template, subject, to, enquiry, address):
    most = settings.QUESTION_LETTERS_PER_HOUR
    context = {"enquiry": enquiry, "address": address, "most": most, "site_name": settings.SITE_NAME}
    headers = {"Reply-To": settings.SECRETARIAT_EMAIL}
    return EmailMessage(
        f"[{settings.SITE_NAME}] {subject}", render_to_string(template, context), to=[to], headers=headers
    )
