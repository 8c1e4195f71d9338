"""One practice, and the address under which it is always found."""

from django.core.cache import cache
from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language, gettext_lazy as _
from django.views.decorators.http import require_safe

from catalogue.choices import OrganisationRole
from catalogue.citations import citations_of_practice
from catalogue.citations.items import today
from catalogue.context import query_string
from catalogue.exports.formats import RECORD_FORMATS
from catalogue.followed import OfPractices
from catalogue.harvest.linked_data import as_script, practice_data
from catalogue.languages import content_language, localized
from catalogue.links.checks import mark_unreached
from catalogue.models import Adaptation, CommitmentAnswer, Practice, Presentation
from catalogue.related import related_to
from catalogue.release import release
from catalogue.sections import sections_of
from catalogue.views import shells
from catalogue.views.caching import versioned

_citations = OfPractices(5_000)  # they take twice as long to put together as all the rest of a page
KEPT_SECONDS = 24 * 60 * 60  # a record of an older version is never asked for again
WHAT_IT_IS = ("objective", "description", "population_detail", "outcomes")  # told before laws and organisations
FURTHER_PARTS = (
    ("results", _("Results in figures")),
    ("legal_instruments", _("Legal basis")),
    ("practice_organisations", _("Organisations")),
    ("links", _("Links")),
)


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
    record = rendered(practice, citations=cited(practice, request.version))
    return shells.pieces_of(request, "catalogue/practice_detail.html", ["query_string"], {"record": record})


def cited(practice, version):
    """Return the citations of a practice; a change of others leaves them as they are, another day does not."""

    def make(_keys):
        return {practice.pk: citations_of_practice(practice)}

    return _citations.get([practice.pk], version, f"{get_language()} {today()}", make)[practice.pk]


def rendered(practice, *, citations=None):
    """Return what the page of a practice shows of it. Nothing in it depends on the reader or on the query."""
    shown = Prefetch("adaptations", Adaptation.objects.published().for_listing())
    prefetch_related_objects([practice], shown, *Practice.objects.public_rows())
    mark_unreached(practice)
    told, untold = sections_of(practice)
    title = localized(practice, "title").text
    context = {
        "practice": practice,
        "acronym": "" if practice.acronym in title else practice.acronym,
        "what": [section for section in told if section.field in WHAT_IT_IS],
        "worth": [section for section in told if section.field not in WHAT_IT_IS],
        "organisations": organisations_by_role(practice),
        "meetings": Presentation.objects.of_practice(practice.record),
        "answers": CommitmentAnswer.objects.of_practice(practice.record),
        "undocumented": [section.label for section in untold] + missing_parts(practice),
        "text_status": practice.text_status_in_words(content_language()),
        "citations": citations or citations_of_practice(practice),
        "formats": RECORD_FORMATS,
        "related": related_to(practice),
    }
    return {
        "title": title,
        "summary": localized(practice, "summary").text,
        "linked_data": as_script(practice_data(practice)),
        "html": render_to_string("catalogue/_practice_record.html", context),
    }


def organisations_by_role(practice):
    """Return ``[(role in words, its rows)]`` in the order of the roles; only roles that somebody has."""
    rows = practice.practice_organisations.all()
    by_role = [(role.label, [row for row in rows if row.role == role]) for role in OrganisationRole]
    return [(label, members) for label, members in by_role if members]


def missing_parts(practice):
    """Return the headings of the parts, beside the texts, on which the source says nothing."""
    return [label for part, label in FURTHER_PARTS if not getattr(practice, part).all()]


@require_safe
def permanent_link(request, code):
    """Lead from a record's code to its page in the reader's language."""
    practice = get_object_or_404(Practice.objects.published(), code=code)
    response = redirect(practice)
    patch_vary_headers(response, ["Accept-Language"])
    return response
