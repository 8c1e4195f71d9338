"""One practice, and the address under which it is always found."""

from typing import NamedTuple

from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language, gettext_lazy as _
from django.views.decorators.http import require_safe

from catalogue.citations import citations_of_practice
from catalogue.citations.items import today
from catalogue.context import query_string
from catalogue.harvest.linked_data import as_script, practice_data
from catalogue.languages import localized
from catalogue.models import Practice
from catalogue.views import shells
from catalogue.views.caching import release, versioned

KEPT_SECONDS = 24 * 60 * 60  # a record of an older version is never asked for again


@require_safe
@versioned
def practice_detail(request, slug):
    """The whole record of a published practice."""
    version = request.version
    state = f"{release()}:{version.number}:{version.changed_at.timestamp()}:{today()}"  # a citation states the day
    key = f"record:{state}:{get_language()}:{slug}"
    pieces = cache.get(key)
    if pieces is None:
        pieces = page_of(request, slug)
        cache.set(key, pieces, KEPT_SECONDS)
    return HttpResponse(shells.fill(pieces, {"query_string": query_string(request)}))


def page_of(request, slug):
    """Return the page of a practice, with a hole for the query; made once a day for each version and language."""
    practice = get_object_or_404(Practice.objects.published().for_detail(), slug=slug)
    return shells.pieces_of(request, "catalogue/practice_detail.html", ["query_string"], {"record": rendered(practice)})


def rendered(practice):
    """Return what the page of a practice shows of it."""
    told, untold = sections_of(practice)
    context = {
        "practice": practice,
        "sections": told,
        "undocumented": [section.label for section in untold],
        "citations": citations_of_practice(practice),
    }
    return {
        "title": localized(practice, "title").text,
        "summary": localized(practice, "summary").text,
        "linked_data": as_script(practice_data(practice)),
        "html": render_to_string("catalogue/_practice_record.html", context),
    }


class Section(NamedTuple):
    """A long text of the record and its heading."""

    field: str
    label: str


SECTIONS = (
    Section("objective", _("Objective")),
    Section("description", _("What it does")),
    Section("population_detail", _("For whom")),
    Section("outcomes", _("Results in words")),
    Section("innovation", _("Innovation")),
    Section("replicability", _("Replicability")),
    Section("sustainability", _("Sustainability")),
    Section("limits", _("Limits and next steps")),
    Section("frameworks", _("Frameworks and approaches")),
)


def sections_of(practice):
    """Return the sections the record tells and those the source leaves out; gaps are named, never hidden."""
    told = [section for section in SECTIONS if localized(practice, section.field).text]
    return told, [section for section in SECTIONS if section not in told]


@require_safe
def permanent_link(request, code):
    """Lead from a record's code to its page in the reader's language."""
    practice = get_object_or_404(Practice.objects.published(), code=code)
    response = redirect(practice)
    patch_vary_headers(response, ["Accept-Language"])
    return response
