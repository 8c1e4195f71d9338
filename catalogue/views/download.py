"""The same list as the page, as a file."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalogue.exports.records import detailed_record
from catalogue.exports.writers import WRITERS, json_text
from catalogue.filters import practices_for
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
    if extension != "json":
        raise Http404
    practice = get_object_or_404(Practice.objects.published().for_detail(), slug=slug)
    return HttpResponse(json_text(detailed_record(practice)), content_type="application/json")


def impossible_parameters(request, filterset):
    """Name the parameters that cannot be answered, as a page for people and as JSON for programs."""
    problems = [
        {"parameter": name, "message": message} for name, messages in filterset.errors.items() for message in messages
    ]
    if request.path.endswith("json"):
        answer = {"error": _("A parameter cannot be answered."), "parameters": problems}
        return HttpResponse(json_text(answer), content_type="application/json", status=400)
    return render(request, "400.html", {"problems": problems}, status=400)
