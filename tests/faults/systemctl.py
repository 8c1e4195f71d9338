#!/usr/bin/python3
"""Stands in for systemctl and journalctl where no systemd is at work: starts what the units in /etc/systemd/system say.

Each service runs as its user, in its folder, with its environment, and with ``Type=notify`` until it says that it is
ready. What is enabled as ``WantedBy`` a service starts with it, and what is ``PartOf`` it stops with it. What a unit
forbids, limits, repeats or does at an hour is not done. Services of Debian's packages are left to their own scripts in
/etc/init.d. It runs inside the Debian of the tests, with nothing but Python.
"""

import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

UNITS, STATE = Path("/etc/systemd/system"), Path("/run/units")
SECONDS = 90  # as long as systemd waits for a service


def main(program, arguments):
    STATE.mkdir(exist_ok=True)
    if program == "journalctl":
        unit = named(arguments[arguments.index("--unit") + 1])
        print(log_of(unit).read_text(), end="")
        return 0
    action, *units = [argument for argument in arguments if argument != "--now"]
    return max((do(action, named(unit)) for unit in units), default=0)


def named(unit):
    return unit if unit.endswith((".service", ".timer")) else f"{unit}.service"


def do(action, unit):
    """Do one action on one unit; return the exit code."""
    if unit.endswith(".timer"):
        return 0 if (UNITS / unit).exists() else failed(f"Unit {unit} not found.")
    if not file_of(unit).exists():
        return subprocess.run(["service", unit.removesuffix(".service"), action], check=False).returncode
    if action == "status":
        return 0 if is_alive(pid_of(unit)) else 3
    wanted = STATE / f"{settings_of(unit).get('WantedBy', [''])[0]}.wants"
    if action == "enable":
        wanted.mkdir(exist_ok=True)
        (wanted / unit).touch()
    if action in ("stop", "restart"):
        stop(unit)
    return start(unit) if action in ("start", "restart", "enable") else 0


def wanted_by(unit):
    """Return the units that start with a unit, and that stop with it where they are ``PartOf`` it."""
    return sorted(path.name for path in (STATE / f"{unit}.wants").glob("*") if file_of(path.name).exists())


def failed(sentence):
    print(sentence, file=sys.stderr)
    return 1


def file_of(unit):
    return UNITS / re.sub("@[^.]*", "@", unit)


def settings_of(unit):
    """Return the settings of a unit: a list for each name."""
    instance, found = unit.partition("@")[2].removesuffix(".service"), {}
    for line in file_of(unit).read_text().splitlines():
        name, is_one, value = line.partition("=")
        if is_one and not line.startswith("#"):
            value = value.replace("%%", "\0").replace("%i", instance).replace("\0", "%")
            found.setdefault(name, []).append(value)
    return found


def start(unit):
    if is_alive(pid_of(unit)):
        return 0
    settings = settings_of(unit)
    (kind,) = settings.get("Type", ["simple"])
    (folder,), (user,) = (settings[name] for name in ("WorkingDirectory", "User"))
    environment = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/srv/catalogue"}
    for line in Path(settings["EnvironmentFile"][0]).read_text().splitlines():
        if "=" in line and not line.startswith("#"):
            environment.update([line.split("=", 1)])
    ready = STATE / f"{unit}.ready"
    ready.unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as told, log_of(unit).open("a") as log:
        told.bind(str(ready))
        ready.chmod(0o777)
        if kind == "notify":
            environment["NOTIFY_SOCKET"] = str(ready)
        options = {"cwd": folder, "env": environment, "user": user, "group": settings["Group"][0], "extra_groups": []}
        options |= {"stdin": subprocess.DEVNULL, "stdout": log, "stderr": log, "umask": int(settings["UMask"][0], 8)}
        commands = [*settings["ExecStart"], *settings.get("ExecStartPost", ())]
        if kind == "oneshot":
            codes = [subprocess.run(shlex.split(command), check=False, **options).returncode for command in commands]
            return failed(f"Job for {unit} failed.\n{log_of(unit).read_text()[-2000:]}") if any(codes) else 0
        process = subprocess.Popen(shlex.split(commands[0]), start_new_session=True, **options)
        (STATE / f"{unit}.pid").write_text(str(process.pid))
        told.settimeout(SECONDS)
        while kind == "notify" and "READY=1" not in told.recv(4096).decode():
            pass
    return max((start(part) for part in wanted_by(unit)), default=0)


def stop(unit):
    for part in wanted_by(unit):
        if unit in settings_of(part).get("PartOf", ()):
            stop(part)
    pid = pid_of(unit)
    if is_alive(pid):
        os.kill(pid, signal.SIGTERM)
        end = time.monotonic() + SECONDS
        while is_alive(pid):
            if time.monotonic() > end:
                sys.exit(f"{unit} does not stop.")
            time.sleep(0.05)


def pid_of(unit):
    kept = STATE / f"{unit}.pid"
    return int(kept.read_text()) if kept.exists() else None


def is_alive(pid):
    status = Path(f"/proc/{pid}/status")
    return pid is not None and status.exists() and "State:\tZ" not in status.read_text()


def log_of(unit):
    return STATE / f"{unit}.log"


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[0]).name, sys.argv[1:]))
