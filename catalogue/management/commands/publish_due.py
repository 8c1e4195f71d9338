"""Publishes and withdraws the practices whose date has come."""

from django.core.management.base import BaseCommand

from catalogue.editorial.schedule import publish_due


class Command(BaseCommand):
    """Safe to run every minute, and twice at once."""

    help = "Publish and withdraw the practices whose date has come. Safe to run every minute."

    def handle(self, **options):
        published, withdrawn = publish_due()
        for word, codes in (("published", published), ("withdrawn", withdrawn)):
            for code in codes:
                self.stdout.write(f"{code} {word}")
