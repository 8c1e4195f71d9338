"""Autosave: what an editor types is stored while it is typed, for its author alone, and offered again.

It is no draft: it changes no record, and is validated by the form before it is saved.
"""

import json
import sys
from datetime import timedelta

from django.db import transaction
from django.db.models import Sum
from django.http import QueryDict
from django.utils import timezone

from catalogue.models import UnsavedWork

VALID_FOR = timedelta(days=14)
# Stored are the newest forms of each person up to both bounds, and of all persons together up to the last. The oldest
# are deleted first; what a person typed last stays, whatever others do.
MOST_FORMS, MOST_BYTES = 20, 10 * 2**20
MOST_BYTES_IN_ALL = 2**30
MOST_SETTLED = 200  # forms of a person that are remembered as saved or discarded
# What a form sends beside its fields: its token, its buttons, its requests
NOT_CONTENT = ("csrfmiddlewaretoken", "_")


class SettledError(Exception):
    """The work of a form was saved or discarded before this part of it arrived."""


@transaction.atomic
def store_unsaved_work(user, practice, key, posted):
    """Store what a form holds in place of what was stored of it before; ``posted`` is a ``QueryDict``.

    ``practice`` is ``None`` while it is not stored. Work older than ``VALID_FOR`` is deleted.
    Raises ``SettledError``: a request that was overtaken by the save must not bring the work back.
    """
    now = timezone.now()
    UnsavedWork.objects.kept_before(now - VALID_FOR).delete()
    work, _made = UnsavedWork.objects.select_for_update().get_or_create(
        user=user, key=key, defaults={"practice": practice, "content": {}}
    )
    if work.settled:
        raise SettledError
    work.practice, work.kept_at = practice, now
    work.content = {
        name: [value.replace("\0", "") for value in values]  # PostgreSQL cannot store this character
        for name, values in posted.lists()
        if not name.startswith(NOT_CONTENT)
    }
    work.size = len(json.dumps(work.content))
    work.save()
    _delete_excess(work)
    return work


def _delete_excess(work):
    """Delete what is beyond the bounds, never ``work`` itself."""
    others = UnsavedWork.objects.unsettled().exclude(pk=work.pk)
    _delete_unlocked(others.of(work.user).beyond(MOST_FORMS - 1, MOST_BYTES - work.size))
    in_all = UnsavedWork.objects.aggregate(size=Sum("size"))["size"]
    if in_all > MOST_BYTES_IN_ALL:
        old = others.but_the_newest_of_each()
        lasting = in_all - (old.aggregate(size=Sum("size"))["size"] or 0)
        _delete_unlocked(old.beyond(sys.maxsize, MOST_BYTES_IN_ALL - lasting))


def _delete_unlocked(keys):
    """Delete work by its primary keys, except rows that another transaction has locked."""
    free = UnsavedWork.objects.filter(pk__in=keys).select_for_update(skip_locked=True)
    UnsavedWork.objects.filter(pk__in=[work.pk for work in free.only("pk")]).delete()


def offered(user, practice):
    """Return what an account has typed into the forms of a practice and not saved, the newest first."""
    return UnsavedWork.objects.of(user).on(practice).unsettled().kept_since(timezone.now() - VALID_FOR)


def as_query_dict(work):
    """Return stored work as the form would send it."""
    posted = QueryDict(mutable=True)
    for name, values in work.content.items():
        posted.setlist(name, values)
    return posted


def settle(user, key):
    """Delete what was stored of a form that was saved or discarded, and refuse what of it is still to arrive."""
    if key:
        done = {"content": {}, "size": 0, "settled": True, "kept_at": timezone.now()}
        with transaction.atomic():
            UnsavedWork.objects.update_or_create(user=user, key=key, defaults=done)
            _delete_unlocked(UnsavedWork.objects.of(user).settled().beyond(MOST_SETTLED, 0))
