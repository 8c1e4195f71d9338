"""Errors in the site's own dress and the reader's language. None of these pages asks the database."""

import logging

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.shortcuts import render
from django.urls import get_resolver
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language_from_request, override
from django.views.decorators.csrf import requires_csrf_token

RETRY_AFTER = 60  # seconds until asking again makes sense

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
    return error_page(request, 400)


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


class ErrorPages:
    """Middleware: a database that does not answer is 503, not 500; a method that is not allowed gets a page, too."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code != 405 or response.content:
            return response
        page = error_page(request, 405)
        page["Allow"] = response["Allow"]
        return page

    def process_exception(self, request, exception):
        """Answer what a view could not, when the database is to blame; see PEP 249 for the two errors."""
        if not isinstance(exception, (OperationalError, InterfaceError)):
            return None
        reason = str(exception).partition("\n")[0]
        logger.error("503 for %s: the database does not answer: %s", request.path, reason)
        response = get_resolver().resolve_error_handler(503)(request)
        response["Retry-After"] = RETRY_AFTER
        return response
