"""Suggestions while a reader types: practices, networks, countries, organisations and meetings by name."""

import re
from itertools import chain
from typing import NamedTuple
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import F, Func, Q, TextField, Value
from django.db.models.functions import Coalesce, NullIf
from django.urls import reverse

from catalogue.models import Organisation, Practice, PracticeOrganisation
from catalogue.querysets.expressions import translated
from catalogue.querysets.visibility import published_q
from catalogue.text.folding import SortKey, fold, sort_key
from catalogue.text.languages import CONTENT_LANGUAGES, content_language, fallback_chain
from catalogue.text.search_query import prefix_query
from networks.models import Country, Meeting, Network

LIMIT = 8
SHORTEST = 2
CANDIDATES = 1_000  # practices whose titles are compared letter by letter


class Suggestion(NamedTuple):
    """A name that matches what is typed, the kind of record, and its URL."""

    kind: str
    label: str
    url: str


class Hit(NamedTuple):
    """A suggestion and whether one of its names begins with what is typed."""

    begins: bool
    suggestion: Suggestion

    @property
    def rank(self):
        return not self.begins, sort_key(self.suggestion.label), self.suggestion.kind, self.suggestion.url


def suggestions(text, limit=LIMIT):
    """Return at most ``limit`` suggestions for a text, in six queries; whatever the text is, it is only text.

    A word of a name, in any language, begins with the text, whatever accents and case. First come those whose name on
    the page, acronym or alias begins with it, then the alphabet decides. Less than two characters, or more than a
    search may have, fit nothing.
    """
    typed = _folded_input(text)
    if not typed:
        return []
    hits = (_hit(kind, row) for kind, source in SOURCES.items() for row in source(typed)[:limit])
    return [hit.suggestion for hit in sorted(hits, key=lambda hit: hit.rank)[:limit]]


def _folded_input(text):
    """Return the text as names are compared with it; empty when it is too short or too long."""
    if len(text) > settings.QUERY_MAX_LENGTH:
        return ""
    spaced = " ".join(text.split())
    printable = "".join(letter for letter in spaced if letter.isprintable())
    folded = " ".join(fold(printable).split())
    return folded if min(len(printable), len(folded)) >= SHORTEST else ""


def _practices(typed):
    # the index narrows thousands of practices to a few before their titles are compared letter by letter
    practices = Practice.objects.published().with_title_matching(prefix_query(typed), CANDIDATES).only("slug")
    return _with_prefix(practices, typed, _in_every_language("title", "short_title"), "acronym", _brief_title())


def _organisations(typed):
    taking_part = PracticeOrganisation.objects.filter(published_q("practice__")).values("organisation")
    return _named(Organisation.objects.filter(pk__in=taking_part), typed, "acronym")


SOURCES = {  # kind -> function that returns the matching records, those that begin with what is typed first
    "practice": _practices,
    "network": lambda typed: _named(Network.objects.filter(active=True), typed, "aliases", "short_name"),
    "country": lambda typed: _named(Country.objects.all(), typed, "aliases"),
    "organisation": _organisations,
    "meeting": lambda typed: _named(Meeting.objects.all(), typed, "forum__acronym"),
}


def _hit(kind, row):
    """Return a record as a ``Hit``; an organisation links to the list of practices that its name finds."""
    if kind == "organisation":
        return Hit(row.begins, Suggestion(kind, _with_acronym(row), _search_url(row.label)))
    return Hit(row.begins, Suggestion(kind, row.label, row.get_absolute_url()))


def _named(records, typed, further, *fields):
    """Return the records of which a name has a word that begins with ``typed``; see ``_with_prefix``.

    Databases look for a text much faster than for a pattern, so the pattern is tried only where the text is.
    """
    fields = _in_every_language("name", *fields)
    containing = records.alias(text=_name_lines(*map(F, fields), F(further))).filter(text__fold__contains=typed)
    return _with_prefix(containing, typed, fields, further, translated("name"))


def _with_prefix(records, typed, fields, further, label):
    """Return the records of which a name, in ``fields`` or ``further``, has a word that begins with ``typed``.

    The names stand one under the other in one text, so that each record is folded once and not once for each name.
    """
    return (
        records.alias(names=_name_lines(*map(F, fields), F(further)), first_names=_name_lines(label, F(further)))
        .filter(names__fold__regex=rf"\W{re.escape(typed)}")
        .annotate(label=label, begins=Q(first_names__fold__contains=f"\n{typed}"))
        .order_by("-begins", SortKey(F("label")), "pk")
    )


def _name_lines(*names):
    """Return the names as one text in which each has its line; a missing one is empty."""
    parts = chain.from_iterable((Value("\n"), Coalesce(name, Value(""))) for name in names)
    return Func(*parts, template="(%(expressions)s)", arg_joiner=" || ", output_field=TextField())


def _in_every_language(*fields):
    return [f"{field}_{language}" for field in fields for language in CONTENT_LANGUAGES]


def _brief_title():
    """Return the title that cards show, as an expression: short or long in the reader's language, else in another."""
    own, *others = fallback_chain(content_language())
    texts = [f"short_title_{own}", f"title_{own}"]
    texts += [f"{field}_{language}" for field in ("short_title", "title") for language in others]
    return Coalesce(*(NullIf(F(text), Value("")) for text in texts), Value(""), output_field=TextField())


def _with_acronym(organisation):
    acronym = organisation.shown_acronym
    return organisation.label if acronym in organisation.label else f"{organisation.label} ({acronym})"


def _search_url(name):
    """Return the URL of the search for every word of a name, cut at a word to the length that a search may have."""
    longest = settings.QUERY_MAX_LENGTH
    words = name if len(name) <= longest else name[:longest].rsplit(" ", 1)[0]
    return f"{reverse('practice_list')}?{urlencode({'q': words})}"
