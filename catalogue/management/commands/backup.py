"""Makes a backup of the whole catalogue."""

import time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS

from catalogue.backup.making import make_backup
from catalogue.errors import Refused


class Command(BaseCommand):
    """One file with the database, the uploaded files and the checksums of both; the site may run meanwhile."""

    help = "Write the whole catalogue to one file: manage.py backup FILE"

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="file to write, for example catalogue-2026-11-22.backup")

    def handle(self, file, **options):
        started = time.monotonic()
        try:
            manifest = make_backup(file, database=DEFAULT_DB_ALIAS)
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        except OSError as problem:
            raise CommandError(f"{file} cannot be written: {problem.strerror}. Nothing was left behind.") from None
        rows = sum(table["rows"] for table in manifest["tables"].values())
        seconds = time.monotonic() - started
        size = file.stat().st_size / 1_000_000
        self.stdout.write(f"{file}: {rows} rows, {len(manifest['media'])} files, {size:.1f} MB, {seconds:.1f} s.")
