"""Measures the catalogue beside a Django hello world: ``python -m benchmarks.run [--full]``.

On SQLite and on a throw-away PostgreSQL, at several sizes, within one run; prints one table and writes it to
docs/performance.md. No figure makes it fail, only an answer that is wrong.
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

from benchmarks import checks, report
from benchmarks.client import PATIENCE, request_for, run
from benchmarks.dataset import files_of, truth_in
from benchmarks.datasette import PROGRAM, datasette, datasette_workloads
from benchmarks.servers import ENGINES, WORKER_KINDS, load, served
from benchmarks.workloads import LIST, file_of_half, page_workloads

SIZES = (19, 1_000, 10_000)
FULL = 100_000
HELLO_SECONDS = 0.5  # of each measure of hello
WARM_UP = 0.5  # seconds
TURNS = 7  # after which all but one page in a hundred has been asked of either worker
HELLO_SPREAD = 1.5  # a larger ratio between two measures of hello is remarked
FILES = ("csv", "xlsx")
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
        for engine, database in ENGINES.items():
            with database() as address:
                bench.measure_engine(engine, address)
        bench.measure_datasette()
    print("\n".join(bench.table.lines()))
    for remark in bench.remarks:
        print(f"- {remark}")
    report.write(bench.table, bench.remarks, options.command, options.workers)
    return 1 if bench.wrong else 0


def parser():
    parser = argparse.ArgumentParser(description="Measure the catalogue beside a Django hello world.")
    parser.add_argument("--full", action="store_true", help=f"measure {FULL:,} practices as well")
    parser.add_argument("--sizes", type=lambda text: [int(size) for size in text.split(",")], help="19,1000,10000")
    parser.add_argument("--seconds", type=float, default=2.0, help="of each workload")
    parser.add_argument("--workers", choices=WORKER_KINDS, default="sync", help="kind of gunicorn's workers")
    parser.add_argument(
        "--filled",
        type=lambda text: text.split("=", 1),
        action="append",
        default=[],
        metavar="ENGINE=ADDRESS",
        help=f"a database that holds {FULL:,} rows already, since filling it takes longer than measuring",
    )
    told = (re.sub(r"^(\w+=)\w+://.*", r"\1ADDRESS", argument) for argument in sys.argv[1:])  # it may hold a password
    parser.set_defaults(command=" ".join(["python -m benchmarks.run", *told]))
    return parser


class Bench:
    """One run: its servers, its table and what there is to remark."""

    def __init__(self, options):
        self.seconds, self.kind, self.filled = options.seconds, options.workers, dict(options.filled)
        self.sizes = sorted(options.sizes or (*SIZES, *((FULL,) if options.full else ())))
        self.table, self.remarks, self.wrong = report.Table(), [], False

    def measure_engine(self, engine, address):
        """Measure every size on one database, which grows from one to the next."""
        if address is None:
            self.remarks.append(f"{engine} is not installed, so nothing was measured on it.")
            return
        for size in self.sizes:
            rows, truth = files_of(size)
            column = f"{engine} {size:,}"
            start = time.perf_counter()
            filled = size == FULL and self.filled.get(engine)
            address = filled or address
            seconds = load(address, rows, size)
            if not filled:
                self.table.put(column, "loading and indexing, s", seconds)
            self.measure_pages(column, address, rows, size)
            self.measure_files(column, address, truth_in(truth))
            print(f"{column}: {time.perf_counter() - start:.0f} s", file=sys.stderr, flush=True)

    def measure_pages(self, column, address, rows, size):
        """Put the ratio of every page to hello, which is measured before and after each."""
        with self.catalogue(address) as server:
            self.put_pages(column, page_workloads(server.port, rows, size), server)

    def measure_datasette(self):
        """Put what Datasette answers on the rows of the largest size, by its single process."""
        size = self.sizes[-1]
        column = f"Datasette {size:,}"
        if PROGRAM is None:
            self.table.put(column, "list, page 1, total, all facets", "not on PATH")
            return
        rows, _ = files_of(size)
        with datasette(rows, size) as server:
            self.table.put(column, "start to first page, s", server.seconds_to_first_page)
            self.put_pages(column, datasette_workloads(server.port, rows, size), server, keeps=False)

    def put_pages(self, column, workloads, server, *, keeps=True):
        """Run the workloads in turn, with both hellos between them; first warm up a server that ``keeps`` pages."""
        hellos, stocks = [self.rate_of(self.hello)], []
        for workload in workloads:
            if keeps:
                self.put_first_turn(column, workload, server, hellos[-1])
            answers = run(server.port, workload.requests, self.seconds)
            hellos.append(self.rate_of(self.hello))
            stocks.append(self.rate_of(self.stock))
            ratio = answers.per_second / statistics.mean(hellos[-2:])
            self.table.put(column, workload.name, ratio, workload.note)
            if answers.wrong:
                note = self.remarks.append if column.startswith("Datasette") else self.mistake
                note(f"{column}, {workload.name}: answers by their status {answers.statuses}.")
            if answers.unanswered:
                self.remarks.append(f"{column}, {workload.name}: {answers.unanswered} unanswered after {PATIENCE} s.")
        self.table.put(column, "hello, requests a second", statistics.median(hellos))
        self.table.put(column, "hello, stock middleware", statistics.median(stocks) / statistics.median(hellos))
        if max(hellos) > HELLO_SPREAD * min(hellos):
            self.remarks.append(
                f"{column}: hello answered {min(hellos):,.0f} to {max(hellos):,.0f} times a second: a busy machine."
            )

    def measure_files(self, column, address, truth):
        """Put what the two files take, on a server just started; then compare answers with the truth."""
        with self.catalogue(address) as server:
            self.table.put(column, "start to first page, s", server.seconds_to_first_page)
            for page in (LIST, SMALL_FILE):  # so that what is made once is not counted as taken by the file
                run(server.port, itertools.repeat(request_for(server.port, page)), WARM_UP)
            for extension in FILES:
                self.put_file(column, extension, file_of_half(server, extension), truth)
            found, counted = checks.mistakes(server.port, truth)
        for sentence in found:
            self.mistake(f"{column}: {sentence}")
        if not counted:
            self.remarks.append(f"{column}: the list shows no counts beside its choices yet.")

    def put_file(self, column, extension, file, truth):
        name = extension.upper()
        if file.problem:
            self.table.put(column, f"{name} of half, s", f"{file.problem} ✗")
            return
        self.table.put(column, f"{name} of half, s", file.seconds)
        self.table.put(column, f"{name}, first byte, s", file.first_byte)
        self.table.put(column, f"{name}, MB above idle", file.above_idle)
        expected = truth["facets"]["scope"].get("national", 0)
        if file.rows != expected:
            self.mistake(f"{column}: the {name} file has {file.rows} rows instead of {expected}.")

    def catalogue(self, address):
        return served("catalogue.wsgi", LIST, kind=self.kind, DATABASE_URL=address)

    def put_first_turn(self, column, workload, server, hello):
        """Ask for everything so often that every worker has made what it keeps; put the rate of the first turn."""
        turns = [run(server.port, workload.requests, 0, answers=workload.turn) for _ in range(TURNS)]
        if f"{workload.name}, first turn" in report.ROWS:
            self.table.put(column, f"{workload.name}, first turn", turns[0].per_second / hello)

    def rate_of(self, server):
        """Return the requests a second of a hello."""
        return run(server.port, itertools.repeat(request_for(server.port, "/")), HELLO_SECONDS).per_second

    def mistake(self, sentence):
        self.wrong = True
        self.remarks.append(f"ERROR {sentence}")
        print(f"ERROR {sentence}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "catalogue.settings")
    sys.exit(main())
