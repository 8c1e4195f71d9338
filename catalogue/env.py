"""Reads settings from the environment and stops the start with one sentence when one cannot be used."""

import secrets
import sys
import warnings
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

environ.Env.read_env(Path(__file__).resolve().parent.parent / ".env")  # the environment itself wins
env = environ.Env()


def stop(sentence):
    """End the process with a sentence for the person who starts it, instead of a traceback."""
    sys.exit(f"The catalogue cannot start: {sentence}")


def boolean(name, *, default):
    """Return a yes/no setting; only the usual spellings are accepted, so that a typing error never means "no"."""
    words = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}
    value = env.str(name, default="").strip().lower()
    if value and value not in words:
        stop(f"{name} is “{value}”; write true or false.")
    return words.get(value, default)


def one_of(name, choices, *, default):
    """Return a setting that must be one of ``choices``."""
    value = env.str(name, default="") or default
    if value not in choices:
        stop(f"{name} is “{value}”; use one of {', '.join(choices)}.")
    return value


def names(name, *, default=()):
    """Return a comma-separated setting as a list."""
    return [item.strip() for item in env.str(name, default="").split(",") if item.strip()] or list(default)


def port(name, *, default):
    """Return the number of a port."""
    value = env.str(name, default="") or str(default)
    if not value.isdecimal() or not 0 < int(value) < 65536:
        stop(f"{name} is “{value}”; write a number from 1 to 65535.")
    return int(value)


def number(name, *, default):
    """Return a whole number from 1."""
    value = env.str(name, default="") or str(default)
    if not value.isdecimal() or int(value) < 1:
        stop(f"{name} is “{value}”; write a whole number from 1.")
    return int(value)


def site_url(name, *, default):
    """Return an absolute http(s) address without its final slash."""
    value = (env.str(name, default="") or default).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path:
        stop(f"{name} is “{value}”; write the public address, for example https://catalogue.example.org.")
    return value


def path_segment(name, *, default):
    """Return a path below the site's root, with its final slash and without the first."""
    value = (env.str(name, default="") or default).strip("/")
    if not value.replace("-", "").replace("_", "").isalnum():
        stop(f"{name} is “{value}”; use letters, digits and hyphens, for example admin.")
    return f"{value}/"


def database(name, *, default):
    """Return Django's settings for a database address (``postgres://…`` or ``sqlite:///…``)."""
    try:
        with warnings.catch_warnings(action="ignore"):  # what it warns of, the sentence below says
            config = env.db_url_config(env.str(name, default="") or default)
    except (ImproperlyConfigured, ValueError, KeyError):
        config = {}
    if not config.get("ENGINE") or not config.get("NAME"):
        stop(f"{name} cannot be read; write postgres://user:password@host:5432/name or sqlite:////folder/file.")
    return config


def replica(name, *, of):
    """Return Django's settings for the read replica of the PostgreSQL database ``of``; None without one."""
    if not env.str(name, default=""):
        return None
    config = database(name, default="")
    if of["ENGINE"].endswith("sqlite3") or config["ENGINE"].endswith("sqlite3"):
        stop(f"{name} is for PostgreSQL; give postgres://user:password@host:5432/name and a DATABASE_URL of that kind.")
    return config


def service(name, reader, *, default, example):
    """Return what ``reader`` (an ``environ`` method) makes of an address such as ``EMAIL_URL``."""
    try:
        return reader(env.str(name, default="") or default)
    except (ImproperlyConfigured, ValueError, KeyError, AttributeError):
        stop(f"{name} cannot be read; write it like {example}.")


def secret_key(name, file: Path):
    """Return the secret of the environment, else the one kept in ``file``, made on the first start.

    A key shorter than 32 characters is refused: it signs sessions and password resets.
    """
    value = env.str(name, default="")
    if not value and not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(50))
    value = value or file.read_text().strip()
    if len(value) < 32:
        stop(f"{name} is too short; give at least 32 random characters, or none to have one made in {file}.")
    return value
