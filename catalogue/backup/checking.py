"""Reads a backup and says what is wrong with it, before anything is touched."""

import json
import zipfile
import zlib
from hashlib import file_digest

from django.db.migrations.loader import MigrationLoader

from catalogue.backup import tables
from catalogue.backup.making import FORMAT, FORMAT_VERSION, MANIFEST
from catalogue.errors import Refused

PARTS = ("migrations", "tables", "sequences", "media")
MAX_MANIFEST_SIZE = 10_000_000  # bytes
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, KeyError, ValueError, RuntimeError, NotImplementedError)


def open_backup(path):
    """Return the open package of a backup and its manifest, checked to the last byte. Raises ``Refused``."""
    try:
        package = zipfile.ZipFile(path)
    except FileNotFoundError:
        raise Refused(f"There is no file {path}.") from None
    except BROKEN:
        raise Refused(f"{path} is no backup of the catalogue, or only a part of one.") from None
    try:
        manifest = read_manifest(package)
        check_contents(package, manifest)
    except BROKEN as problem:
        package.close()
        raise Refused(f"{path} is damaged or no backup of the catalogue: {problem}") from None
    except Refused:
        package.close()
        raise
    return package, manifest


def read_manifest(package):
    """Return the manifest. Raises ``Refused`` for another kind of file, or a newer one."""
    if MANIFEST not in package.namelist() or package.getinfo(MANIFEST).file_size > MAX_MANIFEST_SIZE:
        raise Refused("This is no backup of the catalogue.")
    manifest = json.loads(package.read(MANIFEST))
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise Refused("This is no backup of the catalogue.")
    if manifest.get("format_version") != FORMAT_VERSION:
        raise Refused("This backup was made by a newer release; restore it with that one.")
    if not all(isinstance(manifest.get(part), dict) for part in PARTS):
        raise Refused("This is no backup of the catalogue.")
    return manifest


def check_contents(package, manifest):
    """Compare every entry with its checksum. Raises ``Refused``."""
    promised = {f"tables/{name}.jsonl": entry for name, entry in manifest["tables"].items()}
    promised |= {f"media/{name}": entry for name, entry in manifest["media"].items()}
    present = set(package.namelist()) - {MANIFEST}
    if present != promised.keys() or len(package.namelist()) != len(present) + 1:
        raise Refused("This backup is not whole: it holds other files than it says.")
    for name, entry in promised.items():
        if ".." in name.split("/") or name.startswith("/") or "\\" in name:
            raise Refused(f"This backup is not genuine: {name} is no name of a file.")
        with package.open(name) as file:
            if file_digest(file, "sha256").hexdigest() != entry["sha256"]:
                raise Refused(f"This backup is damaged: {name} is not what was saved.")


def check_release(manifest):
    """Return whether the backup is of an older release. Raises ``Refused`` when it is of a newer or foreign one."""
    known = MigrationLoader(None).disk_migrations
    unknown = [f"{app}.{name}" for app, name in manifest["migrations"].items() if (app, name) not in known]
    if unknown:
        raise Refused(
            f"This backup was made by release {manifest['release']}, which knows migrations that this one does not:"
            f" {', '.join(unknown)}. Restore it with that release."
        )
    return tables.as_now(manifest["migrations"]) != tables.newest_migrations()
