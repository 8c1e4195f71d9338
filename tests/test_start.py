"""What a machine lacks or has taken is said in one sentence with its remedy, before anything starts."""

import os
import socket
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests import programs, run

ROOT = Path(__file__).resolve().parent.parent


def start(command, **variables):
    environment = {**os.environ, **variables}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=120)


def test_a_taken_port_is_said_with_the_way_to_another():
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        done = start([sys.executable, "-m", "gunicorn", "catalogue.wsgi"], PORT=str(port), HOST="127.0.0.1")
    assert done.returncode == 1
    assert f"Port {port} of 127.0.0.1 is taken" in done.stderr
    assert f"make run PORT={port + 1}" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_run_without_room_for_temporary_files_names_another_folder(monkeypatch, tmp_path):
    monkeypatch.setattr(run, "NEEDED_SPACE", 10**18)
    said = run.impossible(chosen())
    assert "MB left" in said
    assert "TMPDIR=" in said


def test_a_temporary_folder_that_cannot_be_written_stops_the_run_in_a_sentence(monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", "/proc/self/nothing")
    assert "TMPDIR=" in run.impossible(chosen())


def test_an_engine_that_is_none_is_refused():
    done = start([sys.executable, "-m", "tests.run", "--only", "x", "--engine", "oracle"])
    assert done.returncode == 2
    assert done.stderr == "ENGINE is “oracle”; it can be sqlite or postgresql.\n"


def chosen(engine="sqlite"):
    return type("Chosen", (), {"engine": engine})


@pytest.fixture
def bare(monkeypatch):
    """A machine that has none of the programs."""
    monkeypatch.setattr(programs, "path_of", lambda name: None)


def test_what_is_left_out_is_said_in_one_block_with_one_command(bare):
    said = run.what_was(programs.missing())
    assert all(program.name in said and program.shows in said for program in programs.PROGRAMS)
    (command,) = (line for line in said.splitlines() if "apt-get install" in line)
    assert all(package in command for program in programs.PROGRAMS for package in program.packages)


def test_a_test_that_lacks_its_program_is_skipped_on_a_machine_of_ones_own(bare, monkeypatch):
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="apt-get install"):
        programs.needed("Chromium")


def test_and_fails_where_nothing_may_be_left_out(bare, monkeypatch):
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="apt-get install"):
        programs.needed("Chromium")


@pytest.mark.parametrize(("ci", "code"), [("", 0), ("true", 1)])
def test_a_run_that_left_something_out_is_whole_only_on_a_machine_of_ones_own(bare, monkeypatch, capsys, ci, code):
    monkeypatch.setenv("CI", ci)
    monkeypatch.setattr(run, "run", lambda part, more: False)
    assert run.main([]) == code
    assert "Left out" in capsys.readouterr().out


def test_a_failed_part_fails_the_run(monkeypatch):
    monkeypatch.setattr(programs, "missing", list)
    monkeypatch.setattr(run, "run", lambda part, more: part.engine == run.SQLITE)
    assert run.main([]) == 1


def test_what_is_left_for_later_names_files_that_are_there():
    assert [file for file in run.LATER if not (ROOT / file).is_file()] == []
