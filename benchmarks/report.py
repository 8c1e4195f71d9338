"""The table of a run, and docs/performance.md with the machine it ran on."""

import os
import platform
import sqlite3
import subprocess
from pathlib import Path
from typing import NamedTuple

from benchmarks import page
from benchmarks.client import CONNECTIONS
from benchmarks.servers import WORKERS
from tests.postgres import binaries

NOT_MEASURED = "–"


class Row(NamedTuple):
    """A line of the table: its digits after the point, and the goal at every size."""

    digits: int
    sign: str = ""
    limit: float | None = None

    @property
    def reach(self):
        return f"{self.sign} {self.limit:g}" if self.sign else ""

    def missed(self, value):
        return value < self.limit if self.sign == "≥" else bool(self.sign) and value > self.limit


ROWS = {
    "hello, requests a second": Row(0),
    "hello, stock middleware": Row(2),
    "list, page 1, total, all facets": Row(3, "≥", 0.35),
    "country + network, 72 pairs in turn": Row(3, "≥", 0.35),
    "country + network, 72 pairs in turn, first turn": Row(3),
    "text search in a country": Row(3, "≥", 0.05),
    "text search in a country, first turn": Row(3),
    "one practice, 500 in turn": Row(3, "≥", 0.40),
    "one practice, 500 in turn, first turn": Row(3),
    "the same page again": Row(3, "≥", 0.70),
    "list, as the first, gzip accepted": Row(3),
    "CSV of half, s": Row(2, "≤", 2.0),
    "CSV, first byte, s": Row(3, "≤", 0.1),
    "CSV, MB above idle": Row(1, "≤", 20),
    "XLSX of half, s": Row(2, "≤", 10),
    "XLSX, first byte, s": Row(3),
    "XLSX, MB above idle": Row(1),
    "start to first page, s": Row(2, "≤", 0.8),
    "loading and indexing, s": Row(1),
}


class Table:
    """One cell for each row and column; a figure that does not reach the goal is marked."""

    def __init__(self):
        self.columns, self.cells = [], {}

    def put(self, column, name, value, note=""):
        """Note a figure; ``value`` may also be words that tell why there is none."""
        if column not in self.columns:
            self.columns.append(column)
        row = ROWS[name]
        words = isinstance(value, str)
        shown = value if words else f"{value:,.{row.digits}f}{' ✗' if row.missed(value) else ''}"
        self.cells[name, column] = f"{shown} ({note})" if note else shown

    def lines(self):
        """Return the table in Markdown, its columns padded so that it is read on a terminal as well."""
        grid = [["", *self.columns, "reach"]]
        grid += [
            [name, *(self.cells.get((name, column), NOT_MEASURED) for column in self.columns), row.reach]
            for name, row in ROWS.items()
        ]
        widths = [max(len(row[place]) for row in grid) for place in range(len(grid[0]))]
        padded = [
            "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in grid
        ]
        rule = "| " + " | ".join("-" * width for width in widths) + " |"
        return [padded[0], rule, *padded[1:]]


def write(table, remarks, command, kind):
    """Write docs/performance.md."""
    text = f"""# Performance

Made by `{command}`; a new run writes this page anew. Each figure belongs to the machine and the minute it was taken in:
compare ratios, not seconds, between machines.

{chr(10).join(table.lines())}

Pages are given as requests a second over those of a Django “hello world” without any middleware, under the same
server, measured before and after each of them. **reach** is the goal at every size; ✗ marks what does not reach it.
“hello, stock middleware” says how much of it is left with the middleware of `startproject`. Files hold the practices
of national scope, about half of all; their memory is the highest of a worker above what it held before.
“{NOT_MEASURED}” was not measured.

## What was found

{chr(10).join(f"- {remark}" for remark in remarks or ["Nothing unusual; every answer was right."])}

## How it was measured

- Server: gunicorn with `gunicorn.conf.py`, {WORKERS} {kind} workers that are not renewed meanwhile, all middleware on.
- Load: `benchmarks/client.py`, {CONNECTIONS} connections at once from one thread, kept open where the server keeps them
  (sync workers close them after each answer), on the processors that the server uses too. `wrk` is not used.
- Whole responses, page templates, cards and bitsets are cached for each version of the catalogue. “First turn” is while
  they are built; the other rows are taken after seven turns, when either worker was asked for all but one in a hundred.
- Every request differs from the others (`n=`, which the catalogue does not know, and the filters where the workload
  says so), but for “the same page again”, which is asked with the `If-None-Match` of the answer before, where there was
  an ETag. No compression is asked for but in the row that says so.
- Rows: `benchmarks/make_dataset.py`, the same on every machine. PostgreSQL: a throw-away server with its defaults and
  `fsync=off`; SQLite: a file in the temporary folder.

## The machine

{chr(10).join(f"- {name}: {value}" for name, value in machine().items())}
"""
    page.write(text)


def machine():
    """Return what the figures depend on."""
    import django

    return {
        "Processor": f"{_processor()}, {os.cpu_count()} cores",
        "Memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GB",
        "System": f"{platform.system()} {platform.release()}",
        "Python": platform.python_version(),
        "Django": django.get_version(),
        "SQLite": sqlite3.sqlite_version,
        "PostgreSQL": _postgresql(),
    }


def _processor():
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()


def _postgresql():
    folder = binaries()
    if folder is None:
        return "not installed"
    answer = subprocess.run([f"{folder}/postgres", "--version"], check=True, capture_output=True, text=True)
    return answer.stdout.strip().rsplit(maxsplit=1)[-1] if "(" not in answer.stdout else answer.stdout.split()[2]
