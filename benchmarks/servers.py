"""What is measured: throw-away databases, and gunicorn as ``gunicorn.conf.py`` runs it."""

import http.client
import os
import subprocess
import sys
import tempfile
import time
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg2
from psycopg2 import sql

from benchmarks.client import HOST
from benchmarks.dataset import ROOT
from tests.postgres import binaries, free_port, throwaway_server

WORKERS = 2
SECRET_KEY = "only for measuring, on the loopback address of this machine"
START_PATIENCE = 120  # seconds for a first page
WORKER_KINDS = {"sync": ["--threads", "1"], "gthread": []}  # gunicorn.conf.py asks for threads


def environment(**changes):
    """Return the environment of a measured process: this one's, without what would change the catalogue."""
    settings = {"DEBUG": "false", "SITE_URL": "", "CACHE_URL": "", "SENTRY_DSN": "", "SECRET_KEY": SECRET_KEY}
    return {**os.environ, **settings, "DJANGO_SETTINGS_MODULE": "catalogue.settings", **changes}


@contextmanager
def sqlite():
    """Yield the address of an empty SQLite database."""
    with tempfile.TemporaryDirectory(prefix="catalogue-bench-") as folder:
        yield f"sqlite:///{Path(folder, 'bench.sqlite3')}"


@contextmanager
def postgresql():
    """Yield the address of an empty PostgreSQL, or None where none is installed."""
    if binaries() is None:
        yield None
        return
    with throwaway_server() as address:
        yield address


@contextmanager
def copy_of(address):
    """Yield the address of a copy of a PostgreSQL database, which is gone afterwards."""
    server, _slash, name = address.rpartition("/")
    copy = f"{name}_copy_{os.getpid()}"
    with closing(psycopg2.connect(f"{server}/postgres")) as connection:
        connection.autocommit = True  # databases are not made in a transaction
        cursor = connection.cursor()
        cursor.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*map(sql.Identifier, (copy, name))))
        try:
            yield f"{server}/{copy}"
        finally:
            cursor.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(copy)))


ENGINES = {"SQLite": sqlite, "PostgreSQL": postgresql}


def load(database, path, size, *, alone=True):
    """Bring a database to ``size`` rows, beside the practices that it holds unless ``alone``; return the seconds."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "benchmarks.fill", str(path), "--limit", str(size)]
    command += ["--alone"] if alone else []
    subprocess.run(command, check=True, cwd=ROOT, env=environment(DATABASE_URL=database), stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def fill_plain(database, path, size):
    """Fill the plain Django with ``size`` rows."""
    code = "import sys; from benchmarks.plain_django import fill; fill(sys.argv[1], int(sys.argv[2]))"
    command = [sys.executable, "-c", code, str(path), str(size)]
    subprocess.run(command, check=True, cwd=ROOT, env=environment(DATABASE_URL=database))


@dataclass
class Server:
    """A running gunicorn: its port, its first process, and the seconds from its start to its first page."""

    port: int
    pid: int
    seconds_to_first_page: float

    @property
    def workers(self):
        """The process numbers of its workers."""
        return [pid for pid in _all_processes() if _parent_of(pid) == self.pid]


@contextmanager
def served(application, first_page="/", *, kind="sync", **variables):
    """Yield the ``Server`` of a WSGI application, by two workers that are not renewed while they are measured."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py", "--max-requests", "0"]
    command += ["--log-level", "warning", *WORKER_KINDS[kind], application]
    settings = environment(HOST=HOST, PORT=str(port), WEB_CONCURRENCY=str(WORKERS), **variables)
    with tempfile.TemporaryFile() as log:
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=ROOT, env=settings, stdout=log, stderr=log)
        try:
            _wait_for(process, port, first_page, log)
            yield Server(port, process.pid, time.perf_counter() - start)
        finally:
            stop(process)


def fetch(port, address, **headers):
    """Return status, headers and body of one answer."""
    connection = http.client.HTTPConnection(HOST, port, timeout=START_PATIENCE)
    try:
        connection.request("GET", address, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        connection.close()


def memory_of(pid, name="VmRSS"):
    """Return the resident memory of a process in MB, now or (``VmHWM``) at its highest."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) / 1024
    raise LookupError(name)


def _wait_for(process, port, page, log):
    deadline = time.perf_counter() + START_PATIENCE
    while time.perf_counter() < deadline and process.poll() is None:
        try:
            status, _, _ = fetch(port, page)
        except ConnectionRefusedError:
            time.sleep(0.005)
            continue
        if status == 200:
            return
        break
    log.seek(0)
    sys.exit(f"The server did not answer {page}:\n{log.read().decode(errors='replace')[-3000:]}")


def stop(process):
    """End a process and wait until it is gone."""
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _all_processes():
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdecimal()]


def _parent_of(pid):
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[1])
    except (FileNotFoundError, ProcessLookupError):
        return None
