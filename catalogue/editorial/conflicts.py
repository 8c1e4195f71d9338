"""Two people on one practice: what the other changed since one opened the form, and what of it can be taken over."""

from typing import NamedTuple

from catalogue.editorial import differences, revisions, snapshots


class Conflict(NamedTuple):
    """What the stored practice says that the form did not know: who changed it, what, and texts to take over."""

    by: str
    changes: list
    taken_over: dict


def since(practice, seen, posted):
    """Return the ``Conflict`` of a form that saw version ``seen``; ``None`` when it saw the newest.

    ``posted`` holds the texts of the form by field. A text that only the other changed can be taken over as it is.
    """
    newest = revisions.newest_number(practice)
    if seen == newest:
        return None
    versions = practice.record.versions.filter(of_revision=practice.is_revision)
    base = versions.filter(number=seen).first() or versions.order_by("number").first()
    now = snapshots.read(practice)
    last = versions.first()
    return Conflict(
        by=last.made_by.get_username() if last.made_by else "–",
        changes=differences.compare(base.content, now),
        taken_over=_untouched(base.content["fields"], now["fields"], posted),
    )


def _untouched(base, now, posted):
    """Return the texts that the other changed and this form did not."""
    return {
        name: text
        for name, text in now.items()
        if isinstance(text, str)
        and base.get(name) != text
        and name in posted
        and _plain(posted[name]) == base.get(name)
    }


def _plain(text):
    return text.replace("\r\n", "\n").strip()
