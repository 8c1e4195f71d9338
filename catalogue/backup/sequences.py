"""The numbers that a database would give next, so that none is given twice, not even that of a deleted row."""

from django.db import connections
from django.db.models import AutoField


def numbered(schema):
    """Return the models whose primary key the database counts."""
    return [model for model in schema.models if isinstance(model._meta.pk, AutoField)]


def last_numbers(schema, database):
    """Return ``{table: last number given}``; 0 where none was."""
    connection = connections[database]
    read = _of_sqlite if connection.vendor == "sqlite" else _of_postgresql
    with connection.cursor() as cursor:
        return {model._meta.db_table: read(cursor, model) for model in numbered(schema)}


def _of_sqlite(cursor, model):
    cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [model._meta.db_table])
    return (cursor.fetchone() or [0])[0]


def _of_postgresql(cursor, model):
    cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [f'"{model._meta.db_table}"', model._meta.pk.column])
    (name,) = cursor.fetchone()
    cursor.execute(f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {name}")  # noqa: S608
    return cursor.fetchone()[0]


def set_numbers(numbers, schema, database):
    """Let each table go on counting where it stood."""
    connection = connections[database]
    write = _to_sqlite if connection.vendor == "sqlite" else _to_postgresql
    with connection.cursor() as cursor:
        for model in numbered(schema):
            write(cursor, model, numbers.get(model._meta.db_table, 0))


def _to_sqlite(cursor, model, number):
    cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [model._meta.db_table])
    cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [model._meta.db_table, number])


def _to_postgresql(cursor, model, number):
    table, column = f'"{model._meta.db_table}"', model._meta.pk.column
    cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s, %s)", [table, column, max(number, 1), number > 0])
