"""The same rows in Datasette, where a ``datasette`` program is on PATH: another way to publish a table with facets."""

import itertools
import json
import shutil
import sqlite3
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote_plus

from benchmarks import make_dataset
from benchmarks.client import HOST, request_for
from benchmarks.dataset import rows_in
from benchmarks.servers import Server, fetch, free_port, stop
from benchmarks.workloads import PRACTICES_IN_TURN, Workload, words_in_turn

TABLE = "/rows/practices"
ALL_FACETS = "_facet=network&_facet_array=countries&_facet=scope&_facet=status&_facet_array=keywords"
SETTINGS = {"default_page_size": 20, "sql_time_limit_ms": 20000, "facet_time_limit_ms": 20000, "suggest_facets": "off"}
PROGRAM = shutil.which("datasette")
TEXTS = ("title_es", "summary_es", "description_es")


@contextmanager
def datasette(rows, size):
    """Yield the ``Server`` of Datasette with ``size`` rows; it is told that they stay and that facets may take long."""
    with tempfile.TemporaryDirectory(prefix="catalogue-bench-") as folder:
        file, port = Path(folder, "rows.db"), free_port()
        store(file, rows, size)
        settings = [word for name, value in SETTINGS.items() for word in ("--setting", name, str(value))]
        command = [PROGRAM, "serve", "-i", str(file), "--host", HOST, "--port", str(port), *settings]
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            wait_for(process, port)
            yield Server(port, process.pid, time.perf_counter() - start)
        finally:
            stop(process)


def store(file, rows, size):
    """Write the rows as one table, lists as JSON, with indexes and a full-text index of the Spanish texts."""
    connection = sqlite3.connect(file)
    columns = make_dataset.COLUMNS
    connection.execute(f"CREATE TABLE practices ({', '.join(map(declared, columns))})")
    connection.executemany(
        f"INSERT INTO practices VALUES ({', '.join('?' * len(columns))})",
        ([as_stored(row[column]) for column in columns] for row in rows_in(rows, limit=size)),
    )
    for column in ("network", "scope", "status"):
        connection.execute(f"CREATE INDEX practices_{column} ON practices ({column})")
    texts = ", ".join(TEXTS)
    connection.execute(f"CREATE VIRTUAL TABLE practices_fts USING fts5 ({texts}, content='practices')")
    connection.execute(f"INSERT INTO practices_fts (rowid, {texts}) SELECT id, {texts} FROM practices")
    connection.commit()
    connection.close()


def declared(column):
    """Return a column with its type, without which Datasette finds no row by its number."""
    return {"id": "id INTEGER PRIMARY KEY", "start_year": "start_year INTEGER"}.get(column, f"{column} TEXT")


def as_stored(value):
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value


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


def datasette_workloads(port, rows, size):
    """Return the same questions as those to the catalogue, as Datasette understands them."""
    asked = itertools.count(1)

    def each(addresses):
        for address in addresses:
            yield request_for(port, f"{address}{'&' if '?' in address else '?'}_n={next(asked)}")

    pairs = [
        f"{TABLE}?countries__arraycontains={country}&network={network}&{ALL_FACETS}"
        for network, _ in make_dataset.NETWORKS
        for country in make_dataset.COUNTRIES
    ]
    searches = (
        f"{TABLE}?_search={quote_plus(words)}&countries__arraycontains={country}&{ALL_FACETS}"
        for words, country in words_in_turn(make_dataset.COUNTRIES)
    )
    step = max(1, size // PRACTICES_IN_TURN)
    practices = [f"{TABLE}/{number}" for number in range(1, size + 1, step)]
    return [
        Workload("list, page 1, total, all facets", each(itertools.repeat(f"{TABLE}?{ALL_FACETS}"))),
        Workload("country + network, 72 pairs in turn", each(itertools.cycle(pairs))),
        Workload("text search in a country", each(searches)),
        Workload("one practice, 500 in turn", each(itertools.cycle(practices))),
    ]
