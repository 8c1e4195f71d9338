"""What grows with the catalogue and what must not: ``python -m benchmarks.limits [--sizes 100,10000] [--large 50000]``.

Every page is asked for at each size, for its queries and its time; then the largest catalogue is taken away as files,
for their first byte and the memory of the worker. On a PostgreSQL that grows from one size to the next. The tables
become the section "Large files" of docs/performance.md. ``--filled 50000=ADDRESS`` takes a database that has so many.
"""

import argparse
import http.client
import json
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from benchmarks import page, servers
from benchmarks.checks import LIST
from benchmarks.client import HOST
from benchmarks.dataset import ROOT, files_of
from benchmarks.files import PIECE
from benchmarks.servers import memory_of

PAGES = {
    "home": "/es/?",
    "list": f"{LIST}?",
    "list, page 5": f"{LIST}?page=5",
    "list, country and network": f"{LIST}?country=PE&network=gender-and-migration",
    "list, search": f"{LIST}?q=migrantes+trabajo&sort=relevance",
    "list, by title": f"{LIST}?sort=title",
    "practice": "/es/practicas/{slug}/?",
    "practice, to replicate": "/es/practicas/{slug}/replicar/?",
    "comparison": "/es/practicas/comparar/?id={code}&id={second}",
    "citations": "/es/practicas/citar/?",
    "coverage": "/es/cobertura/?",
    "countries": "/es/paises/?",
    "country": "/es/paises/pe/?",
    "country, report": "/es/paises/pe/informe/?",
    "networks": "/es/redes/?",
    "network": "/es/redes/gender-and-migration/?",
    "network, report": "/es/redes/gender-and-migration/informe/?",
    "framework, objective": "/es/marcos/gcm/7/?",
    "results": "/es/resultados/?",
    "adaptations": "/es/adaptaciones/?",
    "suggestions": "/es/sugerencias/?q=migr",
    "API, 200 at once": "/api/v1/practices/?page_size=200",
    "API, practice": "/api/v1/practices/{slug}/?",
    "API, country": "/api/v1/countries/PE/?",
    "feed": "/es/practicas.atom?",
    "harvest": "/oai?verb=ListRecords&metadataPrefix=oai_dc&from=200{n}-01-01",  # it refuses what it does not know
    "sitemap": "/sitemap.xml?",
}
FILES = {
    **{extension: f"/es/practicas.{extension}" for extension in ("csv", "jsonl", "json", "bib", "ris", "xlsx")},
    "timeline": "/es/cobertura/timeline.csv",
}
SLOWEST = 3  # seconds that a page may take at the most
FIRST_BYTE, GROWTH = 1, 50  # seconds, and MB above idle, whatever the rows
PATIENCE = 600  # seconds for one file


class Taken(NamedTuple):
    """What it took to take all practices away as a file: seconds, and MB of a worker above idle at its highest."""

    status: int
    size: int
    first: float
    whole: float
    above: float


def main():
    options = parser().parse_args()
    if options.look:
        return print(json.dumps(looked_at()))
    with servers.postgresql() as address:
        if address is None:
            sys.exit("PostgreSQL is not installed. Install it with: apt-get install postgresql")
        ready = dict(options.filled)
        found = {size: by_another(ready[size]) if size in ready else at(address, size) for size in options.sizes}
        files = all_taken(ready.get(options.large) or grown(address, options.large))
    told = report(found, files, options)
    print(told)
    return page.put("Large files", told)


def parser():
    parser = argparse.ArgumentParser(description="Count queries at several sizes; take the largest away as files.")
    parser.add_argument("--sizes", type=lambda text: [int(size) for size in text.split(",")], default=[100, 10_000])
    parser.add_argument("--large", type=int, default=50_000, help="practices that are taken away as files")
    parser.add_argument("--filled", type=filled, action="append", default=[], help="SIZE=ADDRESS that holds so many")
    parser.add_argument("--look", action="store_true", help=argparse.SUPPRESS)
    return parser


def filled(text):
    size, _equals, address = text.partition("=")
    return int(size), address


def at(address, size):
    """Bring the database to a size; return what a new process finds there."""
    return by_another(grown(address, size))


def grown(address, size):
    """Bring the database to a size; return its address."""
    servers.load(address, files_of(size)[0], size)
    return address


def by_another(address):
    """Return what another process finds, which has kept nothing yet; see ``looked_at``."""
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
    client, found, some = Client(), {}, examples()
    for name, address in PAGES.items():
        found[name], varied = [], address if "{n}" in address else f"{address}&n={{n}}"
        for number in range(2):
            start = time.perf_counter()
            with CaptureQueriesContext(connection) as asked:
                answer = client.get(varied.format(n=number, **some))
                body = answer.getvalue()
            if answer.status_code != 200 or not body:
                sys.exit(f"{address} was answered {answer.status_code}.")
            found[name] += [len(asked), time.perf_counter() - start]
    return found


def examples():
    """Return what the addresses are filled in with: the first two practices."""
    from catalogue.models import Practice

    (code, slug), (second, _slug) = Practice.objects.published().order_by("code").values_list("code", "slug")[:2]
    return {"code": code, "slug": slug, "second": second}


def all_taken(address):
    """Take all practices away as each file; return ``{name: Taken}``."""
    with servers.served("catalogue.wsgi", LIST, kind="gthread", DATABASE_URL=address) as server:
        warm_up(server)
        return {name: taken(server, address) for name, address in FILES.items()}


def warm_up(server):
    """Let every worker answer a list: the first answer of a process reads the sets of a catalogue."""
    with ThreadPoolExecutor(4 * servers.WORKERS) as pool:
        list(pool.map(lambda number: servers.fetch(server.port, f"{LIST}?n={number}"), range(16 * servers.WORKERS)))


def taken(server, address):
    """Take all practices away as the file at an address; return what that took."""
    idle = {pid: memory_of(pid) for pid in server.workers}
    for pid in idle:
        with suppress(OSError):
            Path(f"/proc/{pid}/clear_refs").write_text("5")  # the highest memory is counted from now on
    connection, start, size = http.client.HTTPConnection(HOST, server.port, timeout=PATIENCE), time.perf_counter(), 1
    connection.request("GET", address)
    answer = connection.getresponse()
    answer.read(1)
    first = time.perf_counter() - start
    while piece := answer.read(PIECE):
        size += len(piece)
    above = max(memory_of(pid, "VmHWM") - idle[pid] for pid in server.workers if pid in idle)
    connection.close()
    return Taken(answer.status, size, first, time.perf_counter() - start, above)


def line(name, file):
    """Return the line of a file in the table."""
    told = f"{name} | {file.status} | {file.size / 2**20:.0f} | {file.first:.3f} | {file.whole:.1f}"
    return f"| {told} | {file.above:.0f} |"


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
    more = [name for name in PAGES if found[max(sizes)][name][2] > found[min(sizes)][name][2]]
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
            f"All of {options.large:,} practices, behind gunicorn whose workers have each answered a list. The goals",
            f"for what is sent row by row: {FIRST_BYTE} s to the first byte and {GROWTH} MB above idle.",
            "",
            "| file | status | MB | first byte, s | whole, s | MB above idle |",
            "| --- | ---: | ---: | ---: | ---: | ---: |",
            *(line(name, file) for name, file in files.items()),
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
