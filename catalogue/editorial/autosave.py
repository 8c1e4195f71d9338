"""Unsaved work: what is typed at the desk is kept while it is typed, for its author alone, and offered again.

It is no draft: it changes no record, and it goes through the form and all its rules before it is saved.
"""

from datetime import timedelta

from django.db import transaction
from django.http import QueryDict
from django.utils import timezone

from catalogue.models import UnsavedWork

VALID_FOR = timedelta(days=14)
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
    work.save()
    return work


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
        done = {"content": {}, "settled": True, "kept_at": timezone.now()}
        UnsavedWork.objects.update_or_create(user=user, key=key, defaults=done)
