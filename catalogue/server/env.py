"""Reads settings from the environment and stops the start with one sentence when one cannot be used.

Every value is literal, which is why django-environ only parses URLs here: in its own readers ``$`` begins the name of
another setting and ``#`` a remark. A URL, such as ``DATABASE_URL``, is percent-encoded, as any URL is.
"""

import os
import re
import secrets
import sys
import warnings
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import unquote, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

SHORTEST_KEY = 50  # characters; `check --deploy` warns below
FEWEST_CHARACTERS = 10  # different ones: "aaaa…" is no secret
EXAMPLES = ("random-characters", "django-insecure-")  # in the documents in place of a key
NEW_KEY = "python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


def stop(sentence: str) -> NoReturn:
    """End the process with a sentence for the person who starts it, instead of a traceback."""
    sys.exit(f"The catalogue cannot start: {sentence}")


def read_file(file: Path) -> None:
    """Put the settings of a file into the environment; what is set there already wins.

    systemd reads the same file (``EnvironmentFile=``), and shells and Compose read such files each in a way of its own.
    A line that they would not read alike stops the start, so that one file never means two things.
    """
    try:
        lines = file.read_text("utf-8").split("\n")
    except FileNotFoundError:
        if file.is_symlink():
            stop(f"{file} leads to a file that is not there.")
        return
    except (OSError, UnicodeDecodeError) as problem:
        stop(f"{file} cannot be read as text in UTF-8 ({type(problem).__name__}).")
    written = {}
    for number, line in enumerate(lines, start=1):
        try:
            written.update(setting_in(line))  # of two lines the last counts, as with systemd
        except ValueError as problem:
            stop(f"line {number} of {file} is not read alike by every program: {problem}.")
    for name, value in written.items():
        os.environ.setdefault(name, value)


def setting_in(line: str) -> dict[str, str]:
    """Return ``{name: value}`` of a line, nothing of an empty one or a remark. Raises ``ValueError`` with advice."""
    line = line.strip(" \t")
    if line.endswith("\\"):
        raise ValueError("end no line with a backslash")
    if not line or line.startswith(("#", ";")):
        return {}
    name, equals, value = (part.strip(" \t") for part in line.partition("="))
    if not (equals and NAME.fullmatch(name)):
        raise ValueError("write NAME=value, without “export”, and nothing before it that an editor hides")
    return {name: unquoted(name, value)}


def unquoted(name: str, value: str) -> str:
    """Return a value without the quotation marks around it. Raises ``ValueError`` where programs would differ."""
    if value[:1] in ("'", '"'):
        inner, differs = value[1:-1], rf"\\|{value[0]}"
        whole = len(value) > 1 and value.endswith(value[0])
    else:
        inner, differs, whole = value, r"""\\|'|"|\s#""", True
    if not whole or re.search(differs, inner) or not inner.isprintable():
        raise ValueError(f"write {name} without backslashes, inner quotation marks, hidden signs, remarks behind it")
    return inner


read_file(Path(__file__).resolve().parents[2] / ".env")


def text_setting(name: str, *, default: str = "") -> str:
    """Return a setting as it is written, without the space around it."""
    value = os.environ.get(name, "").strip()
    if not value.isprintable():
        stop(f"{name} holds a line break or another sign that is not seen; write it in one line.")
    return value or default


def url_setting(name: str, *, default: str) -> str:
    """Return a setting that is a URL; a character that would end its password unseen must be percent-encoded."""
    value = text_setting(name, default=default)
    if "#" in value or STRAY_PERCENT.search(value) or "\ufffd" in unquote(value):
        stop(f"{name} holds a sign that an address gives another meaning; write # as %23 and % as %25.")
    return value


def boolean_setting(name: str, *, default: bool) -> bool:
    """Return a yes/no setting; only the usual spellings are accepted, so that a typing error never means "no"."""
    words = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}
    value = text_setting(name).lower()
    if value and value not in words:
        stop(f"{name} is “{value}”; write true or false.")
    return words.get(value, default)


def choice_setting(name: str, choices: Sequence[str], *, default: str) -> str:
    """Return a setting that must be one of ``choices``."""
    value = text_setting(name, default=default)
    if value not in choices:
        stop(f"{name} is “{value}”; use one of {', '.join(choices)}.")
    return value


def list_setting(name: str, *, default: Iterable[str] = ()) -> list[str]:
    """Return a comma-separated setting as a list."""
    return [item.strip() for item in text_setting(name).split(",") if item.strip()] or list(default)


def port_setting(name: str, *, default: int) -> int:
    """Return the number of a port."""
    return number_setting(name, default=default, most=65535, advice="a number from 1 to 65535")


def number_setting(name: str, *, default: int, most: int = 10**9 - 1, advice: str = "a whole number from 1") -> int:
    """Return a whole number from 1 to ``most``."""
    value = text_setting(name, default=str(default))
    if not value.isdecimal() or not 0 < int(value[:10]) <= most:
        stop(f"{name} is “{value}”; write {advice}.")
    return int(value)


def site_url_setting(name: str, *, default: str) -> str:
    """Return an absolute http(s) URL without its final slash."""
    value = text_setting(name, default=default).rstrip("/")
    try:
        parts = urlsplit(value)
        whole = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        whole = False
    if not whole or parts.path or parts.query or parts.fragment:
        stop(f"{name} is “{value}”; write the public address, for example https://catalogue.example.org.")
    return value


def path_setting(name: str, *, default: str) -> str:
    """Return a path below the site's root, with its final slash and without the first."""
    value = text_setting(name, default=default).strip("/")
    if not value.replace("-", "").replace("_", "").isalnum():
        stop(f"{name} is “{value}”; use letters, digits and hyphens, for example admin.")
    return f"{value}/"


def database_setting(name: str, *, default: str) -> dict[str, Any]:
    """Return Django's settings for a database URL (``postgres://…`` or ``sqlite:///…``)."""
    try:
        with warnings.catch_warnings(action="ignore"):  # what it warns of, the sentence below says
            config = environ.Env.db_url_config(url_setting(name, default=default))
    except (ImproperlyConfigured, ValueError, KeyError):
        config = {}
    if not config.get("ENGINE") or not config.get("NAME"):
        stop(f"{name} cannot be read; write postgres://user:password@host:5432/name or sqlite:////folder/file.")
    return config


def replica_setting(name: str, *, of: dict[str, Any]) -> dict[str, Any] | None:
    """Return Django's settings for the read replica of the PostgreSQL database ``of``; None without one."""
    if not text_setting(name):
        return None
    config = database_setting(name, default="")
    if of["ENGINE"].endswith("sqlite3") or config["ENGINE"].endswith("sqlite3"):
        stop(f"{name} is for PostgreSQL; give postgres://user:password@host:5432/name and a DATABASE_URL of that kind.")
    return config


def service_setting(name: str, reader: Callable[[str], Any], *, default: str, example: str) -> Any:
    """Return what ``reader`` (a method of ``environ.Env``) reads from a URL such as ``EMAIL_URL``."""
    value = url_setting(name, default=default)
    try:
        parts = urlsplit(value)
        if "," not in parts.netloc and (parts.port == 0 or (parts.netloc and not parts.hostname)):
            raise ValueError(name)  # a character of the password would end the host
        return reader(value)
    except (ImproperlyConfigured, ValueError, KeyError, AttributeError):
        stop(f"{name} cannot be read; write it like {example}.")


def secret_key(name: str, file: Path) -> str:
    """Return the secret of the environment, else the one stored in ``file``, made on the first start.

    It signs sessions, previews and password resets: what is short, repeats few characters or comes from an example is
    refused.
    """
    value = text_setting(name) or _stored_secret(name, file)
    if len(value) < SHORTEST_KEY or len(set(value)) < FEWEST_CHARACTERS or any(words in value for words in EXAMPLES):
        stop(
            f"{name} is too short or an example; give {SHORTEST_KEY} random characters or more, as {NEW_KEY} "
            f"prints them, or none to have them made in {file}."
        )
    return value


def _stored_secret(name: str, file: Path) -> str:
    try:
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.touch(mode=0o600)
            file.write_text(secrets.token_urlsafe(SHORTEST_KEY))
        return file.read_text().strip()
    except (OSError, UnicodeDecodeError) as problem:
        stop(f"{name} is not set and cannot be kept in {file} ({type(problem).__name__}); set it.")
