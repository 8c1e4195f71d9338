"""The page of the list: its filters, its results and what can be done with them, as fragments of its template.

What is the same for every request stands in ``practice_list.html``; a fragment is a template rendered for this one.
"""

from functools import partial

from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, ngettext

from catalogue.caching import page_templates
from catalogue.caching.lru import ProcessCache
from catalogue.caching.shared import shared_entry
from catalogue.listing import selection
from catalogue.listing.cards import cards
from catalogue.listing.facet_html import facets_html
from catalogue.listing.facets import Facets, drops, found_by
from catalogue.listing.filters import practices_for
from catalogue.listing.paging import page_of, pager, query_of
from catalogue.listing.partials import rendered
from catalogue.search.vocabulary import did_you_mean

_empty_inputs = ProcessCache(18)
FIELDS = ("q", "id", "from", "to", "updated_since", "sort")  # what is asked by other fields than facets


def list_page(request):
    """Return the response to a request of the list; an impossible value is explained beside its field.

    Raises ``Http404`` for a page of results that does not exist.
    """
    filterset = practices_for(request.GET, request.version)
    facets = Facets(filterset)
    fields = {name: filterset.filters[name] for name in FIELDS}
    fragments = {
        "robots": render_to_string("_noindex.html") if request.GET else "",
        "feed_query": escape(query_of(filterset.known_query())),
        "in_place": " data-hx-disable" if "q" in filterset.errors else "",  # its error stands outside the results
        "unfolded": "" if filterset.is_valid() else " checked",
        "search": _inputs("list_search", filterset, field=fields["q"]),
        "years": _inputs("list_years", filterset, first=fields["from"], last=fields["to"]),
        "day": _inputs("list_day", filterset, field=fields["updated_since"]),
        "count": ngettext("%(total)s practice", "%(total)s practices", facets.total) % {"total": facets.total},
        "results": rendered("list_results", **results_context(request, facets, fields)),
    }
    return page_templates.page(request, "catalogue/practice_list.html", fragments | facets_html(facets))


def _inputs(template, filterset, **fields):
    """Return a fragment with fields, rendered once in each language as long as nothing is asked by them."""
    if any(field.chosen for field in fields.values()):
        return rendered(template, **fields)
    name = (get_language(), template)
    return shared_entry(_empty_inputs, name, filterset.version, lambda: rendered(template, **fields))


def results_context(request, facets, fields):
    """Return what the results show: conditions, order, files, cards or why there are none, pages, marked records."""
    filterset, query = facets.filterset, query_of(request.GET, without=("page",))
    page = page_of(facets.listed, request.GET.get("page"))
    marked = filterset.data.getlist("pick")
    shown = cards(list(page), filterset.version, filterset.search_query, marked)
    return {
        "selected": filterset.data.getlist("id"),
        "selection": fields["id"],
        "marked_elsewhere": [code for code in marked if code not in shown],
        "conditions": filterset.chosen(),
        "sort": fields["sort"],
        "downloads": downloads(request, facets.total, query),
        "cards": mark_safe("".join(shown.values())),  # noqa: S308 - templates have escaped every card
        "nothing_found": "" if facets.total else nothing_found(filterset),
        "pager": pager(page, query),
        "unfiltered": request.path,
        "tray": tray(request),
    }


def downloads(request, total, query):
    """Return the menu of files, which hold what is listed; none when nothing is."""
    if not total:
        return ""
    fragments = {"query": escape(query), "sentence": whole_list_in_words(total)}
    return page_templates.part(request, "catalogue/_downloads.html", fragments)


def tray(request):
    """Return the tray of the practices marked in the form; it is the same for every list without marks."""
    codes = selection.known_among(selection.codes_in(request.GET.getlist("pick")))
    if not codes:
        return page_templates.part(request, "catalogue/_list_tray.html", {})
    unmarked = query_of(request.GET, without=("pick",)) or "?"
    return render_to_string("catalogue/_tray.html", selection.tray(codes, in_form=True, clear=unmarked))


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
    """Return a search that finds something where this one found nothing: its text, its count and its URL."""
    text = filterset.values.get("q")
    corrected = did_you_mean(text, partial(found_by, version=filterset.version)) if text else None
    if not corrected:
        return None
    query = filterset.known_query()
    query["q"] = corrected
    count = Facets(practices_for(query, filterset.version)).total
    return {"text": corrected, "count": count, "address": query_of(query)} if count else None


def whole_list_in_words(total):
    """Say that a file holds the whole list."""
    return ngettext(
        "The only practice in this list (%(total)s).",
        "All %(total)s practices of the full list, not only of this page.",
        total,
    ) % {"total": total}
