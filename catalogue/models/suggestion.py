"""The index of names, from which suggestions are answered: what can be suggested, and how its names begin."""

from django.db import models

from catalogue.querysets.expressions import Keys
from catalogue.text.search_names import LENGTH

CANDIDATES = 1_000  # names that are put into order; of more, the first in the alphabet


class SuggestedNameQuerySet(models.QuerySet):
    """Beginnings of names."""

    def beginning(self, typed, language=""):
        """Keep those that begin with a folded text, at most ``CANDIDATES``.

        With a ``language`` only what its readers see at the beginning of a name, otherwise the beginning of any word.
        """
        start = typed[:LENGTH].encode()
        found = self.filter(language=language, start__gte=start, start__lt=start + b"\xff")
        return found.order_by("start", "record")[:CANDIDATES]

    def records(self, language):
        """Return ``(kind, key)`` of the records that have these names, in the alphabet of a language."""
        # read beforehand: a database that plans both at once would put all records into order first
        keys = list(set(self.values_list("record", flat=True)))
        rows = SuggestedRecord.objects.filter(pk__among=Keys(keys)).order_by(f"sort_{language}", "kind", "key")
        return list(rows.values_list("kind", "key"))


class SuggestedRecord(models.Model):
    """A record that has a name: a practice, network, country, organisation or meeting, public or not."""

    kind = models.CharField(max_length=12)
    key = models.PositiveBigIntegerField()
    # the sort key of its label for readers of each language; bytes, which both databases put into one order
    sort_es = models.BinaryField()
    sort_en = models.BinaryField()
    sort_pt = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="suggested_record_once")]

    def __str__(self):
        return f"{self.kind} {self.key}"


class SuggestedName(models.Model):
    """How a name begins, from one of its words on."""

    record = models.ForeignKey(SuggestedRecord, models.CASCADE, related_name="names")
    language = models.CharField(max_length=2, blank=True)  # whose readers see the name begin so; of any word, empty
    start = models.BinaryField()

    objects = SuggestedNameQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["language", "start", "record"], name="suggested_name_once")]

    def __str__(self):
        return bytes(self.start).decode()
