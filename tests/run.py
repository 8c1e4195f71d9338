"""``python -m tests.run``: the whole test run, a part of it, or all of it twice; ``make test`` and its kin call it.

A run has parts, each a process of pytest on one engine. Before them stands what every part needs: room on the disk and
the programs of ``tests.programs``. After them stands what was left out, and how long each part took.
"""

import argparse
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from tests import programs
from tests.postgres import throwaway_server

NEEDED_SPACE = 1_000_000_000  # bytes of temporary folder; a whole run was seen to use half of it
NOTHING_COLLECTED = 5  # pytest's exit code
SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"
FOR_TESTS_ONLY = {"synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off", "jit": "off"}


class Part(NamedTuple):
    """A process of pytest: its name, its engine, which marks it takes and what else it is told."""

    name: str
    engine: str
    marks: str
    options: tuple[str, ...] = ()
    tries: str = "few"
    modules: tuple[str, ...] = ("pytest",)
    workers: str = "auto"


COVERAGE = ("coverage", "run", "-m", "pytest")
WITHOUT_FAULTS = ("--ignore=tests/faults",)
WITHOUT_SERVERS = (*WITHOUT_FAULTS, "--ignore=tests/e2e")
# Files that nobody waits for between two edits, by what they do; a new file is waited for until it stands here
LEFT_FOR_LATER = {
    "start a server or another program": "clock commands deploy errors import_killed links_visit makefile office "
    "stale_pages start",
    "typeset documents": "offline pdf_ua publication publication_closed publication_docx",
    "fill in the long forms of the admin": "accounts admin admin_autosave admin_door admin_merging bulk dashboard "
    "editions links_checks revisions roles translation_files translations workflow",
    "read files of an import": "import import_many import_organisations import_pages",
    "ask every address or every kind of file": "addresses admin_lookups api_schema backup bitset_index caching "
    "counts email_addresses exports frameworks headers hidden hostile lane linked_data markup oai sitemap statements "
    "suggestions",
}
# Files with tests of both engines; to read the others as well would take each worker seconds
FILES = sorted(Path(__file__).parent.glob("test_*.py"))
OF_BOTH = tuple(f"tests/{file.name}" for file in FILES if "mark.engines" in file.read_text(encoding="utf-8"))
LATER = [f"tests/test_{name}.py" for names in LEFT_FOR_LATER.values() for name in names.split()]
RUNS = {
    "whole": (
        Part(SQLITE, SQLITE, "not faults", WITHOUT_FAULTS),
        Part(POSTGRESQL, POSTGRESQL, "engines", OF_BOTH),
    ),
    "fast": (Part(SQLITE, SQLITE, "not slow", (*WITHOUT_SERVERS, *(f"--ignore={file}" for file in LATER))),),
    "all": (
        Part(SQLITE, SQLITE, "not faults", WITHOUT_FAULTS, tries="many"),
        Part(POSTGRESQL, POSTGRESQL, "not browser", WITHOUT_SERVERS, tries="many"),
    ),
    "coverage": (  # without Chromium: what it makes the servers run, others run as well
        Part(SQLITE, SQLITE, "not browser", WITHOUT_SERVERS, modules=COVERAGE),
        Part(POSTGRESQL, POSTGRESQL, "engines", OF_BOTH, modules=COVERAGE),
    ),
}


class Spent(NamedTuple):
    """What a part took: seconds of clock, and of processor with all the processes it started and waited for.

    Of Chromium that is a part: nobody waits for the processes that draw its pages.
    """

    clock: float
    processor: float

    @classmethod
    def until_now(cls):
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return cls(time.monotonic(), used.ru_utime + used.ru_stime)

    def since(self, earlier):
        return Spent(self.clock - earlier.clock, self.processor - earlier.processor)


def yardstick():
    """Return the seconds of processor of a fixed loop: the same machine is at times half as fast as at others."""
    begun, total = time.process_time(), 0
    for number in range(3_000_000):
        total += number * number % 7
    return time.process_time() - begun


def main(arguments):
    parser = argparse.ArgumentParser(prog="python -m tests.run")
    parser.add_argument("run", choices=RUNS, nargs="?", default="whole")
    parser.add_argument("--only", default="", help="a file, a test of a file, or a word in names of tests")
    parser.add_argument("--engine", default="sqlite", help="sqlite or postgresql, with --only")
    chosen, more = parser.parse_known_args(arguments)
    if complaint := impossible(chosen):
        print(complaint, file=sys.stderr)
        return 2
    parts = RUNS[chosen.run]
    if chosen.only:
        parts = [only(part, chosen.only) for part in parts if part.engine.lower() == chosen.engine]
    spent, failed, marks = [], [], [yardstick()]
    for part in parts:
        if part.engine == POSTGRESQL and programs.path_of(POSTGRESQL) is None:
            continue  # the end of the run says so
        before = Spent.until_now()
        if run(part, more):
            failed.append(part.name)
        spent.append((shown(part), Spent.until_now().since(before)))
        marks.append(yardstick())
    left_out = [] if chosen.only or chosen.run == "fast" else programs.missing()
    if left_out:
        print(what_was(left_out))
    print(how_long(spent, marks))
    return 1 if failed or (left_out and os.environ.get("CI") == "true") else 0


def impossible(chosen):
    """Return a sentence on what makes this run impossible and how to put it right, or None."""
    if chosen.engine not in ("sqlite", "postgresql"):
        return f"ENGINE is “{chosen.engine}”; it can be sqlite or postgresql."
    if chosen.engine == "postgresql" and programs.path_of(POSTGRESQL) is None:
        needed = programs.install([programs.program(POSTGRESQL)])
        return f"PostgreSQL is not installed. Install it with: {needed}"
    try:
        with tempfile.NamedTemporaryFile() as file:
            free = shutil.disk_usage(file.name).free
    except OSError as problem:
        return f"No temporary file can be written ({problem}). Name a folder that can be written with TMPDIR=/path."
    if free < NEEDED_SPACE:
        place = tempfile.gettempdir()
        return (
            f"The temporary folder {place} has {free // 10**6} MB left and the tests need {NEEDED_SPACE // 10**6}. "
            "Make room there, or name another folder with TMPDIR=/path."
        )
    return None


def only(part, chosen):
    """Return the part narrowed to one file, one test or what a word names; marks then leave nothing out."""
    is_path = chosen.partition("::")[0].endswith(".py") or "/" in chosen
    options = (chosen,) if is_path else ("-k", chosen, *WITHOUT_FAULTS)
    return part._replace(name=f"{chosen} on {part.engine}", marks="not faults", options=options, workers="0")


def shown(part):
    """Return the name of a part, with the browser where one is driven in it."""
    drives = "--ignore=tests/e2e" not in part.options and programs.path_of("Chromium")
    return f"{part.name} and Chromium" if drives and part.name == SQLITE else part.name


def run(part, more):
    """Run a part; return whether anything failed."""
    print(f"\n{shown(part)}", flush=True)
    with ExitStack() as stack:
        # UTF-8 and direct ways to loopback, whatever locale and proxies the machine has
        own = {"PYTHONUTF8": "1", "NO_PROXY": "127.0.0.1,localhost,::1", "TRIES": part.tries}
        environment = {**os.environ, **own}
        if part.engine == POSTGRESQL:
            environment["DATABASE_URL"] = stack.enter_context(throwaway_server(**FOR_TESTS_ONLY))
        else:
            environment.pop("DATABASE_URL", None)
        command = [
            sys.executable,
            "-m",
            *part.modules,
            "-n",
            part.workers,
            "--dist",
            "loadgroup",
            "-m",
            part.marks,
            *part.options,
            *more,
        ]
        code = subprocess.run(command, env=environment, check=False).returncode
    if code == NOTHING_COLLECTED:
        print(f"No test is called so: {part.name}. Name a file (tests/test_search.py) or a word of a test's name.")
    return code != 0


def what_was(left_out):
    """Return the block that says what this machine could not show, and the one command that brings it."""
    lines = ["", "Left out, because this machine lacks it; nothing of it was tested:"]
    lines += [f"  {program.name:<16} shows {program.shows}" for program in left_out]
    return "\n".join([*lines, f"All of it comes with:  {programs.install(left_out)}"])


def how_long(spent, marks):
    """Return the last line of a run."""
    total = Spent(sum(part.clock for _name, part in spent), sum(part.processor for _name, part in spent))
    parts = "; ".join(f"{name} {minutes(took.clock)}" for name, took in spent)
    return (
        f"\n{parts}. In all {minutes(total.clock)} of clock, {minutes(total.processor)} of processor, "
        f"on Python {platform.python_version()}; a fixed loop took {min(marks):.2f} to {max(marks):.2f} s meanwhile."
    )


def minutes(seconds):
    return f"{int(seconds) // 60} min {int(seconds) % 60:02} s"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
