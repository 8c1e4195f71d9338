"""Replaces what a database holds with a backup: all of it or nothing."""

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
from catalogue.backup.making import CHUNK
from catalogue.errors import Refused

MAX_PARAMETERS = 900  # of one statement; SQLite accepts 999


def restore_backup(path, *, database, replace=False):
    """Restore the backup ``path`` into ``database``; return its manifest.

    Raises ``Refused``, before anything is touched, for a file that is damaged, foreign or of a newer release, and for a
    database that holds contents, unless ``replace`` says that they go.
    """
    package, manifest = checking.open_backup(path)
    with package:
        is_older = checking.check_release(manifest)
        schema = tables.schema_of(manifest["migrations"], database)
        _check_columns(manifest, schema)
        if tables.is_empty(database):
            _create_tables(manifest["migrations"] if is_older else tables.newest_migrations(), database)
        else:
            _check_target(database, is_older=is_older, replace=replace)
        with _media(package, manifest), transaction.atomic(using=database):
            _replace_rows(package, manifest, schema, database)
            if not is_older:
                _derive()
    if is_older:
        call_command("migrate", database=database, verbosity=0, interactive=False)
        _derive()
    return manifest


def _derive():
    """Write what a backup leaves out, because it is derived from the rest."""
    call_command("rebuild_search", verbosity=0)
    call_command("rebuild_documents", verbosity=0)


def _check_columns(manifest, schema):
    """Refuse a backup whose tables are not those of its migrations."""
    expected = {model._meta.db_table: tables.column_names(model) for model in schema.models}
    if expected != {name: entry["columns"] for name, entry in manifest["tables"].items()}:
        raise Refused("This backup is not genuine: its tables are not those of its release.")


def _check_target(database, *, is_older, replace):
    if is_older:
        raise Refused("This backup is of an older release: restore it into an empty database, which is then updated.")
    if not tables.is_prepared(database):
        raise Refused("The database lacks migrations of this release; run manage.py prepare first.")
    if not replace and _holds_contents(database):
        raise Refused("The database is not empty. Give --replace to put the backup in the place of what it holds.")


def _holds_contents(database):
    """Whether the database holds a practice or an account."""
    models = tables.schema_of(tables.newest_migrations(), database).models
    own = [model for model in models if model._meta.db_table in ("catalogue_practice", "auth_user")]
    return any(model._base_manager.using(database).exists() for model in own)


def _create_tables(migrations, database):
    """Create the tables as they are after certain migrations.

    The command ``migrate`` does not find those that are squashed by now. What it stores at its end, as permissions, is
    in the backup.
    """
    executor, targets = MigrationExecutor(connections[database]), list(migrations.items())
    if not set(targets) <= set(executor.loader.graph.nodes):
        executor.loader.replace_migrations = False
        executor.loader.build_graph()
    executor.migrate(targets)


def _replace_rows(package, manifest, schema, database):
    """Delete all rows and insert those of the backup. Raises ``Refused`` when the database does not accept them."""
    connection = connections[database]
    try:
        with connection.cursor() as cursor:
            for model in schema.all:
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608
            for model in schema.models:
                with package.open(f"tables/{model._meta.db_table}.jsonl") as lines:
                    _insert(cursor, model, lines, connection)
            connection.check_constraints()
        sequences.set_last_numbers(manifest["sequences"], schema, database)
    except (ValueError, Error) as problem:  # the transaction undoes what was done
        raise Refused(f"The database does not take this backup: {str(problem).partition(chr(10))[0]}.") from None


def _insert(cursor, model, lines, connection):
    """Insert the rows of a table past the models, so that no signal is sent and no time is set."""
    fields, quote = tables.columns(model), connection.ops.quote_name
    names = ", ".join(quote(field.column) for field in fields)
    row, batch_size = f"({', '.join(['%s'] * len(fields))})", max(1, MAX_PARAMETERS // len(fields))
    while batch := [tables.values_of(line, fields, connection) for line in islice(lines, batch_size)]:
        statement = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES {', '.join([row] * len(batch))}"  # noqa: S608
        cursor.execute(statement, [value for values in batch for value in values])


@contextmanager
def _media(package, manifest):
    """Unpack the uploaded files beside their folder, and move them there after the rows are stored."""
    if not settings.MEDIA_ROOT:
        if manifest["media"]:
            raise Refused("This backup holds uploaded files, and MEDIA_ROOT is not set.")
        yield
        return
    folder = Path(settings.MEDIA_ROOT)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as temporary:
        new, old = Path(temporary, "new"), Path(temporary, "old")
        new.mkdir()
        for name in manifest["media"]:
            new.joinpath(name).parent.mkdir(parents=True, exist_ok=True)
            with package.open(f"media/{name}") as source, new.joinpath(name).open("wb") as target:
                shutil.copyfileobj(source, target, CHUNK)
        yield
        if folder.exists():
            folder.rename(old)
        new.rename(folder)
