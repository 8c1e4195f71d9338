"""Makes a backup while the site goes on: all rows are of one moment."""

import json
import os
import zipfile
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import connections

from catalogue.backup import sequences, tables
from catalogue.errors import Refused
from catalogue.server.release import version

FORMAT, FORMAT_VERSION = "catalogue-backup", 1
MANIFEST = "backup.json"
PIECE = 1 << 20
SNAPSHOT = {"postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", "sqlite": "BEGIN DEFERRED"}


def make(path, *, database):
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
            manifest = _write(file, database)
            file.flush()
            os.fsync(file.fileno())
        part.rename(path)
    finally:
        part.unlink(missing_ok=True)
    return manifest


def _write(file, database):
    migrations = tables.newest_migrations()
    schema = tables.schema_of(migrations, database)
    manifest = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "release": version(),
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "database": connections[database].vendor,
        "migrations": migrations,
    }
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
        with one_moment(database):
            manifest["tables"] = {name: _table(package, model, database) for name, model in schema.by_table().items()}
            manifest["sequences"] = sequences.last_numbers(schema, database)
        manifest["media"] = {name: _copy(package, path, f"media/{name}") for name, path in media_files()}
        package.writestr(MANIFEST, json.dumps(manifest, indent=1, ensure_ascii=False))
    return manifest


@contextmanager
def one_moment(database):
    """Read everything inside as it was at one moment; editors go on meanwhile."""
    with connections[database].cursor() as cursor:
        cursor.execute(SNAPSHOT[connections[database].vendor])
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def _table(package, model, database):
    """Write the rows of a table; return how to check them."""
    digest, count = sha256(), 0
    with package.open(f"tables/{model._meta.db_table}.jsonl", "w", force_zip64=True) as entry:
        for row in tables.rows(model, database):
            line = tables.line_of(row).encode()
            digest.update(line)
            entry.write(line)
            count += 1
    names = [field.column for field in tables.columns(model)]
    return {"columns": names, "rows": count, "sha256": digest.hexdigest()}


def media_files():
    """Yield name and path of each uploaded file."""
    folder = Path(settings.MEDIA_ROOT) if settings.MEDIA_ROOT else None
    for path in sorted(folder.rglob("*")) if folder else ():
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path


def _copy(package, path, name):
    digest, size = sha256(), 0
    with path.open("rb") as source, package.open(name, "w", force_zip64=True) as entry:
        while piece := source.read(PIECE):
            digest.update(piece)
            entry.write(piece)
            size += len(piece)
    return {"size": size, "sha256": digest.hexdigest()}
