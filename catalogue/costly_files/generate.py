"""Generates a file by calling the site's own view, and stores it: the task of the queue ``files``."""

import logging
from contextlib import contextmanager
from hashlib import blake2b
from threading import Event, Thread
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connections
from django.test import RequestFactory
from django.urls import resolve
from django.utils import timezone, translation
from django_tasks import task

from catalogue.models import CachedFile, CachedFilePiece
from catalogue.models.cached_file import FileState
from catalogue.models.version import current
from catalogue.server.release import release_fingerprint

GENERATED_HERE = "catalogue.made_here"  # in a request whose response is the file itself; no client can send it
PIECE = 2**19  # bytes
LARGEST_CACHE = 2**28  # bytes of all stored files
HEARTBEAT = 5  # seconds
HEADERS = ("Content-Type", "Content-Disposition", "Content-Language")

logger = logging.getLogger(__name__)


def contents_of(version):
    """Return the key of a state of the contents; files also name the day on which they were generated."""
    parts = (*version, timezone.now().date().isoformat(), release_fingerprint())
    return blake2b(repr(parts).encode(), digest_size=32).hexdigest()


def file_key(path, contents):
    """Return the key of the file that a path with its canonical query leads to."""
    return blake2b(f"{contents} {path}".encode(), digest_size=32).hexdigest()


def delete_outdated(contents=None):
    """Delete the files of earlier contents; no request leads to them any more."""
    CachedFile.objects.of_other_contents(contents or contents_of(current())).delete()


@task(queue_name="files")
def make_file(pk):
    """Generate a file of the queue, unless another process does or its contents are outdated."""
    file = CachedFile.objects.begin(pk)
    if file is None:
        return
    if file.contents != contents_of(current()):
        logger.warning("the contents have changed, or this worker has another release or SITE_URL than the web server")
        file.delete()
        return
    try:
        with heartbeat(pk):
            _store(file, *response_to(file.path))
    except Exception:
        logger.exception("a file could not be made: %s", file.path.partition("?")[0])  # not what was searched for
        CachedFile.objects.filter(pk=pk).update(state=FileState.FAILED, heard_at=timezone.now())


def response_to(path):
    """Return the response of the site's own view to a path, and the version of the contents that it read."""
    site = urlsplit(settings.SITE_URL)
    origin = {"SERVER_NAME": site.hostname, "wsgi.url_scheme": site.scheme, "SERVER_PORT": str(site.port or 80)}
    request = RequestFactory(**origin, **{GENERATED_HERE: True}).get(path)
    with translation.override(translation.get_language_from_path(request.path)):
        view, arguments, named = request.resolver_match = resolve(request.path)
        return view(request, *arguments, **named), request.version


def _store(file, response, version):
    """Store a response; discard one that is no file, or that is of newer contents than it should be."""
    if response.status_code != 200 or contents_of(version) != file.contents:
        file.delete()
        return
    file.pieces.all().delete()  # of somebody who was interrupted
    size = 0
    for piece in pieces_of(response):
        CachedFilePiece.objects.create(file=file, content=piece)
        size += len(piece)
    headers = {name: response[name] for name in HEADERS if name in response}
    generated = CachedFile.objects.filter(pk=file.pk, state=FileState.MAKING)
    generated.update(state=FileState.READY, size=size, headers=headers, streamed=response.streaming)
    CachedFile.objects.filter(pk__in=CachedFile.objects.beyond(LARGEST_CACHE)).delete()


def pieces_of(response):
    """Yield a response in pieces of one size."""
    waiting = bytearray()
    try:
        for part in response:
            waiting += part
            while len(waiting) >= PIECE:
                yield bytes(waiting[:PIECE])
                del waiting[:PIECE]
    finally:  # ``response.close`` would also signal the end of a request, and close connections
        for close in response._resource_closers:
            close()
    if waiting:
        yield bytes(waiting)


@contextmanager
def heartbeat(pk):
    """Update ``heard_at`` while a file is generated; not in tests, whose transactions nobody sees."""
    done = Event()

    def beat():
        while not done.wait(HEARTBEAT):
            CachedFile.objects.filter(pk=pk).update(heard_at=timezone.now())
        connections.close_all()

    thread = Thread(target=beat, daemon=True)
    if settings.WORK_IN_BACKGROUND:
        thread.start()
    try:
        yield
    finally:
        done.set()
