"""The single entry point to every list of meetings: page, files, calendar, feed and API ask here."""

from django.utils.translation import gettext_lazy as _

from networks.list_filter import Choice, CodesFilter, ListFilter
from networks.models import Country, Forum, Meeting, Network

YEARS = range(1900, 2101)


class CountedFilter(CodesFilter):
    """A facet; ``counted_by`` is the queryset method that counts the rows of each choice."""

    def __init__(self, *, counted_by, **options):
        self.counted_by = counted_by
        super().__init__(**options)


class MeetingFilter(ListFilter):
    """The parameters of the list of meetings."""

    forum = CountedFilter(queryset_method="of_forums", counted_by="per_forum", label=_("Forum"))
    country = CountedFilter(
        queryset_method="with_countries", counted_by="per_country", label=_("Country, as participant or host")
    )
    network = CountedFilter(queryset_method="of_networks", counted_by="per_network", label=_("Network"))
    year = CountedFilter(
        queryset_method="in_years",
        counted_by="per_year",
        label=_("Year"),
        choices=[(str(year), str(year)) for year in YEARS],
    )

    def __init__(self, query):
        super().__init__(query, Meeting.objects.all())
        countries = ((country.iso2, country.name) for country in Country.objects.all())
        self.filters["country"].options = sorted(countries, key=lambda option: option[1])
        self.filters["forum"].options = [(forum.slug, forum.name) for forum in Forum.objects.all()]
        self.filters["network"].options = [(network.slug, network.name) for network in Network.objects.all()]

    def facets(self):
        """Return ``[(filter, [Choice])]``: choices with meetings and chosen ones; each holds the other filters."""
        return [(each, self._choices_of(each)) for each in self.filters.values()]

    def _choices_of(self, facet):
        meetings = self.queryset
        for name, value in self.values.items():
            if name != facet.name:
                meetings = self.filters[name].filter(meetings, value)
        counts, chosen = getattr(meetings, facet.counted_by)(), facet.chosen
        choices = [Choice(code, label, counts[code], code in chosen) for code, label in facet.options]
        shown = [choice for choice in choices if not choice.disabled]
        return shown[::-1] if facet.name == "year" else shown


def meetings_for(query):
    """Return the ``MeetingFilter`` for a request's parameters."""
    return MeetingFilter(query)
