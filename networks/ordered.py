"""Rows that belong to one record, their ``OWNER``, and have a position in its list."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from networks.records import Record


class OrderedRow(Record):
    """A row with a position in the list of its ``OWNER``, the name of a field; without one it goes to the end."""

    OWNER: str

    order = models.PositiveSmallIntegerField(
        _("order"), null=True, blank=True, help_text=_("Position in the list; leave empty to put it last.")
    )

    class Meta:
        abstract = True
        ordering = ["order"]

    def save(self, *args, **kwargs):
        if self.order is None:
            siblings = type(self).objects.filter(**{self.OWNER: getattr(self, self.OWNER)})
            self.order = (siblings.aggregate(last=models.Max("order"))["last"] or 0) + 1
        super().save(*args, **kwargs)

    @classmethod
    def order_once(cls, name):
        """Return the constraint that no two rows of an owner share a position."""
        return models.UniqueConstraint(fields=[cls.OWNER, "order"], name=f"{name}_order_once")
