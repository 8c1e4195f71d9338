"""The read replica of ``DATABASE_REPLICA_URL``: it serves anonymous requests, the primary database all others.

A request reads one database only, from the version of the catalogue to the last row, so that what is cached for a
version was always built from it. A replica that fails, or that has fallen too far behind, is not used for a while.
"""

import logging
import time
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import DEFAULT_DB_ALIAS, Error, InterfaceError, OperationalError, connections
from django.http import FileResponse
from django.utils import timezone

from catalogue.middleware.anonymous_requests import JUST_LEFT, is_anonymous
from catalogue.models.version import current, first_change_after

REPLICA = "replica"
UNUSED = 5  # seconds until a replica that failed is tried again
COMPARED_EVERY = 5  # seconds
FURTHEST_BEHIND = timedelta(seconds=60)
JUST_LEFT_SECONDS = 10

logger = logging.getLogger(__name__)
_reads = ContextVar("the database that is read", default=DEFAULT_DB_ALIAS)


class ReadReplicaRouter:
    """Reads go where the request reads; everything is written to the primary database."""

    def db_for_read(self, model, **hints):
        return _reads.get()

    def db_for_write(self, model, **hints):
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one, other, **hints):
        return True

    def allow_migrate(self, db, app_label, **hints):
        return db == DEFAULT_DB_ALIAS


@contextmanager
def reading_from(alias):
    """Read from the database ``alias`` inside."""
    handle = _reads.set(alias)
    try:
        yield
    finally:
        _reads.reset(handle)


class ReplicaHealth:
    """Whether the replica may be read, as this process knows it."""

    def __init__(self):
        self.away_until = self.compare_at = 0.0

    def is_usable(self):
        """Whether the replica answers and is not far behind; it is asked at most every few seconds."""
        now = time.monotonic()
        if now < self.away_until:
            return False
        if now >= self.compare_at:
            self.compare_at = now + COMPARED_EVERY
            self._compare()
        return now >= self.away_until

    def stop_using(self, reason):
        """Read the primary database for a while."""
        logger.warning("readers are served from the primary database for a while: %s", reason)
        self.away_until = time.monotonic() + UNUSED
        self.compare_at = 0.0

    def _compare(self):
        try:
            copied = current(REPLICA)
        except Error as problem:
            self.stop_using(f"the replica does not answer: {first_line(problem)}")
            return
        try:
            missing_since = first_change_after(copied, DEFAULT_DB_ALIAS)
        except Error:  # then the replica is all there is
            return
        if missing_since and timezone.now() - missing_since > FURTHEST_BEHIND:
            self.stop_using("the replica is too far behind")


def first_line(problem):
    return str(problem).partition("\n")[0]


class ReadReplicaMiddleware:
    """Middleware: serve an anonymous request from the replica, or from the primary database while that is not used.

    If the one fails, the request is served once more from the other: reading twice does no harm.
    """

    def __init__(self, get_response):
        if REPLICA not in connections.settings:
            raise MiddlewareNotUsed
        self.get_response, self.health = get_response, ReplicaHealth()

    def __call__(self, request):
        if not is_anonymous(request):
            return self._with_own_writes(request, self.get_response(request))
        return self._served_from(REPLICA if self.health.is_usable() else DEFAULT_DB_ALIAS, request)

    def process_exception(self, request, exception):
        """Serve the request from the other database when the one failed half-way, but not a third time."""
        failed = _reads.get()
        is_first = not hasattr(request, "failed_to_read")
        if not (is_first and is_anonymous(request) and isinstance(exception, (OperationalError, InterfaceError))):
            return None
        request.failed_to_read, request.version = failed, None  # the version of the other database may differ
        if failed == REPLICA:
            self.health.stop_using(first_line(exception))
        return self._served_from(DEFAULT_DB_ALIAS if failed == REPLICA else REPLICA, request)

    def _served_from(self, alias, request):
        with reading_from(alias):
            response = self.get_response(request)
        is_usable = alias == REPLICA and getattr(request, "failed_to_read", "") != REPLICA
        return streamed_from_replica(response) if is_usable else response

    def _with_own_writes(self, request, response):
        """Let those who have just signed out see their own last changes."""
        session = response.cookies.get(settings.SESSION_COOKIE_NAME)
        if session is not None and not session.value:
            response.set_cookie(
                JUST_LEFT, "1", JUST_LEFT_SECONDS, secure=settings.SECURE, httponly=True, samesite="Lax"
            )
        return response


def is_readable():
    """Whether there is a replica that can be read."""
    try:
        return REPLICA in connections.settings and current(REPLICA).number >= 0
    except Error:
        return False


def streamed_from_replica(response):
    """Return a response whose pieces, made while they are sent, come from the replica too."""
    if response.streaming and not isinstance(response, FileResponse):
        response.streaming_content = _pieces(iter(response.streaming_content))
    return response


def _pieces(pieces):
    while True:
        with reading_from(REPLICA):  # not around the ``yield``: other requests of this thread come between
            piece = next(pieces, None)
        if piece is None:
            return
        yield piece
