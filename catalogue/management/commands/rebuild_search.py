"""Rebuilds the indexes of the search while the site runs, and the statistics by which the database plans queries."""

from django.core.management.base import BaseCommand
from django.db import connection

from catalogue.models import Practice
from catalogue.search import index, name_index, synonyms


class Command(BaseCommand):
    """Rewrite every search document, in batches; meanwhile searches find what is there."""

    help = "Build the search index anew, without taking the site down."

    def handle(self, *, verbosity, **options):
        ids = list(Practice.objects.order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(ids), index.BATCH):
            index.index(ids[start : start + index.BATCH])
            if verbosity > 1:
                self.stdout.write(f"{min(start + index.BATCH, len(ids))} of {len(ids)}")
        name_index.rebuild()
        synonyms.rebuild()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # without figures SQLite reads all published practices to find twenty
        if verbosity:
            self.stdout.write(f"{len(ids)} practices are indexed.")
