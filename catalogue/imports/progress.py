"""How far an import is, reported outside of the transaction in which it writes, so that others see it meanwhile.

On a server database it is written over a connection of its own. SQLite has one writer, and that is the import: there
it stands in a small file, on the one machine that such a database is on.
"""

import json
import os
import time
from datetime import UTC, datetime

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.utils import timezone

from catalogue.models import ImportRun
from catalogue.models.imports import AT_WORK, SILENCE
from catalogue.server.databases import database_folder
from catalogue.server.worker import is_queued

PAUSE = 0.5  # seconds between two signs of life


class Progress:
    """Reports the progress of one import; the last thing to do is to ``close`` it."""

    def __init__(self, run):
        self.run = run
        self._next = 0
        self._report = _in_file if connection.vendor == "sqlite" else _over_another_connection()

    def __call__(self, done, total):
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + PAUSE
            self._report(self.run.pk, done, total)

    def close(self):
        if self._report is _in_file:
            _file_of(self.run.pk).unlink(missing_ok=True)
        else:
            self._report.connection.close()


def latest_progress(run):
    """Return ``(done, total, heard_at)`` of an import: the newest report."""
    try:
        report = json.loads(_file_of(run.pk).read_text())
        return report["done"], report["total"], datetime.fromtimestamp(report["at"], UTC)
    except (OSError, ValueError, KeyError):
        return run.done, run.total, run.heard_at


def is_interrupted(run):
    """Whether a process should be at work and gives no sign of life; work that waits for the worker is none."""
    heard_at = latest_progress(run)[2] or run.heard_at
    silent = run.stage in AT_WORK and (heard_at is None or timezone.now() - heard_at > SILENCE)
    return silent and not is_queued("imports", run.pk)


def _file_of(pk):
    return database_folder(DEFAULT_DB_ALIAS, "imports") / f"{pk}.json"


def _in_file(pk, done, total):
    path = _file_of(pk)
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(".new")
    new.write_text(json.dumps({"done": done, "total": total, "at": time.time()}))
    os.replace(new, path)  # who reads it never sees half of it


def _over_another_connection():
    other = connections.create_connection(DEFAULT_DB_ALIAS)
    table = ImportRun._meta.db_table

    def report(pk, done, total):
        with other.cursor() as cursor:
            statement = f"UPDATE {table} SET done = %s, total = %s, heard_at = %s WHERE id = %s"  # noqa: S608
            cursor.execute(statement, [done, total, timezone.now(), pk])

    report.connection = other
    return report
