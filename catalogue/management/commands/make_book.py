"""Typesets a list of practices of any length, volume by volume, and says how far it is."""

import time
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.http import QueryDict
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from catalogue.listing.filters import practices_for
from catalogue.publication.books import book, book_volumes, volume_in_words
from catalogue.publication.formats import FORMATS
from catalogue.text.languages import interface_language_of


class Command(BaseCommand):
    """Write the book of a list into a folder, one file for each volume."""

    help = "Write the book of a list: manage.py make_book DIR --language es --filter 'country=PE&network=…'"

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, help="folder for the files; made if it is not there")
        parser.add_argument("--language", choices=[code[:2] for code, _name in settings.LANGUAGES], default="es")
        parser.add_argument("--format", choices=FORMATS, default="pdf")
        parser.add_argument("--filter", default="", help="parameters of the list as in its address, without “?”")

    def handle(self, folder, language, filter, **options):
        with translation.override(interface_language_of(language)):
            filterset = practices_for(QueryDict(filter))
            if not filterset.is_valid():
                problems = (f"{name}: {' '.join(messages)}" for name, messages in filterset.errors.items())
                raise CommandError("\n".join(problems))
            folder.mkdir(parents=True, exist_ok=True)
            self.write(filterset, folder, options["format"])

    def write(self, filterset, folder, extension):
        """Write every volume and print its name, its practices and the time since the beginning."""
        started = time.monotonic()
        volumes = book_volumes(filterset)
        for number in range(1, len(volumes) + 1):
            suffix = f"-{number:03d}" if len(volumes) > 1 else ""
            path = folder / f"csm-{slugify(_('practices'))}{suffix}.{extension}"
            path.write_bytes(FORMATS[extension].write(book(filterset, volumes, number)))
            seconds = time.monotonic() - started
            self.stdout.write(f"{path}: {volume_in_words(volumes, number)} ({seconds:.0f} s)")
            self.stdout.flush()
