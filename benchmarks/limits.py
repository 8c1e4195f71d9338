"""What grows with the catalogue and what must not: ``python -m benchmarks.limits [--sizes 100,10000] [--large 50000]``.

Every page is asked for at each size, for its queries and its time; then the largest catalogue is taken away as files,
for their first byte and the memory of the worker. On a PostgreSQL that grows from one size to the next. The tables
become the section "Large files" of docs/performance.md.
"""

import argparse
import http.client
import json
import os
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from benchmarks import page, servers
from benchmarks.client import HOST
from benchmarks.dataset import ROOT, files_of
from benchmarks.servers import memory_of
from benchmarks.workloads import LIST, PIECE

PAGES = {
    "home": "/es/?",
    "list": f"{LIST}?",
    "list, page 5": f"{LIST}?page=5",
    "list, country and network": f"{LIST}?country=PE&network=gender-and-migration",
    "list, search": f"{LIST}?q=migrantes+trabajo&sort=relevance",
    "list, by title": f"{LIST}?sort=title",
    "coverage": "/es/cobertura/?",
    "country": "/es/paises/pe/?",
    "network": "/es/redes/gender-and-migration/?",
    "API, 200 at once": "/api/v1/practices/?page_size=200",
    "feed": "/es/practicas.atom?",
    "harvest": "/oai?verb=ListRecords&metadataPrefix=oai_dc",
}
FILES = ("csv", "jsonl", "json", "xlsx")
SLOWEST = 3  # seconds that a page may take at the most
FIRST_BYTE, GROWTH = 1, 50  # seconds, and MB above idle: of CSV and JSON lines, whatever the rows
PATIENCE = 600  # seconds for one file


def main():
    options = parser().parse_args()
    if options.look:
        return print(json.dumps(looked_at()))
    with servers.postgresql() as address:
        if address is None:
            sys.exit("PostgreSQL is not installed. Install it with: apt-get install postgresql")
        found = {size: at(address, size) for size in options.sizes}
        servers.load(address, files_of(options.large)[0], options.large)
        with servers.served("catalogue.wsgi", LIST, kind="gthread", DATABASE_URL=address) as server:
            files = [taken(server, extension) for extension in FILES]
    told = report(found, files, options)
    print(told)
    return page.put("Large files", told)


def parser():
    parser = argparse.ArgumentParser(description="Count queries at several sizes; take the largest away as files.")
    parser.add_argument("--sizes", type=lambda text: [int(size) for size in text.split(",")], default=[100, 10_000])
    parser.add_argument("--large", type=int, default=50_000, help="practices that are taken away as files")
    parser.add_argument("--look", action="store_true", help=argparse.SUPPRESS)
    return parser


def at(address, size):
    """Bring the database to a size; return what a new process finds there."""
    servers.load(address, files_of(size)[0], size)
    command = [sys.executable, "-m", "benchmarks.limits", "--look"]
    environment = servers.environment(DATABASE_URL=address)
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def looked_at():
    """Return ``{page: [queries and seconds when asked first, queries and seconds when asked again]}``."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "catalogue.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    settings.ALLOWED_HOSTS = ["testserver"]
    client, found = Client(), {}
    for name, address in PAGES.items():
        found[name] = []
        for number in range(2):
            start = time.perf_counter()
            with CaptureQueriesContext(connection) as asked:
                answer = client.get(f"{address}&n={number}")
                body = answer.getvalue()
            if answer.status_code != 200 or not body:
                sys.exit(f"{address} was answered {answer.status_code}.")
            found[name] += [len(asked), time.perf_counter() - start]
    return found


def taken(server, extension):
    """Return a line of the table: what it takes to take all practices away as a file."""
    idle = {pid: memory_of(pid) for pid in server.workers}
    for pid in idle:
        with suppress(OSError):
            Path(f"/proc/{pid}/clear_refs").write_text("5")  # the highest memory is counted from now on
    connection, start, size = http.client.HTTPConnection(HOST, server.port, timeout=PATIENCE), time.perf_counter(), 1
    connection.request("GET", f"/es/practicas.{extension}")
    answer = connection.getresponse()
    answer.read(1)
    first = time.perf_counter() - start
    while piece := answer.read(PIECE):
        size += len(piece)
    above = max(memory_of(pid, "VmHWM") - idle[pid] for pid in server.workers if pid in idle)
    connection.close()
    told = [
        extension.upper(),
        answer.status,
        f"{size / 2**20:.0f}",
        f"{first:.3f}",
        f"{time.perf_counter() - start:.1f}",
    ]
    return f"| {' | '.join(map(str, told))} | {above:.0f} |"


def report(found, files, options):
    """Return the section of the page."""
    sizes = list(found)
    heads = [f"{size:,}: {what}" for size in sizes for what in ("queries", "again", "s", "again, s")]
    slowest = max(seconds for pages in found.values() for _queries, *rest in pages.values() for seconds in rest[::2])
    lines = [
        f"| {name} | "
        + " | ".join(f"{a} | {b} | {s:.3f} | {t:.3f}" for a, s, b, t in (found[n][name] for n in sizes))
        + " |"
        for name in PAGES
    ]
    more = [name for name in PAGES if len({found[size][name][2] for size in sizes}) > 1]
    return "\n".join(
        [
            "Made by `python -m benchmarks.limits`, on PostgreSQL: each page asked for twice by a process that has",
            f"just begun. The slowest answer took {slowest:.2f} s; the goal is under {SLOWEST} s. Pages that ask more",
            f"when there is more, once they are warm: {', '.join(more) or 'none'}.",
            "",
            f"| page | {' | '.join(heads)} |",
            f"| --- {'| ---: ' * len(heads)}|",
            *lines,
            "",
            f"All of {options.large:,} practices, behind gunicorn; the goals for CSV and JSON lines are {FIRST_BYTE} s",
            f"to the first byte and {GROWTH} MB above idle.",
            "",
            "| file | status | MB | first byte, s | whole, s | MB above idle |",
            "| --- | ---: | ---: | ---: | ---: | ---: |",
            *files,
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
