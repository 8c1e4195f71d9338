"""Errors in the site's own dress and the reader's language."""

from django.shortcuts import render
from django.utils.translation import get_language_from_request, override
from django.views.decorators.csrf import requires_csrf_token


def error_page(request, status):
    """Return the page for an HTTP error.

    The language is that of the address, or of the browser when no middleware has chosen one yet.
    """
    with override(get_language_from_request(request, check_path=True)):
        return render(request, f"{status}.html", status=status)


@requires_csrf_token
def bad_request(request, exception=None):
    return error_page(request, 400)


@requires_csrf_token
def forbidden(request, exception=None):
    return error_page(request, 403)


@requires_csrf_token
def not_found(request, exception=None):
    return error_page(request, 404)


def server_error(request):
    return error_page(request, 500)
