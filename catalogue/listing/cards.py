"""The cards of practices on a list as HTML, each rendered once in a language until it changes."""

from typing import NamedTuple

from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from catalogue.caching.lru import ProcessCache
from catalogue.caching.shared import shared_entry
from catalogue.choices import OperationalStatus, Scope
from catalogue.listing.filter_choices import stored_choices
from catalogue.listing.partials import rendered
from catalogue.listing.revisions import revisions
from catalogue.models import Practice
from catalogue.partial_dates import period_in_words
from catalogue.search.snippets import SNIPPET_FIELDS, query_matchers, snippet
from catalogue.text.languages import localized
from catalogue.text.localized_html import brief_title, localized_html, organisation_name

_EDGE = "\0"  # around the pieces of a card that differ between requests; no text can hold it
_cards = ProcessCache(15_000)  # (language, primary key, revision): ``Card``, some 1.5 kB

_names = ProcessCache(6)  # by language, of the database and of its replica


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
    language, revision_of = get_language(), revisions(version).of
    entries = {key: (language, key, revision_of(key)) for key in keys}
    ready = {key: _cards.get(entry) for key, entry in entries.items()}
    for key, card in _rendered([key for key, card in ready.items() if card is None], version):
        ready[key] = _cards.set(entries[key], card)
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


class Names:
    """What cards of all practices show of other records, as HTML in the active language, each rendered once."""

    def __init__(self, version):
        stored = stored_choices(version)
        self.networks = {network.pk: network for network in stored.networks}
        self.countries = {country.pk: _name_of(country) for country in stored.countries}
        self.scopes, self.statuses = dict(Scope.choices), dict(OperationalStatus.choices)
        self.tags = {}

    def tag_of(self, key):
        """Return the tag of a network, by its primary key."""
        if key not in self.tags:
            self.tags[key] = _tag(self.networks[key])
        return self.tags[key]


def practice_card(practice):
    """Return the card of a practice as other pages show it, without a box."""
    network = practice.primary_network
    return rendered(
        "practice_card",
        network=network,
        tag=_tag(network) if network else "",
        countries=list(map(_name_of, practice.implementing_countries)),
        scope=practice.get_scope_display(),
        status=practice.get_status_display(),
        **_of_itself(practice, practice.lead_organisations),
    )


def _rendered(keys, version):
    """Yield the primary key and the ``Card`` of each practice."""
    if not keys:
        return
    practices, names = Practice.objects.published(), shared_entry(_names, get_language(), version, Names, version)
    networks_of, countries_of = practices.networks_of(keys), practices.countries_of(keys)
    leaders_of = practices.leaders_of(keys)
    for row in practices.with_keys(keys).card_rows():
        # a network or a State newer than the version is left out: so the card is not of that version for long
        network = next((key for key in networks_of[row.pk] if key in names.networks), None)
        html = rendered(
            "practice_card",
            edge=_EDGE,
            network=names.networks.get(network),
            tag=names.tag_of(network) if network else "",
            countries=[names.countries[key] for key in countries_of[row.pk] if key in names.countries],
            scope=names.scopes.get(row.scope, row.scope),
            status=names.statuses.get(row.status, row.status),
            **_of_itself(row, leaders_of[row.pk]),
        )
        yield row.pk, Card(row.code, *html.split(_EDGE))


def _of_itself(practice, led_by):
    """Return what a card shows of the practice itself; ``practice`` is a record or the named tuple of one."""
    planned = practice.status == OperationalStatus.PLANNED
    return {
        "code": practice.code,
        "url": reverse("practice_detail", args=[practice.slug]),
        "title": localized(practice, "title").text,
        "brief_title": brief_title(practice),
        "summary": localized_html(localized(practice, "summary")),
        "led_by": list(map(organisation_name, led_by)),
        "period": period_in_words(practice.start, practice.end, planned=planned),
    }


def _tag(network):
    return rendered("_network_tag", network=network)


def _name_of(record):
    return localized_html(localized(record, "name"))
