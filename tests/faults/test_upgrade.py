"""From one release to the next without a pause, each migration there and back, and a kill in the middle of either.

The steps that are squashed by now are walked one by one, too: a database that stands at any of them is still upgraded.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from tempfile import TemporaryDirectory

import pytest

from tests.faults import steps
from tests.faults.desk import Editor
from tests.faults.servers import ROOT, Site, ask, environment, manage, nginx
from tests.programs import lacking
from tests.waiting import until

PREVIOUS_RELEASE = "0c5466f"  # its database stands at a step in the middle of those that are squashed by now
SAVED_BY_AN_OLDER_RELEASE = """
from pathlib import Path
from catalogue.backup import making, tables
older = {**tables.newest_migrations(), **MIGRATIONS}
making.tables.newest_migrations = lambda: older
making.tables.is_prepared = lambda database: True
making.make_backup(Path("FILE"), database="default")
"""


@pytest.fixture(scope="module")
def previous():
    """A folder with the code of the previous release, ready to serve."""
    known = subprocess.run(["git", "cat-file", "-e", PREVIOUS_RELEASE], cwd=ROOT, check=False, capture_output=True)
    if known.returncode:
        lacking(f"The history of the repository is not here, so the release {PREVIOUS_RELEASE} cannot be tried.")
    with TemporaryDirectory(prefix="catalogue-previous-") as folder:
        archive = subprocess.Popen(["git", "archive", PREVIOUS_RELEASE], cwd=ROOT, stdout=subprocess.PIPE)
        subprocess.run(["tar", "--extract", "--directory", folder], stdin=archive.stdout, check=True)
        archive.wait()
        manage("messages", "--compile", cwd=folder)
        manage("collectstatic", "--noinput", cwd=folder)
        yield folder


def test_a_release_follows_another_while_readers_read_and_an_editor_publishes(postgres, previous, tmp_path):
    database = postgres.new_database("upgraded")
    manage("prepare", cwd=previous, DATABASE_URL=database)
    old, new = (
        Site(tmp_path / name, cwd=cwd, DATABASE_URL=database) for name, cwd in (("old", previous), ("new", ROOT))
    )
    statuses, done = [], threading.Event()
    with old, nginx(tmp_path, old, new) as front:
        reader = threading.Thread(target=lambda: read(front, statuses, done))
        reader.start()
        manage("migrate", "--noinput", DATABASE_URL=database)  # the old code serves on the new schema
        editor = Editor(old, database)
        assert editor.take(editor.records[0], "publish")[0] == 200
        with new:
            assert ask(f"{new.url}/readyz").status == 200
            old.process.terminate()
            old.process.wait(timeout=60)
            asked = len(statuses)
            until(lambda: len(statuses) > asked + 10)
            done.set()
            reader.join()
            editor.site = new
            assert editor.open(f"/admin/catalogue/practice/{editor.records[0]}/change/")[0] == 200
    assert set(statuses) == {200}


def read(front, statuses, done):
    pages = ("/es/", "/en/practices/", "/pt-br/praticas.csv", "/api/v1/practices/", "/p/CSM-2023-001/")
    while not done.is_set():
        statuses.append(ask(f"{front.url}{pages[len(statuses) % len(pages)]}?n={len(statuses)}").status)


@pytest.mark.parametrize("app", ["networks", "catalogue"])
def test_each_migration_goes_back_and_forth_and_leaves_the_rows_as_they_were(database, app):
    Editor(None, database)
    walk = [sys.executable, "-m", "tests.faults.steps", app]
    walked = subprocess.run(
        walk, cwd=ROOT, env=environment(DATABASE_URL=database), check=False, capture_output=True, text=True
    )
    assert walked.returncode == 0, walked.stderr
    assert manage("migrate", "--check", DATABASE_URL=database, check=False).returncode == 0


def test_squashed_migrations_make_what_their_steps_make(postgres):
    """The same tables, indexes, constraints, triggers and first rows; a database made by steps needs nothing more."""
    one_by_one, at_once = (postgres.new_database(name) for name in ("one_by_one", "at_once"))
    manage("shell", "--no-imports", "-c", EACH_STEP, DATABASE_URL=one_by_one)
    assert manage("migrate", "--check", DATABASE_URL=one_by_one, check=False).returncode == 0
    for address in (one_by_one, at_once):
        manage("migrate", DATABASE_URL=address)
    assert dumped(postgres, one_by_one) == dumped(postgres, at_once)


EACH_STEP = """
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
executor = MigrationExecutor(connection)
executor.loader.replace_migrations = False
executor.loader.build_graph()
graph = executor.loader.graph
executor.migrate([key for key in graph.leaf_nodes() if not graph.nodes[key].replaces])
"""
MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[\d.+]*")


def dumped(postgres, address):
    """Return a database in the words of ``pg_dump``, without its list of migrations and the moments in it."""
    options = ("--inserts", "--exclude-table-data=django_migrations", "--exclude-table-data=django_migrations_id_seq")
    said = postgres.program("pg_dump", *options, address.replace("postgres:", "postgresql:"), stdout=subprocess.PIPE)
    lines = MOMENT.sub("", said.stdout.decode()).splitlines()
    return sorted(line.rstrip(",") for line in lines if not line.startswith((r"\restrict", r"\unrestrict")))


def test_a_backup_of_an_older_release_is_restored_and_brought_up_to_date(postgres, database, tmp_path):
    older = {"catalogue": steps.of("catalogue")[-2], "networks": steps.of("networks")[-1]}
    manage("migrate", "catalogue", older["catalogue"], DATABASE_URL=database)
    code = SAVED_BY_AN_OLDER_RELEASE.replace("MIGRATIONS", str(older)).replace("FILE", str(tmp_path / "older.backup"))
    manage("shell", "-c", code, DATABASE_URL=database)
    refused = manage("restore", tmp_path / "older.backup", "--replace", DATABASE_URL=database, check=False)
    assert "lacks migrations" in refused.stderr or "older release" in refused.stderr
    empty = postgres.new_database("brought")
    manage("restore", tmp_path / "older.backup", DATABASE_URL=empty)
    with Site(tmp_path / "log", DATABASE_URL=empty) as site:
        assert site.ask("/readyz").status == 200
        assert site.ask("/api/v1/practices/").text.count('"code"') >= 19


@pytest.mark.parametrize("table", ["auth_user", "networks_meeting", "catalogue_practice"])
def test_a_migration_killed_half_way_is_taken_up_again(postgres, table):
    """Killed as soon as a table is there: while others are made, or while they are filled."""
    database = postgres.new_database("killed")
    command = [sys.executable, "manage.py", "prepare"]
    started = subprocess.Popen(
        command, cwd=ROOT, env=environment(DATABASE_URL=database), stdout=subprocess.DEVNULL, start_new_session=True
    )
    until(lambda: postgres.query(f"SELECT to_regclass('{table}')", "killed")[0][0], 120)
    os.killpg(started.pid, signal.SIGKILL)
    assert started.wait() == -signal.SIGKILL
    manage("prepare", DATABASE_URL=database)
    assert postgres.query("SELECT count(*) FROM catalogue_practice", "killed") == [(19,)]
    assert postgres.query("SELECT count(*) FROM catalogue_practicecountry", "killed")[0][0]


def test_a_worker_killed_while_it_saves_leaves_all_of_the_step_or_nothing(postgres, database, tmp_path):
    with Site(tmp_path / "log", DATABASE_URL=database) as site:
        editor = Editor(site, database, records=6)
        for number, record in enumerate(editor.records):
            killer = threading.Timer(0.02 * number, lambda: [os.kill(pid, signal.SIGKILL) for pid in site.workers])
            killer.start()
            with suppress(OSError):  # the connection broke, as a browser would say
                editor.take(record, "publish")
            killer.join()
            site.serves_again(seconds=15)
            told = f"SELECT state FROM catalogue_practice WHERE id = {record}"
            state = postgres.query(told, "tried")[0][0]
            history = f"SELECT count(*) FROM catalogue_transition WHERE practice_id = {record} AND move = 'publish'"
            assert postgres.query(history, "tried")[0][0] == (state == "published")
        for record in editor.records:
            editor.take(record, "publish")
        states = f"SELECT DISTINCT state FROM catalogue_practice WHERE id IN ({', '.join(map(str, editor.records))})"
        assert postgres.query(states, "tried") == [("published",)]


def test_a_backup_killed_or_without_space_leaves_no_file_that_looks_whole(database, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=32k", "tmpfs", disk], check=False)
    if mounted.returncode:
        lacking("A small disk cannot be mounted here; it takes the rights of root.")
    try:
        refused = manage("backup", disk / "catalogue.backup", DATABASE_URL=database, check=False)
        assert refused.returncode == 1
        assert "No space left" in refused.stderr
        assert "Traceback" not in refused.stderr
        assert list(disk.iterdir()) == []
    finally:
        subprocess.run(["umount", disk], check=True)
        shutil.rmtree(disk)
