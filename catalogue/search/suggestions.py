"""Suggestions while a reader types: practices, networks, countries, organisations and meetings by name."""

from collections import defaultdict
from itertools import islice
from typing import NamedTuple
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.urls import reverse

from catalogue.models import Organisation, Practice, PracticeOrganisation
from catalogue.models.suggestion import SuggestedName
from catalogue.querysets.visibility import published_q
from catalogue.search.name_index import KINDS, all_names, first_names, label, shown_name
from catalogue.text.languages import CONTENT_LANGUAGES, content_language
from catalogue.text.search_names import LENGTH, folded_name, word_starts
from networks.models import Country, Meeting, Network

LIMIT = 8
SHORTEST = 2
AT_FIRST = 24  # candidates that are read first: enough, unless many of them are not public


class Suggestion(NamedTuple):
    """A name that matches what is typed, the kind of record, and its URL."""

    kind: str
    label: str
    url: str


def suggestions(text, limit=LIMIT):
    """Return at most ``limit`` suggestions for a text; whatever the text is, it is only text.

    A word of a name, in any language, begins with the text, whatever accents and case. First come those whose name on
    the page, acronym or alias begins with it, then the alphabet decides. Less than two characters, or more than a
    search may have, fit nothing.
    """
    typed = _folded_input(text)
    if not typed:
        return []
    found, candidates = [], _candidates(typed, content_language())
    for number in (AT_FIRST, None):
        if len(found) < limit:
            found += _shown(list(islice(candidates, number)), typed)
    return list(dict.fromkeys(found))[:limit]


def _folded_input(text):
    """Return the text as names are compared with it; empty when it is too short or too long."""
    if len(text) > settings.QUERY_MAX_LENGTH:
        return ""
    printable = "".join(letter for letter in " ".join(text.split()) if letter.isprintable())
    folded = folded_name(printable)
    return folded if min(len(printable), len(folded)) >= SHORTEST else ""


def _practices():
    fields = [f"{field}_{code}" for field in KINDS["practice"].fields for code in CONTENT_LANGUAGES]
    return Practice.objects.published().rewrite(False).only("slug", "acronym", *fields)


def _organisations():
    taking_part = PracticeOrganisation.objects.filter(published_q("practice__"), organisation=OuterRef("pk"))
    return Organisation.objects.filter(Exists(taking_part))


PUBLIC = {  # kind -> function that returns the records that may be suggested
    "practice": _practices,
    "network": lambda: Network.objects.filter(active=True),
    "country": Country.objects.all,
    "organisation": _organisations,
    "meeting": lambda: Meeting.objects.select_related("forum"),
}


def _candidates(typed, language):
    """Yield ``(kind, key, whether it begins with what is typed)`` of records, in the order of suggestions."""
    beginning = SuggestedName.objects.beginning(typed, language).records(language)
    yield from ((kind, key, True) for kind, key in beginning)
    # what begins with the letters in the index need not begin with all that is typed
    seen = set(beginning) if len(typed) <= LENGTH else set()
    others = SuggestedName.objects.beginning(typed).records(language)
    yield from ((kind, key, False) for kind, key in others if (kind, key) not in seen)


def _shown(candidates, typed):
    """Return the suggestions of those candidates that are public and whose names fit.

    The index of names knows what is not public as well, and only the first letters of a long name.
    """
    keys = defaultdict(list)
    for kind, key, _begins in candidates:
        keys[kind].append(key)
    public = {(kind, record.pk): record for kind in keys for record in PUBLIC[kind]().filter(pk__in=keys[kind])}
    shown = [(kind, public[kind, key], begins) for kind, key, begins in candidates if (kind, key) in public]
    return [_suggestion(kind, record) for kind, record, begins in shown if _fits(kind, record, begins, typed)]


def _fits(kind, record, begins, typed):
    if begins:
        names = map(folded_name, first_names(kind, record, content_language()))
    else:
        names = word_starts(all_names(kind, record))
    return any(name.startswith(typed) for name in names)


def _suggestion(kind, record):
    """Return a record as a suggestion; an organisation leads to the list of practices that its name finds."""
    language = content_language()
    url = _search_url(shown_name(kind, record, language)) if kind == "organisation" else record.get_absolute_url()
    return Suggestion(kind, label(kind, record, language), url)


def _search_url(name):
    """Return the URL of the search for every word of a name, cut at a word to the length that a search may have."""
    longest = settings.QUERY_MAX_LENGTH
    words = name if len(name) <= longest else name[:longest].rsplit(" ", 1)[0]
    return f"{reverse('practice_list')}?{urlencode({'q': words})}"
