"""Files of the catalogue, fetched one at a time or typeset by a command: how long, how much memory, how many rows."""

import csv
import http.client
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.client import HOST
from benchmarks.dataset import ROOT
from benchmarks.questions import count_of
from benchmarks.servers import environment, memory_of

EXPORT_PATIENCE = 60  # seconds for one file
BOOK_PATIENCE = 240  # seconds for a book of a thousand practices
PIECE = 65536  # bytes


@dataclass
class File:
    """A file that was fetched: seconds to its end and to its first byte, MB above idle, rows; or what went wrong."""

    seconds: float = 0.0
    first_byte: float = 0.0
    above_idle: float = 0.0
    rows: int = 0
    problem: str = ""


def file_at(server, address):
    """Fetch a file and watch the memory of the workers."""
    idle = {pid: memory_of(pid) for pid in server.workers}
    for pid in idle:
        with suppress(OSError):
            Path(f"/proc/{pid}/clear_refs").write_text("5")  # the highest memory is counted from now on
    with tempfile.TemporaryFile() as body:
        try:
            seconds, first = _download(server.port, address, body)
        except (OSError, http.client.HTTPException) as problem:
            return File(problem=f"> {EXPORT_PATIENCE} s" if isinstance(problem, TimeoutError) else str(problem))
        highest = {pid: memory_of(pid, "VmHWM") for pid in server.workers if pid in idle}
        above = max((highest[pid] - idle[pid] for pid in highest), default=0.0)
        body.seek(0)
        count = ROWS_IN.get(address.partition("?")[0].rpartition(".")[2])
        return File(seconds, first, above, count(body) if count else 0)


def _download(port, address, body):
    """Write an answer to ``body``; return the seconds to its last and to its first byte."""
    connection = http.client.HTTPConnection(HOST, port, timeout=EXPORT_PATIENCE)
    start = time.perf_counter()
    try:
        connection.request("GET", address)
        answer = connection.getresponse()
        if answer.status != 200:
            raise http.client.HTTPException(f"status {answer.status}")
        body.write(answer.read(1))
        first = time.perf_counter() - start
        while piece := answer.read(PIECE):
            body.write(piece)
            if time.perf_counter() - start > EXPORT_PATIENCE:
                raise TimeoutError
        return time.perf_counter() - start, first
    finally:
        connection.close()


def _rows_in_csv(body):
    csv.field_size_limit(sys.maxsize)
    return sum(1 for _ in csv.reader(line.decode("utf-8-sig") for line in body)) - 1


def _rows_in_xlsx(body):
    with zipfile.ZipFile(body) as book, book.open("xl/worksheets/sheet1.xml") as sheet:
        return sum(piece.count(b"<row ") for piece in _ending_in_tags(sheet)) - 1


def _ending_in_tags(file):
    """Yield a file in pieces that cut no tag."""
    rest = b""
    while piece := file.read(PIECE):
        head, _, rest = (rest + piece).rpartition(b"<")
        yield head
        rest = b"<" + rest
    yield rest


ROWS_IN = {"csv": _rows_in_csv, "xlsx": _rows_in_xlsx}


def of_about(facts, wanted):
    """Return the filters, of a few plain ones, whose list is nearest to a number of practices, and that number."""
    some = [{}, {"scope": "national"}, {"status": "ended"}]
    codes = {name: sorted({code for fact in facts for code in fact.codes[name]}) for name in ("country", "network")}
    lists = [{**asked, name: code} for asked in some for name in codes for code in codes[name]] + some
    return min(((asked, count_of(facts, asked)) for asked in lists), key=lambda pair: abs(pair[1] - wanted))


def processor_of_book(address, asked):
    """Typeset the book of a list by ``manage.py make_book``; return the seconds of processor it took, or None."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with tempfile.TemporaryDirectory(prefix="catalogue-bench-") as folder:
        command = [sys.executable, "manage.py", "make_book", folder, "--filter", urlencode(asked)]
        variables = environment(DATABASE_URL=address)
        try:
            subprocess.run(
                command, cwd=ROOT, env=variables, check=True, stdout=subprocess.DEVNULL, timeout=BOOK_PATIENCE
            )
        except subprocess.TimeoutExpired:
            return None
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
