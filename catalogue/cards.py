"""Cards of practices as ready HTML: made once for each practice, language and version of the catalogue."""

from collections import OrderedDict
from threading import Lock

from django.template.loader import render_to_string
from django.utils.translation import get_language

from catalogue.models import Practice
from catalogue.search.snippets import snippet

KEPT = 10_000  # cards in each process; a card is about 1.5 kB
_cards = OrderedDict()  # (version, language, primary key) -> HTML, the longest unused first
_lock = Lock()


def cards(keys, version):
    """Return the cards of practices, given by primary key, in that order; only those not made yet are fetched."""
    language = get_language()
    missing = [key for key in keys if (version, language, key) not in _cards]
    made = {practice.pk: render(practice) for practice in fetched(missing)}
    with _lock:
        for key, card in made.items():
            _cards[version, language, key] = card
        found = [made.get(key) or _cards.get((version, language, key)) for key in keys]
        for key in keys:
            if (version, language, key) in _cards:
                _cards.move_to_end((version, language, key))
        while len(_cards) > KEPT:
            _cards.popitem(last=False)
    return [card for card in found if card]


def cards_found(keys, query):
    """Return the cards of a search: each with the piece of text in which the practice was found."""
    practices = {practice.pk: practice for practice in fetched(keys)}
    return [render(practices[key], snippet(practices[key], query)) for key in keys if key in practices]


def fetched(keys):
    """Return published practices with what a card shows."""
    return Practice.objects.published().filter(pk__in=keys).for_listing() if keys else []


def render(practice, found=None):
    """Return the card of one practice."""
    return render_to_string("catalogue/_practice_card.html", {"practice": practice, "snippet": found})
