"""Queries that are asked again and again for other keys: their SQL is written once."""

from collections.abc import Callable
from concurrent.futures import Executor
from functools import partial
from typing import Any

from django.db.models import QuerySet

from catalogue.querysets.expressions import Keys


class PreparedRows:
    """The rows of a queryset of ``values_list`` that is filtered by empty ``Keys``, for any keys.

    To write SQL of sixty columns takes Django as long as SQLite takes to find a hundred rows.
    """

    def __init__(self, rows: QuerySet) -> None:
        compiler = rows.query.get_compiler(rows.db)
        self._connection = compiler.connection
        self._sql, self._parameters = compiler.as_sql()
        self._converters = compiler.get_converters([column[0] for column in compiler.select])

    def of(self, keys: Keys) -> list[tuple]:
        """Return the rows of these keys."""
        return self.start(keys, None)()

    def start(self, keys: Keys, thread: Executor | None) -> Callable[[], list[tuple]]:
        """Return what returns the rows of these keys; a server finds them meanwhile, waited for in a thread.

        SQLite finds them when they are asked for: it works in this process, and row by row.
        """
        found = keys.as_parameter(self._connection)
        parameters = [found if isinstance(value, Keys) else value for value in self._parameters]
        cursor = self._connection.cursor()  # of this thread, as is what is done with its rows
        execute = partial(cursor.execute, self._sql, parameters)
        if thread and self._connection.vendor != "sqlite":
            execute = thread.submit(execute).result
        return partial(self._rows, cursor, execute)

    def _rows(self, cursor: Any, execute: Callable) -> list[tuple]:
        with cursor:
            execute()
            rows = cursor.fetchall()
        if not self._converters or not rows:
            return rows
        columns = list(zip(*rows, strict=True))
        for place, (converters, expression) in self._converters.items():
            for convert in converters:
                columns[place] = [convert(value, expression, self._connection) for value in columns[place]]
        return list(zip(*columns, strict=True))
