"""Error pages in the style of the site and the language of the reader; none of them queries the database."""

import logging
import sys
from contextlib import suppress
from functools import wraps

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.shortcuts import render
from django.urls import get_resolver
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language_from_request, override
from django.views.decorators.csrf import requires_csrf_token

from catalogue.server.disk_full import is_disk_full

RETRY_AFTER = 60  # seconds until a new attempt makes sense
PIECE = 2**16  # bytes
LARGEST_BODY = 70 * 2**20  # bytes; the largest file that an import accepts, and the form around it

logger = logging.getLogger(__name__)


def error_page(request, status, template=None):
    """Return the page for an HTTP error.

    The language is that of the address, or of the browser when no middleware has chosen one yet.
    """
    with override(get_language_from_request(request, check_path=True)):
        response = render(request, template or f"{status}.html", status=status)
    add_never_cache_headers(response)  # what is not there now may be there in a minute
    return response


@requires_csrf_token
def bad_request(request, exception=None):
    return error_page(request, 413 if isinstance(exception, RequestDataTooBig) else 400)


@requires_csrf_token
def forbidden(request, exception=None):
    return error_page(request, 403)


@requires_csrf_token
def not_found(request, exception=None):
    return error_page(request, 404)


def too_many_attempts(request, original_response=None, credentials=None):
    """Say that logging in is blocked for a while, in the same way for accounts that exist and that do not."""
    response = error_page(request, 429)
    response["Retry-After"] = str(int(settings.AXES_COOLOFF_TIME.total_seconds()))
    return response


@requires_csrf_token
def csrf_failure(request, reason=""):
    """Refuse a form whose origin cannot be verified; the reason is for the log, not for the page."""
    return error_page(request, 403, "403_csrf.html")


def server_error(request):
    return error_page(request, 500)


def unavailable(request):
    """Say that the database does not answer."""
    return error_page(request, 503)


def is_outage(exception):
    """Whether an error passes by itself: the database does not answer (PEP 249), or a disk is full."""
    return isinstance(exception, (OperationalError, InterfaceError)) or is_disk_full(exception)


def outage(request, exception):
    """Answer while the catalogue cannot; the reason is for the log, not for the reader."""
    what = "the disk is full" if is_disk_full(exception) else "the database does not answer"
    logger.error("503 for %s: %s: %s", request.path, what, str(exception).partition("\n")[0])
    drain_body(request)
    response = get_resolver().resolve_error_handler(503)(request)
    response["Retry-After"] = RETRY_AFTER
    response._has_been_logged = True  # Django would say it again, outside a view with a traceback
    return response


def drain_body(request):
    """Read the rest of a body: a browser that is still sending when the connection closes never sees the response."""
    with suppress(OSError):  # the client has gone
        while request.read(PIECE):
            pass


def with_outage_page(error_handler):
    """Return a handler of errors that also handles outages outside a view: in a session, in an upload."""

    @wraps(error_handler)
    def handler(request):
        exception = sys.exc_info()[1]
        return outage(request, exception) if is_outage(exception) else error_handler(request)

    return handler


def is_too_large(request):
    """Whether the declared length of a body is larger than anything that the catalogue accepts."""
    length = request.META.get("CONTENT_LENGTH", "")
    return length.isdecimal() and int(length[:20]) > LARGEST_BODY


class ErrorPages:
    """Middleware: an outage is 503, not 500; a method that is not allowed and a body too large get a page, too."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if is_too_large(request):
            return get_resolver().resolve_error_handler(400)(request, RequestDataTooBig())
        response = self.get_response(request)
        if response.status_code != 405 or response.content:
            return response
        page = error_page(request, 405)
        page["Allow"] = response["Allow"]
        return page

    def process_exception(self, request, exception):
        """Respond to an error of a view when the database or the disk caused it."""
        return outage(request, exception) if is_outage(exception) else None
