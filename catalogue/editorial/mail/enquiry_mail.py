"""E-mails about questions of the public: to the secretariat that one waits, and the answer to its sender."""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _, override

from catalogue.editorial.mail.sending import form_url, new_email, send_email
from catalogue.models import Enquiry
from catalogue.text.languages import interface_language_of


def send_to_secretariat(enquiry):
    """E-mail the secretariat about a question, unless too many have come within the hour.

    Then one e-mail says so, and further questions wait in the admin until there are fewer: a flood costs
    ``QUESTION_EMAILS_PER_HOUR`` e-mails and one, and closes the form for nobody.
    """
    hour = enquiry.asked_at - timedelta(hours=1)
    number = Enquiry.objects.sent_after(hour).sent_until(enquiry).count()
    if number <= settings.QUESTION_EMAILS_PER_HOUR:
        send_email(question_email(enquiry), f"question {enquiry.pk}")
    elif number == settings.QUESTION_EMAILS_PER_HOUR + 1:
        send_email(many_questions_email(enquiry), f"question {enquiry.pk} and those after it")


def send_answer(enquiry):
    """Send the answer to who asked."""
    send_email(answer_email(enquiry), f"the answer to question {enquiry.pk}")


def question_email(enquiry):
    """Return the e-mail that a question waits; the sender is named in the admin alone, where that can be erased."""
    with override(settings.LANGUAGE_CODE):
        subject = _("%(code)s: question received") % {"code": enquiry.practice.code}
        return _enquiry_email(enquiry, settings.SECRETARIAT_EMAIL, subject, "enquiry.txt", form_url(enquiry))


def many_questions_email(enquiry):
    """Return the e-mail that further questions cause no e-mail of their own."""
    with override(settings.LANGUAGE_CODE):
        address = settings.SITE_URL + reverse("admin:catalogue_enquiry_changelist") + "?answer=waiting"
        subject = _("Many questions received")
        return _enquiry_email(enquiry, settings.SECRETARIAT_EMAIL, subject, "enquiries.txt", address)


def answer_email(enquiry):
    """Return the answer in the language of the question."""
    with override(interface_language_of(enquiry.language)):
        address = settings.SITE_URL + enquiry.practice.get_absolute_url()
        subject = _("%(code)s: answer to your question") % {"code": enquiry.practice.code}
        return _enquiry_email(enquiry, enquiry.email, subject, "enquiry_answer.txt", address)


def _enquiry_email(enquiry, to, subject, template, address):
    headers = {"Reply-To": settings.SECRETARIAT_EMAIL}
    most = settings.QUESTION_EMAILS_PER_HOUR
    return new_email(to, subject, template, headers, enquiry=enquiry, address=address, most=most)
