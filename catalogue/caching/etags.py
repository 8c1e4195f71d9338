"""ETags of public responses: browsers revalidate them, and get 304 until the contents change."""

from functools import partial, wraps
from hashlib import blake2b

from django.conf import settings
from django.db import Error
from django.http import HttpResponseNotModified
from django.utils import timezone
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.http import http_date, parse_etags
from django.utils.translation import get_language, get_language_from_path

from catalogue.caching import responses
from catalogue.middleware.anonymous_requests import is_anonymous
from catalogue.models.version import current
from catalogue.server.release import release_fingerprint
from catalogue.server.streaming import begun


def versioned(view=None, *, vary=(), admits=lambda request: True, stored=True):
    """Decorate a public view: send 304 to those who have its response of this version, else the cached response.

    A response may be stored by browsers but is revalidated each time, so nobody sees a stale page. Those who are signed
    in get every page built for them. The view finds the version, read before anything else, as ``request.version``.
    ``vary`` names the headers that the response depends on; a cached response is sent only where ``admits(request)``.
    A page that is not ``stored`` differs between requests, like a form with a signed time.
    """
    if view is None:
        return partial(versioned, vary=vary, admits=admits, stored=stored)

    @wraps(view)
    def respond(request, *args, **kwargs):
        request.version = getattr(request, "version", None) or current()
        if settings.DEBUG:  # templates change without a restart
            return view(request, *args, **kwargs)
        # the cookie, not the session: reading the session would make every response vary on cookies
        if settings.SESSION_COOKIE_NAME in request.COOKIES or request.method not in ("GET", "HEAD"):
            return private(begun(view(request, *args, **kwargs)))
        etag = etag_of(request, get_language())
        if has_current(request, etag):
            return with_validators(HttpResponseNotModified(), etag, request.version)
        key = (etag, *(request.headers.get(name, "") for name in vary))
        response = responses.load(key, request) if stored else None
        if response is None or not admits(request):
            response = begun(rendered(view(request, *args, **kwargs)))
            response = responses.store(key, request, response) if stored else response
        return with_validators(response, etag, request.version) if response.status_code in (200, 304) else response

    return respond


def private(response):
    """Return a response that only the browser may store, which revalidates it."""
    patch_cache_control(response, private=True, no_cache=True)
    return response


def rendered(response):
    """Return a response that is rendered, now, in the active language."""
    return response.render() if hasattr(response, "render") else response


def not_modified_middleware(get_response):
    """Middleware: send 304 for the ETag of the newest response, before the URL is even resolved.

    Only responses of ``versioned`` have one. URLs without a language in their path vary on more than the path.
    """

    def respond(request):
        language = get_language_from_path(request.path_info)
        if language and "If-None-Match" in request.headers and is_anonymous(request) and not settings.DEBUG:
            try:
                request.version = current()
            except Error:  # the view will say so, and may be asked again of another database
                return get_response(request)
            etag = etag_of(request, language)
            if has_current(request, etag):
                return with_validators(HttpResponseNotModified(), etag, request.version)
        return get_response(request)

    return respond


def with_validators(response, etag, version):
    """Return a response with the headers by which caches and browsers revalidate it."""
    response["ETag"] = etag
    response["Last-Modified"] = http_date(version.changed_at.timestamp())
    response["Cache-Control"] = "public, no-cache"
    patch_vary_headers(response, ["Accept-Encoding"])  # as the compressed response says by itself
    return response


def etag_of(request, language):
    """Return the ETag of a response; weak, because compression and times of building change its bytes."""
    today = timezone.now().date().isoformat()  # a citation states the day of access
    parts = (*request.version, today, language, request.get_full_path(), release_fingerprint())
    return f'W/"{blake2b(repr(parts).encode(), digest_size=16).hexdigest()}"'


def has_current(request, etag):
    """Whether the browser names this very response.

    A date alone is not enough: two changes may fall into one second, and a new release changes no date.
    """
    named = parse_etags(request.headers.get("If-None-Match", ""))
    return etag.removeprefix("W/") in (tag.removeprefix("W/") for tag in named)
