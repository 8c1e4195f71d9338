"""E-mails about an account, to its owner: a link to choose a password, and changes of how one logs in."""

import logging
from concurrent.futures import ThreadPoolExecutor

from django.conf import settings
from django.contrib.auth.forms import PasswordResetForm
from django.contrib.auth.tokens import default_token_generator
from django.db import connections, transaction
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _, gettext_noop

from catalogue.editorial.mail.sending import language_of, new_email, send_email
from catalogue.editorial.workflow.roles import name_of

NEW_PASSWORD = gettext_noop("The password of your account was changed")
NEW_ADDRESS = gettext_noop("The e-mail address of your account was changed")
SECOND_FACTOR_GONE = gettext_noop("The second factor of your account was removed")

log = logging.getLogger(__name__)
_background = ThreadPoolExecutor(max_workers=1, thread_name_prefix="emails")


def send_links_later(address):
    """Send a link to each account with this e-mail address, if any.

    Who asks does not wait for it, and learns nothing from the time.
    """
    _run_later(_send_links, address)


def send_link_later(person):
    """Send a link to a person, who may not have had a password yet."""
    _run_later(_send_account_emails, [link_email(person)])


def send_change_later(person, what, address=None):
    """E-mail a person, once it is stored, what was changed; ``address`` is the one before a change of the address."""
    if to := address or person.email:
        email = change_email(person, to, what)
        transaction.on_commit(lambda: _run_later(_send_account_emails, [email]), robust=True)


def _run_later(work, *arguments):
    if settings.WORK_IN_BACKGROUND:
        _background.submit(_run_in_thread, work, *arguments)
    else:
        work(*arguments)


def _run_in_thread(work, *arguments):
    try:
        work(*arguments)
    except Exception:  # nobody waits for it who could be informed
        log.exception("an e-mail about an account could not be written")
    finally:
        connections.close_all()


def _send_links(address):
    people = PasswordResetForm().get_users(address)  # active, with a password
    _send_account_emails([link_email(person) for person in people if person.is_staff])


def _send_account_emails(emails):
    for email in emails:
        send_email(email, "an account")


def link_email(person):
    """Return the e-mail with a link to choose a password."""
    key = urlsafe_base64_encode(force_bytes(person.pk))
    path = reverse("admin:password_reset_confirm", args=[key, default_token_generator.make_token(person)])
    with language_of(person):
        subject = _("Link to choose your password")
        address = settings.SITE_URL + path
        return _account_email(person, person.email, subject, "new_password.txt", address=address)


def change_email(person, to, what):
    """Return the e-mail about a change, ``what`` being one of the sentences above, to the address ``to``."""
    with language_of(person):
        return _account_email(person, to, _(what), "account_changed.txt", what=_(what))


def _account_email(person, to, subject, template, **context):
    context |= {"username": person.get_username(), "person": name_of(person), "site": settings.SITE_URL}
    return new_email(to, subject, template, **context)
