"""The catalogue starts from nothing and again, and a wrong setting stops it with one sentence."""

import contextlib
import os
import re
import runpy
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def manage(*arguments, **environment):
    """Run manage.py as a stranger would, with only these settings."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={**kept, **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


IMPOSSIBLE = [
    ("DATABASE_URL", "postgres//wrong"),
    ("DATABASE_URL", "nonsense://x"),
    ("SITE_URL", "catalogue.example.org"),
    ("DEBUG", "perhaps"),
    ("SECRET_KEY", "short"),
    ("LOG_FORMAT", "xml"),
    ("PORT", "eighty"),
    ("ADMIN_PATH", "../etc"),
    ("CACHE_URL", "nonsense://x"),
    ("EMAIL_URL", "nonsense://x"),
    ("SENTRY_DSN", "nonsense"),
]


@pytest.mark.parametrize(("name", "value"), IMPOSSIBLE)
def test_an_impossible_setting_stops_the_reading_of_settings_with_one_sentence(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit) as stopped:
        runpy.run_path(str(ROOT / "catalogue" / "settings.py"), run_name="catalogue.settings")
    sentence = stopped.value.code
    assert len(sentence.splitlines()) == 1
    assert name in sentence


@pytest.mark.parametrize(("name", "value"), [IMPOSSIBLE[0], IMPOSSIBLE[-1]])
def test_a_start_that_is_stopped_says_that_sentence_and_no_more(name, value):
    result = manage("check", **{name: value})
    assert result.returncode != 0
    assert "Traceback" not in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert name in result.stderr


# Two whole starts, for that is what it is about; the first makes every table and loads every fixture.
@pytest.mark.slow
def test_the_first_start_fills_the_catalogue_and_the_second_keeps_what_editors_changed(tmp_path):
    database = {"DATABASE_URL": f"sqlite:///{tmp_path}/new.sqlite3"}
    first = manage("prepare", "--administrator", "admin", **database)
    assert first.returncode == 0, first.stderr
    assert "19 practices" in first.stdout
    assert first.stdout.count("password") == 1
    with contextlib.closing(sqlite3.connect(tmp_path / "new.sqlite3")) as file, file:
        file.execute("UPDATE catalogue_practice SET acronym = 'EDITED' WHERE code = 'CSM-2023-001'")
    second = manage("prepare", "--administrator", "admin", **database)
    assert second.returncode == 0
    assert second.stdout == ""
    with contextlib.closing(sqlite3.connect(tmp_path / "new.sqlite3")) as file:
        stored = file.execute("SELECT acronym FROM catalogue_practice WHERE code = 'CSM-2023-001'").fetchall()
    assert stored == [("EDITED",)]


def test_sqlite_runs_in_wal_mode(tmp_path):
    database = {"DATABASE_URL": f"sqlite:///{tmp_path}/new.sqlite3"}
    ask = (
        "from django.db import connection as c; x = c.cursor(); "
        "print([x.execute(f'PRAGMA {p}').fetchone()[0] for p in ('journal_mode', 'synchronous', 'foreign_keys')])"
    )
    assert "['wal', 1, 1]" in manage("shell", "-c", ask, **database).stdout


def test_https_makes_cookies_secure_and_forces_it():
    show = (
        "from django.conf import settings as s; "
        "print(s.SESSION_COOKIE_SECURE, s.SESSION_COOKIE_NAME, s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS, s.DEBUG)"
    )
    result = manage("shell", "-c", show, SITE_URL="https://catalogue.example.org")
    assert "True __Host-sessionid True 63072000 False" in result.stdout


def test_migrations_are_in_step_with_the_models():
    assert manage("makemigrations", "--check", "--dry-run").returncode == 0


def test_translations_are_complete():
    result = manage("messages", "--check")
    assert result.returncode == 0, result.stderr


def test_no_text_hides_in_an_f_string_where_the_extraction_does_not_look():
    hidden = re.compile(r"\{(?:_|n?gettext)\(")
    files = [path for package in ("catalogue", "networks") for path in (ROOT / package).rglob("*.py")]
    assert files
    assert [str(path) for path in files if hidden.search(path.read_text(encoding="utf-8"))] == []
