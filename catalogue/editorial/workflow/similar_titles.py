"""Practices with a title like that of a new practice, in any language: possible duplicates."""

from typing import NamedTuple

from catalogue.editorial.workflow import roles
from catalogue.models import Practice
from catalogue.text.languages import CONTENT_LANGUAGES
from catalogue.text.search_query import Query, Term, forms_of
from catalogue.text.search_tokens import STOP_WORDS, words

LIMIT = 5
CANDIDATES = 200  # the best of the index, whose titles are compared word by word
SHARE = 0.6  # of the words of the shorter title
LONGEST = 400  # a title may not be longer


class Similar(NamedTuple):
    """A practice with a similar title, and how much of the shorter title both share, 0 to 1."""

    practice: Practice
    share: float


def to_title(title, user, *, besides=None):
    """Return at most ``LIMIT`` ``Similar``, the most similar first, among the practices an account may see.

    Accents, case, endings and little words do not count. ``besides`` is the practice being written, not its own double.
    """
    typed = meanings(title[:LONGEST])
    if not typed:
        return []
    seen = roles.practices_for_editor(user, Practice.objects.records()).exclude(pk=besides and besides.record.pk)
    sought = Query((tuple(Term(tuple(forms_of((word,))), (word,)) for word in typed),), ())
    candidates = Practice.objects.with_keys(seen.order_by().values("pk")).matching(sought).by_relevance(sought)
    found = [Similar(practice, _share(typed, practice)) for practice in candidates[:CANDIDATES]]
    return sorted((each for each in found if each.share >= SHARE), key=lambda each: -each.share)[:LIMIT]


def meanings(text):
    """Return the words of a title that carry meaning, each with the forms in which a language would know it."""
    return {word: {word, *(form[0] for form in forms_of((word,)))} for word in words(text) if word not in STOP_WORDS}


def _share(typed, practice):
    """Return how much of the shorter title both share, over the titles of a practice in every language."""
    names = [f"{field}_{code}" for field in ("title", "short_title") for code in CONTENT_LANGUAGES]
    return max(likeness(typed, meanings(getattr(practice, name) or "")) for name in names)


def likeness(typed, known):
    """Return what two titles share of the shorter one, 0 to 1.

    One word in common is not enough, unless a title has no other.
    """
    forms = set().union(*known.values())
    shared = sum(not forms.isdisjoint(each) for each in typed.values())
    shorter = min(len(typed), len(known))
    if not shared or (shared == 1 and len(known) > 1):
        return 0
    return min(1, shared / shorter)
