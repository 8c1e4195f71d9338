"""The single entry point to every list of practices: page, files, feeds and API ask here.

The parameters, their names and their codes are promised to the outside in docs/addresses.md. All places that a new
filter touches, its counts among them, are listed in CONTRIBUTING.md.
"""

import copy

from django.conf import settings
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext, gettext_lazy as _, pgettext_lazy

from catalogue.caching.lru import ProcessCache
from catalogue.caching.shared import shared_entry
from catalogue.choices import Evidence, OperationalStatus, Scope
from catalogue.listing.filter_choices import stored_choices
from catalogue.listing.filter_fields import DayFilter, SelectionFilter, SortFilter, TextFilter, YearFilter
from catalogue.models import Practice
from catalogue.models.version import current
from catalogue.search.synonyms import read_query
from networks.list_filter import CodesFilter, ListFilter

PUBLISHED = Practice.objects.published()  # to put it together takes as long as to count a facet; a filter clones it
_prepared = ProcessCache(6)  # by language, of the database and of its replica


class PracticeFilter(ListFilter):
    """The parameters of the list of practices.

    Labels, choices and fields are made once for each language, by ``prepared_filters``.
    """

    carried = ("pick", "more")  # marked records, and facets shown in full

    q = TextFilter(
        queryset_method="matching", label=pgettext_lazy("noun", "Search"), max_length=settings.QUERY_MAX_LENGTH
    )
    id = SelectionFilter(queryset_method="with_codes", label=_("Selection"))
    network = CodesFilter(queryset_method="in_networks", label=_("Network"))
    country = CodesFilter(queryset_method="in_countries", label=_("Country"))
    scope = CodesFilter(queryset_method="in_scopes", label=_("Scope"), choices=Scope.choices)
    status = CodesFilter(
        queryset_method="with_status", label=_("Operational status"), choices=OperationalStatus.choices
    )
    population = CodesFilter(queryset_method="for_populations", label=_("Target population"))
    keyword = CodesFilter(queryset_method="with_keywords", label=_("Keyword"))
    gcm = CodesFilter(queryset_method="for_gcm_objectives", label=_("Objective of the Global Compact"))
    sdg = CodesFilter(queryset_method="for_sdgs", label=_("Sustainable Development Goal"))
    principle = CodesFilter(
        queryset_method="for_guiding_principles", label=_("Guiding principle of the Global Compact")
    )
    sdg_target = CodesFilter(queryset_method="for_sdg_targets", label=_("Target of the Sustainable Development Goals"))
    psdhm = CodesFilter(queryset_method="for_psdhm_programmes", label=_("Programme of the PSDHM"))
    evidence = CodesFilter(queryset_method="with_evidence", label=_("Evidence level"), choices=Evidence.choices)
    edition = CodesFilter(queryset_method="in_editions", label=_("Edition"))
    updated_since = DayFilter(queryset_method="updated_since", label=_("Updated since"))
    sort = SortFilter()

    def __init__(self, query, version=None):
        self.version = version or current()
        self.base_filters = prepared_filters(self.version)
        super().__init__(query, PUBLISHED)

    @classmethod
    def get_filters(cls):
        """Add the two filters whose promised names are words of Python."""
        return super().get_filters() | {
            "from": YearFilter(field_name="from", queryset_method="still_running_in", label=_("From year")),
            "to": YearFilter(field_name="to", queryset_method="begun_by", label=_("To year")),
        }

    def filter_queryset(self, queryset):
        return super().filter_queryset(queryset.for_listing()).in_order(self.order, self.search_query)

    @cached_property
    def search_query(self):
        """What the reader searches for; without clauses when she does not search."""
        return read_query(self.values.get("q", ""), self.version)

    @cached_property
    def asked(self):
        """The ``conditions`` of what the reader asked for."""
        return tuple(self.conditions(self.values))

    def conditions(self, values):
        """Yield ``(parameter, value)`` for everything that narrows the list, the text as a ``Query``."""
        for name, value in values.items():
            if name != "sort" and value not in (None, "", []):
                yield name, read_query(value, self.version) if name == "q" else value

    @cached_property
    def in_full(self):
        """The names of the facets of which all choices are to be shown."""
        return frozenset(self.data.getlist("more"))

    @property
    def order(self):
        """The order of the rows, one of ``SORT_CHOICES``; empty for that of the code."""
        chosen = self.values.get("sort", "")
        return "" if chosen == "relevance" and not self.search_query.clauses else chosen

    @cached_property
    def page_address(self):
        """What links of the page keep, as a query: the parameters that decide the list, and what the page carries."""
        query, names = QueryDict(mutable=True), {*self.filters, *self.carried}
        for name, values in self.data.lists():
            if name in names:
                query.setlist(name, values)
        return query.urlencode()

    def in_words(self):
        return super().in_words() or gettext("All published practices")


def practices_for(query, version=None):
    """Return the ``PracticeFilter`` for a request's parameters: THE SINGLE ENTRY POINT to published practices.

    ``version`` is the version of the catalogue where the caller has read it already.
    """
    return PracticeFilter(query, version)


def prepared_filters(version):
    """Return the filters with their labels, choices and fields in the active language; copies of them are used."""
    return shared_entry(_prepared, get_language(), version, _prepare, version)


def _prepare(version):
    filters = copy.deepcopy(PracticeFilter.base_filters)
    stored = stored_choices(version).labelled()
    for name, each in filters.items():
        if name in stored:
            each.options = stored[name]
        each.prepare()
    return filters
