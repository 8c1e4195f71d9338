"""The cards of practices on a list as HTML, each rendered once for a version and a language."""

from typing import NamedTuple

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from catalogue.caching.lru import ProcessCache
from catalogue.models import Practice
from catalogue.search.snippets import SNIPPET_FIELDS, query_matchers, snippet
from catalogue.text.localized_html import localized_html

_EDGE = "\0"  # around the pieces of a card that differ between requests; no text can hold it
_cards = ProcessCache(15_000)  # (version, language, primary key): ``Card``, some 1.5 kB


class Card(NamedTuple):
    """The HTML of a card in pieces: its box is ticked after the first, a search replaces the summary."""

    code: str
    to_box: str
    to_summary: str
    summary: str
    rest: str

    def html(self, summary, ticked):
        """Return the card with a summary of its own, its box ticked or not."""
        pieces = (self.to_box, " checked" if ticked else "", self.to_summary, summary or self.summary, self.rest)
        return mark_safe("".join(pieces))  # noqa: S308 - templates have escaped every piece


def cards(keys, version, query=None, marked=()):
    """Return ``{code: HTML}`` of practices, given by primary key, in that order.

    Boxes of the codes ``marked`` are ticked. Cards of a search ``Query`` show the piece of text in which the practice
    was found.
    """
    ready = {key: _cards.get((version, get_language(), key)) for key in keys}
    for key, card in _rendered([key for key, card in ready.items() if card is None]):
        ready[key] = _cards.set((version, get_language(), key), card)
    found = snippets(keys, query) if query and query.clauses else {}
    return {card.code: card.html(found.get(key), card.code in marked) for key, card in ready.items() if card}


def snippets(keys, query):
    """Return ``{primary key: HTML}`` for the practices found in their texts, not only by a name."""
    found, rest = {}, list(keys)
    for search in query_matchers(
        query
    ):  # texts of another language are read only of what was not found in the reader's
        if rest:
            for key, texts in _texts_of(rest, search.language):
                if piece := snippet(texts, search):
                    found[key] = localized_html(piece)
            rest = [key for key in rest if key not in found]
    return found


def _texts_of(keys, language):
    """Yield the primary key and the texts of practices in one language, as ``SNIPPET_FIELDS`` orders them."""
    for key, *texts in Practice.objects.published().with_keys(keys).text_values(SNIPPET_FIELDS, language):
        yield key, texts


def _rendered(keys):
    """Yield the primary key and the ``Card`` of each practice."""
    practices = Practice.objects.published().with_keys(keys).for_cards() if keys else ()
    for practice in practices:
        html = render_to_string("catalogue/_practice_card.html", {"practice": practice, "edge": _EDGE})
        yield practice.pk, Card(practice.code, *html.split(_EDGE))
