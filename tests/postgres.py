"""Runs a command against a throw-away PostgreSQL: ``python -m tests.postgres COMMAND …``.

The server is started from the installed binaries on a free port of the loopback address, with its data in a temporary
folder, and is gone when the command ends. PostgreSQL refuses to run as root, so root borrows another user.
"""

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from glob import glob
from pathlib import Path

INSTALL = "apt-get install postgresql"


def binaries():
    """Return the folder of PostgreSQL's server programs, the newest that is installed, or None."""
    folders = sorted(glob("/usr/lib/postgresql/*/bin"), key=lambda path: int(path.split("/")[-2]), reverse=True)
    if on_path := shutil.which("initdb"):
        folders.append(str(Path(on_path).resolve().parent))
    return next((folder for folder in folders if {"initdb", "postgres"} <= set(os.listdir(folder))), None)


@contextmanager
def throwaway_server(folder):
    """Yield the address of a new PostgreSQL; stop it and remove its data afterwards."""
    user = unprivileged_user()
    with tempfile.TemporaryDirectory(prefix="catalogue-postgres-") as directory:
        if user:
            os.chown(directory, pwd.getpwnam(user).pw_uid, -1)
        data, port = f"{directory}/data", free_port()

        def server(program, *arguments):
            subprocess.run(
                [f"{folder}/{program}", *arguments], check=True, user=user, cwd=directory, stdout=subprocess.DEVNULL
            )

        server("initdb", "-D", data, "-U", "catalogue", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={directory} -c fsync=off"
        server("pg_ctl", "-D", data, "-o", options, "-l", f"{directory}/log", "-w", "start")
        try:
            yield f"postgres://catalogue@127.0.0.1:{port}/postgres"
        finally:
            server("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")


def unprivileged_user():
    """Return a user to run the server as, when this process is root."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody") if name in known)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def main(command):
    folder = binaries()
    if folder is None:
        print(f"PostgreSQL is not installed, so nothing was tested on it. Install it with: {INSTALL}", file=sys.stderr)
        return 1 if os.environ.get("CI") == "true" else 0
    with throwaway_server(folder) as address:
        print(f"PostgreSQL from {folder}", flush=True)
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": address}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
