"""Cards of practices as HTML, cached for each practice and language."""

from functools import partial
from typing import NamedTuple

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from catalogue.caching.per_practice import OfPractices
from catalogue.models import Practice
from catalogue.search.snippets import FOUND_IN, snippet, sought_by
from catalogue.text.localized_html import localized_html

_EDGE = "\0"  # around the pieces of a card that differ between requests; no text can hold it
_cards = OfPractices(15_000)  # ``Card``, about 1.5 kB
_texts = OfPractices(4_000)  # those that a search looks through, some 5 kB


class Card(NamedTuple):
    """The HTML of a card in pieces: its box is ticked after the first, a search replaces the summary."""

    code: str
    to_box: str
    to_summary: str
    summary: str
    rest: str

    def html(self, summary, ticked):
        """Return the whole card, with this summary, its box ticked or not."""
        pieces = (self.to_box, " checked" if ticked else "", self.to_summary, summary, self.rest)
        return mark_safe("".join(pieces))  # noqa: S308 - templates have escaped every piece


def cards(keys, version, query=None, marked=()):
    """Return ``{code: HTML}`` of practices, given by primary key, in that order.

    Boxes of the codes ``marked`` are ticked. Cards of a search ``Query`` show the piece of text in which the practice
    was found.
    """
    ready = _cards.get(keys, version, get_language(), _rendered)
    found = snippets(keys, version, query) if query and query.clauses else {}
    return {card.code: card.html(found.get(key, card.summary), card.code in marked) for key, card in ready.items()}


def snippets(keys, version, query):
    """Return ``{primary key: HTML}`` for the practices found in their texts, not only by a name."""
    found, rest = {}, list(keys)
    for search in sought_by(query):  # texts of another language are read only of what was not found in the reader's
        if rest:
            for key, texts in _texts.get(rest, version, search.language, partial(_read, search.language)).items():
                if piece := snippet(texts, search):
                    found[key] = localized_html(piece)
            rest = [key for key in rest if key not in found]
    return found


def _read(language, keys):
    """Return the texts of practices in one language, as ``FOUND_IN`` orders them."""
    rows = Practice.objects.published().with_keys(keys).texts_alone(FOUND_IN, language)
    return {key: texts for key, *texts in rows}


def _rendered(keys):
    return {practice.pk: _render(practice) for practice in Practice.objects.published().with_keys(keys).for_cards()}


def _render(practice):
    """Return the ``Card`` of one practice."""
    html = render_to_string("catalogue/_practice_card.html", {"practice": practice, "edge": _EDGE})
    return Card(practice.code, *html.split(_EDGE))
