"""Answers that hold until the contents change: a browser or a cache asks again, and is told that nothing is new."""

from functools import wraps
from hashlib import blake2b
from itertools import chain

from django.conf import settings
from django.db import Error
from django.http import FileResponse, HttpResponseNotModified
from django.utils import timezone
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.http import http_date, parse_etags
from django.utils.translation import get_language, get_language_from_path

from catalogue.middleware.anonymous_requests import is_of_a_reader
from catalogue.models.version import current
from catalogue.server.release import release

BEGINNING = 2**18  # bytes


def versioned(view):
    """Let a public view answer 304, before it reads anything, to who already has its answer of this version.

    The answer may be kept but is asked for anew each time, so nobody sees a stale page. Readers who are logged in get
    every page made for them. The view finds the version, read before anything else, as ``request.version``.
    """

    @wraps(view)
    def answer(request, *args, **kwargs):
        request.version = getattr(request, "version", None) or current()
        if settings.DEBUG:  # templates change without a restart
            return view(request, *args, **kwargs)
        # the cookie, not the session: reading the session would make every answer vary on cookies
        if settings.SESSION_COOKIE_NAME in request.COOKIES or request.method not in ("GET", "HEAD"):
            response = begun(view(request, *args, **kwargs))
            patch_cache_control(response, private=True, no_cache=True)
            return response
        etag = etag_of(request, get_language())
        response = HttpResponseNotModified() if has(request, etag) else begun(view(request, *args, **kwargs))
        return marked(response, etag, request.version) if response.status_code in (200, 304) else response

    return answer


def begun(response):
    """Return an answer of which the beginning is made, and so all of a short one, before its first byte is sent.

    Until then a failure can be answered with a page, and a reader who has nothing yet can be served from elsewhere;
    afterwards she has a broken file.
    """
    if response.streaming and not isinstance(response, FileResponse):
        pieces, beginning = iter(response.streaming_content), bytearray()
        try:
            while len(beginning) < BEGINNING and (piece := next(pieces, None)) is not None:
                beginning += piece
        except BaseException:
            response.close()  # nobody else will: it is not handed on
            raise
        response.streaming_content = chain([bytes(beginning)], pieces)
    return response


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
    parts = (*request.version, today, language, request.get_full_path(), release())
    return f'W/"{blake2b(repr(parts).encode(), digest_size=16).hexdigest()}"'


def has(request, etag):
    """Whether the reader names this very answer.

    A date alone is not enough: two changes may fall into one second, and a new release changes no date.
    """
    named = parse_etags(request.headers.get("If-None-Match", ""))
    return etag.removeprefix("W/") in (tag.removeprefix("W/") for tag in named)
