"""Loads fixtures into a transaction, checks them against the models and the rules, and undoes it."""

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from catalogue.editorial.fixture_checks import FIXTURES, problems_of_all
from catalogue.editorial.text_checks import Facts, problems_of_texts


class Command(BaseCommand):
    """Validate fixtures; with no names, all of them. Nothing is stored."""

    help = "Check the fixtures against the models and the rules of the catalogue. Nothing is kept in the database."

    def add_arguments(self, parser):
        parser.add_argument("fixtures", nargs="*", default=FIXTURES, help="names or paths; by default all")
        parser.add_argument(
            "--facts",
            nargs="+",
            action="extend",
            default=[],
            metavar="PATH",
            help="text or JSON documents on which the records rest: their figures and quotations are looked for there",
        )

    def handle(self, *, fixtures, facts, **options):
        try:
            documents = Facts(facts)
        except (OSError, ValueError) as problem:
            raise CommandError(f"A document of --facts cannot be read: {problem}") from None
        with transaction.atomic():
            call_command("loaddata", *fixtures, verbosity=0)
            problems = [*problems_of_all(), *problems_of_texts(documents)]
            transaction.set_rollback(True)
        if problems:
            raise CommandError("\n".join(problems))
        self.stdout.write(f"{len(fixtures)} fixtures are in order.")
