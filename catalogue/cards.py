"""Cards of practices as ready HTML: made once for each practice, language and version of the catalogue."""

from collections import OrderedDict
from threading import Lock

from django.template.loader import render_to_string
from django.utils.translation import get_language

from catalogue.models import Practice
from catalogue.search.snippets import FOUND_IN, snippet, sought_by
from catalogue.templatetags.records import marked

KEPT = 10_000  # cards in each process; a card is about 1.5 kB
_EDGE = "\0"  # on both sides of the summary, where a search puts what it found; no text can hold it
_cards = OrderedDict()  # (version, language, primary key) -> HTML before, at and after the summary, the oldest first
_lock = Lock()


def cards(keys, version, query=None):
    """Return the cards of practices, given by primary key, in that order; only those not made yet are fetched.

    Those of a search ``Query`` show the piece of text in which the practice was found.
    """
    ready = _ready(keys, version)
    found = snippets(keys, query) if query and query.clauses else {}
    return [f"{before}{found.get(key, what)}{after}" for key, (before, what, after) in ready.items()]


def snippets(keys, query):
    """Return ``{primary key: HTML}`` for the practices found in their texts, not only by a name."""
    found, rest = {}, list(keys)
    for search in sought_by(query):  # texts of another language are read only of what was not found in the reader's
        if rest:
            for key, *texts in Practice.objects.published().with_keys(rest).texts_alone(FOUND_IN, search.language):
                if piece := snippet(texts, search):
                    found[key] = marked(piece)
            rest = [key for key in rest if key not in found]
    return found


def _ready(keys, version):
    """Return ``{primary key: pieces of the card}`` in the order of the keys, without those that are gone."""
    language = get_language()
    found = {key: _cards.get((version, language, key)) for key in keys}
    missing = [key for key, card in found.items() if card is None]
    if missing:
        practices = Practice.objects.published().with_keys(missing).for_listing()
        made = {practice.pk: _render(practice) for practice in practices}
        found.update(made)
        _keep({(version, language, key): card for key, card in made.items()})
    return {key: card for key, card in found.items() if card}


def _render(practice):
    """Return the card of one practice: its HTML before, at and after the summary."""
    return render_to_string("catalogue/_practice_card.html", {"practice": practice, "edge": _EDGE}).split(_EDGE)


def _keep(made):
    with _lock:
        _cards.update(made)
        while len(_cards) > KEPT:
            _cards.popitem(last=False)
