"""Programs that tests use and Python's packages cannot carry: found, or named with the command that brings them.

``python3 -m tests.programs`` prints the Debian packages that are missing here, for scripts; it needs Python alone.
"""

import os
import shutil
from glob import glob
from typing import NamedTuple

SEARCHED = f"{os.environ.get('PATH', '')}:/usr/local/sbin:/usr/sbin:/usr/lib/postgresql/bin"


class Program(NamedTuple):
    """A program by any of its commands, the Debian packages that bring it, and what only it can show."""

    name: str
    commands: tuple[str, ...]
    packages: tuple[str, ...]
    shows: str


PROGRAMS = (
    Program("PostgreSQL", ("initdb",), ("postgresql",), "that everything is the same on the database of a real site"),
    Program(
        "Chromium",
        # the shell has no windows to draw: a new page takes a third of the processor
        ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"),
        ("chromium-headless-shell",),
        "that the pages work in a browser, by keyboard, without JavaScript and for assistive technology",
    ),
    Program(
        "LibreOffice",
        ("soffice", "libreoffice"),
        ("libreoffice-calc", "libreoffice-writer"),
        "that an office program reads the workbooks and books",
    ),
    Program("nginx", ("nginx",), ("nginx-light",), "that the configuration of the front server is valid"),
    Program("faketime", ("faketime",), ("faketime",), "that what has a date happens in its second"),
    Program("systemd-analyze", ("systemd-analyze",), ("systemd",), "that the units are valid and locked down"),
)
OF_FAULTS = (  # those that only ``make faults`` uses
    Program("Redis", ("redis-server",), ("redis-server",), "that the site bears the loss of a shared cache"),
    Program("mount", ("mount",), ("mount",), "that a full disk loses nothing"),
    Program("ip", ("ip",), ("iproute2",), "that the site bears the loss of a host"),
    Program("debootstrap", ("debootstrap",), ("debootstrap",), "that docs/deploying.md is true, command by command"),
)


def path_of(name):
    """Return the path of a program, or None where it is not installed."""
    if name == "PostgreSQL":
        return next(iter(sorted(glob("/usr/lib/postgresql/*/bin/initdb"), key=version_of, reverse=True)), None) or (
            shutil.which("initdb")
        )
    found = (shutil.which(command, path=SEARCHED) for command in program(name).commands)
    return next(filter(None, found), None)


def version_of(path):
    """Return the major version in the path of a program of PostgreSQL, as Debian places it."""
    return int(path.split("/")[-3])


def program(name):
    return next(program for program in (*PROGRAMS, *OF_FAULTS) if program.name == name)


def missing():
    """Return the programs that are not installed here."""
    return [program for program in PROGRAMS if path_of(program.name) is None]


def install(programs):
    """Return the one command that brings some programs."""
    packages = " ".join(package for program in programs for package in program.packages)
    return f"apt-get install --no-install-recommends {packages}"


def needed(name):
    """Return the path of a program that a test needs; where it is not installed the test is skipped."""
    return path_of(name) or lacking(
        f"{name} is not installed, so this was not tested. Install it with: {install([program(name)])}"
    )


def lacking(sentence):
    """Skip a test and say what the machine lacks; with ``CI=true``, where nothing may be left out, the test fails."""
    import pytest  # a script that asks for packages runs before any is installed

    pytest.fail(sentence) if os.environ.get("CI") == "true" else pytest.skip(sentence)


if __name__ == "__main__":
    print(*(package for program in missing() for package in program.packages))
