"""A setting means what is written, in the environment and in its file, or the start stops with a sentence."""

import os
import runpy
import secrets
from pathlib import Path
from random import Random

import pytest
from django.conf import settings
from environ import Env

from catalogue.server import env

ROOT = Path(__file__).resolve().parent.parent
SIGNS = (
    "$",
    "$x",
    "$$HOME",
    "%",
    "%41",
    "#",
    "a#b",
    "\\$x",
    "`id`",
    "${x}",
    "a b",
    "a;b",
    "é",
    "{x}",
    "!x",
    "a=b",
    "~",
    "*",
)


@pytest.fixture
def file(tmp_path, monkeypatch):
    """Return a function that writes and reads a file of settings, and returns what it put into the environment."""

    def read(content):
        own = {"PATH": "wins"}
        monkeypatch.setattr(os, "environ", own)
        path = tmp_path / "environment"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        env.read_file(path)
        return own

    return read


def stopped(action, *arguments):
    """Return the sentence with which an action stops the start."""
    with pytest.raises(SystemExit) as stop:
        action(*arguments)
    [sentence] = stop.value.code.splitlines()
    return sentence


def read_by_systemd(content):  # noqa: PLR0912 - as many branches as it has there
    """Return what systemd makes of a file: ``parse_env_file_internal`` of its src/basic/env-file.c, sign by sign."""
    found, state, key, value = {}, "before key", "", ""

    def pushed():
        if env.NAME.fullmatch(key.rstrip()):
            found[key.rstrip()] = value

    for sign in f"{content}\n":
        ends = sign in "\n\r"
        if state == "before key":
            key, value = "", ""
            if sign in "#;":
                state = "remark"
            elif not sign.isspace():
                state, key = "key", sign
        elif state == "key":
            state, key = ("before key", "") if ends else ("before value", key) if sign == "=" else ("key", key + sign)
        elif state == "before value":
            if ends:
                pushed()
                state = "before key"
            elif sign in "'\"\\":
                state = {"'": "single", '"': "double", "\\": "escape"}[sign]
            elif not sign.isspace():
                state, value = "value", value + sign
        elif state == "value":
            if ends:
                value = value.rstrip(" \t")
                pushed()
                state = "before key"
            elif sign == "\\":
                state = "escape"
            else:
                value += sign
        elif state == "escape":
            state, value = "value", value + ("" if ends else sign)
        elif state in ("single", "double"):
            if sign == {"single": "'", "double": '"'}[state]:
                state = "before value"
            elif sign == "\\" and state == "double":
                state = "double escape"
            else:
                value += sign
        elif state == "double escape":
            state, value = "double", value + (sign if sign in '"\\`$' else "" if sign == "\n" else f"\\{sign}")
        elif state == "remark":
            state = "remark escape" if sign == "\\" else "before key" if ends else state
        elif state == "remark escape":
            state = "remark"
    return found


def test_a_setting_is_taken_as_it_is_written(monkeypatch):
    for sign in SIGNS:
        for value in (sign, f"{sign}middle", f"before{sign}after"):
            monkeypatch.setenv("METRICS_TOKEN", value)
            assert env.text_setting("METRICS_TOKEN") == value
            monkeypatch.setenv("SECRET_KEY", value + "0123456789" * 5)
            assert env.secret_key("SECRET_KEY", Path("/nowhere")) == value + "0123456789" * 5


@pytest.mark.parametrize("value", ["a\nb", "a\x01b", "a\x7fb", "a\u2028b", "a\udcffb"])
def test_a_setting_of_two_lines_stops_the_start(monkeypatch, value):
    monkeypatch.setattr(os, "environ", {"METRICS_TOKEN": value})
    assert "METRICS_TOKEN" in stopped(env.text_setting, "METRICS_TOKEN")


def test_the_last_line_break_of_a_mounted_secret_is_none_of_it(monkeypatch):
    monkeypatch.setenv("METRICS_TOKEN", " token\r\n")
    assert env.text_setting("METRICS_TOKEN") == "token"


def test_every_setting_of_the_site_is_read_literally(monkeypatch):
    """Whatever name is asked for, nothing is looked up under the name that a value begins with."""
    monkeypatch.setenv("OTHER", "looked-up")
    for name in ("DEFAULT_FROM_EMAIL", "METRICS_TOKEN", "SECURITY_CONTACT"):
        monkeypatch.setenv(name, "$OTHER")
    monkeypatch.setenv("SECRET_KEY", "$OTHER" + "0123456789" * 5)
    read = runpy.run_path(str(ROOT / "catalogue" / "settings.py"), run_name="catalogue.settings")
    assert {read["DEFAULT_FROM_EMAIL"], read["METRICS_TOKEN"], read["SECURITY_CONTACT"]} == {"$OTHER"}
    assert read["SECRET_KEY"].startswith("$OTHER0")


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("A=$x", "$x"),
        ("A=a$b%c#d", "a$b%c#d"),
        ("A=#x", "#x"),
        ("A=a;b", "a;b"),
        ("  A = a b  ", "a b"),
        ('A="a # $b"', "a # $b"),
        ("A='a \"b\"'", 'a "b"'),
        ('A="it\'s"', "it's"),
        ("A=", ""),
        ("A=x\r\nB=y\r", "x"),
        ("; remark\n# remark\n\nA=x", "x"),
        ("A=x\nA=y", "y"),
    ],
)
def test_the_file_says_what_systemd_reads_in_it(file, line, value):
    assert file(line)["A"] == value
    assert read_by_systemd(line)["A"] == value


@pytest.mark.parametrize(
    "content",
    [
        "A=a\\b", "A=a\\\nB=c", 'A="a\\"b"', 'A="a', "A='a' b", "A=a'b", "A=a # remark", "A=a\t#x", "export A=b", "A",
        "A-B=c", "=b", "\ufeffA=b", b"A=\xff", "A=a\0b", "A=a\x0bb", "# remark \\\nA=b", "A='a\nb'", "A=\u2028b",
    ],
)  # fmt: skip
def test_what_programs_read_differently_stops_the_start(file, content):
    assert "environment" in stopped(file, content)


def test_the_sentence_about_a_line_names_its_setting_and_not_its_value(file):
    sentence = stopped(file, "# first\nSECRET_KEY=hunter\\2")
    assert "line 2 " in sentence
    assert "SECRET_KEY" in sentence
    assert "hunter" not in sentence


def test_no_file_means_two_things(file):
    random = Random(15)
    alphabet = ["A", "B", "x", "=", " ", "\t", "#", ";", "'", '"', "\\", "$", "%", "`", "\n", "\r\n", "é", "export "]
    agreed = 0
    for _turn in range(3000):
        content = "A=" + "".join(random.choices(alphabet, k=random.randint(0, 9)))
        try:
            read = file(content)
        except SystemExit:
            continue
        agreed += 1
        read.pop("PATH")
        assert read == read_by_systemd(content), repr(content)
    assert agreed > 300


def test_the_environment_wins_over_the_file(file):
    assert file("PATH=x")["PATH"] == "wins"


def test_a_file_that_cannot_be_read_stops_the_start(tmp_path):
    env.read_file(tmp_path / "none")
    assert str(tmp_path) in stopped(env.read_file, tmp_path)
    (tmp_path / "link").symlink_to(tmp_path / "none")
    assert "not there" in stopped(env.read_file, tmp_path / "link")


def test_the_example_can_be_read(file):
    own = file((ROOT / ".env.example").read_text())
    assert own["PORT"] == "8000"
    assert own["SECRET_KEY"] == ""


@pytest.mark.parametrize(
    "key", ["a" * 80, "short$", "0123456789" * 4, "64-random-characters" * 4, "django-insecure-" + "0123456789" * 5]
)
def test_a_secret_key_that_is_none_stops_the_start_with_the_command_that_makes_one(monkeypatch, key):
    monkeypatch.setenv("SECRET_KEY", key)
    sentence = stopped(env.secret_key, "SECRET_KEY", Path("/nowhere"))
    assert env.NEW_KEY in sentence
    assert key not in sentence


def test_the_command_that_is_advised_makes_a_key_that_is_taken(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", secrets.token_urlsafe(48))
    assert len(env.secret_key("SECRET_KEY", Path("/nowhere"))) >= 64
    assert env.NEW_KEY in (ROOT / ".env.example").read_text()
    assert len(settings.SECRET_KEY) >= env.SHORTEST_KEY


def test_a_key_that_cannot_be_kept_stops_the_start(monkeypatch):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    assert "SECRET_KEY" in stopped(env.secret_key, "SECRET_KEY", Path("/proc/nothing/secret_key"))


# Addresses: a sign of a password is taken literally, or the start stops

ADDRESSES = {
    "DATABASE_URL": ("postgres://u:{}@h:5432/db", lambda url: env.database_setting("X", default=url)["PASSWORD"]),
    "EMAIL_URL": (
        "smtp+tls://u:{}@h:587",
        lambda url: env.service_setting("X", Env.email_url_config, default=url, example="…")["EMAIL_HOST_PASSWORD"],
    ),
    "CACHE_URL": (
        "redis://:{}@h:6379/0",
        lambda url: env.service_setting("X", Env.cache_url_config, default=url, example="…")["LOCATION"],
    ),
}


@pytest.mark.parametrize("name", ADDRESSES)
@pytest.mark.parametrize(
    "password", ["$x", "a$b", "a#b", "#", "50%", "50%off", "a?b", "a/b", "%af", "a%23b", "p+q", "a:b"]
)
def test_a_password_in_an_address_is_literal_or_stops_the_start(name, password):
    pattern, read = ADDRESSES[name]
    try:
        found = read(pattern.format(password))
    except SystemExit as stop:
        assert "X" in stop.code
        return
    assert found in (password.replace("%23", "#"), f"redis://:{password}@h:6379/0")


@pytest.mark.parametrize("url", ["https://x:abc", "https://[", "https://x?y", "https://x#y", "https://x:0", "//x"])
def test_an_impossible_public_address_stops_the_start(monkeypatch, url):
    monkeypatch.setenv("SITE_URL", url)
    assert "SITE_URL" in stopped(lambda: env.site_url_setting("SITE_URL", default="http://x"))
