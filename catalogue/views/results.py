"""Every figure of the practices in one table: filtered, sorted, taken away, and drawn only where it can be compared."""

from django.http import Http404
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_safe

from catalogue.caching.etags import versioned
from catalogue.choices import RESULT_KINDS, ResultKind
from catalogue.coverage.comparable_results import compared
from catalogue.exports.options import read_options
from catalogue.exports.results import RESULT_FORMATS, ResultSelection, result_file as made_file
from catalogue.listing.facets import Facets
from catalogue.listing.filters import practices_for
from catalogue.listing.paging import page_of, query_of
from catalogue.models import Result
from catalogue.views.download import canonical, file_of_list, invalid_parameters

ROWS = 100  # figures on a page
ORDERS = {
    "": gettext_lazy("Code of the practice"),
    "indicator": gettext_lazy("Indicator, A to Z"),
    "-value": gettext_lazy("Value, highest first"),
    "value": gettext_lazy("Value, lowest first"),
    "-as_of": gettext_lazy("Date of the figure, latest first"),
    "as_of": gettext_lazy("Date of the figure, earliest first"),
}
ASKED = ("network", "country", "gcm", "sdg", "status", "evidence")  # filters of the practices that have a field here
OWN = ("kind", "order", "page")


@require_safe
@versioned
def result_list(request):
    """The figures of the practices that the filters keep; an impossible value is named and keeps nothing."""
    filterset, results, problems = asked_for(request)
    page = page_of(results, request.GET.get("page"), ROWS)
    charts, reasons = compared(page.object_list)
    return render(
        request,
        "catalogue/result_list.html",
        {
            "page": page,
            "rows": [(result, reasons.get(result.pk, "")) for result in page.object_list],
            "charts": charts,
            "problems": problems,
            "fields": fields(filterset),
            "kinds": [(*kind, kind[0] in request.GET.getlist("kind")) for kind in ResultKind.choices],
            "meanings": [(kind.label, meaning) for kind, meaning in RESULT_KINDS.items()],
            "orders": [(name, label, name == request.GET.get("order", "")) for name, label in ORDERS.items()],
            "search": request.GET.get("q", ""),
            "carried": carried(filterset),
            "narrowed": bool(filterset.known_query() or request.GET.getlist("kind")),
            "in_words": filterset.in_words(),
            "practices_query": filterset.known_query().urlencode(),
            "query": query_of(request.GET, without=("page",)),
            "formats": list(RESULT_FORMATS),
        },
    )


@require_safe
@versioned
def result_file(request, extension):
    """The same figures as a file; an impossible parameter is named with status 400."""
    if extension not in RESULT_FORMATS:
        raise Http404
    filterset, results, problems = asked_for(request)
    options, impossible = read_options(request.GET, tabular=extension != "json")
    if problems or impossible:
        return invalid_parameters(request, {**problems, **impossible})
    kinds = sorted(set(request.GET.getlist("kind")))
    more = {**options.as_parameters(), "lang": options.language, "kind": kinds, "order": request.GET.get("order", "")}

    def make():
        with translation.override(options.interface_language):
            return made_file(extension, ResultSelection(filterset, options, request.version, kinds), results)

    return file_of_list(request, extension, filterset, canonical(filterset, more), make)


def asked_for(request):
    """Return the filter of the practices, the figures asked for, and what is impossible: ``{parameter: [message]}``."""
    filterset = practices_for(request.GET, request.version)
    kinds, order = request.GET.getlist("kind"), request.GET.get("order", "")
    problems = {**filterset.errors}
    if unknown := sorted(set(kinds) - set(ResultKind.values)):
        problems["kind"] = [_("“%(value)s” is not a kind of figure.") % {"value": ", ".join(unknown)}]
    if order not in ORDERS:
        problems["order"] = [_("“%(value)s” is not a sort order.") % {"value": order}]
    if problems:
        return filterset, Result.objects.none(), problems
    return filterset, Result.objects.of_practices(Facets(filterset).keys).of_kinds(kinds).ordered_as(order), problems


def fields(filterset):
    """Return ``(name, label, [(code, label, chosen)])`` of the filters that have a field here; each shows one value."""
    return [
        (
            name,
            filterset.filters[name].label,
            [(code, label, code == filterset.data.get(name)) for code, label in filterset.filters[name].options],
        )
        for name in ASKED
    ]


def carried(filterset):
    """Return ``(parameter, value)`` of what narrows the practices without a field here."""
    query = filterset.known_query()
    return [(name, value) for name in query if name not in (*ASKED, "q", "sort") for value in query.getlist(name)]
