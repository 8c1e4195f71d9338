"""The addresses of the API. What a list holds is decided by ``practices_for``, as on the page and in the files."""

from django.conf import settings
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext, gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from catalogue.api import records, shapes
from catalogue.api.access import public, reading
from catalogue.api.paging import LARGEST_OF_WHOLE, LARGEST_PAGE, canonical, link_header, links_of, requested_page
from catalogue.choices import Scheme
from catalogue.coverage.tables import active_networks, member_states
from catalogue.exports.records import result_of_practice
from catalogue.listing.bitsets import snapshot_of
from catalogue.listing.facets import Facets
from catalogue.listing.filters import practices_for
from catalogue.models import Practice, Result, Term
from catalogue.text.languages import content_language
from networks.models import Country, Network

LICENCE = "CC BY 4.0"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"


@public
@extend_schema(operation_id="start", summary=_("Entry point for programs"), responses=shapes.Start)
@reading
def start(request):
    """The name, the licence and the addresses of everything else."""
    lists = ("practices", "results", "networks", "countries", "meetings", "forums", "commitments", "vocabularies")
    parts = ("schema", *lists)
    addresses = {name: records.api_url(name) for name in parts}
    documentation = records.api_url("documentation")
    about = {"name": str(settings.SITE_NAME), "version": "1", "licence": LICENCE_URL, "documentation": documentation}
    return Response({**about, **addresses})


@public
@extend_schema(
    operation_id="practices",
    summary=_("List of practices, with filters"),
    responses=shapes.page_shape("practices", shapes.PracticeSummary),
    extensions={"x-filtered": True, "x-paged": True, "x-fields": shapes.Practice},
)
@reading
def practice_list(request):
    """The practices that the same filters list on the page, in the same order.

    `fields` may also name parts of the whole record.
    """
    wanted = fields_of(request, shapes.Practice)
    filterset = asked_for(request)
    whole = wanted and not wanted <= set(shapes.PracticeSummary().fields)
    largest = LARGEST_OF_WHOLE if whole else LARGEST_PAGE
    page = requested_page(Facets(filterset).listed, request, largest)
    published = Practice.objects.published()
    make, plan = (
        (records.practice_record, published.for_record())
        if whole
        else (records.practice_summary, published.for_listing())
    )
    return paged(request, page, "practices", [sparse(make(row), wanted) for row in plan.listed(list(page))], filterset)


@public
@extend_schema(
    operation_id="practice",
    summary=_("One practice"),
    responses=shapes.Practice,
    extensions={"x-fields": shapes.Practice},
)
@reading
def practice_detail(request, slug):
    """The whole record of a practice, by its slug or by its code."""
    wanted = fields_of(request, shapes.Practice)
    practice = Practice.objects.published().for_record().known_as(slug)
    if practice is None:
        raise Http404
    return Response(sparse(records.practice_record(practice), wanted))


@public
@extend_schema(
    operation_id="results",
    summary=_("List of figures, with filters"),
    responses=shapes.page_shape("results", shapes.Result),
    extensions={"x-filtered": True, "x-paged": True, "x-fields": shapes.Result},
)
@reading
def result_list(request):
    """The figures of the practices that the filters keep, in the order of the codes of the practices."""
    wanted = fields_of(request, shapes.Result)
    filterset = asked_for(request)
    page = requested_page(Result.objects.of_practices(Facets(filterset).keys), request)
    return paged(request, page, "results", [sparse(result_of_practice(row), wanted) for row in page], filterset)


@public
@extend_schema(
    operation_id="networks",
    summary=_("Thematic networks"),
    responses=shapes.page_shape("networks", shapes.Network),
    extensions={"x-paged": True, "x-fields": shapes.Network},
)
@reading
def network_list(request):
    """The active networks, also those without a practice."""
    wanted = fields_of(request, shapes.Network)
    count = counter(request, "network")
    networks = [(network, count(network.slug)) for network in active_networks(request._request.version)]
    page = requested_page(networks, request)
    return paged(request, page, "networks", [sparse(records.network_record(*row), wanted) for row in page])


@public
@extend_schema(
    operation_id="network", summary=_("One network"), responses=shapes.Network, extensions={"x-fields": shapes.Network}
)
@reading
def network_detail(request, slug):
    """A network by its slug."""
    wanted = fields_of(request, shapes.Network)
    network = get_object_or_404(Network, slug=slug)
    return Response(sparse(records.network_record(network, counter(request, "network")(slug)), wanted))


@public
@extend_schema(
    operation_id="countries",
    summary=_("Member States"),
    responses=shapes.page_shape("countries", shapes.Country),
    extensions={"x-paged": True, "x-fields": shapes.Country},
)
@reading
def country_list(request):
    """The member States in the alphabetical order of the language, also those without a practice."""
    wanted = fields_of(request, shapes.Country)
    count = counter(request, "country")
    countries = [(country, count(country.iso2)) for country in member_states(request._request.version)]
    page = requested_page(countries, request)
    return paged(request, page, "countries", [sparse(records.country_record(*row), wanted) for row in page])


@public
@extend_schema(
    operation_id="country", summary=_("One State"), responses=shapes.Country, extensions={"x-fields": shapes.Country}
)
@reading
def country_detail(request, iso2):
    """A member State by its two letters, small or capital."""
    wanted = fields_of(request, shapes.Country)
    country = get_object_or_404(Country, iso2=iso2.upper())
    count = counter(request, "country")
    return Response(sparse(records.country_record(country, count(country.iso2)), wanted))


@public
@extend_schema(
    operation_id="vocabularies",
    summary=_("Lists of codes"),
    responses=shapes.page_shape("vocabularies", shapes.VocabularySummary),
    extensions={"x-paged": True, "x-fields": shapes.VocabularySummary},
)
@reading
def vocabulary_list(request):
    """Every list of codes that the records use."""
    wanted = fields_of(request, shapes.VocabularySummary)
    page = requested_page(records.VOCABULARIES, request)
    rows = [sparse(records.vocabulary_summary(name), wanted) for name in page]
    return paged(request, page, "vocabularies", rows)


@public
@extend_schema(
    operation_id="vocabulary",
    summary=_("One list of codes"),
    responses=shapes.Vocabulary,
    extensions={"x-fields": shapes.Vocabulary},
)
@reading
def vocabulary_detail(request, name):
    """The codes of a vocabulary and their labels."""
    wanted = fields_of(request, shapes.Vocabulary)
    if name not in records.VOCABULARIES:
        raise Http404
    if name in Scheme.values:
        terms = [records.term_record(term) for term in Term.objects.of(name).select_related("parent")]
    else:
        terms = records.closed_terms(name)
    return Response(sparse({**records.vocabulary_summary(name), "terms": terms}, wanted))


@public
@extend_schema(exclude=True)
@reading
def nothing(request, rest):
    """What is at no address of the API."""
    raise Http404


def documentation(request):
    """Lead to the documentation in the reader's language."""
    return redirect("api_docs")


def counter(request, parameter):
    """Return a function that tells how many practices a choice of a filter has, by its code."""
    totals = snapshot_of(request._request.version).totals
    return lambda code: totals.get((parameter, code), 0)


def asked_for(request):
    """Return the ``PracticeFilter`` of a request; raises ``ValidationError`` that names what is impossible."""
    filterset = practices_for(request.GET, request._request.version)
    if not filterset.is_valid():
        raise ValidationError(filterset.errors)
    return filterset


def fields_of(request, shape):
    """Return the names in `fields`, which may repeat or hold commas; without it, none, which means everything."""
    known = set(shape().fields)
    wanted = {name.strip() for value in request.GET.getlist("fields") for name in value.split(",")}
    if unknown := sorted(wanted - known):
        message = gettext("There is no field “%(name)s”.")
        raise ValidationError({"fields": [message % {"name": name} for name in unknown]})
    return wanted


def sparse(record, wanted):
    """Return the parts of a record that are wanted; all of it when nothing is named."""
    return {name: value for name, value in record.items() if name in wanted} if wanted else record


def paged(request, page, name, rows, filterset=None):
    """Answer with a page of rows that a ``filterset`` narrowed, and with its neighbours also in the header `Link`."""
    filters = filterset.known_query() if filterset else QueryDict()
    links = links_of(page, request.path, canonical(request.GET, filters))
    meta = {
        "count": page.paginator.count,
        "page": page.number,
        "pages": page.paginator.num_pages,
        "language": content_language(),
        "version": request._request.version.number,
        "licence": LICENCE,
    }
    header = link_header(links)
    return Response({"meta": meta, "links": links, name: rows}, headers={"Link": header} if header else None)
