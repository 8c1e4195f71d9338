"""Mixed reading for minutes on end, beside an editor: ``python -m benchmarks.load [--seconds 300] [--rate 20]``.

10,000 practices in a throw-away PostgreSQL, or in a copy of one that was filled before (``--filled ADDRESS``), behind
gunicorn as ``gunicorn.conf.py`` runs it. Requests are sent at their time whether or not those before are answered, and
timed from that time on, so that a server that stands still is not measured as one that was asked less. Then the rate
grows step by step until it is not held any more. The table becomes the section "Load" of docs/performance.md.
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
from urllib.parse import urlencode

import lxml.html

from benchmarks import page, questions, servers
from benchmarks.checks import LIST
from benchmarks.client import HOST
from benchmarks.dataset import COUNTRIES, files_of
from benchmarks.report import machine
from benchmarks.servers import memory_of
from benchmarks.workloads import Site
from tests.faults.desk import Editor
from tests.faults.servers import SECRET_KEY

APPLICATION = "catalogue.wsgi:application"
SIZE = 10_000
MIX = {"list": 25, "filter": 20, "search": 15, "detail": 30, "file": 3, "API": 7}  # of a hundred requests
ASKERS = 32  # threads; a slow answer must not keep the next request from its time
PATIENCE = 60  # seconds
EDITED_EVERY = 5  # seconds
GOALS = {"rate": 200, "p95": 0.06}  # requests a second that are held; seconds at the first rate
HELD = 0.5  # seconds that 95 of 100 answers may take
GROWTH = 1.25  # from one step to the next
FASTEST = 1000  # requests a second; the asking program itself does not do more


@dataclass
class Run:
    """What came of one rate: ``(kind, status, seconds)`` of each request, what the editor met, memory by the second.

    ``waiting`` is how many requests were not answered yet when the last one was sent.
    """

    rate: int
    answers: list = field(default_factory=list)
    edits: list = field(default_factory=list)
    memory: list = field(default_factory=list)
    waiting: int = 0

    @property
    def errors(self):
        """How many requests, of readers and of the editor, were not answered as they should be."""
        return sum(status != 200 for _kind, status, _seconds in self.answers) + sum(s != 200 for s in self.edits)

    @property
    def is_held(self):
        """No error, p95 under half a second, and no more waiting than come in that time: the queue does not grow."""
        return not self.errors and self.quantile(0.95) < HELD and self.waiting <= max(ASKERS, self.rate * HELD)

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
        told += [self.waiting, f"{self.memory[0]:.0f}", f"{self.memory[-1]:.0f}", "yes" if self.is_held else "no"]
        return f"| {' | '.join(map(str, told))} |"


def main():
    options = parser().parse_args()
    rows, _truth = files_of(options.size)
    with servers.copy_of(options.filled) if options.filled else servers.postgresql() as address:
        if address is None:
            sys.exit("PostgreSQL is not installed. Install it with: apt-get install postgresql")
        servers.load(address, rows, options.size)
        with servers.served(APPLICATION, LIST, kind="gthread", DATABASE_URL=address, SECRET_KEY=SECRET_KEY) as server:
            site = SimpleNamespace(url=f"http://{HOST}:{server.port}")
            editor = Editor(site, address, records=options.records, state="draft")
            editor.browser.headers["Connection"] = "close"  # one that is kept is closed just when the next edit begins
            runs = list(rates(server, editor, mixed(questions.facts_of(rows, options.size)), options))
    told = report(runs, options)
    print(told)
    page.put("Load", told)
    return 1 if runs[0].errors else 0


def parser():
    parser = argparse.ArgumentParser(
        description="Read at a fixed rate for a while, then ever faster, beside an editor."
    )
    parser.add_argument("--seconds", type=float, default=300, help="of the first rate")
    parser.add_argument("--rate", type=int, default=20, help="requests a second, at first")
    parser.add_argument("--step", type=float, default=30, help="seconds of each faster rate; 0 asks for none")
    parser.add_argument("--size", type=int, default=SIZE, help="practices")
    parser.add_argument("--filled", help="address of a PostgreSQL database that holds so many already; a copy is used")
    parser.add_argument("--records", type=int, default=300, help="records that wait for the editor")
    return parser


def rates(server, editor, addresses, options):
    """Yield the ``Run`` of the first rate, then of faster ones up to the first that is not held."""
    rate, seconds = options.rate, options.seconds
    while rate <= FASTEST:
        run = run_at(rate, seconds, server, editor, addresses)
        print(run.line(), file=sys.stderr, flush=True)
        yield run
        if not (run.is_held and options.step):
            return
        rate, seconds = max(rate + 1, round(rate * GROWTH)), options.step


def run_at(rate, seconds, server, editor, addresses):
    """Ask at a rate for so many seconds; return the ``Run``."""
    run, done = Run(rate), threading.Event()
    beside = [threading.Thread(target=edit, args=(editor, run, done))]
    beside.append(threading.Thread(target=watch, args=(server, run, done)))
    for thread in beside:
        thread.start()
    start = time.perf_counter()
    with ThreadPoolExecutor(ASKERS) as askers:
        requests = max(1, int(rate * seconds))
        for number in range(requests):
            due = start + number / rate
            time.sleep(max(0, due - time.perf_counter()))
            askers.submit(ask, server.port, *next(addresses), due, run)
        run.waiting = requests - len(run.answers)
    done.set()
    for thread in beside:
        thread.join()
    return run


def mixed(facts):
    """Yield kind and address of one request after another, always the same ones.

    Any practice in any language; filter sets and words that do not come again for a long while.
    """
    draw, site, countries = random.Random(11), Site(), sorted(COUNTRIES.values())
    details = questions.practices(facts)
    filters, searches = itertools.cycle(questions.filter_sets(facts)), itertools.cycle(questions.searches(facts))
    of_kind = {
        "list": lambda: f"{LIST}?page={draw.randint(1, 5)}",
        "filter": lambda: site.listed(next(filters)),
        "search": lambda: site.listed({"q": next(searches)[0]}),
        "detail": lambda: site.practice(*draw.choice(details)),
        "file": lambda: f"/es/practicas.{draw.choice(('csv', 'json'))}?{urlencode(next(filters))}",
        "API": lambda: f"/api/v1/practices/?country={draw.choice(countries)}",
    }
    while True:
        (kind,) = draw.choices(list(MIX), MIX.values())
        yield kind, of_kind[kind]()


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


def report(runs, options):
    """Return the section of the page: all rates, the kinds of requests and the memory of the first, the machine."""
    held = [run.rate for run in runs if run.is_held]
    lines = [
        f"Made by `python -m benchmarks.load --seconds {options.seconds:.0f} --rate {options.rate} "
        f"--step {options.step:.0f}`: {options.size:,} practices",
        "in PostgreSQL behind two workers of gunicorn with four threads each, an editor who saves, submits and",
        f"publishes every {EDITED_EVERY} seconds, the asking program on the same processors. "
        f"{options.seconds:.0f} seconds at the first rate, {options.step:.0f} at each other;",
        f"of a hundred requests {', '.join(f'{share} {kind}' for kind, share in MIX.items())}.",
        "",
        f"**Highest rate held** (no error, p95 under {1000 * HELD:.0f} ms, no growing queue): "
        f"{f'{max(held)} requests a second' if held else 'none of these'}; the goal is {GOALS['rate']}"
        f"{' ✗' if max(held, default=0) < GOALS['rate'] else ''}. p95 at {runs[0].rate} a second: "
        f"{1000 * runs[0].quantile(0.95):.0f} ms; the goal is {1000 * GOALS['p95']:.0f} ms"
        f"{' ✗' if runs[0].quantile(0.95) > GOALS['p95'] else ''}.",
        *table(runs),
        *(f"- At {run.rate} a second went wrong: {run.what_went_wrong()}" for run in runs if run.errors),
        *(f"- {name}: {value}" for name, value in machine().items()),
    ]
    return "\n".join(lines)


def table(runs):
    """Return the lines of all rates, and what the first tells beside."""
    return [
        "",
        "| a second | requests | edits | errors | p50, ms | p95, ms | slowest, ms | waiting at the end "
        "| MB first | MB last | held |",
        f"| {' | '.join(['---:'] * 10)} | --- |",
        *(run.line() for run in runs),
        "",
        "| at the first rate | p50, ms | p95, ms |",
        "| --- | ---: | ---: |",
        *(of_kind(runs[0], kind) for kind in MIX),
        "",
        "- Memory of the workers at the first rate, each minute, MB: "
        f"{', '.join(f'{mb:.0f}' for mb in runs[0].memory[::60])}",
    ]


def of_kind(run, kind):
    times = [seconds for asked, _status, seconds in run.answers if asked == kind] or [0]
    p95 = sorted(times)[int(0.95 * (len(times) - 1))]
    return f"| {kind} | {1000 * statistics.median(times):.0f} | {1000 * p95:.0f} |"


if __name__ == "__main__":
    sys.exit(main())
