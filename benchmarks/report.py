"""The table of a run, and docs/performance.md with the machine it ran on."""

import os
import platform
import sqlite3
import statistics
import subprocess
from pathlib import Path
from typing import NamedTuple

from benchmarks import page
from benchmarks.client import CONNECTIONS, SAMPLE
from benchmarks.servers import ENGINES, WORKERS
from benchmarks.workloads import (
    AFTER_EDIT,
    AS_BROWSERS_ASK,
    ASKED_BEFORE,
    COLD_FILTERS,
    COLD_PRACTICE,
    COLD_SEARCH,
    SAME_PAGE,
    SUGGESTIONS,
    TURNS,
    WARM_BROWSERS,
    WARM_LIST,
    WARM_PRACTICE,
    WARM_UP,
)
from tests.postgres import binaries

NOT_MEASURED = "–"
ENGINE_NAMES = tuple(ENGINES)  # with which the names of the catalogue's columns begin


class Row(NamedTuple):
    """A line of the table: its digits after the point, and its goals by the end of a column's name ("" for any)."""

    digits: int
    sign: str = ""
    goals: dict[str, float] = {}

    @property
    def reach(self):
        sizes = {end: f" ({end.strip()})" if end else "" for end in self.goals}
        return ", ".join(f"{self.sign} {goal:g}{sizes[end]}" for end, goal in self.goals.items())

    def missed(self, column, value):
        """Whether a figure of the catalogue does not reach its goal; peers have none."""
        goals = [goal for end, goal in self.goals.items() if column.endswith(end) and column.startswith(ENGINE_NAMES)]
        return any(value < goal if self.sign == "≥" else value > goal for goal in goals)


ROWS = {
    COLD_PRACTICE: Row(3, "≥", {"": 0.10}),
    f"{COLD_PRACTICE}, p95, ms": Row(0, "≤", {"": 80}),
    COLD_FILTERS: Row(3, "≥", {"": 0.15}),
    COLD_SEARCH: Row(3, "≥", {" 10,000": 0.06, " 100,000": 0.03}),
    SUGGESTIONS: Row(3, "≤", {"": 0.06}),
    AFTER_EDIT: Row(3, "≤", {" 10,000": 0.10}),
    "start to first page, s": Row(2, "≤", {" 19": 0.7, " 10,000": 0.9}),
    WARM_PRACTICE: Row(3, "≥", {"": 0.60}),
    WARM_BROWSERS: Row(3, "≥", {"": 0.60}),
    WARM_LIST: Row(3, "≥", {"": 0.60}),
    SAME_PAGE: Row(3, "≥", {"": 0.70}),
    "CSV of half in one language, s": Row(2, "≤", {"SQLite 100,000": 3, "PostgreSQL 100,000": 4}),
    "CSV, first byte, s": Row(3, "≤", {"": 0.1}),
    "CSV, MB above idle": Row(1, "≤", {"": 20}),
    "XLSX of all, s": Row(2, "≤", {" 10,000": 4}),
    "XLSX, MB above idle": Row(1, "≤", {"": 20}),
    "book of 19 practices, s": Row(2, "≤", {"": 1.5}),
    "books of about 1,000 practices, s of processor": Row(1, "≤", {"": 30}),
    "a worker after every practice in three languages, MB": Row(0, "≤", {" 10,000": 250}),
    "hello, requests a second": Row(0),
    "hello, stock middleware": Row(2),
    "loading and indexing, s": Row(1),
}


class Table:
    """The figures for each row and column; one that does not reach the goal is marked."""

    def __init__(self):
        self.columns, self.figures, self.notes = [], {}, {}

    def put(self, column, name, value, note=""):
        """Add a figure, one for each run; ``value`` may also be words that tell why there is none."""
        if column not in self.columns:
            self.columns.append(column)
        self.figures.setdefault((name, column), []).append(value)
        if note:
            self.notes[name, column] = note

    def cell(self, name, column):
        """Return the median of the runs, and by how much of it the farthest of them lies from it."""
        figures, row = self.figures.get((name, column), [NOT_MEASURED]), ROWS[name]
        note = f" ({self.notes[name, column]})" if (name, column) in self.notes else ""
        if any(isinstance(figure, str) for figure in figures):
            return next(figure for figure in figures if isinstance(figure, str)) + note
        middle = statistics.median(figures)
        farthest = max(abs(figure - middle) for figure in figures)
        spread = f" ±{farthest / middle:.0%}" if len(figures) > 1 and middle else ""
        return f"{middle:,.{row.digits}f}{spread}{' ✗' if row.missed(column, middle) else ''}{note}"

    def lines(self):
        """Return the table in Markdown, its columns padded so that it is read on a terminal as well."""
        grid = [["", *self.columns, "goal"]]
        grid += [[name, *(self.cell(name, column) for column in self.columns), row.reach] for name, row in ROWS.items()]
        widths = [max(len(row[place]) for row in grid) for place in range(len(grid[0]))]
        padded = [
            "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in grid
        ]
        rule = "| " + " | ".join("-" * width for width in widths) + " |"
        return [padded[0], rule, *padded[1:]]


def write(table, remarks, options):
    """Write docs/performance.md."""
    text = f"""# Performance

Made by `{options.command}`; a new run writes this page anew.
Each figure belongs to the machine and the minute it was taken in: compare ratios, not seconds, between machines. A
tenth either way is noise.

{chr(10).join(table.lines())}

Pages are given as requests a second over those of a Django “hello world” without any middleware, under the same
server, measured before and after each of them. ✗ marks what does not reach its **goal**; “{NOT_MEASURED}” was not
measured. Pages, suggestions and starts were measured in {options.runs} runs, each with a server started anew: the
median, and after ± by how much of it the farthest run lies from it. “hello, stock middleware” says how much of hello
is left with the middleware of `startproject`.

## What was found

{chr(10).join(f"- {remark}" for remark in remarks)}

## How it was measured

- Server: gunicorn with `gunicorn.conf.py`, {WORKERS} {options.workers} workers that are not renewed; all middleware.
- Load: `benchmarks/client.py`, {CONNECTIONS} readers at once from one thread, connections kept open where the server
  keeps them (sync workers close them after each answer), on the processors that the server uses too. Each row for
  {options.seconds:g} s.
- Warm-up before the first row: one practice and these pages, {TURNS} times each:
  {", ".join(f"`{address}`" for address in WARM_UP)}.
  In the cold rows nothing is asked twice, nor was it asked before: every practice once in each language, in an
  order by chance; two to four filters of country, network, scope, status, keyword, population, objective, goal and
  years that at least one practice has; two long words that stand in the Spanish text of a practice, in its country.
- The warm rows ask for {ASKED_BEFORE} pages in turn, after {TURNS} turns that do not count (peers, which cache
  nothing, are not asked before). “As browsers ask” is `Accept-Encoding: {AS_BROWSERS_ASK}`.
  304: with the `If-None-Match` of the answer before.
- The first {SAMPLE} answers of each row were looked at, of peers too: the title of the practice that was asked for, the
  exact number of practices with these filters, at least one found with the words. Then, for the catalogue, the
  counts beside all choices and the numbers of lists and files.
- First page after an edit: in one process that had answered them all twice, each of the pages of
  `benchmarks/first_page.py` right after another title was saved; the page that took longest.
- Suggestions: each beginning of two letters that a word of the rows has, one after the other; the slowest answer.
- CSV: the practices of national scope, about half of all, in Spanish; XLSX: all practices in Spanish. Their memory is
  the highest of a worker above what it held before. Books: PDF, the short one from the site, the long one by
  `manage.py make_book`, user and system time.
- The plain Django is `benchmarks/plain_django.py`, on the same engine, by the same server; Datasette has one process
  and a SQLite file that it is told not to change.
- Rows: `benchmarks/make_dataset.py`, the same on every machine. PostgreSQL: a throw-away server with its defaults and
  `fsync=off`; SQLite: a file in the temporary folder; or databases that were filled before (`--filled`).

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
