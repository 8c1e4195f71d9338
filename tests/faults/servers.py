"""Real servers that a test starts, hangs, kills and starts again, on the loopback address or on a host of ``hosts``."""

import os
import pwd
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import NamedTuple

import psycopg2

from tests.postgres import binaries, free_port, unprivileged_user
from tests.programs import needed
from tests.waiting import until

ROOT = Path(__file__).resolve().parent.parent.parent
SECRET_KEY = "only for tests, on the loopback address of this machine alone"


class Answer(NamedTuple):
    """What a server said, and how long it took."""

    status: int
    headers: object
    text: str
    seconds: float


def ask(address, timeout=60, **headers):
    """Return the ``Answer`` to a GET; status 0 when there is none, or only a part of one."""
    start = time.monotonic()
    request = urllib.request.Request(
        address, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )
    try:
        response = urllib.request.urlopen(request, timeout=timeout)
    except urllib.error.HTTPError as problem:
        response = problem
    except OSError as problem:
        return Answer(0, {}, str(problem), time.monotonic() - start)
    with response:
        try:
            text = response.read().decode(errors="replace")
        except Exception as problem:  # http.client has many names for an answer that ends too early
            return Answer(0, response.headers, repr(problem), time.monotonic() - start)
        return Answer(response.status, response.headers, text, time.monotonic() - start)


class Here:
    """This machine, under its loopback address, as a host of servers."""

    address = "127.0.0.1"
    inside = nullcontext


class Postgres:
    """A PostgreSQL of its own."""

    def __init__(self, folder, host=Here):
        needed("PostgreSQL")
        self.programs, self.host = binaries(), host
        self.user, self.folder, self.data, self.port = unprivileged_user(), folder, f"{folder}/data", free_port()
        if self.user:
            os.chown(folder, pwd.getpwnam(self.user).pw_uid, -1)

    def program(self, name, *arguments, check=True, stdout=subprocess.DEVNULL):
        command, own = [f"{self.programs}/{name}", *arguments], {**os.environ, "HOME": self.folder}
        with self.host.inside():
            return subprocess.run(command, check=check, user=self.user, cwd=self.folder, env=own, stdout=stdout)

    def create(self):
        options = ("--auth=trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        self.program("initdb", "-D", self.data, "-U", "catalogue", *options)
        return self

    def copy_of(self, address):
        """Become a streaming replica of the server at an address."""
        self.program("pg_basebackup", "-R", "-X", "stream", "-c", "fast", "-D", self.data, "-d", address)
        return self

    def start(self):
        where = f"-p {self.port} -c listen_addresses={self.host.address} -c unix_socket_directories={self.folder}"
        options = ("-o", f"{where} -c fsync=off", "-l", f"{self.data}.log")
        self.program("pg_ctl", "-D", self.data, *options, "-w", "start")

    def stop(self, mode="fast"):
        self.program("pg_ctl", "-D", self.data, "-m", mode, "-w", "stop", check=False)

    def signal_all(self, number):
        """Send a signal to the server and to each of its processes."""
        first = int(Path(self.data, "postmaster.pid").read_text().split()[0])
        for pid in (first, *children_of(first)):
            with suppress(ProcessLookupError):  # it has ended since it was listed
                os.kill(pid, number)

    def freeze(self):
        self.signal_all(signal.SIGSTOP)

    def thaw(self):
        self.signal_all(signal.SIGCONT)

    def is_running(self):
        return self.program("pg_ctl", "-D", self.data, "status", check=False).returncode == 0

    def address(self, name="postgres"):
        return f"postgres://catalogue@{self.host.address}:{self.port}/{name}"

    def query(self, statement, name="postgres"):
        """Run a statement by itself, on the host itself; return its rows."""
        connection = psycopg2.connect(host=self.folder, port=self.port, user="catalogue", dbname=name)
        connection.autocommit = True
        try:
            with connection.cursor() as cursor:
                cursor.execute(statement)
                return cursor.fetchall() if cursor.description else []
        finally:
            connection.close()

    def new_database(self, name, template="template0"):
        """Make a database, as a copy of another one if asked for; return its address."""
        self.query(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        self.query(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.address(name)


def caught_up(primary, replica):
    """Whether a replica has all that its primary has written."""
    ((there,),) = primary.query("SELECT pg_current_wal_lsn()")
    return replica.query(f"SELECT pg_last_wal_replay_lsn() >= '{there}'")[0][0]


def children_of(pid):
    found = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False).stdout.split()
    return [int(child) for child in found]


def environment(**changes):
    """Return the environment of a process of the site: nothing of this machine's own settings."""
    settings = {"DEBUG": "false", "SITE_URL": "", "CACHE_URL": "", "SENTRY_DSN": "", "DATABASE_REPLICA_URL": ""}
    return {**os.environ, **settings, "SECRET_KEY": SECRET_KEY, **changes}


def manage(*arguments, check=True, cwd=ROOT, **variables):
    """Run a command of ``manage.py``; return the finished process with its output, or fail with what it said."""
    command = [sys.executable, "manage.py", *arguments]
    told = {"capture_output": True, "text": True, "timeout": 600}
    done = subprocess.run(command, check=False, cwd=cwd, env=environment(**variables), **told)
    assert not (check and done.returncode), f"{arguments} ended with {done.returncode}: {done.stderr[-3000:]}"
    return done


class Site:
    """A gunicorn with the catalogue."""

    def __init__(self, log, *, cwd=ROOT, workers=1, host=Here, **variables):
        self.port, self.log, self.cwd, self.host = free_port(), Path(log), cwd, host
        self.url = f"http://{host.address}:{self.port}"
        where = {"HOST": host.address, "PORT": str(self.port)}
        self.environment = environment(**where, WEB_CONCURRENCY=str(workers), **variables)
        self.process = None

    def __enter__(self):
        with self.log.open("a") as log, self.host.inside():
            command = [sys.executable, "-m", "gunicorn", "catalogue.wsgi"]
            self.process = subprocess.Popen(command, cwd=self.cwd, env=self.environment, stderr=log, stdout=log)
        until(lambda: self.ask("/healthz", timeout=5).status == 200)
        return self

    def __exit__(self, *problem):
        self.process.terminate()
        self.process.wait(timeout=60)

    @property
    def workers(self):
        return children_of(self.process.pid)

    def ask(self, path, **options):
        with self.host.inside():
            return ask(self.url + path, **options)

    def serves_again(self, path="/es/practicas/?", seconds=5):
        """Wait until a page is answered; return the seconds it took."""
        start = time.monotonic()
        until(lambda: self.ask(f"{path}n={time.monotonic()}").status == 200, seconds)
        return time.monotonic() - start


class Program:
    """Any other server that runs in the foreground until it is stopped."""

    def __init__(self, *command, port, log, host=Here):
        self.command, self.port, self.log, self.host, self.process = command, port, log, host, None

    def start(self):
        with Path(self.log).open("a") as log, self.host.inside():
            self.process = subprocess.Popen(self.command, stdout=log, stderr=log)
        until(self.answers)

    def answers(self):
        with self.host.inside(), socket.socket() as probe:
            return probe.connect_ex((self.host.address, self.port)) == 0

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)
            self.process.terminate()
            self.process.wait(timeout=30)

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *problem):
        self.stop()


def redis(folder, host=Here, *options):
    """Return a Redis that keeps nothing on disk."""
    port = free_port()
    options = ("--port", str(port), "--bind", host.address, "--save", "", "--dir", str(folder), *options)
    return Program(needed("Redis"), *options, port=port, log=f"{folder}/redis.log", host=host)


def nginx(folder, *sites, host=Here, forgets_in="1s"):
    """Return the nginx of ``deploy/`` in front of the given sites, on plain http.

    A server that failed is asked again after ``forgets_in``, sooner than shipped, so that few tests need to wait.
    """
    program, port = needed("nginx"), free_port()
    shipped = Path(ROOT, "deploy", "nginx")
    shared = "".join(shipped.joinpath(name).read_text() for name in ("upstream.conf", "shared.conf"))
    shared = shared.replace("/var/lib/nginx/catalogue", f"{folder}/cache")
    shared = shared.replace("fail_timeout=5s", f"fail_timeout={forgets_in}")
    addresses = [f"{site.host.address}:{site.port}" for site in sites]
    for line in re.findall(r"^ *server 127\.0\.0\.1:8000 .*;", shared, re.MULTILINE):  # one for each of the sites
        shared = shared.replace(line, "\n".join(line.replace("127.0.0.1:8000", address) for address in addresses))
    for name in ("locations.conf", "errors.conf"):
        text = shipped.joinpath(name).read_text().replace("/etc/nginx/catalogue/errors.conf", f"{folder}/errors.conf")
        Path(folder, name).write_text(text.replace("/etc/nginx/catalogue", str(shipped)))
    places = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "\n".join(f"{name}_temp_path {folder}/{name};" for name in places)
    Path(folder, "nginx.conf").write_text(f"""
daemon off; pid {folder}/nginx.pid; error_log stderr warn; {"user root;" if os.geteuid() == 0 else ""}
events {{ worker_connections 1024; }}
http {{
{temporary}
access_log off;
{shared}
server {{ listen {host.address}:{port}; include {folder}/locations.conf; }}
}}
""")
    command = (program, "-c", f"{folder}/nginx.conf", "-p", str(folder))
    front = Program(*command, port=port, log=f"{folder}/nginx.log", host=host)
    front.url = f"http://{host.address}:{port}"
    return front
