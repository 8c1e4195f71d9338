"""E-mails focal points about the practices that are due for verification."""

from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError

from catalogue.editorial.mail.verification_reminders import AGAIN_AFTER, remind_due


class Command(BaseCommand):
    """Safe to run every day, and twice at once."""

    help = "Remind focal points of the practices that are due for verification. Safe to run every day."

    def add_arguments(self, parser):
        weeks = AGAIN_AFTER // timedelta(weeks=1)
        parser.add_argument(
            "--again-after",
            type=int,
            default=weeks,
            metavar="WEEKS",
            help=f"weeks until the same again (default {weeks})",
        )

    def handle(self, *, again_after, **options):
        if again_after < 1:
            raise CommandError("--again-after: give one week or more.")
        for account, codes in remind_due(again_after=timedelta(weeks=again_after)):
            self.stdout.write(f"account {account}: {' '.join(codes)}")
