"""Base of the rows of a practice that have an order."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from networks import ordered


def practice_field(related_name):
    """Return the foreign key from a row to its practice; the row is deleted with the practice."""
    return models.ForeignKey("Practice", models.CASCADE, related_name=related_name, verbose_name=_("practice"))


class OrderedRow(ordered.OrderedRow):
    """A row with its position in a list of its practice."""

    NATURAL_KEY = ("practice__code", "order")
    OWNER = "practice"

    class Meta(ordered.OrderedRow.Meta):
        abstract = True


order_once = OrderedRow.order_once
