"""The same rows in Datasette: another way to publish a table with facets.

``make bench`` installs it, pinned by benchmarks/requirements.txt, into an environment of its own.
"""

import json
import re
import sqlite3
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from benchmarks import make_dataset
from benchmarks.client import HOST
from benchmarks.dataset import ROOT, rows_in
from benchmarks.servers import Server, fetch, free_port, stop
from benchmarks.workloads import Site

PROGRAM = ROOT / "var" / "bench" / "peers" / "bin" / "datasette"
TABLE = "/rows/practices"
LISTS = ("country", "keyword", "population", "gcm", "sdg")  # columns that hold more than one code, as JSON
CODES = ("network", "scope", "status", *LISTS)
ALL_FACETS = [("_facet_array" if name in LISTS else "_facet", name) for name in CODES]
SETTINGS = {"default_page_size": 20, "sql_time_limit_ms": 20000, "facet_time_limit_ms": 20000, "suggest_facets": "off"}
TEXTS = [f"{text}_{language}" for text in ("title", "summary", "description") for language in make_dataset.LANGS]
SEARCHED = ("title_es", "summary_es", "description_es")
PARAMETERS = {"q": "_search", "from": "end__gte", "to": "start__lte"}


@contextmanager
def datasette(rows, facts):
    """Yield the ``Server`` of Datasette with the rows; it is told that they stay and that facets may take long."""
    with tempfile.TemporaryDirectory(prefix="catalogue-bench-") as folder:
        file, port = Path(folder, "rows.db"), free_port()
        store(file, rows, facts)
        settings = [word for name, value in SETTINGS.items() for word in ("--setting", name, str(value))]
        command = [PROGRAM, "serve", "-i", str(file), "--host", HOST, "--port", str(port), *settings]
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            wait_for(process, port)
            yield Server(port, process.pid, time.perf_counter() - start)
        finally:
            stop(process)


def store(file, rows, facts):
    """Write the rows as one table with indexes and a full-text index of the Spanish texts."""
    connection = sqlite3.connect(file)
    columns = ["id INTEGER PRIMARY KEY", "slug", "start INTEGER", "end INTEGER", *CODES, *TEXTS]
    connection.execute(f"CREATE TABLE practices ({', '.join(columns)})")
    connection.executemany(
        f"INSERT INTO practices VALUES ({', '.join('?' * len(columns))})",
        (
            [fact.number, fact.slug, fact.start, fact.end, *map(stored_codes(fact), CODES), *map(row.get, TEXTS)]
            for row, fact in zip(rows_in(rows, limit=len(facts)), facts, strict=True)
        ),
    )
    for column in ("network", "scope", "status", "start", "end"):
        connection.execute(f"CREATE INDEX practices_{column} ON practices ({column})")
    texts = ", ".join(SEARCHED)
    connection.execute(f"CREATE VIRTUAL TABLE practices_fts USING fts5 ({texts}, content='practices')")
    connection.execute(f"INSERT INTO practices_fts (rowid, {texts}) SELECT id, {texts} FROM practices")
    connection.commit()
    connection.close()


def stored_codes(fact):
    return lambda name: json.dumps(fact.codes[name]) if name in LISTS else fact.codes[name][0]


def wait_for(process, port):
    deadline = time.perf_counter() + 60
    while time.perf_counter() < deadline and process.poll() is None:
        try:
            fetch(port, TABLE)
        except ConnectionRefusedError:
            time.sleep(0.01)
            continue
        return
    raise ConnectionError("datasette did not start")


class Datasette(Site):
    """How the same is asked of Datasette, and what its pages say."""

    def practice(self, fact, language):
        return f"{TABLE}/{fact.number}"

    def listed(self, asked):
        query = [*ALL_FACETS]
        for name, value in asked.items():
            query.append((f"{name}__arraycontains" if name in LISTS else PARAMETERS.get(name, name), value))
        if {"from", "to"} & {*asked}:
            query.append(("status__not", "planned"))
        return f"{TABLE}?{urlencode(query)}"

    def total_of(self, page):
        found = re.search(r"([\d,]+) rows?\b", page)
        return int(found[1].replace(",", "")) if found else None
