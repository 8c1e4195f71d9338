"""Edit conflicts: what others saved of a practice since its form was opened."""

from typing import NamedTuple

from catalogue.editorial.workflow import diff, practice_content, revisions


class Conflict(NamedTuple):
    """What was saved after a form was opened.

    ``versions`` are those saved meanwhile, the newest first; ``base`` is the content the form began with.
    """

    versions: list
    base: dict
    changes: list


def since(practice, seen):
    """Return the ``Conflict`` of a form opened at version number ``seen``; ``None`` when nothing was saved since.

    The first version may be newer than the form and equal to what it showed: a preview link stores one.
    """
    if seen == revisions.newest_number(practice):
        return None
    versions = practice.record.versions.filter(of_revision=practice.is_revision)
    base = versions.filter(number=seen).first() or versions.order_by("number").first()
    later = list(versions.filter(number__gt=base.number).select_related("made_by").defer("content")) if base else ()
    if not later:
        return None
    return Conflict(later, base.content, diff.compare(base.content, practice_content.read_content(practice)))
