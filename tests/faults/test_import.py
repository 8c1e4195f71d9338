"""An import of ten thousand practices, killed with ``kill -9``: nothing of it stays, and it can be repeated."""

import csv
import io
import os
import random
import signal
import subprocess
import sys
from contextlib import suppress

import pytest

from tests.faults.servers import ROOT, environment, manage

ROWS = int(os.environ.get("IMPORTED", "10000"))
KILLS = 5
COLUMNS = ["code", "title_es", "summary_es", "scope", "networks", "countries"]
MAKE_BOSS = "from django.contrib.auth import get_user_model as g; g().objects.create_superuser('boss')"


@pytest.fixture
def file(tmp_path):
    with (tmp_path / "practices.csv").open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(COLUMNS)
        for number in range(ROWS):
            lines.writerow([f"new-{number}", f"Práctica {number}", "Texto", "national", "gender-and-migration", "PE"])
    return tmp_path / "practices.csv"


def begun(file, database):
    command = [sys.executable, "manage.py", "import_practices", str(file), "--by", "boss"]
    variables = environment(DATABASE_URL=database)
    return subprocess.Popen(command, cwd=ROOT, env=variables, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)


def written(process):
    """Yield how many practices are written, from the moment at which writing begins."""
    last, writes = 0, False
    for line in io.TextIOWrapper(process.stderr):
        done, _slash, total = line.strip().partition(" / ")
        if total:
            writes = writes or int(done) < last or last == ROWS
            last = int(done)
            if writes:
                yield last


def checksum(postgres):
    """Return a sum over every row of every table."""
    tables = postgres.query("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1", "tried")
    sums = "SELECT md5(coalesce(string_agg(t::text, chr(10) ORDER BY t::text), '')) FROM {} t"
    return {name: postgres.query(sums.format(f'"{name}"'), "tried") for (name,) in tables}


def test_an_import_killed_at_five_random_points_leaves_every_table_as_it_was(postgres, database, file):
    manage("shell", "-c", MAKE_BOSS, DATABASE_URL=database)
    before = checksum(postgres)
    for kill in range(KILLS):
        point, pause = random.randrange(1, ROWS * 9 // 10), random.random()
        process = begun(file, database)
        assert any(done >= point for done in written(process))
        with suppress(subprocess.TimeoutExpired):
            process.wait(pause)  # anywhere between two reports
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL, f"the import had ended before kill {kill + 1} at {point}"
        assert checksum(postgres) == before, f"kill {kill + 1}: after {point} practices and {pause:.2f} s"
    process = begun(file, database)
    assert list(written(process))[-1] == ROWS
    assert process.wait() == 0
    states = postgres.query("SELECT state, count(*) FROM catalogue_practice GROUP BY state", "tried")
    assert dict(states) == {"published": 19, "draft": ROWS}
