"""One practice, and the address under which it is always found."""

from typing import NamedTuple

from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from catalogue.citations import cite_practice
from catalogue.languages import localized
from catalogue.models import Practice
from catalogue.views.caching import versioned


@require_safe
@versioned
def practice_detail(request, slug):
    """The whole record of a published practice."""
    practice = get_object_or_404(Practice.objects.published().for_detail(), slug=slug)
    told, untold = sections_of(practice)
    return render(
        request,
        "catalogue/practice_detail.html",
        {
            "practice": practice,
            "sections": told,
            "undocumented": [section.label for section in untold],
            "citation_text": cite_practice(practice),
        },
    )


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
