"""The version of what the public sees: a number that every change of the contents moves on."""

from datetime import UTC, datetime
from typing import NamedTuple

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.utils import timezone

NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class Version(NamedTuple):
    """A state of the contents. Two states never share both values, even after a rollback or a restored backup."""

    number: int
    changed_at: datetime


class CatalogueVersion(models.Model):
    """The one row that holds the version; ``bump`` moves it and ``current`` reads it."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    number = models.PositiveBigIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(default=NEVER, editable=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="catalogue_version_is_one_row")]

    def __str__(self):
        return str(self.number)


def current(using=DEFAULT_DB_ALIAS):
    """Return the ``Version`` of the contents, in one query."""
    with connections[using].cursor() as cursor:  # by hand: on every request, so the ORM's own work would count
        cursor.execute(f"SELECT number, changed_at FROM {CatalogueVersion._meta.db_table}")  # noqa: S608 - our own name
        row = cursor.fetchone()
    return Version(row[0], _moment(row[1])) if row else Version(0, NEVER)


def _moment(stored):
    """Return a moment as the database gives it: SQLite keeps a text in UTC."""
    return datetime.fromisoformat(stored).replace(tzinfo=UTC) if isinstance(stored, str) else stored


def bump(using=DEFAULT_DB_ALIAS):
    """Move the version on. Call it inside the transaction of the change, so that both are seen together.

    The row stays locked until that transaction ends: versions follow one another in the order of the commits.
    """
    moved = {"number": models.F("number") + 1, "changed_at": timezone.now()}
    rows = CatalogueVersion.objects.using(using).filter(pk=1)
    if not rows.update(**moved):
        CatalogueVersion.objects.using(using).get_or_create(pk=1)
        rows.update(**moved)
