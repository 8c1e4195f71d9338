"""What the tables of the database hold, as checksums: to show that a request changed none of them."""

from hashlib import blake2b

from django.apps import apps
from django.db import connection

# what signing in, being refused and taking a file away leave behind, among it the files that are kept for the next
BESIDE = {"django_session", "catalogue_auditentry", "axes_accessattempt", "axes_accessfailurelog", "axes_accesslog"}
BESIDE |= {"catalogue_cachedfile", "catalogue_cachedfilepiece"}


def checksums():
    """Return ``{table: checksum of its rows}`` for every table of every model but those of sessions and logs."""
    return {table: _checksum(table) for table in sorted(_tables() - BESIDE)}


def _tables():
    models = apps.get_models(include_auto_created=True)
    existing = set(connection.introspection.table_names())
    return {model._meta.db_table for model in models if model._meta.managed} & existing


def _plain(value):
    """Return a value that looks the same whenever it is the same: PostgreSQL gives bytes as views of memory."""
    return bytes(value) if isinstance(value, memoryview) else value


def _checksum(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
        rows = sorted(repr([_plain(value) for value in row]) for row in cursor.fetchall())
    return blake2b("\n".join(rows).encode(errors="surrogatepass"), digest_size=16).hexdigest()
