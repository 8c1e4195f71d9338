"""`make help` shows every command, and the documents name the same ones."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MAKEFILE = (ROOT / "Makefile").read_text()
COMMANDS = {name for line in re.findall(r"^\.PHONY:(.*)$", MAKEFILE, re.MULTILINE) for name in line.split()}


def make(*arguments):
    return subprocess.run(["make", *arguments], cwd=ROOT, capture_output=True, text=True, check=True).stdout


def test_help_says_in_one_line_what_each_command_does():
    shown = re.findall(r"^  make ([a-z-]+) +(\S.*)$", make("help"), re.MULTILINE)
    assert sorted(name for name, _words in shown) == sorted(COMMANDS)
    assert all(len(words) < 90 for _name, words in shown)


def test_make_alone_shows_help_and_starts_nothing():
    assert make() == make("help")


def test_the_readme_names_every_command():
    readme = (ROOT / "README.md").read_text()
    assert [name for name in sorted(COMMANDS) if not re.search(rf"make {name}\b(?!-)", readme)] == []
