"""Rows that belong to one practice and keep their place in its list."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from networks.records import Record


def row_of(related_name):
    """Return the link from a row to its practice; the row goes when the practice goes."""
    return models.ForeignKey("Practice", models.CASCADE, related_name=related_name, verbose_name=_("practice"))


def order_once(name):
    """Return the constraint that no two rows of a practice share a place."""
    return models.UniqueConstraint(fields=["practice", "order"], name=f"{name}_order_once")


class OrderedRow(Record):
    """A row with a place in its practice's list; without one it goes to the end."""

    NATURAL_KEY = ("practice__code", "order")

    order = models.PositiveSmallIntegerField(
        _("order"), null=True, blank=True, help_text=_("Place in the list; empty puts it last.")
    )

    class Meta:
        abstract = True
        ordering = ["order"]

    def save(self, *args, **kwargs):
        if self.order is None:
            siblings = type(self).objects.filter(practice=self.practice)
            self.order = (siblings.aggregate(last=models.Max("order"))["last"] or 0) + 1
        super().save(*args, **kwargs)
