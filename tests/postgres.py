"""A throw-away PostgreSQL: its data in a temporary folder, on a free port of the loopback address.

It is started from the installed programs and gone with the run. PostgreSQL refuses to run as root, so root borrows
another user.
"""

import os
import pwd
import signal
import socket
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

import psycopg2

from tests import programs
from tests.waiting import until

START_SECONDS = 60


def binaries():
    """Return the folder of PostgreSQL's server programs, the newest that is installed, or None."""
    path = programs.path_of("PostgreSQL")
    return path and Path(path).resolve().parent


@contextmanager
def throwaway_server(**settings):
    """Yield the address of a new PostgreSQL; stop it and remove its data afterwards.

    ``settings`` are of PostgreSQL, as in its configuration file.
    """
    folder_of_programs, user = binaries(), unprivileged_user()
    with tempfile.TemporaryDirectory(prefix="catalogue-postgres-") as folder:
        if user:
            os.chown(folder, pwd.getpwnam(user).pw_uid, -1)
        data, port = f"{folder}/data", free_port()
        options = ("-D", data, "-U", "catalogue", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        subprocess.run(
            [folder_of_programs / "initdb", *options], check=True, user=user, cwd=folder, stdout=subprocess.DEVNULL
        )
        settings = {
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": folder,
            "fsync": "off",  # nobody needs the data after a crash
            **settings,
        }
        options = ("-D", data, "-p", str(port), *(f"--{name}={value}" for name, value in settings.items()))
        with Path(folder, "log").open("w") as log:
            # a child of this process, so that its processor time counts with the run's
            process = subprocess.Popen([folder_of_programs / "postgres", *options], user=user, cwd=folder, stderr=log)
        address = f"postgres://catalogue@127.0.0.1:{port}/postgres"
        try:
            wait_until_it_answers(address, process, Path(folder, "log"))
            yield address
        finally:
            process.send_signal(signal.SIGINT)  # PostgreSQL's fast shutdown
            process.wait(timeout=60)


def wait_until_it_answers(address, process, log):
    """Return as soon as the server takes connections; raise ``RuntimeError`` with its log when it ends instead."""

    def answers():
        if process.poll() is not None:
            raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text()}")
        try:
            psycopg2.connect(address, connect_timeout=2).close()
        except psycopg2.OperationalError:
            return False
        return True

    until(answers, START_SECONDS)


def unprivileged_user():
    """Return a user to run the server as, when this process is root."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody") if name in known)


def free_port():
    """Return the number of a port of the loopback address that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
