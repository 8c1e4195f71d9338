"""The rows and columns of tables of counts: the label, the filters and the URL of each."""

from typing import NamedTuple

from django.utils.translation import gettext as _, gettext_lazy

from catalogue.choices import Scheme
from catalogue.listing.filter_choices import stored_choices
from catalogue.listing.paging import query_of
from catalogue.text.folding import sort_key


class Heading(NamedTuple):
    """A row or a column: its code, its label, the filters it stands for, and the URL of its page."""

    code: str
    label: str
    filters: tuple  # of (parameter, value)
    short: str = ""
    url: str = ""
    colour: str = ""

    @property
    def query(self):
        return query_of(self.filters)


class Axis(NamedTuple):
    """The rows or the columns of a table; ``parameter`` heads the column of codes in its file."""

    parameter: str
    label: str
    headings: list


def active_networks(version):
    """Return the thematic networks in the order of the Conference."""
    return [network for network in stored_choices(version).networks if network.active]


def member_states(version):
    """Return all States in the alphabetical order of the active language."""
    return sorted(stored_choices(version).countries, key=lambda country: sort_key(country.name))


def network_axis(networks):
    headings = [
        Heading(each.slug, each.name, (("network", each.slug),), each.short_name, each.get_absolute_url(), each.colour)
        for each in networks
    ]
    return Axis("network", _("Network"), headings)


def country_axis(countries):
    headings = [
        Heading(each.iso2, each.name, (("country", each.iso2),), url=each.get_absolute_url()) for each in countries
    ]
    return Axis("country", _("Country"), headings)


def term_axis(version, scheme):
    """Return the terms of a framework; its code is also the parameter of the list."""
    terms = [term for term in stored_choices(version).terms if term.scheme == scheme]
    headings = [Heading(each.code, each.label, ((scheme, each.code),), url=each.get_absolute_url()) for each in terms]
    return Axis(str(scheme), str(FRAMEWORK_LABELS[scheme]), headings)


FRAMEWORK_LABELS = {
    Scheme.GCM: gettext_lazy("Objective of the Global Compact"),
    Scheme.PRINCIPLE: gettext_lazy("Guiding principle of the Global Compact"),
    Scheme.SDG: gettext_lazy("Sustainable Development Goal"),
    Scheme.SDG_TARGET: gettext_lazy("Target of the Sustainable Development Goals"),
    Scheme.PSDHM: gettext_lazy("Programme of the PSDHM"),
}


def edition_axis(version):
    """Return the editions, the earliest first."""
    editions = sorted(stored_choices(version).editions, key=lambda edition: (edition.year, edition.slug))
    headings = [Heading(each.slug, str(each), (("edition", each.slug),)) for each in editions]
    return Axis("edition", _("Edition"), headings)


def choice_axis(parameter, label, choices):
    return Axis(parameter, label, [Heading(code, str(name), ((parameter, code),)) for code, name in choices.choices])
