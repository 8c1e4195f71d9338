"""What is asked of the catalogue: pages under load, and files one at a time."""

import csv
import http.client
import itertools
import random
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote_plus

from benchmarks import make_dataset
from benchmarks.client import HOST, request_for
from benchmarks.dataset import COUNTRIES, NETWORKS, rows_in
from benchmarks.servers import fetch, memory_of

LIST = "/es/practicas/"
PRACTICES_IN_TURN = 500
SEARCHES_IN_TURN = 200  # after which every word has been looked for
WORDS_OF_A_TOPIC = 3  # the most frequent ones, so that a search finds something
EXPORT_PATIENCE = 30  # seconds for one file
PIECE = 65536  # bytes


@dataclass
class Workload:
    """Requests without end, under the name they have in the table; ``turn`` of them ask for something else each."""

    name: str
    requests: Iterator[bytes]
    note: str = ""
    turn: int = 1


def page_workloads(port, rows, size):
    """Return the workloads of pages; ``n`` makes every request another one.

    The slowest comes last: what nobody waits for any more still keeps the server busy.
    """
    asked = itertools.count(1)

    def each(addresses, **headers):
        for address in addresses:
            yield request_for(port, f"{address}{'&' if '?' in address else '?'}n={next(asked)}", **headers)

    slugs = practices(rows, size)
    tag = fetch(port, LIST)[1].get("ETag")
    again = request_for(port, LIST, **({"If_None_Match": tag} if tag else {}))
    return [
        Workload("list, page 1, total, all facets", each(itertools.repeat(LIST))),
        Workload("country + network, 72 pairs in turn", each(itertools.cycle(pairs())), turn=len(pairs())),
        Workload("one practice, 500 in turn", each(itertools.cycle(slugs)), turn=len(slugs)),
        Workload("the same page again", itertools.repeat(again), "" if tag else "no ETag"),
        Workload("list, as the first, gzip accepted", each(itertools.repeat(LIST), Accept_Encoding="gzip")),
        Workload("text search in a country", each(searches()), turn=SEARCHES_IN_TURN),
    ]


def pairs():
    """Return the addresses of the list for each country and network."""
    countries = sorted(COUNTRIES.values())
    return [f"{LIST}?country={country}&network={slug}" for slug in NETWORKS.values() for country in countries]


def searches():
    """Yield searches of the list for two words within a country."""
    for words, country in words_in_turn(sorted(COUNTRIES.values())):
        yield f"{LIST}?q={quote_plus(words)}&country={country}"


def words_in_turn(countries):
    """Yield two Spanish words of two topics and a country, without end, always the same ones in the same order."""
    draw = random.Random(7)
    topics = [spanish.split()[:WORDS_OF_A_TOPIC] for spanish, _, _ in make_dataset.TOPICS]
    while True:
        yield " ".join(draw.choice(topic) for topic in draw.sample(topics, 2)), draw.choice(countries)


def practices(rows, size):
    """Return the addresses of at most 500 practices, spread over all of them."""
    step = max(1, size // PRACTICES_IN_TURN)
    return [f"{LIST}{row['slug']}/" for row in itertools.islice(rows_in(rows, limit=size), 0, None, step)]


@dataclass
class File:
    """A file that was fetched: seconds to its end and to its first byte, MB above idle, rows; or what went wrong."""

    seconds: float = 0.0
    first_byte: float = 0.0
    above_idle: float = 0.0
    rows: int = 0
    problem: str = ""


def file_of_half(server, extension):
    """Fetch the practices of national scope, about half of them, and watch the memory of the workers."""
    idle = {pid: memory_of(pid) for pid in server.workers}
    for pid in idle:
        with suppress(OSError):
            Path(f"/proc/{pid}/clear_refs").write_text("5")  # the highest memory is counted from now on
    with tempfile.TemporaryFile() as body:
        try:
            seconds, first = _download(server.port, f"/es/practicas.{extension}?scope=national", body)
        except (OSError, http.client.HTTPException) as problem:
            return File(problem=f"> {EXPORT_PATIENCE} s" if isinstance(problem, TimeoutError) else str(problem))
        highest = {pid: memory_of(pid, "VmHWM") for pid in server.workers if pid in idle}
        above = max((highest[pid] - idle[pid] for pid in highest), default=0.0)
        body.seek(0)
        return File(seconds, first, above, ROWS_IN[extension](body))


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
