"""Slots for costly files: how many are generated, waited for and streamed at a time, so that pages always have threads.

A worker (``manage.py db_worker``) generates files where ``TASKS=database``; else each web process does, one after the
other, in a thread beside those that serve requests.
"""

import time
from threading import BoundedSemaphore, Thread

from django.conf import settings
from django.db import connections
from django.utils import timezone

from catalogue.costly_files.generate import contents_of, delete_outdated, file_key, make_file
from catalogue.models import CachedFile
from catalogue.models.cached_file import FileState

QUEUED = 32  # files that wait for the worker, or are being generated
JOBS = 8  # the same for each web process without a worker
THREADS = 2  # of a process, of four, that wait for a file or send a long one; the others are for pages
POLL_EVERY = 0.1  # seconds

_job_slots = BoundedSemaphore(JOBS)
_running = BoundedSemaphore(1)  # one file at a time for each process: many at once take time, not memory
_thread_slots = BoundedSemaphore(THREADS)


def file_at(path, version):
    """Return the file of a path with its canonical query, queued if it was not yet; None when the queue is full."""
    contents = contents_of(version)
    key = file_key(path, contents)
    file = CachedFile.objects.filter(key=key).first()
    if file is not None and not file.is_abandoned:
        return file
    delete_outdated(contents)
    return _enqueue(key, path, contents) if settings.WORKER else _start_here(key, path, contents)


def wait_for(file, seconds):
    """Return a file when it is ready, or as it is after some seconds; at once when enough threads wait already."""
    if file.state in (FileState.READY, FileState.FAILED) or not acquire_thread():
        return file
    end = time.monotonic() + seconds
    try:
        while file.state in (FileState.WAITING, FileState.MAKING) and time.monotonic() < end:
            time.sleep(POLL_EVERY)
            found = CachedFile.objects.filter(pk=file.pk).first()
            if found is None:  # the contents changed meanwhile
                break
            file = found
    finally:
        release_thread()
    return file


def acquire_thread():
    """Return whether this thread may do something long; if so, call ``release_thread`` at its end."""
    return _thread_slots.acquire(blocking=False)


def release_thread():
    _thread_slots.release()


def _enqueue(key, path, contents):
    if CachedFile.objects.unfinished().count() >= QUEUED:
        return None
    file, claimed = CachedFile.objects.claim(key, path, contents)
    if claimed:
        make_file.enqueue(file.pk)
    return file


def _start_here(key, path, contents):
    if not _job_slots.acquire(blocking=False):
        return None
    file, claimed = CachedFile.objects.claim(key, path, contents)
    if not claimed:
        _job_slots.release()
    elif settings.WORK_IN_BACKGROUND:
        Thread(target=_run_in_thread, args=[file.pk], daemon=True).start()
    else:
        _run(file.pk)
        file = CachedFile.objects.filter(pk=file.pk).first() or file
    return file


def _run_in_thread(pk):
    try:
        _run(pk)
    finally:
        connections.close_all()


def _run(pk):
    """Generate a file when those before it are ready, and release its job slot."""
    try:
        while not _running.acquire(timeout=10):
            CachedFile.objects.filter(pk=pk).update(heard_at=timezone.now())
        try:
            make_file.enqueue(pk)
        finally:
            _running.release()
    finally:
        _job_slots.release()
