"""The tables of a backup, and how a row becomes JSON and a row again."""

import base64
import json
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.models import BinaryField, QuerySet

MADE_ANEW = {
    ("sessions", "session"),
    ("catalogue", "searchdocument"),
    ("catalogue", "cachedfile"),
    ("catalogue", "cachedfilepiece"),
    ("django_tasks_database", "dbtaskresult"),
}
BATCH = 500  # rows in memory


class Schema:
    """The tables after certain migrations, ``{app: name of the last one}``."""

    def __init__(self, models):
        self.all = [model for model in models if model._meta.managed and not model._meta.proxy]
        self.models = [model for model in self.all if _name(model) not in MADE_ANEW]

    def by_table(self):
        return {model._meta.db_table: model for model in self.models}


def _name(model):
    return model._meta.app_label, model._meta.model_name


def schema_of(targets, database):
    """Return the ``Schema`` after the migrations ``targets``; they may be ones that are squashed by now."""
    loader = MigrationLoader(connections[database], replace_migrations=False)
    state = loader.project_state(list(targets.items()), at_end=True)
    return Schema(state.apps.get_models(include_auto_created=True))


def newest_migrations():
    """Return ``{app: name}`` of the last migration of each app, as this release has them, squashed or not."""
    return dict(sorted(MigrationLoader(None).graph.leaf_nodes()))


def as_now(targets):
    """Return ``targets`` with a squashed migration in the place of the last of those that it squashes.

    The tables are the same: a backup that was made before migrations were squashed is not an older one for that.
    """
    squashed = MigrationLoader(None).replacements.values()
    names = {migration.replaces[-1]: migration.name for migration in squashed}
    return {app: names.get((app, name), name) for app, name in targets.items()}


def is_prepared(database):
    """Whether the database has every migration of this release."""
    loader = MigrationLoader(connections[database])
    return set(loader.graph.nodes) <= set(loader.applied_migrations)


def is_empty(database):
    """Whether the database has no table of anybody."""
    return not connections[database].introspection.table_names()


def columns(model):
    """Return the fields that are columns of a table and not computed by the database."""
    return [field for field in model._meta.concrete_fields if not field.generated]


def rows(model, database):
    """Yield the rows of a table as lists of values, a batch at a time, by primary key."""
    names, key = [field.attname for field in columns(model)], model._meta.pk.attname
    ordered = QuerySet(model, using=database).order_by("pk")
    place, last = names.index(key), None
    while True:
        after = ordered if last is None else ordered.filter(pk__gt=last)
        batch = list(after.values_list(*names)[:BATCH])
        yield from batch
        if len(batch) < BATCH:
            return
        last = batch[-1][place]


def line_of(row):
    """Return a row as one line of JSON."""
    return json.dumps(row, ensure_ascii=False, default=_plain, separators=(",", ":")) + "\n"


def _plain(value):
    """Return what JSON has no form for as text; nothing is rounded."""
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if isinstance(value, (Decimal, UUID)):
        return str(value)
    if isinstance(value, timedelta):
        return f"{value.days} {value.seconds}.{value.microseconds:06d}"
    if isinstance(value, (bytes, memoryview)):
        return base64.b64encode(value).decode()
    raise TypeError(f"{type(value).__name__} has no place in a backup")


def values_of(line, fields, connection):
    """Return the values of a line, ready for the database. Raises ``ValueError`` when they do not fit the fields."""
    values = json.loads(line)
    return [
        field.get_db_prep_save(_read(field, value), connection) for field, value in zip(fields, values, strict=True)
    ]


def _read(field, value):
    kind = field
    while kind.remote_field:
        kind = kind.target_field
    if isinstance(kind, BinaryField) and value is not None:
        return base64.b64decode(value)
    return kind.to_python(value)
