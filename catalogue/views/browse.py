"""Lists of practices, networks and States."""

from django.conf import settings
from django.core.paginator import InvalidPage, Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from catalogue.cards import cards, cards_found
from catalogue.facets import drops, facets
from catalogue.filters import practices_for
from catalogue.folding import sort_key
from catalogue.models import Practice
from catalogue.search.vocabulary import did_you_mean
from catalogue.views.caching import versioned
from networks.models import Country, Network


@require_safe
@versioned
def practice_list(request):
    """The list with its filters; an impossible value is explained beside its field."""
    filterset = practices_for(request.GET, request.version)
    counted = facets(filterset, request.version)
    keys = counted.by_code if filterset.is_by_code else filterset.qs.primary_keys()
    page = page_of(keys, request.GET.get("page"), counted.total)
    return render(
        request,
        "catalogue/practice_list.html",
        {
            "filter": filterset,
            "facets": counted.choices,
            "drops": [] if counted.total else drops(filterset, request.version),
            "meant": None if counted.total else what_was_meant(filterset, request.version),
            "page": page,
            "cards": cards_of(page, filterset, request.version),
            "page_numbers": page.paginator.get_elided_page_range(page.number),
        },
    )


@require_safe
@versioned
def network_list(request):
    """The six networks, also those without a practice."""
    return render(request, "catalogue/network_list.html", {"networks": networks_with_counts()})


@require_safe
@versioned
def network_detail(request, slug):
    """One network and its practices."""
    network = get_object_or_404(Network, slug=slug)
    practices = practices_for({"network": network.slug}).qs
    return render(request, "catalogue/network_detail.html", {"network": network, "practices": practices})


@require_safe
@versioned
def country_list(request):
    """The twelve member States, also those without a practice, in the alphabetical order of the language."""
    return render(request, "catalogue/country_list.html", {"countries": countries_with_counts()})


@require_safe
@versioned
def country_detail(request, iso2):
    """One State, the practices it implements and those that concern it."""
    country = get_object_or_404(Country, iso2=iso2.upper())
    if iso2 != iso2.lower():
        raise Http404
    return render(
        request,
        "catalogue/country_detail.html",
        {
            "country": country,
            "practices": practices_for({"country": country.iso2}).qs,
            "related": Practice.objects.published().concerning(country.iso2).by_code().for_listing(),
        },
    )


def cards_of(page, filterset, version):
    """Return the cards of a page of primary keys; those of a search say where the words were found."""
    if filterset.is_valid() and filterset.search_query.clauses:
        return cards_found(list(page), filterset.search_query)
    return cards(list(page), version)


def what_was_meant(filterset, version):
    """Return a search that finds something where this one found nothing: its text, its count and its address."""
    text = filterset.data.get("q") if filterset.is_valid() else None
    mended = did_you_mean(text, version) if text else None
    if not mended:
        return None
    query = filterset.known_query()
    query["q"] = mended
    count = practices_for(query).qs.count()
    return {"text": mended, "count": count, "address": f"?{query.urlencode()}"} if count else None


def page_of(practices, number, total):
    """Return a page of 20 out of ``total``; a page that does not exist is not found rather than guessed."""
    paginator = Paginator(practices, settings.PRACTICES_PER_PAGE)
    paginator.count = total  # the facets have counted already
    try:
        return paginator.page(number or 1)
    except InvalidPage as problem:
        raise Http404 from problem


def networks_with_counts():
    """Return ``[(network, number of practices)]`` for every active network."""
    counts = Practice.objects.published().per_network()
    return [(network, counts.get(network.slug, 0)) for network in Network.objects.filter(active=True)]


def countries_with_counts():
    """Return ``[(country, number of practices)]`` for every State, in the order of the active language."""
    counts = Practice.objects.published().per_country()
    countries = sorted(Country.objects.all(), key=lambda country: sort_key(country.name))
    return [(country, counts.get(country.iso2, 0)) for country in countries]
