"""Options of the databases, added to the URLs that an operator gives, and the folder of files beside a database."""

from hashlib import blake2b
from pathlib import Path
from typing import Any

SQLITE_OPTIONS = {
    # WAL lets readers go on while an editor saves; IMMEDIATE makes a second writer wait instead of failing.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA temp_store=MEMORY;"
    " PRAGMA mmap_size=0; PRAGMA cache_size=-4000; PRAGMA analysis_limit=1000;",
}
POSTGRESQL_OPTIONS = {
    "connect_timeout": 2,  # seconds; a reader is told soon that the database does not answer
    "keepalives_idle": 2,  # a machine that went without a word is noticed within half a minute; a page waits less long
    "keepalives_interval": 1,
    "keepalives_count": 30,
}
CONNECTION_MAX_AGE = 60  # seconds; opening SQLite again takes as long as answering a list


def with_options(config: dict[str, Any]) -> dict[str, Any]:
    """Return Django's settings of a database with the options above; for PostgreSQL those in the URL win."""
    own: dict[str, Any] = {"CONN_MAX_AGE": CONNECTION_MAX_AGE}
    if is_sqlite(config):
        return {**config, **own, "OPTIONS": {**config.get("OPTIONS", {}), **SQLITE_OPTIONS}}
    # a connection that the server has closed meanwhile is opened again, instead of failing somebody's request
    own |= {"ENGINE": "catalogue.server.postgresql", "CONN_HEALTH_CHECKS": True}
    return {**config, **own, "OPTIONS": {**POSTGRESQL_OPTIONS, **config.get("OPTIONS", {})}}


def database_folder(alias: str, purpose: str) -> Path:
    """Return the folder on this machine that the processes of the database ``alias`` share for one purpose.

    Several databases can be served from one folder of code; each has its own.
    """
    from django.conf import settings  # the settings themselves import this module
    from django.db import connections

    url = [str(connections[alias].settings_dict[name]) for name in ("ENGINE", "NAME", "HOST", "PORT")]
    return Path(settings.LOCAL_DIR, purpose, blake2b(repr(url).encode(), digest_size=8).hexdigest())


def is_sqlite(config: dict[str, Any]) -> bool:
    """Whether settings are those of a SQLite file."""
    return config["ENGINE"].endswith("sqlite3")
