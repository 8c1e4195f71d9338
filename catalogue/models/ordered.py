"""Rows that belong to one practice and keep their place in its list."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from networks import ordered


def row_of(related_name):
    """Return the link from a row to its practice; the row goes when the practice goes."""
    return models.ForeignKey("Practice", models.CASCADE, related_name=related_name, verbose_name=_("practice"))


class OrderedRow(ordered.OrderedRow):
    """A row with a place in its practice's list."""

    NATURAL_KEY = ("practice__code", "order")
    OWNER = "practice"

    class Meta(ordered.OrderedRow.Meta):
        abstract = True


order_once = OrderedRow.order_once
