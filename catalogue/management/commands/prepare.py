"""Prepares the database: migrations, the first contents, the first administrator."""

import secrets
import sys
from contextlib import nullcontext

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from catalogue.documents import writing
from catalogue.editions import freeze
from catalogue.editorial.fixture_checks import FIXTURES
from catalogue.errors import Refused
from catalogue.models import Practice
from catalogue.server.upgrade import check_database
from networks.models import Network


class Command(BaseCommand):
    """Prepare the database. Run again, it changes nothing that an editor has made.

    A database that this release cannot bring up to date is refused before anything is written.
    """

    help = "Migrate; load the fixtures into an empty catalogue; make a first administrator. Safe to run again."

    def add_arguments(self, parser):
        parser.add_argument("--administrator", help="user name of an administrator to make if there is no user yet")

    def handle(self, *, administrator, **options):
        try:
            check_database(connection)
        except Refused as refusal:
            raise CommandError(f"{refusal} Nothing was changed.") from None
        with all_or_nothing():
            call_command("migrate", verbosity=0, interactive=False)
        if not Practice.objects.exists() and not Network.objects.exists():
            call_command("loaddata", *FIXTURES, verbosity=0)
            call_command("rebuild_search", verbosity=0)
            self.stdout.write(f"The catalogue now holds {Practice.objects.count()} practices.")
        if writing.out_of_step():  # this release may hold more in a document than the one before
            call_command("rebuild_documents", verbosity=0)
        for slug in freeze.freeze_loaded():
            self.stdout.write(f"The edition “{slug}” is frozen as it came.")
        users = get_user_model()
        if administrator and not users.objects.exists():
            password = secrets.token_urlsafe(12)
            users.objects.create_superuser(administrator, password=password)
            self.stdout.write(f"Administrator “{administrator}”, password “{password}”. It is shown only this once.")
        sys.stdout.flush()


def all_or_nothing():
    """Return a context in which all tables of an empty PostgreSQL are created or none.

    Django records a migration after its tables: killed in between, it would create them a second time, and fail.
    """
    is_empty = connection.vendor == "postgresql" and not connection.introspection.table_names()
    return transaction.atomic() if is_empty else nullcontext()
