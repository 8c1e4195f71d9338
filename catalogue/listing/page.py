"""The page of the list: its filters, its results and what can be done with them, as fragments of its template.

What is the same for every request stands in ``practice_list.html``; a fragment is a template rendered for this one.
"""

from functools import partial

from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.translation import ngettext

from catalogue.caching import page_templates
from catalogue.listing import selection
from catalogue.listing.cards import cards
from catalogue.listing.facets import FACETS, Facets, drops, found_by
from catalogue.listing.filters import practices_for
from catalogue.listing.paging import page_of, query_of
from catalogue.search.vocabulary import did_you_mean

UNFOLDED = {"network", "country"}  # the facets that most readers come for
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
        "search": render_to_string("catalogue/_list_search.html", {"field": fields["q"]}),
        "years": render_to_string("catalogue/_list_years.html", {"first": fields["from"], "last": fields["to"]}),
        "day": render_to_string("catalogue/_list_day.html", {"field": fields["updated_since"]}),
        "count": ngettext("%(total)s practice", "%(total)s practices", facets.total) % {"total": facets.total},
        "results": render_to_string("catalogue/_list_results.html", results_context(request, facets, fields)),
    }
    fragments |= {name: facet(name, facets) for name in FACETS}
    return page_templates.page(request, "catalogue/practice_list.html", fragments)


def facet(name, facets):
    """Return the HTML of a facet: folded unless it is in use or wanted by most, a long one without its rare choices."""
    filterset = facets.filterset
    in_full = name in filterset.in_full
    context = {
        "facet": filterset.filters[name],
        "choices": facets.choices_of(name),
        "opened": in_full or name in UNFOLDED or name in filterset.data,
        "in_full": in_full,
        "query": f"{filterset.page_address}&more={name}".lstrip("&"),
    }
    return render_to_string("catalogue/facet.html", context, using="jinja2")


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
        "cards": shown.values(),
        "nothing_found": "" if facets.total else nothing_found(filterset),
        "page": page,
        "query": query,
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
