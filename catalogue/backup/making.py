"""Makes a backup while the site is in use: all rows are of one moment."""

import json
import os
import zipfile
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import connections

from catalogue.backup import sequences, tables
from catalogue.errors import Refused
from catalogue.server.release import release_number

FORMAT, FORMAT_VERSION = "catalogue-backup", 1
MANIFEST = "backup.json"
CHUNK = 1 << 20  # bytes
SNAPSHOT = {"postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", "sqlite": "BEGIN DEFERRED"}


def make_backup(path, *, database):
    """Write a backup of ``database`` to ``path``, whole or not at all; return its manifest.

    Raises ``Refused`` when the file exists already or the database is not that of this release, ``OSError`` when the
    disk is full.
    """
    if path.exists():
        raise Refused(f"{path} exists already; name another file.")
    if not tables.is_prepared(database):
        raise Refused("The database lacks migrations of this release; run manage.py prepare first.")
    part = path.with_name(f".{path.name}.part")
    try:
        with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            manifest = _write_package(file, database)
            file.flush()
            os.fsync(file.fileno())
        part.rename(path)
    finally:
        part.unlink(missing_ok=True)
    return manifest


def _write_package(file, database):
    migrations = tables.newest_migrations()
    schema = tables.schema_of(migrations, database)
    manifest = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "release": release_number(),
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "database": connections[database].vendor,
        "migrations": migrations,
    }
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
        with read_snapshot(database):
            manifest["tables"] = {model._meta.db_table: _table(package, model, database) for model in schema.models}
            manifest["sequences"] = sequences.last_numbers(schema, database)
        manifest["media"] = {name: _media_file(package, path, f"media/{name}") for name, path in media_files()}
        package.writestr(MANIFEST, json.dumps(manifest, indent=1, ensure_ascii=False))
    return manifest


@contextmanager
def read_snapshot(database):
    """Read everything inside as it was at one moment; editors go on meanwhile."""
    with connections[database].cursor() as cursor:
        cursor.execute(SNAPSHOT[connections[database].vendor])
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def _table(package, model, database):
    """Write the rows of a table; return its part of the manifest."""
    lines = (tables.line_of(row).encode() for row in tables.rows(model, database))
    rows, _size, checksum = _write_entry(package, f"tables/{model._meta.db_table}.jsonl", lines)
    return {"columns": tables.column_names(model), "rows": rows, "sha256": checksum}


def media_files():
    """Yield name and path of each uploaded file."""
    folder = Path(settings.MEDIA_ROOT) if settings.MEDIA_ROOT else None
    for path in sorted(folder.rglob("*")) if folder else ():
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path


def _media_file(package, path, name):
    with path.open("rb") as source:
        _chunks, size, checksum = _write_entry(package, name, iter(partial(source.read, CHUNK), b""))
    return {"size": size, "sha256": checksum}


def _write_entry(package, name, chunks):
    """Write an entry; return the number of chunks, their bytes and their checksum."""
    digest, number, size = sha256(), 0, 0
    with package.open(name, "w", force_zip64=True) as entry:
        for chunk in chunks:
            digest.update(chunk)
            number, size = number + 1, size + entry.write(chunk)
    return number, size, digest.hexdigest()
