"""How the databases are used: what settings add to the addresses that an operator gives, and what lies beside them."""

from hashlib import blake2b
from pathlib import Path

SQLITE = {
    # WAL lets readers go on while an editor saves; IMMEDIATE makes a second writer wait instead of failing.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA temp_store=MEMORY;"
    " PRAGMA mmap_size=0; PRAGMA cache_size=-4000; PRAGMA analysis_limit=1000;",
}
POSTGRESQL = {
    "connect_timeout": 2,  # seconds; a reader is told soon that the database does not answer
    "keepalives_idle": 2,  # a machine that went without a word is noticed within half a minute; a page waits less long
    "keepalives_interval": 1,
    "keepalives_count": 30,
}
KEPT_OPEN = 60  # seconds; opening SQLite anew takes as long as answering a list


def tuned(config):
    """Return Django's settings of a database with what the catalogue needs; options in the address win."""
    own = {"CONN_MAX_AGE": KEPT_OPEN}
    if is_sqlite(config):
        return {**config, **own, "OPTIONS": {**config.get("OPTIONS", {}), **SQLITE}}
    # a connection that the server has closed meanwhile is opened anew, instead of failing somebody's request
    own |= {"ENGINE": "catalogue.server.postgresql", "CONN_HEALTH_CHECKS": True}
    return {**config, **own, "OPTIONS": {**POSTGRESQL, **config.get("OPTIONS", {})}}


def beside(alias, purpose):
    """Return the folder on this machine that the processes of the database ``alias`` share for one purpose.

    Several databases can be served from one folder of code; each has its own.
    """
    from django.conf import settings  # the settings themselves ask this module how to use a database
    from django.db import connections

    address = [str(connections[alias].settings_dict[name]) for name in ("ENGINE", "NAME", "HOST", "PORT")]
    return Path(settings.LOCAL_DIR, purpose, blake2b(repr(address).encode(), digest_size=8).hexdigest())


def is_sqlite(config):
    """Whether settings are those of a SQLite file."""
    return config["ENGINE"].endswith("sqlite3")
