"""The database backend that settings name: ``catalogue.server.postgresql``."""

import select
from collections import defaultdict
from threading import Lock

from django.db.backends.postgresql import base

from catalogue.server.postgresql import statement_timeout

_down = {}  # alias: why the last connection failed
_trying = defaultdict(Lock)


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's PostgreSQL; of many threads only one waits for a server that is away, the others fail at once."""

    def get_connection_params(self):
        """Add the limits of the session to Django's parameters."""
        parameters = super().get_connection_params()
        if options := statement_timeout.session_options():
            parameters["options"] = f"{parameters.get('options', '')} {options}".strip()
            parameters.setdefault("tcp_user_timeout", statement_timeout.CONFIRMING * 1000)
        return parameters

    def get_new_connection(self, conn_params):
        """Connect. Raises ``OperationalError``, soon also when the server is silent."""
        if self.alias not in _down:
            return self._connected(conn_params)
        if not _trying[self.alias].acquire(blocking=False):
            raise base.Database.OperationalError(_down.get(self.alias, "the database was away a moment ago"))
        try:
            return self._connected(conn_params)
        finally:
            _trying[self.alias].release()

    def is_usable(self):
        """Whether the connection still leads to the server, as the health check before each request asks.

        A server that ends a connection says so: its socket has something to read though no query was sent. Only then
        is the server itself queried, which would otherwise cost every page a query.
        """
        if self.connection.closed:
            return False
        poll = select.poll()
        poll.register(self.connection.fileno(), select.POLLIN)
        return not poll.poll(0) or super().is_usable()

    def _connected(self, conn_params):
        try:
            connection = super().get_new_connection(conn_params)
        except base.Database.OperationalError as problem:
            _down[self.alias] = str(problem)
            raise
        _down.pop(self.alias, None)
        return connection
