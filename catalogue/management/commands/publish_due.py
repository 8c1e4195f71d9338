"""Publishes and withdraws the practices whose date has come, and closes calls whose deadline has passed."""

from django.core.management.base import BaseCommand

from catalogue.editorial.workflow.editions import close_due
from catalogue.editorial.workflow.schedule import publish_due


class Command(BaseCommand):
    """Safe to run every minute, and twice at once."""

    help = "Publish and withdraw practices, and close calls, whose date has come. Safe to run every minute."

    def handle(self, **options):
        published, withdrawn = publish_due()
        for word, codes in (("published", published), ("withdrawn", withdrawn), ("closed", close_due())):
            for code in codes:
                self.stdout.write(f"{code} {word}")
