"""Visits the links of the public pages."""

from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError

from catalogue.errors import Refused
from catalogue.link_checker import schedule


class Command(BaseCommand):
    """Safe to run every day, to stop at any moment, and to run twice at once."""

    help = "Visit the links of the public pages, politely, and note which of them no longer work. Safe to run daily."

    def add_arguments(self, parser):
        parser.add_argument("--limit", type=int, help="visit at most this many addresses")
        parser.add_argument(
            "--older-than", type=int, default=7, metavar="DAYS", help="visit what was not visited for so many days (7)"
        )

    def handle(self, *, limit, older_than, verbosity, **options):
        if (limit is not None and limit < 1) or older_than < 0:
            raise CommandError("--limit takes a number from 1, --older-than a number of days from 0.")
        report = self.report if verbosity > 1 else lambda url, seen: None
        try:
            seen = schedule.run(limit=limit, older_than=timedelta(days=older_than), report=report)
        except Refused as refusal:
            raise CommandError(str(refusal.sentence)) from None
        self.stdout.write(f"{len(seen)} addresses visited, {schedule.broken_links().count()} are broken.")
        for check in schedule.broken_links():
            self.stdout.write(f"{check.url}: {check.outcome} since {check.failing_since:%Y-%m-%d}")

    def report(self, url, seen):
        """Print the outcome of a visit."""
        self.stdout.write(f"{url}: {seen.outcome} {seen.status or ''}".rstrip())
        self.stdout.flush()
