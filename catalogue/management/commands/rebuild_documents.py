"""Rewrites the documents of the published practices while the site runs."""

from django.core.management.base import BaseCommand

from catalogue.documents import writing


class Command(BaseCommand):
    """Rewrite every document, in batches; meanwhile pages read those that are there, or the tables."""

    help = "Write the documents of the published practices anew, without taking the site down."

    def handle(self, *, verbosity, **options):
        def report(done, total):
            if verbosity > 1:
                self.stdout.write(f"{done} of {total}")

        written = writing.rebuild(report)
        if verbosity:
            self.stdout.write(f"{written} documents are written.")
