"""Puts a backup in the place of what a database holds: all of it or nothing."""

import shutil
import tempfile
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import Error, connections, transaction
from django.db.migrations.executor import MigrationExecutor

from catalogue.backup import checking, sequences, tables
from catalogue.backup.making import PIECE
from catalogue.errors import Refused

VALUES_AT_ONCE = 900  # SQLite takes 999 values in a statement


def restore(path, *, database, replace=False):
    """Restore the backup ``path`` into ``database``; return its manifest.

    Raises ``Refused``, before anything is touched, for a file that is damaged, foreign or of a newer release, and for a
    database that holds contents, unless ``replace`` says that they go.
    """
    package, manifest = checking.opened(path)
    with package:
        is_older = checking.check_release(manifest)
        schema = tables.schema_of(manifest["migrations"], database)
        _check_columns(manifest, schema)
        _check_target(database, is_older=is_older, replace=replace)
        if tables.is_empty(database):
            _make_tables(manifest["migrations"] if is_older else tables.newest_migrations(), database)
        with _media(package, manifest), transaction.atomic(using=database):
            _fill(package, manifest, schema, database)
            if not is_older:
                _index()
    if is_older:
        call_command("migrate", database=database, verbosity=0, interactive=False)
        _index()
    return manifest


def _index():
    call_command("rebuild_search", verbosity=0)


def _check_target(database, *, is_older, replace):
    if tables.is_empty(database):
        return
    if is_older:
        raise Refused("This backup is of an older release: restore it into an empty database, which is then updated.")
    if not tables.is_prepared(database):
        raise Refused("The database lacks migrations of this release; run manage.py prepare first.")
    if not replace and holds_contents(database):
        raise Refused("The database is not empty. Give --replace to put the backup in the place of what it holds.")


def holds_contents(database):
    """Whether somebody would lose something: a practice or an account."""
    models = tables.schema_of(tables.newest_migrations(), database).by_table()
    kept = ("catalogue_practice", "auth_user")
    return any(models[table]._base_manager.using(database).exists() for table in kept)


def _make_tables(migrations, database):
    """Make the tables as they are after certain migrations.

    These may be squashed by now, and the command ``migrate`` finds none that are. What it stores after its work, as
    permissions, is in the backup.
    """
    executor, targets = MigrationExecutor(connections[database]), list(migrations.items())
    if not set(targets) <= set(executor.loader.graph.nodes):
        executor.loader.replace_migrations = False
        executor.loader.build_graph()
    executor.migrate(targets)


def _check_columns(manifest, schema):
    """Refuse a backup whose tables are not those of its migrations."""
    expected = {name: [f.column for f in tables.columns(model)] for name, model in schema.by_table().items()}
    if expected != {name: entry["columns"] for name, entry in manifest["tables"].items()}:
        raise Refused("This backup is not genuine: its tables are not those of its release.")


def _fill(package, manifest, schema, database):
    """Put the rows in the place of all others. Raises ``Refused`` when the database does not take them."""
    try:
        _replace(package, manifest, schema, database)
    except (ValueError, Error) as problem:  # the transaction undoes what was done
        raise Refused(f"The database does not take this backup: {str(problem).partition(chr(10))[0]}.") from None


def _replace(package, manifest, schema, database):
    connection = connections[database]
    with connection.cursor() as cursor:
        for model in schema.all:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608
        for name, model in schema.by_table().items():
            with package.open(f"tables/{name}.jsonl") as lines:
                _insert(cursor, model, lines, connection)
        connection.check_constraints()
    sequences.set_numbers(manifest["sequences"], schema, database)


def _insert(cursor, model, lines, connection):
    """Store the rows of a table past the models: nothing is dated, counted or sent anew."""
    fields, quote = tables.columns(model), connection.ops.quote_name
    names = ", ".join(quote(field.column) for field in fields)
    place, at_once = f"({', '.join(['%s'] * len(fields))})", max(1, VALUES_AT_ONCE // len(fields))
    while batch := [tables.values_of(line, fields, connection) for line in islice(lines, at_once)]:
        statement = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES {', '.join([place] * len(batch))}"  # noqa: S608
        cursor.execute(statement, [value for row in batch for value in row])


@contextmanager
def _media(package, manifest):
    """Lay the uploaded files ready, and put them in place when the rows are stored."""
    if not settings.MEDIA_ROOT:
        if manifest["media"]:
            raise Refused("This backup holds uploaded files, and MEDIA_ROOT is not set.")
        yield
        return
    folder = Path(settings.MEDIA_ROOT)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as ready:
        new, old = Path(ready, "new"), Path(ready, "old")
        new.mkdir()
        for name in manifest["media"]:
            new.joinpath(name).parent.mkdir(parents=True, exist_ok=True)
            with package.open(f"media/{name}") as source, new.joinpath(name).open("wb") as target:
                shutil.copyfileobj(source, target, PIECE)
        yield
        if folder.exists():
            folder.rename(old)
        new.rename(folder)
