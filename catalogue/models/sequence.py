"""Permanent codes: assigned once, and never again after a record is deleted."""

from django.db import models, transaction

from catalogue.querysets.practices import code_prefix

CODE_PATTERN = "CSM-[0-9]{4}-[0-9]{3,}"


class CodeSequence(models.Model):
    """The last number assigned in a year."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self):
        return f"{code_prefix(self.year)}{self.last:03d}"

    @classmethod
    def next_code(cls, year, highest_stored):
        """Return the next code of a year; ``highest_stored(year)`` is the highest number of fixtures."""
        return cls.next_codes(year, highest_stored, 1)[0]

    @classmethod
    @transaction.atomic
    def next_codes(cls, year, highest_stored, number):
        """Return the next ``number`` codes of a year."""
        sequence, _created = cls.objects.select_for_update().get_or_create(year=year)
        first = max(sequence.last, highest_stored(year)) + 1
        sequence.last = first + number - 1
        sequence.save()
        return [f"{code_prefix(year)}{given:03d}" for given in range(first, first + number)]
