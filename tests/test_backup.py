"""Backup and restore: everything comes back, into either database; what is not whole is refused and changes nothing."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from hashlib import sha256
from itertools import count
from pathlib import Path

import psycopg2
import pytest
from django.conf import settings

from catalogue.backup import checking, making, restoring
from catalogue.backup.tables import as_now
from catalogue.errors import Refused
from tests import prepared

ROOT = Path(__file__).resolve().parent.parent
pytestmark = pytest.mark.xdist_group("backup")  # one worker makes the catalogue and the backup of it, once
NOT_SAVED = ("django_session", "django_migrations", "catalogue_search", "catalogue_vocabulary", "sqlite_")
NOT_SAVED += ("catalogue_suggested", "catalogue_synonymtoken")
FILL = """
from django.contrib.auth import get_user_model
from catalogue.choices import State, TransitionKind
from catalogue.editorial.workflow import workflow
from catalogue.models import Practice
from tests.desk import make_editor, make_record
get_user_model().objects.create_superuser("admin")
editor = make_editor("secretariat")
record = make_record(state=State.IN_REVIEW, country="PE", title_pt="Prática 💧 com “aspas”\\n")
workflow.move(record, TransitionKind.PUBLISH, by=editor)
workflow.revise(record, by=editor)
make_record().delete()
"""
_databases = count(1)


def manage(*arguments, check=True, **variables):
    environment = {
        **os.environ,
        "SECRET_KEY": "only for tests, and long enough for this and more than this",
        **variables,
    }
    command = [sys.executable, "manage.py", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, env=environment, check=check, capture_output=True, text=True)


def on_postgresql():
    return settings.DATABASES["default"]["ENGINE"] == "catalogue.server.postgresql"


def empty(kind, folder):
    """Return the address of a database without tables."""
    name = f"backup_{next(_databases)}"
    if kind == "sqlite":
        return f"sqlite:///{folder}/{name}.sqlite3"
    if not on_postgresql():
        pytest.skip("tried when the tests run on PostgreSQL")
    server = os.environ["DATABASE_URL"].rpartition("/")[0]
    connection = psycopg2.connect(f"{server}/postgres")
    connection.autocommit = True
    connection.cursor().execute(f"DROP DATABASE IF EXISTS {name}")
    connection.cursor().execute(f"CREATE DATABASE {name} TEMPLATE template0")
    connection.close()
    return f"{server}/{name}"


def contents(address):
    """Return every row of every table that is saved, read past the catalogue."""
    if address.startswith("sqlite"):
        connection = sqlite3.connect(address.removeprefix("sqlite:///"))
        listed = "SELECT name FROM sqlite_master WHERE type = 'table'"
    else:
        connection = psycopg2.connect(address)
        listed = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    cursor = connection.cursor()
    cursor.execute(listed)
    names = [name for (name,) in cursor.fetchall() if not name.startswith(NOT_SAVED)]
    found = {}
    for name in names:
        cursor.execute(f'SELECT * FROM "{name}"')
        found[name] = sorted(map(repr, cursor.fetchall()))
    connection.close()
    return found


def searchable(address):
    return manage(
        "shell", "-c", "from catalogue.search.index import out_of_step as o; print(o())", DATABASE_URL=address
    )


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """The address of a catalogue with people, history and versions, of the kind the tests run on."""
    if on_postgresql():
        address = prepared.copy_on(os.environ["DATABASE_URL"], f"filled_{os.getpid()}")
    else:
        address = prepared.copy_to(tmp_path_factory.mktemp("filled") / "filled.sqlite3")
    manage("shell", "-c", FILL, DATABASE_URL=address)
    return address


@pytest.fixture(scope="module")
def saved(filled, tmp_path_factory):
    path = tmp_path_factory.mktemp("saved") / "catalogue.backup"
    manage("backup", path, DATABASE_URL=filled)
    return path


def manifest_of(path):
    with zipfile.ZipFile(path) as package:
        return json.loads(package.read("backup.json"))


def again(address, folder):
    """Return what a backup of a restored database says of its rows and numbers."""
    path = folder / f"again-{next(_databases)}.backup"
    manage("backup", path, DATABASE_URL=address)
    manifest = manifest_of(path)
    return manifest["tables"], manifest["sequences"]


@pytest.mark.slow  # whole restores, each by a process
@pytest.mark.engines
@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_everything_comes_back_into_an_empty_database(kind, filled, saved, tmp_path):
    address = empty(kind, tmp_path)
    told = manage("restore", saved, "--database", address).stdout
    assert "rows of" in told
    manifest = manifest_of(saved)
    assert again(address, tmp_path) == (manifest["tables"], manifest["sequences"])
    assert searchable(address).stdout.split()[-1] == "0"
    if kind == ("postgres" if on_postgresql() else "sqlite"):
        there, before = contents(address), contents(filled)
        assert {name for name in there.keys() | before.keys() if there.get(name) != before.get(name)} == set()


@pytest.mark.engines
def test_the_rows_of_people_history_and_versions_are_saved_and_sessions_are_not(saved):
    tables = manifest_of(saved)["tables"]
    for name in ("auth_user", "catalogue_recordversion", "catalogue_transition", "catalogue_auditentry"):
        assert tables[name]["rows"] > 0, name
    assert "django_session" not in tables
    assert "catalogue_searchdocument" not in tables


@pytest.mark.engines
def test_a_number_once_given_is_not_given_again(saved):
    manifest = manifest_of(saved)
    rows = read_rows(saved, "catalogue_practice")
    assert manifest["sequences"]["catalogue_practice"] > max(row[0] for row in rows)


def read_rows(path, table):
    with zipfile.ZipFile(path) as package:
        return [json.loads(line) for line in package.read(f"tables/{table}.jsonl").splitlines()]


@pytest.mark.engines
def test_a_file_can_be_read_by_its_owner_alone_and_none_is_overwritten(saved, filled):
    assert saved.stat().st_mode & 0o777 == 0o600
    refused = manage("backup", saved, DATABASE_URL=filled, check=False)
    assert refused.returncode == 1
    assert "exists already" in refused.stderr
    assert "Traceback" not in refused.stderr


@pytest.mark.slow  # whole restores, each by a process
@pytest.mark.engines
def test_what_a_database_holds_goes_only_when_asked_for(filled, saved, tmp_path):
    address = empty("postgres" if on_postgresql() else "sqlite", tmp_path)
    manage("restore", saved, "--database", address)
    manage("shell", "-c", "from networks.models import Commitment as c; c.objects.all().delete()", DATABASE_URL=address)
    before = contents(address)
    refused = manage("restore", saved, "--database", address, check=False)
    assert refused.returncode == 1
    assert "--replace" in refused.stderr
    assert contents(address) == before
    manage("restore", saved, "--replace", "--database", address)
    assert contents(address) == contents(filled)


def test_uploaded_files_come_back(saved, filled, tmp_path, monkeypatch):
    """With a folder for uploads, as it is set where there are any."""
    folder = tmp_path / "media"
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "año.bin").write_bytes(bytes(range(256)))
    monkeypatch.setattr(settings, "MEDIA_ROOT", str(folder))
    path = tmp_path / "with-media.zip"
    with zipfile.ZipFile(path, "w") as package:
        media = {name: making._media_file(package, file, f"media/{name}") for name, file in making.media_files()}
    shutil.rmtree(folder)
    folder.mkdir()
    (folder / "newer.txt").write_text("goes")
    with zipfile.ZipFile(path) as package, restoring._media(package, {"media": media}):
        assert [file.name for file in folder.iterdir()] == ["newer.txt"]  # until the rows are stored
    assert [file.relative_to(folder).as_posix() for file in folder.rglob("*.*")] == ["deep/año.bin"]
    assert (folder / "deep" / "año.bin").read_bytes() == bytes(range(256))


# What is refused


def changed(saved, target, **entries):
    """Write a backup like ``saved`` with some entries changed, added, or left out when ``None``."""
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(target, "w") as copy:
        for name in source.namelist():
            if name not in entries:
                copy.writestr(name, source.read(name))
        for name, text in entries.items():
            if text is not None:
                copy.writestr(name, text)
    return target


def with_manifest(saved, target, **members):
    return changed(saved, target, **{"backup.json": json.dumps({**manifest_of(saved), **members})})


def truncated(saved, target):
    target.write_bytes(saved.read_bytes()[:-1000])
    return target


def damaged(saved, target):
    data = bytearray(saved.read_bytes())
    data[len(data) // 2] ^= 0xFF
    target.write_bytes(data)
    return target


SPOILT = {
    "truncated": truncated,
    "damaged": damaged,
    "another kind of file": lambda saved, target: (target.write_text("hello"), target)[1],
    "another package": lambda saved, target: changed(saved, target, **{"backup.json": "{}"}),
    "no manifest": lambda saved, target: changed(saved, target, **{"backup.json": None}),
    "a table left out": lambda saved, target: changed(saved, target, **{"tables/auth_user.jsonl": None}),
    "a row more": lambda saved, target: changed(saved, target, **{"tables/auth_user.jsonl": "[1]\n"}),
    "a file more": lambda saved, target: changed(saved, target, **{"media/x": "x"}),
    "a newer format": lambda saved, target: with_manifest(saved, target, format_version=2),
    "a newer release": lambda saved, target: with_manifest(
        saved, target, migrations={**manifest_of(saved)["migrations"], "catalogue": "9999_future"}
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize("kind", SPOILT)
def test_what_is_not_whole_or_not_ours_is_refused_before_anything_is_touched(kind, saved, tmp_path):
    path = SPOILT[kind](saved, tmp_path / "spoilt.backup")
    with pytest.raises(Refused):
        package, manifest = checking.open_backup(path)
        with package:
            checking.check_release(manifest)


@pytest.mark.engines
def test_a_refusal_is_a_sentence_and_leaves_the_database_as_it_was(saved, filled, tmp_path):
    before = contents(filled)
    refused = manage("restore", damaged(saved, tmp_path / "x"), "--replace", DATABASE_URL=filled, check=False)
    assert refused.returncode == 1
    assert "Nothing was changed." in refused.stderr
    assert "Traceback" not in refused.stderr
    assert contents(filled) == before


@pytest.mark.engines
def test_rows_that_the_database_refuses_undo_the_whole_restore(saved, filled, tmp_path):
    """A file with right checksums whose rows contradict each other."""
    rows = read_rows(saved, "catalogue_practicecountry")
    column = manifest_of(saved)["tables"]["catalogue_practicecountry"]["columns"].index("practice_id")
    rows[0][column] = 999_999
    text = "".join(json.dumps(row) + "\n" for row in rows)
    manifest = manifest_of(saved)
    manifest["tables"]["catalogue_practicecountry"]["sha256"] = sha256(text.encode()).hexdigest()
    entries = {"tables/catalogue_practicecountry.jsonl": text, "backup.json": json.dumps(manifest)}
    before = contents(filled)
    path = changed(saved, tmp_path / "x", **entries)
    refused = manage("restore", path, "--replace", DATABASE_URL=filled, check=False)
    assert "does not take this backup" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert contents(filled) == before


def test_a_backup_from_before_migrations_were_squashed_is_not_an_older_one():
    """It holds the same tables as the squashed migration makes, so it is read as one of that."""
    before = {"networks": "0002_forums_meetings", "catalogue": "0019_import_organisations", "auth": "0001_initial"}
    assert as_now(before) == {
        "networks": "0001_squashed_0002_forums_meetings",
        "catalogue": "0001_squashed_0019_import_organisations",
        "auth": "0001_initial",
    }
