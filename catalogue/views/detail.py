"""One practice, and the address under which it is always found."""

from dataclasses import dataclass
from functools import partial

from django.conf import settings
from django.core.cache import cache
from django.db.models import Prefetch, prefetch_related_objects
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language, gettext_lazy as _
from django.views.decorators.http import require_safe

from catalogue.caching import page_templates
from catalogue.caching.etags import versioned
from catalogue.caching.lru import Kept
from catalogue.caching.per_practice import OfPractices
from catalogue.choices import OrganisationRole
from catalogue.citations import citations_of_practice
from catalogue.citations.items import today
from catalogue.context_processors import query_string
from catalogue.coverage.comparable_results import before_and_after
from catalogue.exports.offered_formats import RECORD_FORMATS
from catalogue.harvest.linked_data import as_script, practice_data
from catalogue.link_checker.schedule import mark_unreached
from catalogue.listing.bitsets import snapshot_of
from catalogue.models import Adaptation, CommitmentAnswer, Practice, Presentation
from catalogue.models.version import Version, changes_between, read_now
from catalogue.record.related import cards_beside, nearest, related_to, shared_by
from catalogue.record.sections import sections_of
from catalogue.server.release import release
from catalogue.text.languages import content_language, localized

_citations = OfPractices(5_000)  # they take as long to put together as all the rest of a page
_pages = OfPractices(500)  # of some 33 kB
_keys = Kept(5_000)  # primary keys by the slugs of a version
KEPT_SECONDS = 24 * 60 * 60  # in a cache that several processes share
WHAT_IT_IS = ("objective", "description", "population_detail", "outcomes")  # told before laws and organisations
FURTHER_PARTS = (
    ("legal_instruments", _("Legal basis")),
    ("practice_organisations", _("Organisations")),
    ("links", _("Links")),
)


@dataclass
class Page:
    """The page of a practice in pieces, as ``shells.fill`` wants them, and what else it was made of.

    Of what only concerns other practices it shows those ``beside`` it, the nearest to what it ``shared``, as of
    ``version``.
    """

    pieces: list
    shared: dict
    beside: list
    version: Version

    def holds(self, key, version):
        """Whether the page of the practice ``key``, which has not changed itself, is still right in a later version."""
        if self.version == version:
            return True
        changed = changes_between(self.version, version)
        if changed is None or not changed.isdisjoint(self.beside):
            return False
        if nearest(key, self.shared, snapshot_of(version)) != self.beside:
            return False
        self.version = version
        return True


@require_safe
@versioned
def practice_detail(request, slug):
    """The whole record of a published practice."""
    pieces = page_of(request, slug).pieces
    return HttpResponse(page_templates.fill(pieces, {"query_string": query_string(request)}))


def page_of(request, slug):
    """Return the ``Page`` of a practice in the active language: made once a day, and when something on it changes."""
    version, of_the_day = request.version, f"{get_language()} {today()}"  # a citation states the day
    key = _keys.get((read_now(), version, slug), key_of, slug)
    for _attempt in range(2):
        page = _pages.get([key], version, of_the_day, partial(pages_of, request)).get(key)
        if page is None:
            raise Http404
        if page.holds(key, version):
            break
        _pages.forget(key, version, of_the_day)
    return page


def key_of(slug):
    """Return the primary key of a published practice. Raises ``Http404``."""
    return get_object_or_404(Practice.objects.published().only("pk"), slug=slug).pk


def pages_of(request, keys):
    """Return ``{primary key: page}`` for one practice; from the cache that is shared, where another has made it."""
    (key,), version = keys, request.version
    if not settings.CACHE_IS_SHARED:
        return made(request, key)
    state = f"{release()}:{version.number}:{version.changed_at.timestamp()}:{today()}"
    return cache.get_or_set(f"page:{state}:{get_language()}:{key}", lambda: made(request, key), KEPT_SECONDS)


def made(request, key):
    """Return ``{key: page}`` with the page of a published practice made anew; nothing when it is public no more."""
    practice = Practice.objects.published().for_detail().filter(pk=key).first()
    if practice is None:
        return {}
    version, shared = request.version, shared_by(practice)
    beside = nearest(key, shared, snapshot_of(version))
    record = rendered(practice, citations=cited(practice, version), related=cards_beside(shared, beside, version))
    pieces = page_templates.pieces_of(request, "catalogue/practice_detail.html", ["query_string"], {"record": record})
    return {key: Page(pieces, shared, beside, version)}


def cited(practice, version):
    """Return the citations of a practice; a change of others leaves them as they are, another day does not."""

    def make(_keys):
        return {practice.pk: citations_of_practice(practice)}

    return _citations.get([practice.pk], version, f"{get_language()} {today()}", make)[practice.pk]


def rendered(practice, *, citations=None, related=None):
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
        "changes": before_and_after(practice.results.all()),
        "answers": CommitmentAnswer.objects.of_practice(practice.record),
        "undocumented": [section.label for section in untold] + missing_parts(practice),
        "text_status": practice.text_status_in_words(content_language()),
        "citations": citations or citations_of_practice(practice),
        "formats": RECORD_FORMATS,
        "related": related_to(practice) if related is None else related,
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
    missing = [label for part, label in FURTHER_PARTS if not getattr(practice, part).all()]
    judged = practice.evidence or not practice.results.all()  # of figures that nobody has assessed nothing is said
    return [_("Figures on effects"), *missing] if judged and not practice.has_figures_on_effects else missing


@require_safe
def permanent_link(request, code):
    """Lead from a record's code to its page in the reader's language."""
    practice = get_object_or_404(Practice.objects.published(), code=code)
    response = redirect(practice)
    patch_vary_headers(response, ["Accept-Language"])
    return response
