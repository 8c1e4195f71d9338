"""ETags and cached responses of public pages: browsers revalidate them, and get 304 until the contents change."""

from functools import lru_cache, wraps
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

http_date_of = lru_cache(maxsize=4)(http_date)  # one moment for all requests of a version


def versioned(view):
    """Decorate a public view: send 304 to those who have its response of this version, else the cached response."""
    return revalidated(cached(view))


def revalidated(view):
    """Decorate a public view: send 304 to those who have its response of this version, else what the view returns.

    A response may be stored by browsers but is revalidated each time, so nobody sees a stale page. Those who are signed
    in get every page built for them. The view finds the version, read before anything else, as ``request.version``.
    """

    @wraps(view)
    def respond(request, *args, **kwargs):
        if problem := vars(request).pop("version_problem", None):  # the database is not asked twice
            raise problem
        request.version = getattr(request, "version", None) or current()
        if settings.DEBUG:  # templates change without a restart
            return view(request, *args, **kwargs)
        # the cookie, not the session: reading the session would make every response vary on cookies
        if settings.SESSION_COOKIE_NAME in request.COOKIES or request.method not in ("GET", "HEAD"):
            response = begun(view(request, *args, **kwargs))
            patch_cache_control(response, private=True, no_cache=True)
            return response
        request.etag = etag_of(request, get_language())
        if has_current(request):
            return with_validators(HttpResponseNotModified(), request)
        return with_validators(begun(view(request, *args, **kwargs)), request)

    return respond


def cached(view, vary=()):
    """Decorate a view, inside ``revalidated``: send the cached response where somebody has asked for it before.

    ``vary`` names the headers of a request that the response depends on. A page that differs between requests, like a
    form with a signed time, does without this.
    """

    @wraps(view)
    def respond(request, *args, **kwargs):
        if not hasattr(request, "etag"):
            return view(request, *args, **kwargs)
        key = (request.etag, *(request.headers.get(name, "") for name in vary))
        if entry := responses.entry_of(key):
            return responses.response_of(key, entry, request)
        response = view(request, *args, **kwargs)
        response = response.render() if hasattr(response, "render") else response  # now, in the active language
        return responses.store(key, request, with_validators(response, request))

    return respond


def cached_response_middleware(get_response):
    """Middleware: send 304 or the cached response of an anonymous request, before the URL is even resolved.

    Only responses of ``versioned`` are cached. URLs without a language in their path vary on more than the path.
    """

    def respond(request):
        language = get_language_from_path(request.path_info)
        if not language or settings.DEBUG or not is_anonymous(request):
            return get_response(request)
        request.get_host()  # refuses a name that is not of this site, as the middleware that a hit passes by
        try:
            request.version = current()
        except Error as problem:  # raised in the view, where another database may take over
            request.version_problem = problem
            return get_response(request)
        request.etag = etag_of(request, language)
        entry = responses.entry_of((request.etag,))
        request.page_name = entry.page_name if entry else ""
        if has_current(request):
            return with_validators(HttpResponseNotModified(), request)
        return responses.response_of((request.etag,), entry, request) if entry else get_response(request)

    return respond


def with_validators(response, request):
    """Return a response with the headers by which caches and browsers revalidate it; an error has none."""
    if response.status_code not in (200, 304):
        return response
    response["ETag"] = request.etag
    response["Last-Modified"] = http_date_of(request.version.changed_at.timestamp())
    response["Cache-Control"] = "public, no-cache"
    patch_vary_headers(response, ["Accept-Encoding"])  # as the compressed response says by itself
    return response


def etag_of(request, language):
    """Return the ETag of a response; weak, because compression and times of building change its bytes."""
    today = timezone.now().date().isoformat()  # a citation states the day of access
    url = request.path, request.META.get("QUERY_STRING", "")
    parts = (*request.version, today, language, *url, release_fingerprint())
    return f'W/"{blake2b(repr(parts).encode(), digest_size=16).hexdigest()}"'


def has_current(request):
    """Whether the browser names the response that ``request.etag`` does.

    A date alone is not enough: two changes may fall into one second, and a new release changes no date.
    """
    named = parse_etags(request.META.get("HTTP_IF_NONE_MATCH", ""))
    return request.etag.removeprefix("W/") in (tag.removeprefix("W/") for tag in named)
