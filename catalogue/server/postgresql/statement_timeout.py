"""How long a page waits for PostgreSQL. Commands wait as long as they must: a migration or a backup takes its time.

The server's own timeouts end a slow statement. They cannot help when the server itself hangs, or when its machine is
gone without a word: then psycopg2 would wait for ever, and the thread with it. So psycopg2 waits in ``wait`` here.
"""

import select
import time
from dataclasses import dataclass

from psycopg2 import OperationalError, extensions

CONNECTING = 2  # seconds; the page fails soon, not after minutes
CONFIRMING = 3  # seconds; whatever its database does, a machine that is there confirms at once what is sent to it
GRACE = 2  # seconds that the server has to say itself that a statement took too long
IDLE_IN_TRANSACTION = 60  # seconds; a transaction that was forgotten keeps its locks no longer
WEB_SERVER_CONFIRMING = 5  # seconds; nor does one whose web server is gone without a word
CONNECTED = (extensions.STATUS_READY, extensions.STATUS_BEGIN, extensions.STATUS_PREPARED)
READY_FOR = {extensions.POLL_READ: select.POLLIN, extensions.POLL_WRITE: select.POLLOUT}


@dataclass
class Limits:
    """Seconds that a statement may take; ``None`` while nobody waits for a page."""

    statement: int | None = None


limits = Limits()


def limit(seconds):
    """Give up statements of this process after so many seconds from now on, and waiting for a lock after half."""
    limits.statement = seconds
    extensions.set_wait_callback(wait)


def session_options():
    """Return the limits as the ``options`` of a connection; empty without limits."""
    if limits.statement is None:
        return ""
    options = {
        "statement_timeout": limits.statement * 1000,
        "lock_timeout": limits.statement * 500,
        "idle_in_transaction_session_timeout": IDLE_IN_TRANSACTION * 1000,
        "tcp_user_timeout": WEB_SERVER_CONFIRMING * 1000,
        "tcp_keepalives_idle": 2,  # seconds; with nothing to confirm, this is asked for
        "tcp_keepalives_interval": 1,
    }
    return " ".join(f"-c {name}={value}" for name, value in options.items())


def wait(connection):
    """Wait until the server has answered. Raises ``OperationalError`` when it does not; the connection is lost then."""
    seconds = limits.statement + GRACE if connection.status in CONNECTED else CONNECTING
    until = time.monotonic() + seconds
    while (state := connection.poll()) != extensions.POLL_OK:
        poll = select.poll()
        poll.register(connection.fileno(), READY_FOR[state])
        if not poll.poll(max(0, until - time.monotonic()) * 1000):
            raise OperationalError(f"no answer within {seconds} seconds")
