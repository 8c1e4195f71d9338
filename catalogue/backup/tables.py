"""The tables of a backup, and how a row becomes JSON and a row again."""

import base64
import json
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.models import BinaryField, QuerySet

LEFT_OUT = {  # built again after a restore, or not needed
    ("sessions", "session"),
    ("catalogue", "searchdocument"),
    ("catalogue", "practicedocument"),
    ("catalogue", "suggestedrecord"),
    ("catalogue", "suggestedname"),
    ("catalogue", "synonymtoken"),
    ("catalogue", "cachedfile"),
    ("catalogue", "cachedfilepiece"),
    ("django_tasks_database", "dbtaskresult"),
}
BATCH = 500  # rows in memory


class Schema:
    """The models as they are after certain migrations: ``all`` of them, and the ``models`` that a backup holds."""

    def __init__(self, models):
        self.all = [model for model in models if model._meta.managed and not model._meta.proxy]
        self.models = [model for model in self.all if (model._meta.app_label, model._meta.model_name) not in LEFT_OUT]


def schema_of(targets, database):
    """Return the ``Schema`` after the migrations ``{app: name of the last one}``; they may be squashed by now."""
    loader = MigrationLoader(connections[database], replace_migrations=False)
    state = loader.project_state(list(targets.items()), at_end=True)
    return Schema(state.apps.get_models(include_auto_created=True))


def newest_migrations():
    """Return ``{app: name}`` of the last migration of each app, as this release has them, squashed or not."""
    return dict(sorted(MigrationLoader(None).graph.leaf_nodes()))


def as_now(targets):
    """Return ``targets`` with the last of squashed migrations replaced by the squashed one: the tables are the same."""
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


def column_names(model):
    return [field.column for field in columns(model)]


def rows(model, database):
    """Yield the rows of a table as lists of values, by primary key; within a transaction."""
    names = [field.attname for field in columns(model)]
    return QuerySet(model, using=database).order_by("pk").values_list(*names).iterator(chunk_size=BATCH)


def line_of(row):
    """Return a row as one line of JSON."""
    return json.dumps(row, ensure_ascii=False, default=_to_text, separators=(",", ":")) + "\n"


def _to_text(value):
    """Return a value that JSON has no type for as text, without rounding."""
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
    values = zip(fields, json.loads(line), strict=True)
    return [field.get_db_prep_save(_from_json(field, value), connection) for field, value in values]


def _from_json(field, value):
    target = field
    while target.remote_field:
        target = target.target_field
    if isinstance(target, BinaryField) and value is not None:
        return base64.b64decode(value)
    return target.to_python(value)
