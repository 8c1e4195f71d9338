"""Mixed reading for minutes on end, beside an editor: ``python -m benchmarks.soak --seconds 300 --rate 20[,40,80]``.

10,000 practices in a throw-away PostgreSQL, behind gunicorn as ``gunicorn.conf.py`` runs it. Requests are sent at their
time whether or not those before are answered, and timed from that time on, so that a server that stands still is not
measured as one that was asked less. ``benchmarks.load`` is what puts the practices into the database.
"""

import argparse
import http.client
import itertools
import random
import statistics
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from types import SimpleNamespace
from urllib.parse import quote_plus

import lxml.html

from benchmarks.client import HOST
from benchmarks.dataset import COUNTRIES, files_of
from benchmarks.report import machine
from benchmarks.servers import load, memory_of, postgresql, served
from benchmarks.workloads import LIST, pairs, practices, words_in_turn
from tests.faults.desk import Editor
from tests.faults.servers import SECRET_KEY

APPLICATION = "catalogue.wsgi:application"
SIZE = 10_000
MIX = {"list": 25, "filter": 20, "search": 15, "detail": 30, "file": 3, "API": 7}  # of a hundred requests
ASKERS = 32  # threads; a slow answer must not keep the next request from its time
PATIENCE = 60  # seconds
EDITED_EVERY = 5  # seconds
HELD = 0.5  # seconds that 95 of 100 answers may take


@dataclass
class Run:
    """What came of one rate: ``(kind, status, seconds)`` of each request, what the editor met, memory by minute."""

    rate: int
    answers: list = field(default_factory=list)
    edits: list = field(default_factory=list)
    memory: list = field(default_factory=list)

    @property
    def errors(self):
        """How many requests, of readers and of the editor, were not answered as they should be."""
        return sum(status != 200 for _kind, status, _seconds in self.answers) + sum(s != 200 for s in self.edits)

    def what_went_wrong(self):
        """Return ``{kind and status: how often}`` of what was not answered with 200."""
        wrong = [f"{kind} {status}" for kind, status, _seconds in self.answers if status != 200]
        return dict(Counter([*wrong, *(f"edit {status}" for status in self.edits if status != 200)]))

    def quantile(self, share):
        """Return the seconds within which a share of the answers came."""
        times = sorted(seconds for _kind, _status, seconds in self.answers)
        return times[min(len(times) - 1, int(share * len(times)))]

    def line(self):
        """Return a row of the table."""
        told = [self.rate, len(self.answers), len(self.edits), self.errors]
        told += [f"{1000 * seconds:.0f}" for seconds in (self.quantile(0.5), self.quantile(0.95), self.quantile(1))]
        told += [f"{self.memory[0]:.0f}", f"{self.memory[-1]:.0f}"]
        return f"| {' | '.join(map(str, told))} |"


def main():
    options = parser().parse_args()
    rows, _truth = files_of(options.size)
    with postgresql() as address:
        if address is None:
            sys.exit("PostgreSQL is not installed. Install it with: apt-get install postgresql")
        load(address, rows, options.size)
        with served(APPLICATION, LIST, kind="gthread", DATABASE_URL=address, SECRET_KEY=SECRET_KEY) as server:
            site = SimpleNamespace(url=f"http://{HOST}:{server.port}")
            editor = Editor(site, address, records=options.records, state="draft")
            runs = [soak(server, editor, rows, rate, options) for rate in options.rate]
    print(table(runs, options.seconds))
    return 1 if runs[0].errors else 0


def parser():
    parser = argparse.ArgumentParser(description="Read at a fixed rate for a while, beside an editor.")
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--rate", type=lambda text: [int(rate) for rate in text.split(",")], default=[20])
    parser.add_argument("--size", type=int, default=SIZE, help="practices")
    parser.add_argument("--records", type=int, default=200, help="records that wait for the editor")
    return parser


def soak(server, editor, rows, rate, options):
    """Ask at a rate for so many seconds; return the ``Run``."""
    run, addresses, done = Run(rate), mixed(rows, options.size), threading.Event()
    beside = [threading.Thread(target=edit, args=(editor, run, done))]
    beside.append(threading.Thread(target=watch, args=(server, run, done)))
    for thread in beside:
        thread.start()
    start = time.perf_counter()
    with ThreadPoolExecutor(ASKERS) as askers:
        for number in range(int(rate * options.seconds)):
            due = start + number / rate
            time.sleep(max(0, due - time.perf_counter()))
            askers.submit(ask, server.port, *next(addresses), due, run)
    done.set()
    for thread in beside:
        thread.join()
    print(run.line(), file=sys.stderr, flush=True)
    return run


def mixed(rows, size):
    """Yield kind and address of one request after another, always the same ones, each address a new one."""
    draw, asked = random.Random(11), itertools.count(1)
    details, filters = practices(rows, size), pairs()
    searches = (words for words, _country in words_in_turn(sorted(COUNTRIES.values())))
    of_kind = {
        "list": lambda: f"{LIST}?page={draw.randint(1, 5)}",
        "filter": lambda: draw.choice(filters),
        "search": lambda: f"{LIST}?q={quote_plus(next(searches))}",
        "detail": lambda: f"{draw.choice(details)}?",
        "file": lambda: draw.choice(filters).replace("practicas/", draw.choice(("practicas.csv", "practicas.json"))),
        "API": lambda: f"/api/v1/practices/?country={draw.choice(sorted(COUNTRIES.values()))}",
    }
    while True:
        (kind,) = draw.choices(list(MIX), MIX.values())
        yield kind, f"{of_kind[kind]()}&n={next(asked)}"


def ask(port, kind, address, due, run):
    """Ask once, and note what came and how long after its time."""
    connection = http.client.HTTPConnection(HOST, port, timeout=PATIENCE)
    try:
        connection.request("GET", address)
        answer = connection.getresponse()
        answer.read()
        status = answer.status
    except (OSError, http.client.HTTPException):
        status = 0
    finally:
        connection.close()
    run.answers.append((kind, status, time.perf_counter() - due))


def edit(editor, run, done):
    """Save a draft, submit it and publish it, one after the other, until the time is up."""
    while editor.records and not done.wait(EDITED_EVERY):
        record = editor.records.pop()
        run.edits += [save(editor, record), *(editor.take(record, step)[0] for step in ("submit", "publish"))]


def save(editor, record):
    """Change a title in the form of a record as a browser would; return the status."""
    path = f"/admin/catalogue/practice/{record}/change/"
    status, page = editor.open(path)
    if status != 200:
        return status
    form = next(form for form in lxml.html.fromstring(page).forms if "title_es" in form.fields)
    form.fields["title_es"] += " (revisado)"
    status, answer = editor.open(path, [*form.form_values(), ("_continue", "1")])
    return status if "(revisado)" in answer and "errornote" not in answer else 400


def watch(server, run, done):
    """Note the memory of all workers every second, the server's first process included."""
    while not run.memory or not done.wait(1):
        run.memory.append(sum(memory_of(pid) for pid in (server.pid, *server.workers)))


def table(runs, seconds):
    """Return the table of all rates, the kinds of requests of the first, and the machine."""
    lines = [
        f"{seconds:.0f} seconds each, {', '.join(f'{share} % {kind}' for kind, share in MIX.items())}.",
        "",
        "| requests a second | requests | edits | errors | p50, ms | p95, ms | slowest, ms | MB first | MB last |",
        "| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
        *(run.line() for run in runs),
        "",
        "| at the first rate | p50, ms | p95, ms |",
        "| --- | ---: | ---: |",
        *(of_kind(runs[0], kind) for kind in MIX),
        "",
        *(f"- {name}: {value}" for name, value in machine().items()),
        *(f"- At {run.rate} a second went wrong: {run.what_went_wrong()}" for run in runs if run.errors),
        f"- Highest rate held (no error, p95 under {1000 * HELD:.0f} ms): {highest(runs)}",
    ]
    return "\n".join(lines)


def of_kind(run, kind):
    times = [seconds for asked, _status, seconds in run.answers if asked == kind] or [0]
    p95 = sorted(times)[int(0.95 * (len(times) - 1))]
    return f"| {kind} | {1000 * statistics.median(times):.0f} | {1000 * p95:.0f} |"


def highest(runs):
    held = [run.rate for run in runs if not run.errors and run.quantile(0.95) < HELD]
    return f"{max(held)} a second" if held else "none of these"


if __name__ == "__main__":
    sys.exit(main())
