"""Responses with files that take long: from the cache, or a page that says when, so that no page waits for a file."""

import tempfile

from django.db import InterfaceError, OperationalError
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from catalogue.costly_files import slots
from catalogue.costly_files.generate import GENERATED_HERE
from catalogue.models import CachedFile
from catalogue.models.cached_file import FileState
from catalogue.views.errors import error_page

PATIENCE = 3  # seconds that a person waits for a file before a page says how far it is
PATIENCE_OF_PROGRAMS = 30  # they cannot read that page
ASKED_AGAIN = 3  # seconds
FULL = 20  # seconds until a slot is likely to be free
SHORT_LIST = 500  # practices; a longer list takes a thread for seconds


def from_cache(request, make, query=""):
    """Return the response of ``make()``, a file that is generated once for all requests until the contents change.

    ``query`` is the canonical one: only the parameters that decide what the file holds, so that no other generates it
    again. Meanwhile the response is a page (202) that asks again by itself; when too many wait already, 503.
    """
    if GENERATED_HERE in request.META:
        return make()
    path = f"{request.path}?{query}" if query else request.path
    try:
        file = slots.file_at(path, request.version)
        if file is None:
            return busy(request)
        return _response(request, slots.wait_for(file, patience_of(request)))
    except (OperationalError, InterfaceError):  # the primary database is away: nothing can be stored
        return with_a_thread(request, make)


def streamed(request, length, make):
    """Return what ``make()`` streams; only so many long lists (of ``length`` practices) are sent at a time."""
    return make() if length <= SHORT_LIST else with_a_thread(request, make)


def with_a_thread(request, make):
    """Return what ``make()`` returns, which takes long, if that leaves enough threads for pages."""
    if not slots.acquire_thread():
        return busy(request)
    try:
        response = make()
    except BaseException:
        slots.release_thread()
        raise
    response._resource_closers.append(slots.release_thread)
    return response


def patience_of(request):
    """Return how many seconds a request waits; only a person's browser asks for pages of HTML."""
    return PATIENCE if "text/html" in request.headers.get("Accept", "") else PATIENCE_OF_PROGRAMS


def busy(request):
    """Return a page which says that too many files are being generated, and asks again after a while."""
    return _asking_again(error_page(request, 503, "catalogue/file_busy.html"), FULL)


def _response(request, file):
    if file.state == FileState.READY:
        return _sent(file)
    if file.state == FileState.FAILED:
        return error_page(request, 500)
    context = {"file": file, "before": CachedFile.objects.asked_before(file).count()}
    page = render(request, "catalogue/file_progress.html", context, status=202)
    add_never_cache_headers(page)
    return _asking_again(page, ASKED_AGAIN)


def _asking_again(page, seconds):
    """Let a browser without JavaScript ask again, and tell programs when to."""
    page["Refresh"] = page["Retry-After"] = str(seconds)
    return page


def _sent(file):
    """Return a file as it is now: it may be evicted while it is sent."""
    pieces = file.pieces.values_list("content", flat=True)
    if not file.streamed:
        return HttpResponse(b"".join(pieces), headers=file.headers)
    copy = tempfile.TemporaryFile()  # noqa: SIM115 - FileResponse closes it
    copy.writelines(pieces.iterator(chunk_size=1))
    copy.seek(0)
    response = FileResponse(copy, content_type=file.headers["Content-Type"])
    for name, value in file.headers.items():
        response[name] = value
    return response
