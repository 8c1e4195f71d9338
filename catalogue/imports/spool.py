"""The rows of a file on the disk, found by the practice to which they belong: no file is too long for the memory."""

import json
import sqlite3
import tempfile
from collections import defaultdict
from typing import NamedTuple

from catalogue.imports.cells import Unreadable

AT_ONCE = 500  # keys asked for in one statement


class Row(NamedTuple):
    """A row of a sheet: its number there, and its cells by the names of their columns."""

    number: int
    cells: dict


class Spool:
    """Stores rows by table and key until it is closed; the file goes by itself when the process ends."""

    def __init__(self):
        self._file = tempfile.NamedTemporaryFile(suffix=".rows")  # noqa: SIM115 - ``close`` closes it
        self._rows = sqlite3.connect(self._file.name, isolation_level=None)
        self._rows.execute("PRAGMA journal_mode=OFF")
        self._rows.execute("PRAGMA synchronous=OFF")
        self._rows.execute("CREATE TABLE rows (source TEXT, key TEXT, number INTEGER, cells TEXT)")
        self._rows.execute("BEGIN")

    def __enter__(self):
        return self

    def __exit__(self, *problem):
        self._rows.close()
        self._file.close()

    def add(self, source, key, row):
        """Store a row of a table under the key of its practice."""
        cells = json.dumps(row.cells, default=str)
        self._rows.execute("INSERT INTO rows VALUES (?, ?, ?, ?)", (source, key, row.number, cells))

    def complete(self):
        """Note that all rows are there."""
        self._rows.execute("COMMIT")
        self._rows.execute("CREATE INDEX by_key ON rows (source, key)")

    def count(self, source):
        return self._rows.execute("SELECT count(*) FROM rows WHERE source = ?", (source,)).fetchone()[0]

    def of(self, source, keys):
        """Return ``{key: [rows of a table]}`` in the order of the file, for the keys that have any."""
        found = defaultdict(list)
        for first in range(0, len(keys), AT_ONCE):
            some = keys[first : first + AT_ONCE]
            marks = ",".join("?" * len(some))
            asked = f"SELECT key, number, cells FROM rows WHERE source = ? AND key IN ({marks}) ORDER BY rowid"  # noqa: S608
            for key, number, cells in self._rows.execute(asked, (source, *some)):
                found[key].append(Row(number, _cells(cells)))
        return found

    def in_order(self, source):
        """Yield ``(key, row)`` for all rows of a table in the order of the file."""
        for key, number, cells in self._rows.execute(
            "SELECT key, number, cells FROM rows WHERE source = ? ORDER BY rowid", (source,)
        ):
            yield key, Row(number, _cells(cells))

    def orphans(self, source, to):
        """Yield ``(key, number)`` for the rows of a table whose key is not in the table ``to``."""
        yield from self._rows.execute(
            "SELECT key, number FROM rows WHERE source = ? AND key NOT IN (SELECT key FROM rows WHERE source = ?)"
            " ORDER BY rowid",
            (source, to),
        )


def _cells(stored):
    """Return cells as they were read; an unreadable one is a list in JSON."""
    cells = json.loads(stored)
    return {name: Unreadable(*cell) if isinstance(cell, list) else cell for name, cell in cells.items()}
