"""Measures the catalogue beside its peers: ``python -m benchmarks.run [--sizes 19,10000] [--runs 3]``.

On SQLite and on PostgreSQL, at several sizes, beside a Django hello world, a plain Django and Datasette, within one
run; prints one table and writes it to docs/performance.md. No figure makes it fail, only an answer that is wrong.
"""

import argparse
import itertools
import os
import re
import signal
import statistics
import sys
import time
from contextlib import ExitStack

from benchmarks import checks, report, workloads
from benchmarks.client import PATIENCE, Question, request_for, run
from benchmarks.dataset import files_of, truth_in
from benchmarks.datasette import PROGRAM, Datasette, datasette
from benchmarks.files import file_at, of_about, processor_of_book
from benchmarks.first_page import after_edits
from benchmarks.limits import filled
from benchmarks.questions import facts_of
from benchmarks.servers import ENGINES, WORKER_KINDS, fill_plain, load, memory_of, served
from benchmarks.workloads import LIST, Site

SIZES = (19, 10_000)
LARGEST_OF_PEERS = 10_000  # they take too long with more
HELLO_SECONDS = 0.5  # of each measure of hello
HELLO_SPREAD = 1.5  # a larger ratio between two measures of hello is remarked
READING = 120  # seconds for reading every practice in every language
LARGEST_WORKBOOK = 10_000  # practices
BOOK = (1_000, 10_000)  # practices between which a long book is typeset
SMALL_FILE = "/es/practicas.csv?updated_since=2100-01-01"  # without any row


def main():
    options = parser().parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))  # so that servers and databases are gone as well
    bench = Bench(options)
    with ExitStack() as stack:
        bench.stock = stack.enter_context(served("benchmarks.hello:application", kind=options.workers))
        bench.hello = stack.enter_context(
            served("benchmarks.hello:application", kind=options.workers, HELLO_MIDDLEWARE="none")
        )
        for engine in options.engine or ENGINES:
            with ENGINES[engine]() as address:
                bench.measure_engine(engine, address)
        bench.measure_datasette()
    if not bench.wrong:
        bench.remarks.insert(0, "Every answer of the catalogue was right.")
    print("\n".join(bench.table.lines()))
    for remark in bench.remarks:
        print(f"- {remark}")
    report.write(bench.table, bench.remarks, options)
    return 1 if bench.wrong else 0


def parser():
    parser = argparse.ArgumentParser(description="Measure the catalogue beside its peers.")
    parser.add_argument("--sizes", type=lambda text: sorted(map(int, text.split(","))), default=SIZES, help="19,10000")
    parser.add_argument("--engine", choices=ENGINES, action="append", help="one of the databases alone")
    parser.add_argument("--seconds", type=float, default=1.5, help="of each row of pages")
    parser.add_argument("--runs", type=int, default=3, help="of the rows of pages; the table has the median and spread")
    parser.add_argument("--workers", choices=WORKER_KINDS, default="sync", help="kind of gunicorn's workers")
    parser.add_argument(
        "--filled",
        type=filled,
        action="append",
        default=[],
        metavar="SIZE=ADDRESS",
        help="a database that holds so many rows already, since filling it can take longer than measuring",
    )
    told = (re.sub(r"(\d+=\w+)://.*", r"\1://…", argument) for argument in sys.argv[1:])  # it may hold a password
    parser.set_defaults(command=" ".join(["python -m benchmarks.run", *told]))
    return parser


class Bench:
    """One run: its servers, its table and what there is to remark."""

    def __init__(self, options):
        self.options = options
        self.filled = {(engine_of(address), size): address for size, address in options.filled}
        self.table, self.remarks, self.wrong = report.Table(), [], False

    def measure_engine(self, engine, own):
        """Measure every size on one database, which grows from one to the next, or on those filled before."""
        if own is None:
            self.remarks.append(f"{engine} is not installed, so nothing was measured on it.")
            return
        for size in self.options.sizes:
            start, column = time.perf_counter(), f"{engine} {size:,}"
            rows, truth = files_of(size)
            address = self.filled.get((engine, size), own)
            seconds = load(address, rows, size)
            if address == own:
                self.table.put(column, "loading and indexing, s", seconds)
            facts = facts_of(rows, size)
            self.measure_pages(column, address, facts)
            self.put_after_edit(column, address)
            self.measure_files(column, address, facts, truth_in(truth))
            self.told(column, start)
        self.measure_plain(engine, own)

    def measure_pages(self, column, address, facts):
        """Put what readers wait for, in each run by a server that has just begun."""
        for number in range(self.options.runs):
            with self.served("catalogue.wsgi", address) as server:
                self.table.put(column, "start to first page, s", server.seconds_to_first_page)
                cold = self.put_pages(column, Site(), server, facts, catalogue=True)
                self.table.put(column, workloads.SUGGESTIONS, *workloads.slowest_suggestion(server.port))
                if number == self.options.runs - 1 and len(facts) <= LARGEST_OF_PEERS:
                    self.put_memory(column, server, cold)

    def measure_plain(self, engine, own):
        """Put what the plain Django answers on the same rows, on the same engine."""
        start, (column, rows, facts) = time.perf_counter(), self.of_peers(f"plain Django, {engine}")
        fill_plain(own, rows, len(facts))
        for _run in range(self.options.runs):
            with self.served("benchmarks.plain_django", own) as server:
                self.table.put(column, "start to first page, s", server.seconds_to_first_page)
                self.put_pages(column, Site(), server, facts)
        self.told(column, start)

    def measure_datasette(self):
        """Put what Datasette answers on the same rows, once, by its single process."""
        start, (column, rows, facts) = time.perf_counter(), self.of_peers("Datasette")
        if not PROGRAM.exists():
            self.remarks.append("Datasette is not installed, so it was not measured; `make bench` installs it.")
            return
        with datasette(rows, facts) as server:
            self.table.put(column, "start to first page, s", server.seconds_to_first_page)
            self.put_pages(column, Datasette(), server, facts)
        self.told(column, start)

    def of_peers(self, name):
        """Return the column of a peer, its rows and their facts: the largest size that a peer can take."""
        size = max((size for size in self.options.sizes if size <= LARGEST_OF_PEERS), default=LARGEST_OF_PEERS)
        rows, _truth = files_of(size)
        return f"{name} {size:,}", rows, facts_of(rows, size)

    def put_pages(self, column, site, server, facts, *, catalogue=False):
        """Run the workloads in turn, with hello before and after each; return the first, of which some is left.

        Only the catalogue caches anything, so only there the turns before a warm row are waited for.
        """
        port = server.port
        workloads.warm_up(port, site, facts)
        rows = workloads.page_workloads(site, port, facts)
        if catalogue:
            rows.insert(-1, workloads.same_page(port))
        hellos = [self.rate_of(self.hello)]
        for workload in rows:
            if catalogue:
                run(port, workload.questions, 0, answers=workloads.TURNS * workload.fixed)
            answers = run(port, workload.questions, self.options.seconds)
            hellos.append(self.rate_of(self.hello))
            self.put_answers(column, workload.name, answers, statistics.mean(hellos[-2:]))
        self.table.put(column, "hello, requests a second", statistics.median(hellos))
        self.table.put(column, "hello, stock middleware", self.rate_of(self.stock) / hellos[-1])
        if max(hellos) > HELLO_SPREAD * min(hellos):
            self.remarks.append(
                f"{column}: hello answered {min(hellos):,.0f} to {max(hellos):,.0f} times a second: a busy machine."
            )
        return rows[0]

    def put_answers(self, column, name, answers, hello):
        """Put a row, and say which of its answers were wrong or missing."""
        encoded = "" if name != workloads.WARM_BROWSERS or answers.compressed else "not compressed"
        self.table.put(column, name, answers.per_second / hello, encoded)
        if name == workloads.COLD_PRACTICE:
            self.table.put(column, f"{name}, p95, ms", 1000 * answers.quantile(0.95))
        wrong = self.mistake if column.startswith(tuple(ENGINES)) else self.remarks.append
        if answers.wrong:
            wrong(f"{column}, {name}: answers by their status {answers.statuses}.")
        if answers.unanswered:
            self.remarks.append(f"{column}, {name}: {answers.unanswered} unanswered after {PATIENCE} s.")
        for address in answers.mistakes()[:3]:
            wrong(f"{column}, {name}: not what was asked for: {address}.")

    def put_memory(self, column, server, cold):
        """Put the memory of the larger worker after the rest of the practices were read in every language."""
        run(server.port, cold.questions, READING)
        left = sum(1 for _question in cold.questions)
        name = "a worker after every practice in three languages, MB"
        self.table.put(column, name, max(map(memory_of, server.workers)), f"{left:,} not read" if left else "")

    def put_after_edit(self, column, address):
        seconds = after_edits(address)
        slowest = max(seconds, key=seconds.get)
        self.table.put(column, workloads.AFTER_EDIT, seconds[slowest], slowest)

    def measure_files(self, column, address, facts, truth):
        """Put what files and books take, on a server just started; then compare answers with the truth."""
        national = truth["facets"]["scope"].get("national", 0)
        with self.served("catalogue.wsgi", address) as server:
            for page in (LIST, SMALL_FILE):  # so that what is made once is not counted as taken by the file
                run(server.port, itertools.repeat(Question(request_for(server.port, page))), HELLO_SECONDS)
            file = file_at(server, "/es/practicas.csv?lang=es&scope=national")
            self.put_file(column, "CSV of half in one language", file, national)
            if len(facts) <= LARGEST_WORKBOOK:
                self.put_file(column, "XLSX of all", file_at(server, "/es/practicas.xlsx?lang=es"), len(facts))
            if len(facts) == 19:
                self.put_file(column, "book of 19 practices", file_at(server, "/es/practicas.pdf"), 0)
            found, counted = checks.mistakes(server.port, truth)
        for sentence in found:
            self.mistake(f"{column}: {sentence}")
        if not counted:
            self.remarks.append(f"{column}: the list shows no counts beside its choices.")
        if BOOK[0] <= len(facts) <= BOOK[1]:
            asked, number = of_about(facts, BOOK[0])
            taken = processor_of_book(address, asked) or "too long"
            self.table.put(column, "books of about 1,000 practices, s of processor", taken, f"{number:,} practices")

    def put_file(self, column, name, file, expected):
        """Put what a file took; its other rows are named by the first word of its name."""
        self.table.put(column, f"{name}, s", f"{file.problem} ✗" if file.problem else file.seconds)
        kind = name.partition(" ")[0]
        figures = {f"{kind}, first byte, s": file.first_byte, f"{kind}, MB above idle": file.above_idle}
        for row in report.ROWS.keys() & figures.keys():
            self.table.put(column, row, figures[row])
        if file.rows != expected and not file.problem:
            self.mistake(f"{column}: the {name} file has {file.rows} rows instead of {expected}.")

    def served(self, application, address):
        return served(application, LIST, kind=self.options.workers, DATABASE_URL=address)

    def rate_of(self, server):
        """Return the requests a second of a hello."""
        hello = itertools.repeat(Question(request_for(server.port, "/")))
        return run(server.port, hello, HELLO_SECONDS).per_second

    def told(self, column, start):
        print(f"{column}: {time.perf_counter() - start:.0f} s", file=sys.stderr, flush=True)

    def mistake(self, sentence):
        self.wrong = True
        self.remarks.append(f"ERROR {sentence}")
        print(f"ERROR {sentence}", file=sys.stderr, flush=True)


def engine_of(address):
    return "SQLite" if address.startswith("sqlite") else "PostgreSQL"


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "catalogue.settings")
    sys.exit(main())
