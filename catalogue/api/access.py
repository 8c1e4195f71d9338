"""What every endpoint of the API has in common: its language, CORS, its ETag, its rate limit."""

from functools import wraps

from django.conf import settings
from django.http import HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext
from rest_framework.decorators import api_view, throttle_classes
from rest_framework.exceptions import ValidationError
from rest_framework.throttling import BaseThrottle

from catalogue.caching.etags import cached, revalidated
from catalogue.server.rate_limit import MINUTE, is_too_often

METHODS = ("GET", "HEAD")
LANGUAGES = {"es": "es", "en": "en", "pt": "pt-br", "pt-br": "pt-br"}  # what `lang` may say
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Content-Language, ETag, Link, Retry-After",
}
PREFLIGHT = {
    **CORS,
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Accept-Language, If-None-Match",
    "Access-Control-Max-Age": "86400",
    "Allow": "GET, HEAD, OPTIONS",
}


class PoliteThrottle(BaseThrottle):
    """Rate limit: so many requests a minute from one network; the response to more says how long to wait."""

    def allow_request(self, request, view):
        return request._request.is_admitted

    def wait(self):
        return MINUTE


def counted(view):
    """Decorate a view: count the request for the rate limit, and send the cached response only within it."""
    cached_view = cached(view, vary=["Accept"])

    @wraps(view)
    def respond(request, *args, **kwargs):
        request.is_admitted = not is_too_often(request, "api", settings.API_REQUESTS_PER_MINUTE, seconds=MINUTE)
        return (cached_view if request.is_admitted else view)(request, *args, **kwargs)

    return respond


def public(view):
    """Make a function an endpoint of the API, open to every site, in the language asked for.

    What the client has already is answered 304 before anything else, and does not count for the rate limit.
    """
    counted_view = revalidated(counted(view))

    @wraps(view)
    def endpoint(request, *args, **kwargs):
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers=PREFLIGHT)
        language = LANGUAGES.get(request.GET.get("lang"), translation.get_language())
        with translation.override(language):
            response = counted_view(request, *args, **kwargs)
            response["Content-Language"] = translation.get_language()
        for name, value in CORS.items():
            response[name] = value
        patch_vary_headers(response, ["Accept"])
        return response

    return endpoint


def reading(view):
    """Make a function respond to GET and HEAD, and refuse a language that the catalogue does not have."""

    @throttle_classes([PoliteThrottle])
    @wraps(view)
    def endpoint(request, *args, **kwargs):
        if request.GET.get("lang", "es") not in LANGUAGES:
            message = gettext("Use one of these values: %(values)s.") % {"values": ", ".join(LANGUAGES)}
            raise ValidationError({"lang": [message]})
        return view(request, *args, **kwargs)

    return api_view(METHODS)(endpoint)
