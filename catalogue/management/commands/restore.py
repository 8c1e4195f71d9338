"""Restores a backup."""

import os
import subprocess
import sys
import time
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS

from catalogue.backup.restoring import restore_backup
from catalogue.errors import Refused


class Command(BaseCommand):
    """Checks the file first; then everything is restored, or nothing."""

    help = "Restore a file of manage.py backup into an empty database, or in the place of what a database holds."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--database", metavar="ADDRESS", help="another database than that of DATABASE_URL")
        parser.add_argument("--replace", action="store_true", help="the contents of the database go")

    def handle(self, file, database, replace, **options):
        if database:
            self.elsewhere(file.absolute(), database, replace)
            return
        started = time.monotonic()
        try:
            manifest = restore_backup(file, database=DEFAULT_DB_ALIAS, replace=replace)
        except Refused as refusal:
            raise CommandError(f"{refusal} Nothing was changed.") from None
        rows = sum(table["rows"] for table in manifest["tables"].values())
        seconds = time.monotonic() - started
        self.stdout.write(f"Restored: {rows} rows of {manifest['made']}, {seconds:.1f} s. Everybody signs in anew.")

    def elsewhere(self, file, database, replace):
        """Do the same in a process whose DATABASE_URL is the named database."""
        command = [sys.executable, "manage.py", "restore", str(file), *(["--replace"] if replace else [])]
        environment = {**os.environ, "DATABASE_URL": database, "DATABASE_REPLICA_URL": ""}
        done = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, check=False)  # noqa: S603
        if done.returncode:
            sys.exit(done.returncode)
