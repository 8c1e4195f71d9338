"""Skip the middleware of sessions, accounts, second factors and messages for anonymous requests.

They are Django's and others' own; a request that only reads does not pay for them.
"""

from django.conf import settings
from django.contrib.auth import middleware as auth
from django.contrib.messages import middleware as messages
from django.contrib.sessions import middleware as sessions
from django_otp import middleware as otp

JUST_LEFT = "own_writes"  # a cookie of somebody who has signed out a moment ago
OF_THE_OPERATOR = ("/healthz", "/readyz", "/metrics")
ELSEWHERE = (f"/{settings.ADMIN_PATH}", *OF_THE_OPERATOR)


def is_anonymous(request):
    """Whether a request only reads, and comes from somebody who has written nothing."""
    own_cookies = {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, JUST_LEFT}
    only_reads = request.method in ("GET", "HEAD") and own_cookies.isdisjoint(request.COOKIES)
    return only_reads and not request.path.startswith(ELSEWHERE)


class SkipForAnonymous:
    """Mixin of middleware that an anonymous request skips."""

    def __call__(self, request):
        return self.get_response(request) if is_anonymous(request) else super().__call__(request)


class SessionMiddleware(SkipForAnonymous, sessions.SessionMiddleware):
    """Django's sessions."""


class AuthenticationMiddleware(SkipForAnonymous, auth.AuthenticationMiddleware):
    """Django's accounts."""


class SecondFactorMiddleware(SkipForAnonymous, otp.OTPMiddleware):
    """Whether the second factor was given."""


class MessageMiddleware(SkipForAnonymous, messages.MessageMiddleware):
    """What the admin says once."""
