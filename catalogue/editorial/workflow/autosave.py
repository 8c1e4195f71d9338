"""Unsaved work: what is typed at the desk is kept while it is typed, for its author alone, and offered again.

It is no draft: it changes no record, and it goes through the form and all its rules before it is saved.
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
# What is kept: the newest forms of each person up to both bounds, and of all persons together up to the last. The
# oldest go first; what a person typed last stays, whatever others do.
MOST_FORMS, MOST_BYTES = 20, 10 * 2**20
MOST_BYTES_IN_ALL = 2**30
MOST_SETTLED = 200  # forms of a person that are remembered as saved or discarded
# What a form sends beside its fields: its token, its buttons, what it asks of the desk
NOT_CONTENT = ("csrfmiddlewaretoken", "_")


class SettledError(Exception):
    """The work of a form was saved or discarded before this part of it arrived."""


@transaction.atomic
def keep(user, practice, key, posted):
    """Keep what a form holds, instead of what was kept of it before; ``posted`` is a ``QueryDict``.

    ``practice`` is ``None`` while it is not stored. What nobody came back for within ``VALID_FOR`` goes.
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
        name: [value.replace("\0", "") for value in values]  # PostgreSQL keeps no such letter
        for name, values in posted.lists()
        if not name.startswith(NOT_CONTENT)
    }
    work.size = len(json.dumps(work.content))
    work.save()
    _make_room(work)
    return work


def _make_room(work):
    """Let go what is beyond the bounds, never the work that was kept just now."""
    others = UnsavedWork.objects.unsettled().exclude(pk=work.pk)
    _let_go(others.of(work.user).beyond(MOST_FORMS - 1, MOST_BYTES - work.size))
    in_all = UnsavedWork.objects.aggregate(size=Sum("size"))["size"]
    if in_all > MOST_BYTES_IN_ALL:
        old = others.but_the_newest_of_each()
        lasting = in_all - (old.aggregate(size=Sum("size"))["size"] or 0)
        _let_go(old.beyond(sys.maxsize, MOST_BYTES_IN_ALL - lasting))


def _let_go(keys):
    """Delete work by its primary keys, but what somebody else is just writing or deleting."""
    free = UnsavedWork.objects.filter(pk__in=keys).select_for_update(skip_locked=True)
    UnsavedWork.objects.filter(pk__in=[work.pk for work in free.only("pk")]).delete()


def offered(user, practice):
    """Return what an account has typed into the forms of a practice and not saved, the newest first."""
    return UnsavedWork.objects.of(user).on(practice).unsettled().kept_since(timezone.now() - VALID_FOR)


def as_posted(work):
    """Return kept work as the form would send it."""
    posted = QueryDict(mutable=True)
    for name, values in work.content.items():
        posted.setlist(name, values)
    return posted


def settle(user, key):
    """Let go what was kept of a form, and whatever of it is still on its way; for who saved or discarded it."""
    if key:
        done = {"content": {}, "size": 0, "settled": True, "kept_at": timezone.now()}
        with transaction.atomic():
            UnsavedWork.objects.update_or_create(user=user, key=key, defaults=done)
            _let_go(UnsavedWork.objects.of(user).settled().beyond(MOST_SETTLED, 0))
