"""The database backend that settings name: ``catalogue.server.postgresql``."""

import select
from collections import defaultdict
from threading import Lock

from django.db.backends.postgresql import base
from psycopg2.errors import InvalidSqlStatementName

from catalogue.server.postgresql import statement_timeout

# not found in this session, there already, or planned for columns of another type, which an upgrade has given them
UNPREPARED = InvalidSqlStatementName, base.Database.ProgrammingError, base.Database.NotSupportedError

_down = {}  # alias: why the last connection failed
_trying = defaultdict(Lock)


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's PostgreSQL; of many threads only one waits for a server that is away, the others are told at once."""

    def get_connection_params(self):
        """Add the limits of the session to Django's parameters."""
        parameters = super().get_connection_params()
        if told := statement_timeout.session_options():
            parameters["options"] = f"{parameters.get('options', '')} {told}".strip()
            parameters.setdefault("tcp_user_timeout", statement_timeout.CONFIRMING * 1000)
        return parameters

    def init_connection_state(self):
        """Begin a session, in which nothing is prepared yet."""
        super().init_connection_state()
        self._asking = None  # the cursor of ``asked_often``
        self._asks_plainly = False  # since what was prepared could not be used

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

        A server that ends a connection says so: its socket has something to read though nothing was asked. Only then
        is the server itself asked, which would otherwise cost every page a question.
        """
        if self.connection.closed:
            return False
        poll = select.poll()
        poll.register(self.connection.fileno(), select.POLLIN)
        return not poll.poll(0) or super().is_usable()

    def asked_often(self, question):
        """Return the first row of the one question that every request asks, written in the code; ``None`` without any.

        The server plans it once for a session. Behind a pooler that lends a session for one question only, it is asked
        like any other; so it is within a transaction, which a failure would end.
        """
        self.close_if_health_check_failed()
        self.ensure_connection()
        if not (self._asks_plainly or self.in_atomic_block):
            with self.wrap_database_errors:
                try:
                    return self._prepared(question)
                except UNPREPARED:
                    self._asks_plainly = True
        with self.cursor() as cursor:
            cursor.execute(question)
            return cursor.fetchone()

    def _prepared(self, question):
        if self._asking is None:
            cursor = self.create_cursor()
            cursor.execute(f"PREPARE asked_often AS {question}")
            self._asking = cursor
        self._asking.execute("EXECUTE asked_often")
        return self._asking.fetchone()

    def _connected(self, conn_params):
        try:
            connection = super().get_new_connection(conn_params)
        except base.Database.OperationalError as problem:
            _down[self.alias] = str(problem)
            raise
        _down.pop(self.alias, None)
        return connection
