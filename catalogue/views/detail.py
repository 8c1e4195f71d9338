"""One practice, how it is cited, and the address under which it is always found."""

from copy import copy
from itertools import groupby

from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from catalogue.caching.etags import versioned
from catalogue.caching.page_templates import page
from catalogue.choices import OrganisationRole
from catalogue.citations import citations_of_practice
from catalogue.coverage.comparable_results import before_and_after
from catalogue.documents.reading import published_or_404
from catalogue.exports.offered_formats import RECORD_FORMATS
from catalogue.harvest.linked_data import as_script, practice_data
from catalogue.models import Practice
from catalogue.record.related import related_to
from catalogue.record.sections import sections_of
from catalogue.server.absolute_urls import permanent_url
from catalogue.text.languages import content_language, localized

ANY_SLUG = "slug-of-a-practice-" * 6  # longer than the column of slugs, so it is that of none
WHAT_IT_IS = ("objective", "description", "population_detail", "outcomes")  # shown before laws and organisations
FURTHER_PARTS = (
    ("legal_instruments", _("Legal basis")),
    ("practice_organisations", _("Organisations")),
    ("links", _("Links")),
)


@require_safe
@versioned
def practice_detail(request, slug):
    """The whole record of a published practice."""
    practice = published_or_404(slug, request.version)
    record = rendered(practice, request.version)
    response = page(_of_any_practice(request), "catalogue/practice_detail.html", _as_parts(record))
    response.content = response.content.replace(ANY_SLUG.encode(), practice.slug.encode())
    return response


def _of_any_practice(request):
    """Return the request as one for a practice with ``ANY_SLUG``: the page template is the same for all of them."""
    request = copy(request)
    request.path = request.path_info = reverse("practice_detail", args=[ANY_SLUG])
    return request


def _as_parts(record):
    return {f"record.{name}": conditional_escape(text) for name, text in record.items()}


def rendered(practice, version=None, citations=()):
    """Return what the page of a practice shows of it. Nothing in it depends on the reader or on the query.

    Only the practices near it are queried here. Without ``citations`` the page leads to those of the practice.
    """
    filled, missing = sections_of(practice)
    title = localized(practice, "title").text
    context = {
        "practice": practice,
        "crumbs": render_to_string("_crumbs.html", crumbs_of(practice)),
        "acronym": "" if practice.acronym in title else practice.acronym,
        "what": [section for section in filled if section.field in WHAT_IT_IS],
        "worth": [section for section in filled if section.field not in WHAT_IT_IS],
        "organisations": rows_by_role(practice.practice_organisations.all(), OrganisationRole),
        "changes": before_and_after(practice.results.all()),
        "undocumented": [section.label for section in missing] + missing_parts(practice),
        "text_status": practice.text_status_in_words(content_language()),
        "classifications": by_framework(practice.classifications.all()),
        "citations": citations,
        "permanent_url": permanent_url(practice),
        "formats": RECORD_FORMATS,
        "related": related_to(practice, version),
    }
    html = render_to_string("catalogue/_practice_record.html", context, using="jinja2")
    return {
        "title": title,
        "summary": localized(practice, "summary").text,
        "linked_data": as_script(practice_data(practice)),
        "html": mark_safe(html),  # noqa: S308 - a template has escaped it
    }


def crumbs_of(practice):
    """Return the way from the first page to that of a practice."""
    return {"parent": reverse("practice_list"), "parent_label": _("Practices"), "here": practice.code}


def by_framework(classifications):
    """Return ``[(framework in words, its rows)]`` for rows that come framework by framework."""
    grouped = groupby(classifications, key=lambda row: row.term.get_scheme_display())
    return [(framework, list(rows)) for framework, rows in grouped]


def rows_by_role(rows, roles):
    """Return ``[(role in words, its rows)]`` in the order of the roles; only roles that somebody has."""
    by_role = [(role.label, [row for row in rows if row.role == role]) for role in roles]
    return [(label, members) for label, members in by_role if members]


def missing_parts(practice):
    """Return the headings of the parts, beside the texts, on which the source says nothing."""
    missing = [label for part, label in FURTHER_PARTS if not getattr(practice, part).all()]
    judged = practice.evidence or not practice.results.all()  # of figures that nobody has assessed nothing is said
    return [_("Figures on effects"), *missing] if judged and not practice.has_figures_on_effects else missing


@require_safe
@versioned
def practice_citations(request, slug):
    """How to cite a practice, in every style and as files for reference managers."""
    practice = published_or_404(slug, request.version)
    context = {"practice": practice, "citations": citations_of_practice(practice)}
    return render(request, "catalogue/practice_citations.html", context)


@require_safe
def permanent_link(request, code):
    """Lead from a record's code to its page in the reader's language."""
    practice = get_object_or_404(Practice.objects.published(), code=code)
    response = redirect(practice)
    patch_vary_headers(response, ["Accept-Language"])
    return response
