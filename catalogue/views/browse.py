"""The list of practices."""

from functools import partial

from django.conf import settings
from django.core.paginator import InvalidPage, Paginator
from django.http import Http404
from django.template.loader import render_to_string
from django.utils.html import escape
from django.views.decorators.http import require_safe

from catalogue.caching import page_templates
from catalogue.caching.etags import versioned
from catalogue.listing import selection
from catalogue.listing.cards import cards
from catalogue.listing.facets import Facets, drops, found_by
from catalogue.listing.filters import practices_for
from catalogue.listing.html import (
    all_of_them,
    carried,
    field_parts,
    filter_parts,
    marked,
    pager,
    total_in_words,
    without_page,
)
from catalogue.search.vocabulary import did_you_mean


@require_safe
@versioned
def practice_list(request):
    """The list with its filters; an impossible value is explained beside its field."""
    filterset = practices_for(request.GET, request.version)
    counted = Facets(filterset)
    page = page_of(counted.listed, request.GET.get("page"))
    hits, asked = cards_of(page, filterset), without_page(request.GET)
    parts = {
        **field_parts(filterset),
        "carried": carried(filterset, hits),
        **filter_parts(counted),
        "robots": '<meta name="robots" content="noindex">' if request.GET else "",
        "count": total_in_words(counted.total),
        "downloads": downloads(request, counted.total, asked),
        "results": f"{hits}{pager(page, asked)}" if counted.total else nothing_found(filterset),
        "tray": tray_of(request),
    }
    return page_templates.page(request, "catalogue/practice_list.html", parts)


def cards_of(page, filterset):
    """Return the cards of a page of primary keys, those of a search with where the words were found."""
    made = "".join(cards(list(page), filterset.version, filterset.search_query))
    return f'<ol class="hits">{marked(made, filterset)}</ol>'


def tray_of(request):
    """Return the tray of the practices marked in the form; it is the same for every list without marks."""
    codes = selection.known_among(selection.codes_in(request.GET.getlist("pick"))) if "pick" in request.GET else []
    if not codes:
        return page_templates.part(request, "catalogue/_list_tray.html", {})
    unmarked = request.GET.copy()
    del unmarked["pick"]
    return render_to_string(
        "catalogue/_tray.html", selection.tray(codes, in_form=True, clear=f"?{unmarked.urlencode()}")
    )


def downloads(request, total, asked):
    """Return the menu of files, which hold what is listed; none when nothing is."""
    if not total:
        return ""
    parts = {"query": escape(f"?{asked}") if asked else "", "sentence": all_of_them(total)}
    return page_templates.part(request, "catalogue/_downloads.html", parts)


def nothing_found(filterset):
    """Say what was searched and which condition to drop, or that a condition cannot be understood."""
    context = {
        "valid": filterset.is_valid(),
        "searched": filterset.search_query.clauses,
        "drops": drops(filterset),
        "meant": what_was_meant(filterset),
    }
    return render_to_string("catalogue/_nothing_found.html", context)


def what_was_meant(filterset):
    """Return a search that finds something where this one found nothing: its text, its count and its address."""
    text = filterset.values.get("q")
    mended = did_you_mean(text, partial(found_by, version=filterset.version)) if text else None
    if not mended:
        return None
    query = filterset.known_query()
    query["q"] = mended
    count = Facets(practices_for(query, filterset.version)).total
    return {"text": mended, "count": count, "address": f"?{query.urlencode()}"} if count else None


def page_of(practices, number):
    """Return a page of 20; a page that does not exist is not found rather than guessed."""
    paginator = Paginator(practices, settings.PRACTICES_PER_PAGE)
    try:
        return paginator.page(number or 1)
    except InvalidPage as problem:
        raise Http404 from problem
