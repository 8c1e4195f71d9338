"""Errors of the API, all of one shape: problem details, RFC 9457."""

import json

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpResponse
from django.utils.translation import get_language_from_request, gettext_lazy as _, override
from rest_framework import exceptions
from rest_framework.response import Response

from catalogue.api.access import CORS

CONTENT_TYPE = "application/problem+json"
TITLES = {
    400: _("A parameter is not valid."),
    403: _("You do not have access to this."),
    404: _("There is nothing at this address."),
    405: _("The API is read-only: use GET or HEAD."),
    406: _("The API answers only in JSON."),
    413: _("The request is too large."),
    414: _("The address is too long."),
    429: _("Too many requests; please wait a moment and try again."),
    500: _("An error occurred on the server."),
    503: _("The catalogue cannot respond at the moment; please try again shortly."),
}


def problem(code, request, **members):
    """Return the members of a problem; ``about:blank`` says that the status tells its kind."""
    title = str(TITLES.get(code, TITLES[500]))
    return {"type": "about:blank", "title": title, "status": code, "instance": request.path, **members}


def answer_to(exception, context):
    """Return the response to what a view of the API raised; ``None`` leaves it to the site's own error pages."""
    if isinstance(exception, Http404):
        exception = exceptions.NotFound()
    if not isinstance(exception, exceptions.APIException):
        return None
    members = {}
    if isinstance(exception, exceptions.ValidationError):
        members["parameters"] = [
            {"parameter": name, "message": str(message)}
            for name, messages in exception.detail.items()
            for message in messages
        ]
    headers = {}
    if getattr(exception, "wait", None):
        headers["Retry-After"] = str(max(1, round(exception.wait)))
    body = problem(exception.status_code, context["request"], **members)
    return Response(body, exception.status_code, headers=headers, content_type=CONTENT_TYPE)


def or_page(page, code):
    """Return an error handler that responds to programs with a problem and to people with a page."""

    def answer(request, *args, **kwargs):
        if not request.path.startswith("/api/"):
            return page(request, *args, **kwargs)
        status = 413 if any(isinstance(argument, RequestDataTooBig) for argument in args) else code
        with override(get_language_from_request(request)):  # some fail before a language is chosen
            body = json.dumps(problem(status, request), ensure_ascii=False)
        return HttpResponse(body, status=status, content_type=CONTENT_TYPE, headers=CORS)

    return answer
