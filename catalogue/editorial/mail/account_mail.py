"""E-mails about an account, to its owner: a link to choose a password, and what was changed of how one gets in."""

import logging
from concurrent.futures import ThreadPoolExecutor

from django.conf import settings
from django.contrib.auth.forms import PasswordResetForm
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMessage, get_connection
from django.db import connections, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _, gettext_noop, override

from catalogue.editorial.workflow.roles import name_of, profile_of
from catalogue.text.languages import interface_language_of

NEW_PASSWORD = gettext_noop("The password of your account was changed")
NEW_ADDRESS = gettext_noop("The e-mail address of your account was changed")
SECOND_FACTOR_GONE = gettext_noop("The second factor of your account was removed")

log = logging.getLogger(__name__)
_background = ThreadPoolExecutor(max_workers=1, thread_name_prefix="emails")


def send_links_later(email):
    """Write to whose address it is, if anybody's; who asks does not wait for it, and learns nothing from the time."""
    _later(_send_links, email)


def send_link_later(person):
    """Write to a person, who may not have had a password yet."""
    _later(_send, [_link_for(person)])


def tell_later(person, what, address=None):
    """Tell a person, once it is stored, what was changed; ``address`` is the one before a change of the address."""
    if to := address or person.email:
        email = _email(person, to, "account_changed.txt", what=what)
        transaction.on_commit(lambda: _later(_send, [email]), robust=True)


def _later(work, *arguments):
    if settings.WORK_IN_BACKGROUND:
        _background.submit(_apart, work, *arguments)
    else:
        work(*arguments)


def _apart(work, *arguments):
    try:
        work(*arguments)
    except Exception:  # nobody waits for it who could be told
        log.exception("an e-mail about an account could not be written")
    finally:
        connections.close_all()


def _send_links(email):
    people = PasswordResetForm().get_users(email)  # active, with a password
    _send([_link_for(person) for person in people if person.is_staff])


def _send(emails):
    try:
        get_connection().send_messages(emails)
    except OSError as problem:
        log.error("an e-mail about an account could not be sent: %s", type(problem).__name__)


def _link_for(person):
    key = urlsafe_base64_encode(force_bytes(person.pk))
    path = reverse("admin:password_reset_confirm", args=[key, default_token_generator.make_token(person)])
    return _email(person, person.email, "new_password.txt", address=settings.SITE_URL + path)


def _email(person, to, template, what="", **context):
    with override(interface_language_of(profile_of(person).language)):
        context |= {"username": person.get_username(), "person": name_of(person), "site": settings.SITE_URL}
        context["what"] = _(what) if what else ""
        body = render_to_string(f"admin/catalogue/{template}", {**context, "site_name": settings.SITE_NAME})
        subject = _(what) if what else _("Link to choose your password")
        return EmailMessage(f"[{settings.SITE_NAME}] {subject}", body, to=[to])
