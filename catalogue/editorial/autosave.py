"""Unsaved work: what is typed at the desk is kept while it is typed, for its author alone, and offered again.

It is no draft: it changes no record, and it goes through the form and all its rules before it is saved.
"""

from datetime import timedelta

from django.http import QueryDict
from django.utils import timezone

from catalogue.models import UnsavedWork

VALID_FOR = timedelta(days=14)
# What a form sends beside its fields: its token, its buttons, what it asks of the desk
NOT_CONTENT = ("csrfmiddlewaretoken", "_")


def keep(user, practice, key, posted):
    """Keep what a form holds, instead of what was kept of it before; ``posted`` is a ``QueryDict``.

    ``practice`` is ``None`` while it is not stored. What nobody came back for within ``VALID_FOR`` goes.
    """
    now = timezone.now()
    UnsavedWork.objects.kept_before(now - VALID_FOR).delete()
    content = {
        name: [value.replace("\0", "") for value in values]  # PostgreSQL keeps no such letter
        for name, values in posted.lists()
        if not name.startswith(NOT_CONTENT)
    }
    work, _made = UnsavedWork.objects.update_or_create(
        user=user, key=key, defaults={"practice": practice, "content": content, "kept_at": now}
    )
    return work


def offered(user, practice):
    """Return what an account has typed into the forms of a practice and not saved, the newest first."""
    return UnsavedWork.objects.of(user).on(practice).kept_since(timezone.now() - VALID_FOR)


def as_posted(work):
    """Return kept work as the form would send it."""
    posted = QueryDict(mutable=True)
    for name, values in work.content.items():
        posted.setlist(name, values)
    return posted


def forget(user, key):
    """Let go what was kept of a form; for who saved or discarded it."""
    UnsavedWork.objects.of(user).filter(key=key).delete()
