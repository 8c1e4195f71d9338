"""The single door to every list of meetings: page, files, calendar, feed and API ask here."""

from typing import NamedTuple

from django import forms
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from networks.models import Country, Forum, Meeting, Network

YEARS = range(1900, 2101)


class Choice(NamedTuple):
    """A value of a filter, its name, how many meetings it leaves, and whether it is chosen."""

    value: str
    label: str
    count: int
    chosen: bool


class MeetingFilter(forms.Form):
    """What a reader may ask of the meetings. Values of one filter are alternatives; filters narrow each other."""

    forum = forms.MultipleChoiceField(label=_("Forum"), required=False)
    country = forms.MultipleChoiceField(label=_("Country, as participant or host"), required=False)
    network = forms.MultipleChoiceField(label=_("Network"), required=False)
    year = forms.MultipleChoiceField(
        label=_("Year"), required=False, choices=[(str(year), str(year)) for year in YEARS]
    )

    WORDS = {"forum": "of_forums", "country": "with_countries", "network": "of_networks", "year": "in_years"}
    COUNTS = {"forum": "per_forum", "country": "per_country", "network": "per_network", "year": "per_year"}

    def __init__(self, query):
        super().__init__(_cleaned(query))
        self.fields["forum"].choices = [(forum.slug, forum.name) for forum in Forum.objects.all()]
        self.fields["country"].choices = sorted(
            ((country.iso2, country.name) for country in Country.objects.all()), key=lambda pair: pair[1]
        )
        self.fields["network"].choices = [(network.slug, network.name) for network in Network.objects.all()]

    @cached_property
    def qs(self):
        """The meetings asked for; none when something asked for is impossible, so that no error widens a list."""
        return self.narrowed() if self.is_valid() else Meeting.objects.none()

    def narrowed(self, *, leaving_out=None):
        """Return the meetings that all filters keep but one."""
        meetings = Meeting.objects.all()
        for name, word in self.WORDS.items():
            values = self.cleaned_data.get(name) if name != leaving_out else None
            if values:
                meetings = getattr(meetings, word)(values)
        return meetings

    def facets(self):
        """Return ``[(bound field, [Choice])]``: choices with meetings and chosen ones; each holds the other filters."""
        self.is_valid()  # fills ``cleaned_data``, also beside an impossible value
        return [(self[name], self._choices(name)) for name in self.WORDS]

    def _choices(self, name):
        counts = getattr(self.narrowed(leaving_out=name), self.COUNTS[name])()
        chosen = self.data.getlist(name)
        choices = self.fields[name].choices
        rows = [Choice(value, label, counts[value], value in chosen) for value, label in choices]
        return [row for row in (reversed(rows) if name == "year" else rows) if row.count or row.chosen]

    def known_query(self):
        """Return the parameters that decide the list, without unknown ones."""
        return self.data.copy()

    def asked(self):
        """Return ``[(parameter, value)]`` for every value asked for."""
        return [(name, value) for name in self.WORDS for value in self.data.getlist(name)]

    def chosen(self):
        """Return ``[(label of the filter, label of the value)]`` for every value asked for."""
        labels = {name: dict(self.fields[name].choices) for name in self.WORDS}
        return [(self.fields[name].label, labels[name].get(value, value)) for name, value in self.asked()]


def meetings_for(query):
    """Return the ``MeetingFilter`` for a request's parameters."""
    return MeetingFilter(query)


def _cleaned(query):
    """Return the known parameters as a ``QueryDict``: without empty values, each value once, countries in capitals."""
    cleaned = QueryDict(mutable=True)
    for name in MeetingFilter.WORDS:
        values = query.getlist(name) if hasattr(query, "getlist") else [query[name]] if name in query else []
        kept = [value.strip() for value in values if value.strip()]
        if kept:
            cleaned.setlist(name, list(dict.fromkeys(map(str.upper, kept) if name == "country" else kept)))
    return cleaned
