"""What the dearest request of every address costs: ``python -m benchmarks.cost [--engine PostgreSQL] [--write]``.

The requests are those of tests/dearest.py, asked for in a process with the nineteen practices and in one with 10,000
beside them: the median of three turns. The table is printed; ``--write`` puts it into docs/capacity.md, in place of the
one there. ``--filled 10000=ADDRESS`` takes a database that was filled before instead of filling one.
"""

import argparse
import gc
import json
import logging
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import NamedTuple

from benchmarks import servers
from benchmarks.dataset import ROOT, files_of
from benchmarks.limits import filled
from benchmarks.report import machine
from tests import prepared
from tests.run import yardstick

PAGE = ROOT / "docs" / "capacity.md"
BEGINS, ENDS = "<!-- begin: python -m benchmarks.cost --write -->", "<!-- end -->"
TURNS, LONG = 3, 3  # of each request; what takes more seconds than this is asked for once
OF_THE_DESK = 25  # of its requests are shown, the dearest
PLAIN, PLAIN_TURNS = "/healthz", 300


class Found(NamedTuple):
    """What a request took in a database, in each turn: seconds of processor."""

    name: str
    format: str
    written: str
    in_lane: bool
    cold: list
    warm: list

    @property
    def dearest(self):
        """The dearer of the two, which is compared with the limit."""
        return max(median(self.cold), median(self.warm))


def main():
    options = parser().parse_args()
    if options.tell:
        return print(json.dumps(TOLD[options.tell]()))
    with tempfile.TemporaryDirectory(prefix="catalogue-cost-") as folder, servers.ENGINES[options.engine]() as server:
        ready, found = dict(options.filled), {}
        for size in (19, options.size):
            address = ready.get(size) or made(server, Path(folder, f"{size}.sqlite3"), size)
            found[size] = by_another(address, "all")
    told = report(found, options.engine)
    print(told)
    return put(told) if options.write else None


def parser():
    parser = argparse.ArgumentParser(description="Measure what the dearest request of each address costs.")
    parser.add_argument("--engine", choices=servers.ENGINES, default="SQLite")
    parser.add_argument("--size", type=int, default=10_000, help="practices beside the nineteen")
    parser.add_argument("--filled", type=filled, action="append", default=[], help="SIZE=ADDRESS that holds so many")
    parser.add_argument("--write", action="store_true", help="put the table into docs/capacity.md")
    parser.add_argument("--tell", choices=TOLD, help=argparse.SUPPRESS)
    return parser


def made(server, file, size):
    """Return the address of a new catalogue with the nineteen practices, and ``size`` beside them if there are more."""
    if server is None:
        sys.exit("PostgreSQL is not installed. Install it with: apt-get install postgresql")
    is_file = server.startswith("sqlite")
    address = prepared.copy_to(file) if is_file else prepared.copy_on(server, f"practices_{size}")
    if size > 19:
        servers.load(address, files_of(size)[0], size, alone=False)
    return address


def by_another(address, told):
    """Return what another process tells of a database; see ``TOLD``."""
    command = [sys.executable, "-m", "benchmarks.cost", "--tell", told]
    environment = servers.environment(DATABASE_URL=address)
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout.splitlines()[-1])


@contextmanager
def at_the_database():
    """Yield ``tests.dearest`` in a process with the database of ``DATABASE_URL``, which is left as it was."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "catalogue.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.db import transaction

    from tests import dearest

    settings.ALLOWED_HOSTS, settings.EMAIL_BACKEND = ["testserver"], "django.core.mail.backends.locmem.EmailBackend"
    settings.WORK_IN_BACKGROUND = False  # files are made in the request, which is asked for what it takes
    logging.disable(logging.WARNING)
    gc.freeze()  # as gunicorn.conf.py does
    gc.set_threshold(20_000, 20, 50)
    with transaction.atomic():
        yield dearest
        transaction.set_rollback(True)


def looked_at():
    """Return what each request took in the database of this process, and a plain answer and a fixed loop beside it."""
    with at_the_database() as dearest:
        from django.test import Client

        from tests.desk import make_editor

        reader, editor, plain = dearest.Reader(), Client(), dearest.Request("healthz", PLAIN)
        public, desk = dearest.public(), dearest.of_the_desk()
        editor.force_login(make_editor("administrator", is_superuser=True))
        reader.ask(plain)
        return {
            "plain": median(reader.ask(plain) for _turn in range(PLAIN_TURNS)),
            "loop": yardstick(),
            "limit": dearest.LIMIT,
            "public": [turns_of(request, reader) for request in public],
            "desk": [turns_of(request, dearest.Reader(editor)) for request in desk],
        }


def over_limit():
    """Return ``{address: seconds}`` of what takes more than its limit in the database of this process, once warm."""
    with at_the_database() as dearest:
        reader = dearest.Reader()
        requests = [request for request in dearest.public() if not request.in_lane]
        over = dearest.over_limit(requests, lambda request: reader.spent(request).warm)
        return {request.written: seconds for request, seconds in over.items()}


def turns_of(request, reader):
    """Return the ``Found`` of a request."""
    turns = [reader.spent(request)]
    while len(turns) < TURNS and sum(turns[0]) < LONG:
        turns.append(reader.spent(request))
    cold, warm = zip(*turns, strict=True)
    method = "POST " if request.form else ""
    return Found(request.name, request.format, f"{method}{request.written}", request.in_lane, cold, warm)


TOLD = {"all": looked_at, "over": over_limit}

# The table


def report(found, engine):
    """Return the block of docs/capacity.md."""
    few, many = found.values()
    plain, loops = many["plain"], " and ".join(f"{part['loop']:.2f}" for part in found.values())
    public, desk = (pairs(few[part], many[part]) for part in ("public", "desk"))
    uneven = spread(row for pair in public for row in pair)
    return f"""{BEGINS}

Made by `python -m benchmarks.cost --write` on {engine}: seconds of processor, user and system, with those of children
and of the database, of one answer that is read to its end. For each address and format the dearest request known, in
a process that has answered others. Cold: after a change of the whole catalogue, with nothing kept. Warm: once more,
with another number where there is `{{n}}`. The median of three turns, of which in the row in the middle the farthest
lay {uneven:.0%} from it; what took over {LONG} s was asked for once. × is the dearer of both at {max(found):,} over a
plain answer of the same run, `{PLAIN}` in {plain * 1000:.2f} ms. A fixed loop took {loops} s meanwhile;
{machine()["Processor"]}.

{over_in_words(many["public"], many["limit"])}

{table(public, found, plain)}

What stands in braces is made by tests/dearest.py: `{{most}}` asks for every network, State, scope and status,
`{{every}}` for every choice of all filters but keywords, `{{beginnings}}` for words that begin with letters with which
many do, `{{words}}` for any of some long words that there are, `{{quoted}}` for any of the shortest, `{{misspelt}}` and
`{{short}}` for some that nobody wrote, `{{ids}}` and `{{picks}}` for sixty practices, `{{four}}` for the four with most
results, `{{more}}` for all facets in full.

The {OF_THE_DESK} dearest of the {len(desk)} addresses of the desk, for somebody with every right:

{table(desk[:OF_THE_DESK], found, plain)}

{ENDS}"""


def pairs(few, many):
    """Return ``(found with few, found with many)`` of the dearest request of each address and format, dearest first."""
    by_row = defaultdict(list)
    for pair in zip((Found(*row) for row in few), (Found(*row) for row in many), strict=True):
        by_row[pair[1].name, pair[1].format].append(pair)
    rows = [max(rows, key=lambda pair: pair[1].dearest) for rows in by_row.values()]
    return sorted(rows, key=lambda pair: pair[1].dearest, reverse=True)


def spread(rows):
    """Return by how much of their median the turns of a row differ from it, for the row in the middle."""
    turns = [turns for row in rows for turns in (row.cold, row.warm)]
    return median(max(abs(turn / median(some) - 1) for turn in some) for some in turns)


def over_in_words(public, limit):
    """Say which addresses outside of the lane take more than ``limit`` seconds."""
    rows = [Found(*row) for row in public]
    over = {
        state: sorted({row.name for row in rows if not row.in_lane and median(getattr(row, state)) > limit})
        for state in ("cold", "warm")
    }
    words = "; ".join(f"{state}: {', '.join(names) or 'none'}" for state, names in over.items())
    return f"Outside of the lane no answer may take more than {limit:g} s. Over it are, {words}."


def table(rows, sizes, plain):
    """Return the table of pairs."""
    heads = [f"{size:,} {state}" for size in sizes for state in ("cold", "warm")]
    lines = [
        f"| address | format | {' | '.join(heads)} | lane | × |",
        f"| --- | --- {'| ---: ' * len(heads)}| --- | ---: |",
    ]
    return "\n".join([*lines, *(line(small, large, plain) for small, large in rows)])


def line(small, large, plain):
    cells = [f"{median(turns):.3f}" for turns in (small.cold, small.warm, large.cold, large.warm)]
    cells += ["yes" if large.in_lane else "", f"{large.dearest / plain:,.0f}"]
    return f"| {large.name}: `{large.written}` | {large.format or 'page'} | {' | '.join(cells)} |"


def put(block):
    """Write the block in place of the one in docs/capacity.md, or at its end."""
    page = PAGE.read_text(encoding="utf-8")
    before, _begins, rest = page.partition(BEGINS)
    after = rest.partition(ENDS)[2] or "\n"
    PAGE.write_text(f"{before if rest else before + chr(10)}{block}{after}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
