"""The lane of costly work: how many files are made, waited for and streamed at a time; pages always have threads.

A worker (``manage.py db_worker``) makes files where ``TASKS=database``; else each web process makes them itself, one
after the other, in a thread beside those that answer.
"""

import time
from threading import BoundedSemaphore, Thread

from django.conf import settings
from django.db import connections
from django.utils import timezone

from catalogue.costly_files.generate import contents_of, forget_outdated, key_of, make_file
from catalogue.models import CachedFile
from catalogue.models.cached_file import FileState

QUEUED = 32  # files that wait for the worker, or are being made
PLACES = 8  # the same for each web process without a worker
WAITERS = 2  # threads of a process, of four, that wait for a file or send a long one; the others are for pages
LOOKED_EVERY = 0.1  # seconds

_places = BoundedSemaphore(PLACES)
_turn = BoundedSemaphore(1)  # one file at a time for each process: many at once take time, not memory
_waiters = BoundedSemaphore(WAITERS)


def file_at(path, version):
    """Return the file of a path with its canonical query, being made from now on if it was not; None in a full lane."""
    contents = contents_of(version)
    key = key_of(path, contents)
    file = CachedFile.objects.filter(key=key).first()
    if file is not None and not file.is_abandoned:
        return file
    forget_outdated(contents)
    return _queued(key, path, contents) if settings.WORKER else _begun(key, path, contents)


def wait_for(file, seconds):
    """Return a file when it is ready, or as it is after some seconds; at once when enough threads wait already."""
    if file.state in (FileState.READY, FileState.FAILED) or not _waiters.acquire(blocking=False):
        return file
    end = time.monotonic() + seconds
    try:
        while file.state in (FileState.WAITING, FileState.MAKING) and time.monotonic() < end:
            time.sleep(LOOKED_EVERY)
            found = CachedFile.objects.filter(pk=file.pk).first()
            if found is None:  # the contents changed meanwhile
                break
            file = found
    finally:
        _waiters.release()
    return file


def take_a_thread():
    """Return whether this thread may do something long; who was told so gives it back by ``give_back``."""
    return _waiters.acquire(blocking=False)


def give_back():
    _waiters.release()


def _queued(key, path, contents):
    if CachedFile.objects.unfinished().count() >= QUEUED:
        return None
    file, claimed = CachedFile.objects.claim(key, path, contents)
    if claimed:
        make_file.enqueue(file.pk)
    return file


def _begun(key, path, contents):
    if not _places.acquire(blocking=False):
        return None
    file, claimed = CachedFile.objects.claim(key, path, contents)
    if not claimed:
        _places.release()
    elif settings.WORK_IN_BACKGROUND:
        Thread(target=_in_a_thread, args=[file.pk], daemon=True).start()
    else:
        _in_turn(file.pk)
        file = CachedFile.objects.filter(pk=file.pk).first() or file
    return file


def _in_a_thread(pk):
    try:
        _in_turn(pk)
    finally:
        connections.close_all()


def _in_turn(pk):
    try:
        while not _turn.acquire(timeout=10):
            CachedFile.objects.filter(pk=pk).update(heard_at=timezone.now())
        try:
            make_file.enqueue(pk)
        finally:
            _turn.release()
    finally:
        _places.release()
