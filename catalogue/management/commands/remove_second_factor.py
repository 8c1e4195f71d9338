"""Lets somebody in again who has lost the telephone and the recovery codes."""

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from catalogue.editorial.privacy import second_factor


class Command(BaseCommand):
    """Removes the second factor of one account, and records it in the audit log."""

    help = "Take away the second factor of an account whose owner has lost it."

    def add_arguments(self, parser):
        parser.add_argument("username")

    def handle(self, *, username, **options):
        user = get_user_model().objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"There is no account “{username}”.")
        second_factor.remove(user, by=None)
        self.stdout.write(f"“{username}” signs in with the password alone and can set up a new second factor.")
