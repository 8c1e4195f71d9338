"""Two people on one practice: who changed what since somebody opened its form."""

from typing import NamedTuple

from catalogue.editorial.workflow import diff, practice_content, revisions


class Conflict(NamedTuple):
    """What the stored practice says that a form did not know.

    ``versions`` are those saved meanwhile, the newest first; ``base`` is the content the form began with.
    """

    versions: list
    base: dict
    changes: list


def since(practice, seen):
    """Return the ``Conflict`` of a form that saw version ``seen``; ``None`` when nothing was saved since.

    A first version may have been kept since of what the form saw: when a preview link was made.
    """
    if seen == revisions.newest_number(practice):
        return None
    versions = practice.record.versions.filter(of_revision=practice.is_revision)
    base = versions.filter(number=seen).first() or versions.order_by("number").first()
    later = list(versions.filter(number__gt=base.number).select_related("made_by").defer("content")) if base else ()
    if not later:
        return None
    return Conflict(later, base.content, diff.compare(base.content, practice_content.read(practice)))
