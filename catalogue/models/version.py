"""The version of what the public sees: a number that every change of the contents moves on."""

from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple

from django.db import DEFAULT_DB_ALIAS, connections, models, router
from django.utils import timezone

REMEMBERED = 1000  # versions whose changes are remembered, twice as many at most
SHARED = 0  # in place of a practice: what many practices name has changed, and no practice itself
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class Version(NamedTuple):
    """A state of the contents. Two states never share all values, even after a rollback or a restored backup.

    ``whole`` is the number of the last version that may have changed every practice.
    """

    number: int
    changed_at: datetime
    whole: int = 0


class CatalogueVersion(models.Model):
    """The one row that holds the version; ``bump`` moves it and ``current`` reads it."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    number = models.PositiveBigIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(default=NEVER, editable=False)
    whole = models.PositiveBigIntegerField(default=0, editable=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="catalogue_version_is_one_row")]

    def __str__(self):
        return str(self.number)


class CatalogueChange(models.Model):
    """What a version changed: one practice, what many name (``SHARED``), or possibly every one.

    Who knows the version before follows it by this.
    """

    number = models.PositiveBigIntegerField(db_index=True, editable=False)
    changed_at = models.DateTimeField(editable=False)
    practice_id = models.BigIntegerField(null=True, editable=False)  # a number: the practice may be gone

    def __str__(self):
        return f"{self.number}: {'all' if self.practice_id is None else self.practice_id or 'shared'}"


# by hand: every request reads it, so the ORM's own work would count
STATE = f"SELECT number, changed_at, whole FROM {CatalogueVersion._meta.db_table}"  # noqa: S608


def current(using=None):
    """Return the ``Version`` of the contents, in one query; by default those of the database that is read now."""
    with connections[using or read_now()].cursor() as cursor:
        cursor.execute(STATE)
        row = cursor.fetchone()
    return _version(*row) if row else Version(0, NEVER)


@lru_cache(maxsize=16)
def _version(number, changed_at, whole):
    """Return one object for one state: what is kept of a version is found by it, and its moment is hashed once."""
    return Version(number, _moment(changed_at), whole)


def read_now():
    """Return the alias of the database that is read now: a version tells of the contents of that one."""
    return router.db_for_read(CatalogueVersion)


def _moment(stored):
    """Return a moment as the database gives it: SQLite keeps those of UTC without their time zone."""
    return stored if stored.tzinfo else stored.replace(tzinfo=UTC)


def bump(using=DEFAULT_DB_ALIAS, practices=(), *, shared=False):
    """Move the version on. Call it inside the transaction of the change, so that both are seen together.

    ``practices`` are the primary keys of those that changed, a step of the version for each; without any, every
    practice may have; if the change is ``shared``, only what many of them name: a term, an organisation. The row stays
    locked until that transaction ends: versions follow one another in the order of the commits.
    """
    steps = list(practices) or [SHARED if shared else None]
    moved = {"number": models.F("number") + len(steps), "changed_at": timezone.now()}
    if not practices:
        moved["whole"] = moved["number"]
    rows = CatalogueVersion.objects.using(using).filter(pk=1)
    if not rows.update(**moved):
        CatalogueVersion.objects.using(using).get_or_create(pk=1)
        rows.update(**moved)
    _remember(current(using), steps, CatalogueChange.objects.using(using))


def _remember(version, steps, changes):
    """Note what was changed in the last ``steps`` up to a version; of the oldest ones nothing is known any more."""
    before = version.number - len(steps)
    changes.bulk_create(
        CatalogueChange(number=number, changed_at=version.changed_at, practice_id=key)
        for number, key in enumerate(steps, before + 1)
    )
    if before // REMEMBERED < version.number // REMEMBERED:
        changes.filter(number__lte=version.number - REMEMBERED).delete()


def first_change_after(version, using):
    """Return when the database ``using`` moved on from a ``Version`` of another one; None when it has not."""
    later = CatalogueChange.objects.using(using).filter(number__gt=version.number).order_by("number")
    return later.values_list("changed_at", flat=True).first()


def changes_between(known, version):
    """Return the primary keys of the practices changed from a ``Version`` to a later one; None when it cannot be told.

    It cannot when any practice may have changed or is shown otherwise, or when the versions since are not all
    remembered: after very many of them, or in a database that was restored and has another history.
    """
    return None if known.number < version.whole else rows_changed_between(known, version)


@lru_cache(maxsize=16)
def rows_changed_between(known, version):
    """Return the same of the practices themselves, whatever they name. What is past does not change: asked once."""
    if known.number >= version.number:
        return None
    rows = list(CatalogueChange.objects.filter(number__range=(known.number, version.number)).order_by("number"))
    all_there = [row.number for row in rows] == list(range(known.number, version.number + 1))
    if not all_there or rows[0].changed_at != known.changed_at:
        return None
    keys = frozenset(row.practice_id for row in rows[1:])
    return None if None in keys else keys - {SHARED}
