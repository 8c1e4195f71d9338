"""Deletes what has been stored long enough; to be run once a day."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction

from catalogue.costly_files import generate
from catalogue.editorial.privacy import retention


class Command(BaseCommand):
    """Executes the rules of ``catalogue/editorial/privacy/retention.py`` and says what was deleted."""

    help = "Delete personal data that have been kept as long as the rules allow."

    def handle(self, **options):
        with transaction.atomic():
            for rule, rows in retention.apply_rules():
                self.stdout.write(f"{rule.name}: {rows} deleted")
        generate.delete_outdated()
        if settings.WORKER:
            call_command("prune_db_task_results", queue_name="*", verbosity=0)
