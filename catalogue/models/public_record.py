"""Which practices are or were public, so that harvesters learn of a withdrawal."""

from django.db import models
from django.db.models import Q

from networks.records import RecordQuerySet


class PublicRecordQuerySet(RecordQuerySet):
    """Withdrawn records for harvesters, oldest withdrawal first."""

    def withdrawn(self):
        return self.filter(withdrawn_at__isnull=False).order_by("withdrawn_at", "code")

    def changed_since(self, moment):
        return self.filter(withdrawn_at__gte=moment)

    def changed_before(self, moment):
        return self.filter(withdrawn_at__lt=moment)

    def changed_after(self, moment, code):
        """Keep what comes after this moment and code in the order of ``withdrawn``."""
        return self.filter(Q(withdrawn_at__gt=moment) | Q(withdrawn_at=moment, code__gt=code))

    def in_set(self, name):
        return self.filter(sets__contains=f" {name} ")


class PublicRecord(models.Model):
    """A practice that is or was public; the row outlives it. Written by ``harvest.withdrawal_signals`` alone."""

    code = models.CharField(max_length=16, unique=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False, db_index=True)
    sets = models.TextField(blank=True, editable=False)  # at the withdrawal: " network:x country:PE "

    objects = PublicRecordQuerySet.as_manager()

    class Meta:
        ordering = ["code"]

    def __str__(self):
        return self.code
