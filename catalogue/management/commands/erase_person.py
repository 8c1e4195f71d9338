"""Erases a person everywhere."""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from catalogue.editorial.privacy import erasure


class Command(BaseCommand):
    """Erases the account of a person and every text that names the person, and says what it did."""

    help = "Erase a person, by user name or e-mail address, from every table and stored letter."

    def add_arguments(self, parser):
        parser.add_argument("who", help="user name or e-mail address")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and change nothing")

    def handle(self, *, who, dry_run, **options):
        with transaction.atomic():
            done = erasure.erase(who, stored_emails=not dry_run)
            if dry_run:
                transaction.set_rollback(True)
        if not done:
            raise CommandError(f"Nothing in the catalogue tells of “{who}”.")
        for what, number in done:
            self.stdout.write(f"{what}: {number}")
        self.stdout.write(
            "Nothing was changed." if dry_run else "Erased. Backups made before today still hold the person."
        )
