"""Errors in the site's own dress and the reader's language. None of these pages asks the database."""

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

RETRY_AFTER = 60  # seconds until asking again makes sense
PIECE = 2**16  # bytes
LARGEST_BODY = 70 * 2**20  # bytes; the largest file that an import takes, and the form around it

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
    """Say that this door stays closed for a while; the same for accounts that exist and for those that do not."""
    response = error_page(request, 429)
    response["Retry-After"] = str(int(settings.AXES_COOLOFF_TIME.total_seconds()))
    return response


@requires_csrf_token
def csrf_failure(request, reason=""):
    """Answer a form whose origin cannot be made sure of; the reason is for the log, not for the page."""
    return error_page(request, 403, "403_csrf.html")


def server_error(request):
    return error_page(request, 500)


def unavailable(request):
    """Tell that the database does not answer."""
    return error_page(request, 503)


def is_outage(exception):
    """Whether an error passes by itself: the database does not answer (PEP 249), or a disk is full."""
    return isinstance(exception, (OperationalError, InterfaceError)) or is_disk_full(exception)


def outage(request, exception):
    """Answer while the catalogue cannot; the reason is for the log, not for the reader."""
    what = "the disk is full" if is_disk_full(exception) else "the database does not answer"
    logger.error("503 for %s: %s: %s", request.path, what, str(exception).partition("\n")[0])
    take_to_the_end(request)
    response = get_resolver().resolve_error_handler(503)(request)
    response["Retry-After"] = RETRY_AFTER
    response._has_been_logged = True  # Django would say it again, outside a view with a traceback
    return response


def take_to_the_end(request):
    """Read what is left of a body: a browser that still sends when the connection is closed never sees the answer."""
    with suppress(OSError):  # the reader has gone
        while request.read(PIECE):
            pass


def or_outage(failure):
    """Return a handler of failures for those, too, that happen outside a view: in a session, in an upload."""

    @wraps(failure)
    def answer(request):
        exception = sys.exc_info()[1]
        return outage(request, exception) if is_outage(exception) else failure(request)

    return answer


def is_too_large(request):
    """Whether a body is larger than anything that the catalogue takes, by what is said of it before it is read."""
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
        """Answer what a view could not, when the database or the disk is to blame."""
        return outage(request, exception) if is_outage(exception) else None
