"""The single door to every list of practices: page, files, and later the API and feeds.

The parameters, their names and their codes are promised to the outside in README.md and docs/addresses.md.
"""

import copy
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlencode

import django_filters
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext, gettext_lazy as _, pgettext_lazy

from catalogue.choices import Evidence, OperationalStatus, Scope
from catalogue.listing.filter_choices import stored_choices
from catalogue.listing.filter_fields import (
    CodesFilter,
    DayFilter,
    SelectionFilter,
    SortFilter,
    TextFilter,
    YearFilter,
    field,
)
from catalogue.models import Practice
from catalogue.models.version import current
from catalogue.search.synonyms import read_query

PREPARED = 8  # versions and languages whose filters are kept
YEARS = {"min_value": 1900, "max_value": 2100}

CARRIED = ("pick", "more")  # what the page of a list carries along: marked records, facets shown in full


class Condition(NamedTuple):
    """One value a reader chose, in words, and the query that drops it."""

    parameter: str
    label: str
    value: str
    value_label: str
    without: str


class PracticeFilter(django_filters.FilterSet):
    """What a reader may ask of the list. Values of one filter are alternatives; filters narrow each other."""

    errors = None  # a plain attribute: read together with the values, not from a form

    q = TextFilter(word="matching", label=pgettext_lazy("noun", "Search"), max_length=settings.QUERY_MAX_LENGTH)
    id = SelectionFilter(word="with_codes", label=_("Selection"))
    network = CodesFilter(word="in_networks", label=_("Network"))
    country = CodesFilter(word="in_countries", label=_("Country"))
    scope = CodesFilter(word="in_scopes", label=_("Scope"), choices=Scope)
    status = CodesFilter(word="with_status", label=_("Operational status"), choices=OperationalStatus)
    population = CodesFilter(word="for_populations", label=_("Target population"))
    keyword = CodesFilter(word="with_keywords", label=_("Keyword"))
    gcm = CodesFilter(word="for_gcm_objectives", label=_("Objective of the Global Compact"))
    sdg = CodesFilter(word="for_sdgs", label=_("Sustainable Development Goal"))
    principle = CodesFilter(word="for_guiding_principles", label=_("Guiding principle of the Global Compact"))
    sdg_target = CodesFilter(word="for_sdg_targets", label=_("Target of the Sustainable Development Goals"))
    psdhm = CodesFilter(word="for_psdhm_programmes", label=_("Programme of the PSDHM"))
    evidence = CodesFilter(word="with_evidence", label=_("Evidence level"), choices=Evidence)
    edition = CodesFilter(word="in_editions", label=_("Edition"))
    updated_since = DayFilter(
        word="updated_since", label=_("Updated since"), widget=field(forms.DateInput, type="date")
    )
    sort = SortFilter()

    def __init__(self, data, version=None):
        """Read the parameters; without the parent's own: it copies every filter and every choice for each request."""
        self.data = _cleaned(data)
        self.version, self.language = version or current(), get_language()
        self.filters = prepared_filters(self.version, self.language)
        self.is_bound, self.form_prefix = True, None
        self.values, self.errors = {}, {}
        for name in self.filters.keys() & self.data.keys():
            self._read(name)

    def _read(self, name):
        """Put the value of a parameter into ``values``, or what is wrong with it into ``errors``."""
        try:
            self.values[name] = self.clean(name, self.data.getlist(name))
        except ValidationError as problem:
            self.errors[name] = problem.messages

    def clean(self, name, given):
        """Return the value that a parameter's texts mean; a list filter takes every text, any other the last.

        Raises ``ValidationError`` with what is wrong.
        """
        kind = self.filters[name]
        if isinstance(kind, CodesFilter) and kind.codes.issuperset(given):
            return given  # the field looks through all its choices for each of them
        return kind.field.clean(given if isinstance(kind, CodesFilter | SelectionFilter) else (given or [None])[-1])

    @classmethod
    def get_filters(cls):
        """Add the two filters whose promised names are words of Python."""
        return super().get_filters() | {
            "from": YearFilter(
                word="running_since_or_after", label=_("From year"), widget=field(forms.NumberInput), **YEARS
            ),
            "to": YearFilter(word="running_by", label=_("To year"), widget=field(forms.NumberInput), **YEARS),
        }

    @cached_property
    def queryset(self):
        """The published practices, which everything asked for narrows."""
        return Practice.objects.published().for_listing()

    @cached_property
    def search_query(self):
        """What the reader searches for; without clauses when she does not search."""
        return read_query(self.values.get("q") or "", self.version)

    @cached_property
    def in_full(self):
        """The names of the facets of which all choices are to be shown."""
        return frozenset(self.data.getlist("more"))

    @cached_property
    def asked(self):
        """The ``conditions`` of what the reader asked for."""
        return tuple(self.conditions(self.values))

    def is_valid(self):
        """Whether everything asked for is possible."""
        return not self.errors

    @cached_property
    def qs(self):
        """The practices asked for; none when something asked for is impossible, so that no error widens a list."""
        if not self.is_valid():
            return self.queryset.none()
        practices = self.queryset
        for name, value in self.asked:
            practices = self.filters[name].filter(practices, value)
        return practices.in_order(self.order, self.search_query)

    def conditions(self, values):
        """Yield ``(parameter, value)`` for everything that narrows the list, the text as a ``Query``."""
        for name, value in values.items():
            if name != "sort" and value not in (None, "", []):
                yield name, read_query(value, self.version) if name == "q" else value

    @property
    def order(self):
        """The order of the rows, one of ``SORT_CHOICES``; empty for that of the code."""
        chosen = self.values.get("sort") or ""
        return "" if chosen == "relevance" and not self.search_query.clauses else chosen

    def known_query(self):
        """Return the parameters that decide the list, as they were understood, without the page and unknown ones.

        What is impossible stays as it was written.
        """
        query = QueryDict(mutable=True)
        for name, texts in self.data.lists():
            if name in self.errors:
                query.setlist(name, texts)
            elif (value := self.values.get(name)) not in (None, "", []):
                query.setlist(name, value if isinstance(value, list) else [str(value)])
        return query

    @cached_property
    def page_address(self):
        """What links of the page keep, as a query: the parameters that decide the list, and what the page carries."""
        query, names = QueryDict(mutable=True), {*self.filters, *CARRIED}
        for name, values in self.data.lists():
            if name in names:
                query.setlist(name, values)
        return query.urlencode()

    def chosen(self):
        """Return a ``Condition`` for every active value, in the order of the form."""
        asked = [(name, value) for name in (*self.filters, *CARRIED) for value in self.data.getlist(name)]
        written = {pair: urlencode([pair]) for pair in asked}
        return [
            Condition(
                name,
                self.filters[name].label,
                value,
                self._label_of(name, value),
                "?" + "&".join([written[other] for other in asked if other != (name, value)]),
            )
            for name, value in asked
            if name in self.filters and name != "sort"
        ]

    def in_words(self):
        """Return what the list holds: ``Country: Peru or Chile; Scope: National``."""
        values = {}
        for condition in self.chosen():
            values.setdefault(str(condition.label), []).append(str(condition.value_label))
        alternatives = gettext(" or ")
        conditions = [f"{label}: {alternatives.join(several)}" for label, several in values.items()]
        return "; ".join(conditions) or gettext("All published practices")

    def _label_of(self, name, value):
        return dict(self.filters[name].options).get(value, value)


def practices_for(query, version=None):
    """Return the ``PracticeFilter`` for a request's parameters: THE SINGLE DOOR to published practices.

    ``version`` is the version of the catalogue where the caller has read it already.
    """
    return PracticeFilter(query, version)


@lru_cache(maxsize=PREPARED)
def prepared_filters(version, _language):
    """Return the filters, made once for each version and language: label and ``options`` are in the active language.

    ``options`` are the ``(code, label)`` of every choice, ``codes`` the codes alone, ``attributes`` those of the
    field's HTML.
    """
    filters = copy.deepcopy(PracticeFilter.base_filters)
    stored = stored_choices(version).labelled()
    for name, kind in filters.items():
        kind.label = str(kind.label)
        if name in stored:
            kind.extra["choices"] = stored[name]
        kind.attributes = flatatt(kind.field.widget.attrs)
        kind.options = [(code, str(label)) for code, label in getattr(kind.field, "choices", ())]
        kind.codes = frozenset(code for code, _label in kind.options)
    return filters


def _cleaned(query):
    """Return the parameters as a ``QueryDict``: without empty values, each value once, and countries in capitals."""
    given = query if isinstance(query, QueryDict) else MultiValueDict({name: [value] for name, value in query.items()})
    cleaned = QueryDict(mutable=True)
    for name, values in given.lists():
        kept = [value.strip() for value in values if value.strip()]
        if kept:
            cleaned.setlist(name, list(dict.fromkeys(map(str.upper, kept) if name == "country" else kept)))
    return cleaned
