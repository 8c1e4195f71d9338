"""Two to four practices side by side, and the selection that a form's ticks make."""

from typing import NamedTuple

from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from catalogue.caching.etags import versioned
from catalogue.documents.reading import fetched
from catalogue.listing import selection
from catalogue.models import Practice
from catalogue.record.side_by_side import bands

DIFFERENCES = "differences"  # value of the parameter ``only``
LONGEST_NAMED = 40  # characters of a code that does not exist


class Column(NamedTuple):
    """A practice of the comparison, and the URLs of what can be done with its column."""

    practice: Practice
    without: str
    swap: str
    others: str
    to_left: str
    to_right: str


@require_safe
@versioned
def practice_compare(request):
    """The practices named by ``id`` on the same fields, in the reader's order; at most four.

    Boxes ticked in the list come as ``pick``; they redirect to the URL that can be sent to others.
    """
    if "pick" in request.GET:
        return redirect(reverse("practice_compare") + selection.selection_query(ticked(request)))
    asked = selection.codes_in(request.GET.getlist("id"))
    codes = selection.known_among(asked)
    shown, differences = codes[: selection.MOST_COMPARED], request.GET.get("only") == DIFFERENCES
    context = {
        "unknown": names_of(code for code in asked if code not in codes),
        "left_out": codes[selection.MOST_COMPARED :],
        **comparison_of(shown, request.version, differences=differences),
    }
    return render(request, "catalogue/compare.html", context)


def comparison_of(codes, version, *, differences):
    """Return what the page shows of these practices; of fewer than two, only what they are.

    With ``differences``, attributes on which all say the same are left out.
    """
    practices = selection.in_order_of(codes, fetched(Practice.objects.published().with_codes(codes), version))
    enough = len(practices) >= selection.FEWEST_COMPARED
    return {
        "practices": practices,
        "columns": columns_of(codes, practices, differences=differences) if enough else [],
        "bands": [band for band in bands(practices) if not (differences and band.alike)] if enough else [],
        "differences": differences,
        "toggle": comparison_url(codes, differences=not differences),
        "query": selection.selection_query(codes),
        "addresses": selection.selection_urls(codes),
        "more": reverse("practice_list") + selection.marking_query(codes),
        "marked": " ".join(codes),
        "room": len(codes) < selection.MOST_COMPARED,
    }


def comparison_url(codes, *, differences):
    """Return the URL of a comparison; with ``differences``, of what differs in it."""
    further = f"&only={DIFFERENCES}" if differences and codes else ""
    return reverse("practice_compare") + selection.selection_query(codes) + further


@require_safe
def picked(request):
    """Redirect from boxes ticked in the list to the list of exactly these practices."""
    return redirect(reverse("practice_list") + selection.selection_query(ticked(request)))


def ticked(request):
    """Return the codes of the ticked boxes; the selection that the list shows is only what they were chosen from."""
    return selection.codes_in(request.GET.getlist("pick"))


def columns_of(codes, practices, *, differences):
    """Return the ``Column`` of each practice; the first cannot move to the left, nor the last to the right."""

    def moved(index, step):
        order = list(codes)
        order.insert(index + step, order.pop(index))
        return comparison_url(order, differences=differences)

    columns = []
    for index, practice in enumerate(practices):
        others = [code for code in codes if code != practice.code]
        columns.append(
            Column(
                practice=practice,
                without=comparison_url(others, differences=differences),
                swap=reverse("practice_list") + selection.marking_query(others),
                others=" ".join(others),
                to_left=moved(index, -1) if index else "",
                to_right=moved(index, 1) if index < len(others) else "",
            )
        )
    return columns


def names_of(codes):
    """Return codes that do not exist as a page can repeat them: printable and not too long."""
    printable = ("".join(filter(str.isprintable, code))[:LONGEST_NAMED] for code in codes)
    return [name for name in printable if name]
