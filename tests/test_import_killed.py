"""An import that is killed leaves nothing behind, and can be begun again."""

import contextlib
import hashlib
import io
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from tests import prepared

ROOT = Path(__file__).resolve().parent.parent
ROWS = 60
COLUMNS = ["code", "title_es", "summary_es", "scope", "networks", "countries"]


@pytest.fixture
def environment(tmp_path):
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    environment = {**kept, "DATABASE_URL": f"sqlite:///{tmp_path}/catalogue.sqlite3"}
    make = "from django.contrib.auth import get_user_model as g; g().objects.create_superuser('boss')"
    prepared.copy_to(tmp_path / "catalogue.sqlite3")
    command = [sys.executable, "manage.py", "shell", "-c", make]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
    return environment


@pytest.fixture
def file(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "practices"
    book.active.append(COLUMNS)
    for number in range(ROWS):
        book.active.append([f"new-{number}", f"Práctica {number}", "Texto", "national", "gender-and-migration", "PE"])
    book.save(tmp_path / "practices.xlsx")
    return tmp_path / "practices.xlsx"


def command(file, environment):
    arguments = [sys.executable, "manage.py", "import_practices", str(file), "--by", "boss"]
    return subprocess.Popen(arguments, cwd=ROOT, env=environment, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)


def checksum(tmp_path):
    with contextlib.closing(sqlite3.connect(tmp_path / "catalogue.sqlite3")) as database:
        return hashlib.sha256("\n".join(database.iterdump()).encode()).hexdigest()


def steps(process):
    """Yield how many practices are written, from the moment at which writing begins."""
    last, writes = 0, False
    for line in io.TextIOWrapper(process.stderr):
        done, _slash, total = line.strip().partition(" / ")
        if total:
            writes = writes or int(done) < last or last == ROWS
            last = int(done)
            if writes:
                yield last


# Four imports by real processes, for only a process can be killed.
@pytest.mark.slow
def test_a_killed_import_leaves_the_database_as_it_was_and_succeeds_when_it_is_repeated(environment, file, tmp_path):
    before = checksum(tmp_path)
    for point in (1, 30, 57):
        process = command(file, environment)
        assert any(done >= point for done in steps(process))
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stderr.close()
        assert checksum(tmp_path) == before, point
    process = command(file, environment)
    assert list(steps(process))[-1] == ROWS
    assert process.wait() == 0
    process.stderr.close()
    with contextlib.closing(sqlite3.connect(tmp_path / "catalogue.sqlite3")) as database:
        states = database.execute("SELECT state, count(*) FROM catalogue_practice GROUP BY state").fetchall()
    assert dict(states) == {"published": 19, "draft": ROWS}
