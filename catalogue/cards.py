"""Cards of practices as ready HTML: made once for each practice and language, and anew when the practice changes."""

from threading import Lock

from django.template.loader import render_to_string
from django.utils.translation import get_language

from catalogue.kept import Kept
from catalogue.models import Practice
from catalogue.models.version import changes_between, read_now
from catalogue.search.snippets import FOUND_IN, snippet, sought_by
from catalogue.templatetags.records import marked

KEPT = 5_000  # cards of each language in a process; a card is about 1.5 kB
_EDGE = "\0"  # on both sides of the summary, where a search puts what it found; no text can hold it
_cards = Kept(6)  # (alias of the database, language) -> the version, {primary key: HTML before, at, after the summary}
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
    known = _of(version)
    found = {key: known.get(key) for key in keys}
    missing = [key for key, card in found.items() if card is None]
    if missing:
        practices = Practice.objects.published().with_keys(missing).for_listing()
        made = {practice.pk: _render(practice) for practice in practices}
        found.update(made)
        _keep(known, made)
    return {key: card for key, card in found.items() if card}


def _of(version):
    """Return the cards of a version: those of the version known before, without the practices that have changed."""
    place = read_now(), get_language()
    known, cards_known = _cards.get(place, lambda: (version, {}))
    if known == version:
        return cards_known
    changed = changes_between(known, version)
    rest = {} if changed is None else {key: card for key, card in cards_known.items() if key not in changed}
    _cards.put(place, (version, rest))
    return rest


def _render(practice):
    """Return the card of one practice: its HTML before, at and after the summary."""
    return render_to_string("catalogue/_practice_card.html", {"practice": practice, "edge": _EDGE}).split(_EDGE)


def _keep(known, made):
    with _lock:
        known.update(made)
        for key in list(known)[: max(0, len(known) - KEPT)]:
            del known[key]
