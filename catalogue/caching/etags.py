"""Answers that hold until the contents change: a browser or a cache asks again, and is told that nothing is new."""

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
from catalogue.middleware.anonymous_requests import is_of_a_reader
from catalogue.models.version import current
from catalogue.server.release import release_fingerprint
from catalogue.server.streaming import begun


def versioned(view=None, *, vary=(), admits=lambda request: True):
    """Decorate a public view: send 304 to those who have its response of this version, else the cached response.

    A response may be stored by browsers but is revalidated each time, so nobody sees a stale page. Those who are signed
    in get every page built for them. The view finds the version, read before anything else, as ``request.version``.
    ``vary`` names the headers that the response depends on; a cached response is sent only where ``admits(request)``.
    """
    if view is None:
        return partial(versioned, vary=vary, admits=admits)

    @wraps(view)
    def respond(request, *args, **kwargs):
        request.version = getattr(request, "version", None) or current()
        if settings.DEBUG:  # templates change without a restart
            return view(request, *args, **kwargs)
        # the cookie, not the session: reading the session would make every response vary on cookies
        if settings.SESSION_COOKIE_NAME in request.COOKIES or request.method not in ("GET", "HEAD"):
            response = begun(view(request, *args, **kwargs))
            patch_cache_control(response, private=True, no_cache=True)
            return response
        etag = etag_of(request, get_language())
        if has(request, etag):
            return marked(HttpResponseNotModified(), etag, request.version)
        key = (etag, *(request.headers.get(name, "") for name in vary))
        response = responses.load(key, request)
        if response is None or not admits(request):
            response = responses.store(key, request, begun(rendered(view(request, *args, **kwargs))))
        return marked(response, etag, request.version) if response.status_code in (200, 304) else response

    return respond


def rendered(response):
    """Return a response that is rendered, now, in the active language."""
    return response.render() if hasattr(response, "render") else response


def unchanged(get_response):
    """Middleware: tell a reader who names the newest answer of a page so, before the page is even looked up.

    Only an answer of ``versioned`` can be named. Other addresses than those of a language vary on more than the path.
    """

    def answer(request):
        language = get_language_from_path(request.path_info)
        if language and "If-None-Match" in request.headers and is_of_a_reader(request) and not settings.DEBUG:
            try:
                request.version = current()
            except Error:  # the view will say so, and may be asked again of another database
                return get_response(request)
            etag = etag_of(request, language)
            if has(request, etag):
                return marked(HttpResponseNotModified(), etag, request.version)
        return get_response(request)

    return answer


def marked(response, etag, version):
    """Return an answer with what caches and browsers are to know of it."""
    response["ETag"] = etag
    response["Last-Modified"] = http_date(version.changed_at.timestamp())
    response["Cache-Control"] = "public, no-cache"
    patch_vary_headers(response, ["Accept-Encoding"])  # as the compressed answer says by itself
    return response


def etag_of(request, language):
    """Return what tells this answer from any other; weak, because compression and times of making change its bytes."""
    today = timezone.now().date().isoformat()  # a citation states the day of access
    parts = (*request.version, today, language, request.get_full_path(), release_fingerprint())
    return f'W/"{blake2b(repr(parts).encode(), digest_size=16).hexdigest()}"'


def has(request, etag):
    """Whether the reader names this very answer.

    A date alone is not enough: two changes may fall into one second, and a new release changes no date.
    """
    named = parse_etags(request.headers.get("If-None-Match", ""))
    return etag.removeprefix("W/") in (tag.removeprefix("W/") for tag in named)
