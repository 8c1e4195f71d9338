"""The endpoints of the API. What a list holds is decided by ``practices_for``, as on the page and in the files."""

from functools import partial

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from catalogue.api import records, shapes
from catalogue.api.access import public, reading
from catalogue.api.endpoints import Listing, listing_endpoint, possible, record_endpoint
from catalogue.api.paging import LARGEST_OF_WHOLE, LARGEST_PAGE
from catalogue.choices import Scheme
from catalogue.coverage.tables import active_networks, member_states
from catalogue.documents import reading as documents
from catalogue.exports.records import public_record, result_of_practice, summary_record
from catalogue.listing.bitsets import bitset_index
from catalogue.listing.facets import Facets
from catalogue.listing.filters import practices_for
from catalogue.models import Practice, Result, Term
from networks.models import Country, Network

LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"


@public
@extend_schema(operation_id="start", summary=_("Entry point for programs"), responses=shapes.StartSerializer)
@reading
def start(request):
    """The name, the licence and the addresses of everything else."""
    documentation = records.api_url("documentation")
    about = {"name": str(settings.SITE_NAME), "version": "1", "licence": LICENCE_URL, "documentation": documentation}
    return Response({**about, **{name: records.api_url(name) for name in ("schema", *shapes.LISTS)}})


@listing_endpoint(
    "practices",
    _("List of practices, with filters"),
    shapes.PracticeSummarySerializer,
    fields=shapes.PracticeSerializer,
    filtered=True,
)
def practice_list(request):
    """The practices that the same filters list on the page, in the same order.

    `fields` may also name parts of the whole record.
    """
    version = request._request.version
    filterset = possible(practices_for(request.GET, version))
    if request.wanted and not request.wanted <= set(shapes.PracticeSummarySerializer().fields):
        rows, record, largest = partial(documents.listed, version=version), public_record, LARGEST_OF_WHOLE
    else:
        rows, record, largest = Practice.objects.published().for_listing().listed, summary_record, LARGEST_PAGE
    return Listing(
        Facets(filterset).listed,
        lambda page: [records.addressed(record(row), "practice") for row in rows(list(page))],
        filterset,
        largest,
    )


@record_endpoint("practice", _("One practice"), shapes.PracticeSerializer)
def practice_detail(request, slug):
    """The whole record of a practice, by its slug or by its code."""
    found = documents.fetched(Practice.objects.published().known_as(slug), request._request.version)
    if not found:
        raise Http404
    return records.addressed(public_record(found[0]), "practice")


@listing_endpoint("results", _("List of figures, with filters"), shapes.ResultSerializer, filtered=True)
def result_list(request):
    """The figures of the practices that the filters keep, in the order of the codes of the practices."""
    filterset = possible(practices_for(request.GET, request._request.version))
    results = Result.objects.of_practices(Facets(filterset).keys)
    return Listing(results, lambda page: [result_of_practice(row) for row in page], filterset)


@listing_endpoint("networks", _("Thematic networks"), shapes.NetworkSerializer)
def network_list(request):
    """The active networks, also those without a practice."""
    count = counter(request, "network")
    networks = active_networks(request._request.version)
    return Listing(networks, lambda page: [records.network_record(each, count(each.slug)) for each in page])


@record_endpoint("network", _("One network"), shapes.NetworkSerializer)
def network_detail(request, slug):
    """A network by its slug."""
    return records.network_record(get_object_or_404(Network, slug=slug), counter(request, "network")(slug))


@listing_endpoint("countries", _("Member States"), shapes.CountrySerializer)
def country_list(request):
    """The member States in the alphabetical order of the language, also those without a practice."""
    count = counter(request, "country")
    countries = member_states(request._request.version)
    return Listing(countries, lambda page: [records.country_record(each, count(each.iso2)) for each in page])


@record_endpoint("country", _("One State"), shapes.CountrySerializer)
def country_detail(request, iso2):
    """A member State by its two letters, small or capital."""
    country = get_object_or_404(Country, iso2=iso2.upper())
    return records.country_record(country, counter(request, "country")(country.iso2))


@listing_endpoint("vocabularies", _("Lists of codes"), shapes.VocabularySummarySerializer)
def vocabulary_list(request):
    """Every list of codes that the records use."""
    return Listing(records.VOCABULARIES, lambda page: [records.vocabulary_summary(name) for name in page])


@record_endpoint("vocabulary", _("One list of codes"), shapes.VocabularySerializer)
def vocabulary_detail(request, name):
    """The codes of a vocabulary and their labels."""
    if name not in records.VOCABULARIES:
        raise Http404
    if name in Scheme.values:
        terms = [records.term_record(term) for term in Term.objects.of(name).select_related("parent")]
    else:
        terms = records.closed_terms(name)
    return {**records.vocabulary_summary(name), "terms": terms}


@public
@extend_schema(exclude=True)
@reading
def nothing(request, rest):
    """What is at no address of the API."""
    raise Http404


def counter(request, parameter):
    """Return a function that tells how many practices a choice of a filter has, by its code."""
    totals = bitset_index(request._request.version).totals
    return lambda code: totals.get((parameter, code), 0)
