"""Which practices are public: the one rule of visibility, also across relations."""

from django.db.models import Case, IntegerField, Q, Value, When

from catalogue.choices import State


def published_q(prefix: str = "") -> Q:
    """Return the rule of visibility, also across a relation: ``published_q("practices__")``."""
    return Q(**{f"{prefix}state": State.PUBLISHED})


def is_published() -> Case:
    """Return the rule of visibility as an expression: 1 or 0."""
    return Case(When(published_q(), then=Value(1)), default=Value(0), output_field=IntegerField())
