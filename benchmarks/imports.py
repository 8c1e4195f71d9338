"""Imports of 10,000 practices: ``python -m benchmarks.imports [--size 10000] [--bad 137] [--kind xlsx]``.

First a file with wrong cells, which must all be named by row and column while nothing is written; then the same file
without them, which must be checked and written whole. Each by ``manage.py import_practices`` in a process of its own,
whose time and highest memory are told, on both databases. The table becomes the section "Imports" of
docs/performance.md.
"""

import argparse
import csv
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import openpyxl

from benchmarks import page
from benchmarks.dataset import COUNTRIES, NETWORKS, ROOT, STATUSES, files_of, rows_in
from benchmarks.servers import ENGINES, environment

TEXTS = [f"{name}_{language}" for name in ("title", "summary", "description") for language in ("es", "en", "pt")]
COLUMNS = ["code", *TEXTS, "scope", "status", "start", "networks", "countries"]
LONGEST = {"title": 200, "summary": 320}  # signs; the synthetic texts know no limit
WRONG = {"scope": "galactic", "status": "asleep", "start": "31/31/2020", "networks": "nowhere", "countries": "XX"}
BOSS = "boss"
MAKE_BOSS = f"from django.contrib.auth import get_user_model as g; g().objects.create_superuser('{BOSS}')"
GOALS = "60 s and 300 MB for naming what is wrong"


class Took(NamedTuple):
    """What a command said and what it took."""

    returned: int
    said: str
    seconds: float
    processor: float
    memory: float


def main():
    options = parser().parse_args()
    with tempfile.TemporaryDirectory(prefix="catalogue-imports-") as folder:
        wrong = write(Path(folder, f"wrong.{options.kind}"), options.size, options.bad)
        write(Path(folder, f"right.{options.kind}"), options.size)
        lines, mistakes = [], []
        for engine in options.engine or ENGINES:
            with ENGINES[engine]() as address:
                if address is None:
                    mistakes.append(f"{engine} is not installed, so nothing was measured on it.")
                    continue
                measured = measure(engine, address, folder, wrong, options)
                lines += [line for line, _sentences in measured]
                mistakes += [sentence for _line, sentences in measured for sentence in sentences]
    told = report(lines, mistakes, options)
    print(told)
    page.put("Imports", told)
    return 1 if mistakes else 0


def parser():
    parser = argparse.ArgumentParser(description="Import many practices, and many with mistakes.")
    parser.add_argument("--size", type=int, default=10_000, help="practices")
    parser.add_argument("--bad", type=int, default=137, help="rows with a wrong cell")
    parser.add_argument("--engine", choices=ENGINES, action="append", help="one of the databases alone")
    parser.add_argument("--kind", choices=("xlsx", "csv"), default="xlsx")
    return parser


def measure(engine, address, folder, wrong, options):
    """Return ``(line of the table, what was not as it should be)`` of both files on one database."""
    prepare(address)
    refused = took("import_practices", f"{folder}/wrong.{options.kind}", "--by", BOSS, DATABASE_URL=address)
    named = list(named_in(refused.said))
    found = (
        [f"{engine}: {len(set(named) & wrong)} of {len(wrong)} wrong cells were named."] if set(named) != wrong else []
    )
    found += [f"{engine}: a file with mistakes was imported."] if not refused.returned or drafts_in(address) else []
    lines = [(line(engine, f"{len(named)} wrong cells named, nothing written", refused), found)]
    written = took("import_practices", f"{folder}/right.{options.kind}", "--by", BOSS, DATABASE_URL=address)
    drafts = drafts_in(address)
    found = [f"{engine}: {drafts} of {options.size} practices were written."] if drafts != options.size else []
    return [*lines, (line(engine, f"{drafts:,} practices checked and written", written), found)]


def write(path, size, bad=0):
    """Write a file of new practices; return ``{(row, column)}`` of the cells that are wrong, as many as asked for."""
    rows, _truth = files_of(size)
    every, wrong = size // bad if bad else size + 1, set()

    def lines():
        yield COLUMNS
        for number, row in enumerate(rows_in(rows, limit=size)):
            cells = cells_of(row)
            if number % every == every // 2 and len(wrong) < bad:
                column = list(WRONG)[len(wrong) % len(WRONG)]
                cells[column] = WRONG[column]
                wrong.add((number + 2, column))  # the header is row 1
            yield list(cells.values())

    (write_csv if path.suffix == ".csv" else write_xlsx)(path, lines())
    return wrong


def cells_of(row):
    """Return ``{column: cell}`` of a synthetic row."""
    codes = {
        "scope": row["scope"],
        "status": STATUSES[row["status"]],
        "start": str(row["start_year"]),
        "networks": NETWORKS[row["network"]],
        "countries": " | ".join(COUNTRIES[code] for code in row["countries"]),
    }
    return {"code": f"new-{row['id']}", **{name: row[name][: LONGEST.get(name[:-3])] for name in TEXTS}, **codes}


def write_csv(path, lines):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(lines)


def write_xlsx(path, lines):
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("practices")
    for cells in lines:
        sheet.append(cells)
    book.save(path)


def prepare(address):
    """Make a catalogue with an account that may import."""
    for arguments in (["prepare"], ["shell", "-c", MAKE_BOSS]):
        manage(*arguments, DATABASE_URL=address)


def drafts_in(address):
    count = "from catalogue.models import Practice as P; print(P.objects.filter(state='draft').count())"
    return int(manage("shell", "--no-imports", "-c", count, DATABASE_URL=address).split()[-1])


def manage(*arguments, **variables):
    """Run a command of ``manage.py``; return what it said."""
    command = [sys.executable, "manage.py", *arguments]
    answer = subprocess.run(command, cwd=ROOT, env=environment(**variables), check=True, capture_output=True, text=True)
    return answer.stdout


def took(*arguments, **variables):
    """Run a command of ``manage.py`` and return what it ``Took``."""
    with tempfile.TemporaryFile("w+") as said:
        start = time.perf_counter()
        command = [sys.executable, "manage.py", *arguments]
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment(**variables), stdout=said, stderr=subprocess.DEVNULL
        )
        _pid, status, used = os.wait4(process.pid, 0)  # tells the highest memory of this one process
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - start
        said.seek(0)
        return Took(process.returncode, said.read(), seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def named_in(said):
    """Yield row and column of each sentence about a cell: ``practices, 12, K · scope: …``."""
    for sentence in said.splitlines():
        sheet, _comma, rest = sentence.partition(", ")
        row, _comma, rest = rest.partition(", ")
        if sheet == "practices" and row.isdecimal():
            yield int(row), rest.partition(":")[0].rpartition(" · ")[2]


def line(engine, what, took):
    told = [engine, what, f"{took.seconds:.1f}", f"{took.processor:.1f}", f"{took.memory:.0f}"]
    return f"| {' | '.join(told)} |"


def report(lines, mistakes, options):
    """Return the section of the page."""
    command = f"python -m benchmarks.imports --size {options.size} --bad {options.bad} --kind {options.kind}"
    command += "".join(f" --engine {engine}" for engine in options.engine or ())
    return "\n".join(
        [
            f"Made by `{command}`: files of {options.size:,} new practices in three languages. The goal is {GOALS}.",
            "",
            "| database | what | seconds | of the processor | highest MB |",
            "| --- | --- | ---: | ---: | ---: |",
            *lines,
            "",
            *(f"- {sentence}" for sentence in mistakes or ["Every answer was right."]),
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
