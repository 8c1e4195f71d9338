"""The last primary key that each table assigned, so that none is assigned twice, not even that of a deleted row."""

from django.db import connections
from django.db.models import AutoField

SEQUENCE = "pg_get_serial_sequence(%s, %s)"
READ = {
    "sqlite": "SELECT seq FROM sqlite_sequence WHERE name = %s",
    "postgresql": f"SELECT last_value FROM pg_sequences WHERE format('%%I.%%I', schemaname, sequencename) = {SEQUENCE}",  # noqa: S608
}


def counted_tables(schema, vendor):
    """Yield ``(table, parameters)`` of each model whose primary key the database counts."""
    for meta in (model._meta for model in schema.models if isinstance(model._meta.pk, AutoField)):
        yield meta.db_table, [meta.db_table] if vendor == "sqlite" else [f'"{meta.db_table}"', meta.pk.column]


def last_numbers(schema, database):
    """Return ``{table: last number assigned}``; 0 where none was."""
    connection, numbers = connections[database], {}
    with connection.cursor() as cursor:
        for table, parameters in counted_tables(schema, connection.vendor):
            cursor.execute(READ[connection.vendor], parameters)
            numbers[table] = (cursor.fetchone() or [0])[0] or 0
    return numbers


def set_last_numbers(numbers, schema, database):
    """Let each table continue after its last number."""
    connection = connections[database]
    with connection.cursor() as cursor:
        for table, parameters in counted_tables(schema, connection.vendor):
            number = numbers.get(table, 0)
            if connection.vendor == "sqlite":
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", parameters)
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, number])
            else:
                cursor.execute(f"SELECT setval({SEQUENCE}, %s, %s)", [*parameters, max(number, 1), number > 0])
