"""The single door to every list of practices: page, files, and later the API and feeds.

The parameters, their names and their codes are promised to the outside in README.md and docs/addresses.md.
"""

from typing import NamedTuple

import django_filters
from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy as _

from catalogue.choices import Evidence, OperationalStatus, Scheme, Scope
from catalogue.folding import sort_key
from catalogue.models import Practice, Term
from catalogue.models.version import current
from catalogue.search.synonyms import read_query
from networks.models import Country, Network

YEARS = {"min_value": 1900, "max_value": 2100}

SORT_CHOICES = [
    ("relevance", _("Relevance")),
    ("title", _("Title, A to Z")),
    ("-start", _("Start, latest first")),
    ("start", _("Start, earliest first")),
    ("-updated", _("Latest update first")),
]


def field(widget, **attributes):
    """Return a widget in the dress of the site's form fields."""
    return widget(attrs={"class": "field", **attributes})


class Condition(NamedTuple):
    """One value a reader chose, in words, and the query that drops it."""

    parameter: str
    label: str
    value: str
    value_label: str
    without: str


class CodesFilter(django_filters.MultipleChoiceFilter):
    """A filter whose values are codes of a list; several are alternatives. A queryset word does the work."""

    def __init__(self, *, word, **options):
        self.word = word
        super().__init__(widget=forms.CheckboxSelectMultiple, **options)

    def filter(self, practices, codes):
        return getattr(practices, self.word)(codes) if codes else practices


class WordFilter(django_filters.Filter):
    """A filter with one value, handed to a queryset word."""

    def __init__(self, *, word, **options):
        self.word = word
        super().__init__(**options)

    def filter(self, practices, value):
        return practices if value in (None, "") else getattr(practices, self.word)(value)


class TextFilter(WordFilter):
    """A filter with a text."""

    field_class = forms.CharField


class SearchFilter(TextFilter):
    """The text search: any words, in any of the three languages."""

    def filter(self, practices, text):
        return practices.matching(self.parent.search_query) if text else practices


class DayFilter(WordFilter):
    """A filter with a day, written 2026-01-31."""

    field_class = forms.DateField


class YearFilter(WordFilter):
    """A filter with one year."""

    field_class = forms.IntegerField


class SortFilter(django_filters.ChoiceFilter):
    """The order of the list; without one, rows come by code."""

    def __init__(self):
        super().__init__(
            label=_("Sort by"), choices=SORT_CHOICES, empty_label=_("Code of the record"), widget=field(forms.Select)
        )

    def filter(self, practices, value):
        orders = {
            "title": practices.by_title,
            "start": practices.by_start,
            "-start": lambda: practices.by_start(latest_first=True),
            "-updated": practices.by_update,
        }
        if value == "relevance" and self.parent.search_query.clauses:
            return practices.by_relevance(self.parent.search_query)
        return orders.get(value, practices.by_code)()


class PracticeFilter(django_filters.FilterSet):
    """What a reader may ask of the list. Values of one filter are alternatives; filters narrow each other."""

    q = SearchFilter(word="matching", label=_("Search"), max_length=settings.QUERY_MAX_LENGTH)
    network = CodesFilter(word="in_networks", label=_("Network"))
    country = CodesFilter(word="in_countries", label=_("Country"))
    scope = CodesFilter(word="in_scopes", label=_("Scope"), choices=Scope)
    status = CodesFilter(word="with_status", label=_("Operational status"), choices=OperationalStatus)
    population = CodesFilter(word="for_populations", label=_("Target population"))
    keyword = CodesFilter(word="with_keywords", label=_("Keyword"))
    gcm = CodesFilter(word="for_gcm_objectives", label=_("Objective of the Global Compact"))
    sdg = CodesFilter(word="for_sdgs", label=_("Sustainable Development Goal"))
    evidence = CodesFilter(word="with_evidence", label=_("Evidence level"), choices=Evidence)
    updated_since = DayFilter(
        word="updated_since", label=_("Updated since"), widget=field(forms.DateInput, type="date")
    )
    sort = SortFilter()

    def __init__(self, data=None, queryset=None, version=None):
        super().__init__(_cleaned(data or {}), queryset)
        for name, choices in stored_choices(version or current()).items():
            self.filters[name].extra["choices"] = choices

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
    def search_query(self):
        """What the reader searches for; without clauses when she does not search."""
        return read_query(self.form.cleaned_data.get("q") or "")

    @property
    def qs(self):
        """The practices asked for; none when something asked for is impossible, so that no error widens a list."""
        return super().qs if self.is_valid() else self.queryset.none()

    @property
    def is_by_code(self):
        """Whether the list comes in the order of the code."""
        sort = self.is_valid() and self.form.cleaned_data["sort"]
        return not sort or (sort == "relevance" and not self.search_query.clauses)

    def known_query(self):
        """Return the parameters that decide the list, without the page and without unknown ones."""
        query = self.data.copy()
        for name in set(query) - set(self.filters):
            del query[name]
        return query

    def chosen(self):
        """Return a ``Condition`` for every active value, in the order of the form."""
        return [
            Condition(name, self.filters[name].label, value, self._label_of(name, value), self._without(name, value))
            for name in self.filters
            if name != "sort"
            for value in self.data.getlist(name)
        ]

    def _label_of(self, name, value):
        return dict(getattr(self.form.fields[name], "choices", ())).get(value, value)

    def _without(self, name, value):
        query = self.known_query()
        query.setlist(name, [other for other in query.getlist(name) if other != value])
        return f"?{query.urlencode()}"


def practices_for(query, version=None):
    """Return the ``PracticeFilter`` for a request's parameters: THE SINGLE DOOR to published practices.

    ``version`` is the version of the catalogue where the caller has read it already.
    """
    return PracticeFilter(query, Practice.objects.published().for_listing(), version)


def stored_choices(version):
    """Return the choices that are rows of the database, by parameter; read once for each version and language."""
    wanted = (version, get_language())
    known, choices = _last_choices.get("", (None, None))
    if known != wanted:
        choices = _read_choices()
        _last_choices[""] = wanted, choices  # one assignment: another thread sees both or neither
    return choices


_last_choices = {}


def _read_choices():
    """Return the choices from the database, in three queries."""
    terms = list(Term.objects.all())

    def of(scheme):
        return [(term.code, term.label) for term in terms if term.scheme == scheme]

    return {
        "network": [(network.slug, network.name) for network in Network.objects.all()],
        "country": sorted(
            ((country.iso2, country.name) for country in Country.objects.all()), key=lambda choice: sort_key(choice[1])
        ),
        "population": sorted(of(Scheme.POPULATION), key=lambda choice: sort_key(choice[1])),
        "keyword": sorted(of(Scheme.KEYWORD), key=lambda choice: sort_key(choice[1])),
        "gcm": of(Scheme.GCM),
        "sdg": of(Scheme.SDG),
    }


def _cleaned(query):
    """Return the parameters without empty values, and countries in capitals, as a ``QueryDict``."""
    given = query if isinstance(query, QueryDict) else MultiValueDict({name: [value] for name, value in query.items()})
    cleaned = QueryDict(mutable=True)
    for name, values in given.lists():
        kept = [value.strip() for value in values if value.strip()]
        if kept:
            cleaned.setlist(name, [value.upper() for value in kept] if name == "country" else kept)
    return cleaned
