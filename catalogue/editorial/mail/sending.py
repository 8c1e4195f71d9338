"""Writing and sending an e-mail: from a template, named after the site, in the language of its receiver."""

import logging

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from catalogue.editorial.workflow.roles import profile_of
from catalogue.text.languages import interface_language_of

log = logging.getLogger(__name__)


def language_of(person):
    """Return a context in which texts are in the language in which an account receives its e-mails."""
    return override(interface_language_of(profile_of(person).language))


def new_email(to, subject, template, headers=None, /, **context):
    """Return an e-mail in the active language, its body from ``templates/admin/catalogue/``."""
    body = render_to_string(f"admin/catalogue/{template}", {**context, "site_name": settings.SITE_NAME})
    return EmailMessage(f"[{settings.SITE_NAME}] {subject}", body, to=[to], headers=headers)


def send_email(email, about):
    """Send an e-mail and return ``None``, or the error that prevented it, which is logged without naming a person."""
    try:
        email.send()
    except OSError as problem:  # of the connection, and every error of SMTP
        log.error("an e-mail about %s could not be sent: %s", about, type(problem).__name__)
        return problem
    return None


def form_url(record):
    """Return the URL of the form in which a record is edited."""
    return settings.SITE_URL + reverse(f"admin:catalogue_{record._meta.model_name}_change", args=[record.pk])
