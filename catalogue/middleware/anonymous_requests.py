"""Readers and writers: who only reads has no session, no account and no messages, and is not made to pay for them.

The middleware below are Django's and others' own; a reader's request goes past them.
"""

from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django_otp.middleware import OTPMiddleware

JUST_LEFT = "own_writes"  # a cookie of somebody who has signed out a moment ago
OF_THE_OPERATOR = ("/healthz", "/readyz", "/metrics")
ELSEWHERE = (f"/{settings.ADMIN_PATH}", *OF_THE_OPERATOR)


def is_of_a_reader(request):
    """Whether a request only reads, and comes from somebody who has written nothing."""
    return (
        request.method in ("GET", "HEAD")
        and not (request.COOKIES and _has_own(request.COOKIES))
        and not request.path.startswith(ELSEWHERE)
    )


def _has_own(cookies):
    return not {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, JUST_LEFT}.isdisjoint(cookies)


class OfWriters:
    """Middleware that a reader's request goes past."""

    def __call__(self, request):
        return self.get_response(request) if is_of_a_reader(request) else super().__call__(request)


class Sessions(OfWriters, SessionMiddleware):
    """Django's sessions."""


class Accounts(OfWriters, AuthenticationMiddleware):
    """Django's accounts."""


class SecondFactors(OfWriters, OTPMiddleware):
    """Whether the second factor was given."""


class Messages(OfWriters, MessageMiddleware):
    """What the desk says once."""
