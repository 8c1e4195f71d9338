"""The same list as the page, as a file."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalogue.citations import citations_of_list
from catalogue.citations.files import practice_as_bib, practice_as_csl_json, practice_as_ris
from catalogue.exports.records import detailed_record
from catalogue.exports.writers import WRITERS, json_text
from catalogue.filters import practices_for
from catalogue.harvest.linked_data import practice_as_jsonld
from catalogue.languages import content_language
from catalogue.models import Practice
from catalogue.views.caching import versioned


@require_safe
@versioned
def practice_list_file(request, extension):
    """Every practice the page would list, in one file; an impossible parameter is named with status 400."""
    writer = WRITERS.get(extension)
    if writer is None:
        raise Http404
    filterset = practices_for(request.GET)
    if not filterset.is_valid():
        return impossible_parameters(request, filterset)
    return writer(filterset, content_language())


@require_safe
@versioned
def practice_file(request, slug, extension):
    """One practice as a file."""
    writer = PRACTICE_WRITERS.get(extension)
    if writer is None:
        raise Http404
    practice = get_object_or_404(Practice.objects.published().for_detail(), slug=slug)
    text, content_type = writer(practice)
    return HttpResponse(text, content_type=content_type)


def practice_as_json(practice):
    """Return the whole record as JSON and its content type."""
    return json_text(detailed_record(practice)), "application/json"


PRACTICE_WRITERS = {
    "json": practice_as_json,
    "jsonld": practice_as_jsonld,
    "bib": practice_as_bib,
    "ris": practice_as_ris,
    "csl.json": practice_as_csl_json,
}


@require_safe
@versioned
def cite_list(request):
    """How to cite a filtered list, in three styles; an impossible parameter is named with status 400."""
    filterset = practices_for(request.GET, request.version)
    if not filterset.is_valid():
        return impossible_parameters(request, filterset)
    context = {
        "filter": filterset,
        "total": filterset.qs.count(),
        "citations": citations_of_list(filterset, request.version),
        "query": f"?{filterset.known_query().urlencode()}".rstrip("?"),
    }
    return render(request, "catalogue/cite_list.html", context)


def impossible_parameters(request, filterset):
    """Name the parameters that cannot be answered, as a page for people and as JSON for programs."""
    problems = [
        {"parameter": name, "message": message} for name, messages in filterset.errors.items() for message in messages
    ]
    if request.path.endswith("json"):
        answer = {"error": _("A parameter cannot be answered."), "parameters": problems}
        return HttpResponse(json_text(answer), content_type="application/json", status=400)
    return render(request, "400.html", {"problems": problems}, status=400)
