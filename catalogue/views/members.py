"""Who is in the Conference: pages of its networks and of its States, with what they document and what is missing."""

from typing import NamedTuple

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalogue.caching.etags import versioned
from catalogue.choices import Scheme
from catalogue.coverage.charts import Steps, south_america, timeline
from catalogue.coverage.documentation_gaps import gaps
from catalogue.coverage.tables import (
    active_networks,
    counted,
    country_axis,
    figures,
    member_states,
    network_axis,
    networks_by_country,
    term_axis,
)
from catalogue.listing.filters import practices_for
from catalogue.listing.paging import query_of
from catalogue.models import Adaptation, Practice
from networks.borders import neighbours_of
from networks.filters import MeetingFilter
from networks.models import Country, Meeting, Network

NEARBY = 6  # practices of neighbouring States that a page shows
LATEST_MEETINGS = 5  # that the page of a network or of a State names


@require_safe
@versioned
def network_list(request):
    """The six networks, also those without a practice."""
    return render(request, "catalogue/network_list.html", {"cards": network_cards(request.version)})


@require_safe
@versioned
def network_detail(request, slug):
    """One network: its figures, its practices, the objectives they serve, and the States with room to add one."""
    network = get_object_or_404(Network, slug=slug)
    chosen = ("network", network.slug)
    context = page_of_member(request.version, chosen)
    states = counted(country_axis(member_states(request.version)), request.version, chosen)
    objectives = counted(term_axis(request.version, Scheme.GCM), request.version, chosen)
    return render(
        request,
        "catalogue/network_detail.html",
        {
            **context,
            "meetings": meetings_of(chosen),
            "network": network,
            "timeline": timeline(context["practices"]),
            "states": states,
            "room": [heading for heading, cell in states if not cell.count],
            "objectives": [(heading, cell) for heading, cell in objectives if cell.count],
            "others": [card for card in network_cards(request.version) if card.network != network],
        },
    )


@require_safe
@versioned
def country_list(request):
    """The twelve member States on the map and as a list, also those without a practice."""
    return render(request, "catalogue/country_list.html", {"map": map_of(request.version)})


@require_safe
@versioned
def country_detail(request, iso2):
    """One State: figures, practices, those that concern it, networks with room; without a record, its neighbours'."""
    country = get_object_or_404(Country, iso2=iso2.upper())
    if iso2 != iso2.lower():
        raise Http404
    chosen = ("country", country.iso2)
    context = page_of_member(request.version, chosen)
    networks = counted(network_axis(active_networks(request.version)), request.version, chosen)
    others = counted(country_axis(member_states(request.version)), request.version)
    return render(
        request,
        "catalogue/country_detail.html",
        {
            **context,
            "meetings": meetings_of(chosen),
            "country": country,
            "related": Practice.objects.published().concerning(country.iso2).by_code().for_listing(),
            "adaptations": adaptations_of(country),
            **({} if context["practices"] else practices_near(country)),
            "networks": networks,
            "room": [heading for heading, cell in networks if not cell.count],
            "others": [(heading, cell) for heading, cell in others if heading.code != country.iso2],
            "drawing": south_america(),
        },
    )


def page_of_member(version, chosen):
    """Return what the pages of a network, of a State and of a term have in common: figures, practices and gaps."""
    practices = practices_for(dict([chosen]), version).qs
    shown = list(practices[: settings.PRACTICES_PER_PAGE])
    in_figures = figures(version, chosen)
    return {
        "figures": in_figures,
        "practices": shown,
        "are_all": len(shown) == in_figures.practices,
        "gaps": gaps(practices, in_figures.practices) if shown else [],
    }


def meetings_of(chosen):
    """Return the latest meetings of a network or of a State, how many there are, and the query of all of them."""
    parameter, value = chosen
    meetings = MeetingFilter.base_filters[parameter].filter(Meeting.objects.all(), [value]).latest_first()
    return {"rows": meetings[:LATEST_MEETINGS], "total": meetings.count(), "query": query_of([chosen])}


def adaptations_of(country):
    """Return ``[(heading, adaptations)]``: those a State makes, and those others make of its practices."""
    published = Adaptation.objects.published().for_listing()
    return [
        (_("Practices of other States adapted by this State"), published.made_by(country.iso2)),
        (_("Practices of this State adapted by other States"), published.of_practices_of(country.iso2)),
    ]


def practices_near(country):
    """Return some practices of the States next door, the latest first, and the query of all of them."""
    codes = neighbours_of(country.iso2)
    nearby = Practice.objects.published().in_countries(codes).by_start(latest_first=True).for_listing()
    return {"nearby": nearby[:NEARBY], "nearby_query": query_of([("country", code) for code in codes])}


class NetworkCard(NamedTuple):
    """A network, the number of its practices, and the names of the States that contribute them."""

    network: Network
    count: int
    states: list


def network_cards(version):
    """Return a card for each network, from the matrix of States and networks."""
    matrix = networks_by_country(version)

    def states(index):
        return [row.heading.label for row in matrix.rows if row.cells[index].count]

    networks = enumerate(active_networks(version))
    return [NetworkCard(network, matrix.totals[index].count, states(index)) for index, network in networks]


class Place(NamedTuple):
    """A State, its count, the short names of its networks, and its outline where the map knows it."""

    country: Country
    count: int
    networks: list
    step: int
    shape: object


class StateMap(NamedTuple):
    """The drawing, the States in the order of their list, and the steps of colour in words."""

    drawing: object
    places: list
    key: list


def map_of(version):
    """Return the map of the States and their counts, from the matrix of States and networks."""
    matrix = networks_by_country(version)
    drawing = south_america()
    step = Steps(row.total.count for row in matrix.rows)

    def place(country, row):
        cells = zip(matrix.across.headings, row.cells, strict=True)
        networks = [heading.short for heading, cell in cells if cell.count]
        count = row.total.count
        return Place(country, count, networks, step.of(count), drawing.states.get(country.iso2))

    return StateMap(drawing, [place(*pair) for pair in zip(member_states(version), matrix.rows, strict=True)], step.key)
