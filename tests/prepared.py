"""The prepared catalogue that tests copy: migrated and filled once for each state of the code, on either engine.

Making it takes longer than most tests, so nothing makes one for itself but what tests the making. A copy takes a
tenth of a second. What was made for an older state of the code is deleted.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "var" / "tests"
MADE_FROM = ("catalogue/**/*.py", "networks/**/*.py", "fixtures/*.yaml", "locale/**/*.po", "requirements.txt")


def key():
    """Return sixteen hexadecimal digits that change with any file the contents depend on."""
    digest = hashlib.sha256()
    for pattern in MADE_FROM:
        for file in sorted(ROOT.glob(pattern)):
            digest.update(str(file.relative_to(ROOT)).encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def sqlite_file():
    """Return the path of the prepared SQLite file; make it first if this state of the code has none."""
    file = FOLDER / f"prepared-{key()}.sqlite3"
    with one_at_a_time():
        if not file.exists():
            for older in FOLDER.glob("prepared-*"):
                older.unlink()
            part = file.with_suffix(".part")
            prepare(f"sqlite:///{part}")
            part.rename(file)
    return file


def copy_to(file):
    """Copy the prepared SQLite file to a path; return the address of the copy."""
    return f"sqlite:///{shutil.copy(sqlite_file(), file)}"


def template(address):
    """Return the name of the prepared database on a PostgreSQL server; make it first if the server has none.

    ``address`` is that of any database of the server, as in ``DATABASE_URL``.
    """
    name = f"prepared_{key()}"
    with one_at_a_time(), server(address) as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if not cursor.fetchone():
            part = f"{name}_part"
            cursor.execute(f"DROP DATABASE IF EXISTS {part}")
            cursor.execute(f"CREATE DATABASE {part}")
            prepare(named(address, part))
            cursor.execute(f"ALTER DATABASE {part} RENAME TO {name}")
    return name


def copy_on(address, name):
    """Copy the prepared database of a PostgreSQL server to a new one; return the address of the copy."""
    prepared = template(address)
    with one_at_a_time(), server(address) as cursor:  # a template that is being copied cannot be copied again
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE {prepared}')
    return named(address, name)


def drop(address, name):
    """Delete a database of a PostgreSQL server, whoever is still connected to it."""
    with server(address) as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def named(address, name):
    """Return the address of another database of the same PostgreSQL server."""
    return urlsplit(address)._replace(path=f"/{name}").geturl()


@contextmanager
def own_database(folder):
    """Yield the address of a copy of the kind under test, in which threads of another process really commit."""
    address = os.environ.get("DATABASE_URL", "")
    if not address.startswith("postgres"):
        yield copy_to(folder / "own.sqlite3")
        return
    name = f"own_{os.getpid()}"
    yield copy_on(address, name)
    drop(address, name)


@contextmanager
def server(address):
    """Yield a cursor that commits each statement by itself."""
    with closing(psycopg2.connect(address)) as connection:
        connection.autocommit = True
        yield connection.cursor()


@contextmanager
def one_at_a_time():
    """Let workers and runs that want to make the same thing wait for each other."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def prepare(address):
    """Run ``manage.py prepare`` on an empty database.

    Raises ``CalledProcessError`` when that fails; what it said stands on the terminal.
    """
    environment = {**os.environ, "DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "catalogue.settings"}
    command = [sys.executable, "manage.py", "prepare"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
