"""Writes the public catalogue as a folder of plain files, for places without a connection."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from catalogue.publication.offline import OfflineSite


class Command(BaseCommand):
    """Write every public page and file into a folder that opens without a server: index.html is the way in."""

    help = "Write the public catalogue as static files into an empty folder, for a memory stick."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, help="an empty folder; made if it is not there")
        parser.add_argument(
            "--without",
            action="append",
            default=[],
            metavar="EXTENSION",
            help="leave out the files with this extension, for example pdf; may be repeated",
        )

    def handle(self, folder, without, verbosity, **options):
        if folder.exists() and any(folder.iterdir()):
            raise CommandError(f"{folder} is not empty; name a new folder, so that no older page stays in it.")
        site = OfflineSite(folder, report=self.stdout.write if verbosity > 1 else self.count, without=without)
        self.written = 0
        language = translation.get_language()
        site.write()
        translation.activate(language)
        files = [path for path in folder.rglob("*") if path.is_file()]
        size = sum(path.stat().st_size for path in files) / 1_000_000
        self.stdout.write(f"{len(files)} files, {size:.0f} MB. Open {folder / 'index.html'}.")

    def count(self, address):
        """Report the progress now and then."""
        self.written += 1
        if self.written % 25 == 0:
            self.stdout.write(f"{self.written} pages and files, now {address}")
            self.stdout.flush()
