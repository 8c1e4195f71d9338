"""Whole responses as they go over the wire, plain and compressed, in each process and in the cache that they share.

A key names the version, the language, the day, the URL and the release, so that an entry is never stale: after a change
of the contents nobody asks for its key again, and it is evicted in time.
"""

from gzip import compress as gzip
from typing import NamedTuple

import brotli
from django.conf import settings
from django.core.cache import cache
from django.http import HttpResponse
from django.utils.translation import get_language

from catalogue.caching.lru import ProcessCache

LARGEST = 2**20  # bytes of a response that is cached
OVERHEAD = 4000  # bytes of an entry beside its bodies: headers, key, and what Python and the cache need for them
SHORTEST = 200  # bytes that are worth compressing, as for Django's own middleware
SHARED_SECONDS = 24 * 60 * 60
COMPRESS = {"br": lambda body: brotli.compress(body, quality=5), "gzip": lambda body: gzip(body, 6, mtime=0)}
PACKED = ("application/pdf", "application/zip", "application/vnd.openxmlformats-", "application/vnd.oasis.")


class Entry(NamedTuple):
    """A response: its headers, its body in each encoding that somebody has accepted (``""`` is plain), its page."""

    headers: dict
    bodies: dict
    page_name: str = ""  # that of the URL pattern, by which responses are counted


def size_of(entry):
    """Return the bytes of memory that an entry takes, about."""
    return OVERHEAD + sum(map(len, entry.bodies.values()))


_entries = ProcessCache(settings.RESPONSE_CACHE_BYTES, getsizeof=size_of)


def entry_of(key):
    """Return the entry that this process has cached, or another one of those that share a cache; ``None`` without."""
    entry = _entries.get(key)
    if entry is None and settings.CACHE_IS_SHARED and (entry := cache.get(_name(key))):
        entry = _entries.set(key, Entry(*entry))
    return entry


def store(key, request, response):
    """Cache a response that anybody may get, and return it as ``response_of`` does; return any other as it is."""
    if (
        response.status_code != 200
        or response.streaming
        or response.cookies
        or "CSRF_COOKIE_NEEDS_UPDATE" in request.META  # the page holds a token of this request
        or len(response.content) > LARGEST
    ):
        return response
    headers = {"Content-Language": get_language(), **response.headers}  # as the middleware that a hit passes by
    entry = Entry(headers, {"": response.content}, request.resolver_match.view_name)
    stored = response_of(key, _put(key, entry), request)
    stored._resource_closers = response._resource_closers
    return stored


def _put(key, entry):
    """Store an entry in this process and in the cache that several share, and return it."""
    if settings.CACHE_IS_SHARED:
        cache.set(_name(key), tuple(entry), SHARED_SECONDS)
    return _entries.set(key, entry)


def response_of(key, entry, request):
    """Return the response of an entry in the best encoding that the request accepts, which is cached too."""
    encoding = _encoding(entry, request)
    if encoding not in entry.bodies:
        body = COMPRESS[encoding](entry.bodies[""])
        entry = _put(key, entry._replace(bodies={**entry.bodies, encoding: body}))
    response = HttpResponse(entry.bodies[encoding], headers=entry.headers)
    response["Content-Length"] = str(len(entry.bodies[encoding]))
    if encoding:
        response["Content-Encoding"] = encoding
    return response


def _encoding(entry, request):
    if len(entry.bodies[""]) < SHORTEST or entry.headers.get("Content-Type", "").startswith(PACKED):
        return ""
    parts = request.META.get("HTTP_ACCEPT_ENCODING", "").replace(" ", "").split(",")
    accepted = {part.partition(";")[0] for part in parts if not part.endswith(";q=0")}
    return next((encoding for encoding in COMPRESS if encoding in accepted), "")


def _name(key):
    return "response:" + ":".join(key)
