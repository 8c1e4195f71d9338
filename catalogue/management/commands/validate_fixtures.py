"""Loads fixtures into a transaction, checks them against the models and the rules, and undoes it."""

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from catalogue.editorial.fixtures import FIXTURES, problems_of_all


class Command(BaseCommand):
    """Validate fixtures; with no names, all of them. Nothing is kept."""

    help = "Check the fixtures against the models and the rules of the catalogue. Nothing is kept in the database."

    def add_arguments(self, parser):
        parser.add_argument("fixtures", nargs="*", default=FIXTURES, help="names or paths; by default all")

    def handle(self, *, fixtures, **options):
        with transaction.atomic():
            call_command("loaddata", *fixtures, verbosity=0)
            problems = list(problems_of_all())
            transaction.set_rollback(True)
        if problems:
            raise CommandError("\n".join(problems))
        self.stdout.write(f"{len(fixtures)} fixtures are in order.")
