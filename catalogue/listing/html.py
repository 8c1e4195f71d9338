"""The parts of the list page that differ from one request to the next, as safe HTML.

Written by hand and not as templates: they are made for every request, hundreds of choices among them.
"""

import html
from functools import lru_cache
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language, gettext as _, ngettext

from catalogue.caching.lru import Kept
from catalogue.listing.facets import FACETS

UNFOLDED = {"network", "country"}  # the facets that most readers come for
FIELDS = ("q", "id", "from", "to", "updated_since", "sort")  # what is asked by fields that are no facets

_panels = Kept(200)  # what the filters alone decide, some 40 kB each
_facets = Kept(2_000)  # facets as HTML, of 3 kB on average
_fields = Kept(100)
_pagers = Kept(1_000)  # of some 700 bytes
_ASKED = "\0"  # where the links of a pager say what was asked; no query can hold it

escape = lru_cache(maxsize=20_000)(html.escape)  # the same names stand on every list


def filter_parts(counted):
    """Return every part of the page that the filters alone decide: facets, chips, the address of the feed."""
    filterset = counted.filterset
    return _panels.get((filterset.version, filterset.language, filterset.page_address), _filter_parts, counted)


def _filter_parts(counted):
    return {
        **{name: facet(name, counted) for name in FACETS},
        "feed_query": escape(f"?{counted.filterset.known_query().urlencode()}".rstrip("?")),
        "chips": chips(counted.filterset),
    }


def facet(name, counted):
    """Return a facet: its choices with their counts, folded unless it is in use or wanted by most."""
    shown, number = _facets.get((name, counted.key_of(name)), _facet, name, counted)
    return shown + _rest_of(name, counted.filterset, number) + "</details>"


def _facet(name, counted):
    """Return the HTML of a facet without its end, and the number of choices shown."""
    filterset = counted.filterset
    opened = " open" if name in filterset.in_full or name in UNFOLDED or name in filterset.data else ""
    problem = error(name, filterset)
    described = f' aria-describedby="id_{name}_error"' if problem else ""
    label, choices = escape(filterset.filters[name].label), counted.choices_of(name)
    options = "".join([option(name, place, choice, filterset.language) for place, choice in enumerate(choices)])
    return (
        f'<details class="facet" id="f-{name}"{opened}><summary>{label}</summary><fieldset{described}>'
        f'<legend class="vh">{label}</legend>{problem}{options}</fieldset>',
        len(choices),
    )


def _rest_of(name, filterset, shown):
    """Return what leads to the choices of a long facet that are not shown, or keeps them shown from now on."""
    if name in filterset.in_full:
        return f'<input type="hidden" name="more" value="{name}">'
    number = len(filterset.filters[name].options)
    if shown == number:
        return ""
    query = f"{filterset.page_address}&more={name}".lstrip("&")
    words = _("%(facet)s: show all %(number)s") % {"number": number, "facet": filterset.filters[name].label}
    return f'<p><a class="sm" href="?{html.escape(query)}#f-{name}">{escape(words)}</a></p>'


def option(name, place, choice, language):
    """Return one choice: a box to tick, its name, its count."""
    value, label, count, checked = choice
    off, disabled = ("", "") if count or checked else (" off", " disabled")
    return (
        f'<label class="opt{off}"><input type="checkbox" id="id_{name}_{place}" name="{name}" value="{escape(value)}"'
        f"{' checked' if checked else ''}{disabled}>"
        f'<span>{escape(label)}</span><span class="num">{count_in_words(count, language)}</span></label>'
    )


@lru_cache(maxsize=20_000)
def count_in_words(count, language):
    """Return a number, with the word it counts for those who do not see where it stands."""
    words = ngettext(
        '<span class="vh">(</span>%(total)s<span class="vh"> practice)</span>',
        '<span class="vh">(</span>%(total)s<span class="vh"> practices)</span>',
        count,
    )
    return words % {"total": count}


def error(name, filterset):
    """Return what is wrong with a parameter, tied to its field by its ``id``; empty when nothing is."""
    messages = filterset.errors.get(name)
    if not messages:
        return ""
    return format_html(
        '<div class="note warn" id="id_{}_error"><svg class="i" aria-hidden="true"><use href="#i-warn"/></svg>'
        "<p>{}</p></div>",
        name,
        " ".join(messages),
    )


def field_parts(filterset):
    """Return every part of the form beside the facets: what was typed, and what is wrong with it."""
    typed = tuple((name, *filterset.data.getlist(name)) for name in FIELDS if name in filterset.data)
    wanted = (filterset.version, filterset.language, typed, tuple(filterset.errors))
    return _fields.get(wanted, _field_parts, filterset)


def _field_parts(filterset):
    return {
        "in_place": " data-hx-disable" if "q" in filterset.errors else "",  # its error stands outside the results
        "search_value": _value(filterset, "q") + _faulty(filterset, "q"),
        "search_error": error("q", filterset),
        "unfolded": "" if filterset.is_valid() else " checked",
        "years": entry("from", filterset) + entry("to", filterset),
        "years_open": " open" if filterset.data.keys() & {"from", "to"} else "",
        "day": entry("updated_since", filterset),
        "day_open": " open" if "updated_since" in filterset.data else "",
        "selection_error": error("id", filterset),
        "orders": orders(filterset),
        "order_error": error("sort", filterset),
    }


def entry(name, filterset):
    """Return a field in which one value is written, with its label and what is wrong with it."""
    kind = filterset.filters[name]
    return (
        f'<p class="stack"><label for="id_{name}">{escape(kind.label)}</label>'
        f'<input type="{kind.field.widget.input_type}" name="{name}"{_value(filterset, name)}{kind.attributes}'
        f' id="id_{name}"{_faulty(filterset, name)}>{error(name, filterset)}</p>'
    )


def orders(filterset):
    """Return the choice of an order with its label; what is wrong with it is said below the bar it stands in."""
    kind, chosen = filterset.filters["sort"], filterset.data.get("sort", "")
    options = "".join(
        f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>{escape(label)}</option>'
        for value, label in kind.options
    )
    return (
        f'<label for="id_sort">{escape(kind.label)}</label>'
        f'<select name="sort" class="field" id="id_sort"{_faulty(filterset, "sort")}>{options}</select>'
    )


def carried(filterset, cards):
    """Return what the form carries along without a field of its own: a selection, and marks on other pages' records."""
    codes = [("id", code) for code in filterset.data.getlist("id")]
    codes += [("pick", code) for code in filterset.data.getlist("pick") if f'name="pick" value="{code}"' not in cards]
    return "".join(f'<input type="hidden" name="{name}" value="{escape(code)}">' for name, code in codes)


def marked(cards, filterset):
    """Return cards with the boxes ticked of the records that the reader has marked."""
    for code in filterset.data.getlist("pick"):
        cards = cards.replace(f'name="pick" value="{escape(code)}"', f'name="pick" value="{escape(code)}" checked')
    return cards


def chips(filterset):
    """Return the active filters, each a link that removes it."""
    conditions = filterset.chosen()
    if not conditions:
        return ""
    label, removes, removes_all = _("Active filters"), _("remove this filter"), _("Remove all")
    links = "".join(
        f'<span class="join">{escape(condition.label)}</span>'
        f'<a class="chip" href="{html.escape(condition.without)}"'
        f' aria-label="{escape(condition.value_label)}: {removes}">'
        f'{escape(condition.value_label)}<svg class="i" aria-hidden="true"><use href="#i-x"/></svg></a>'
        for condition in conditions
    )
    return (
        f'<div class="chips" data-hx-boost="true" role="group" aria-label="{label}">{links}'
        f'<a class="sm" href="{reverse("practice_list")}">{removes_all}</a></div>'
    )


def total_in_words(total):
    """Return how many practices are listed."""
    return ngettext("%(total)s practice", "%(total)s practices", total) % {"total": total}


def all_of_them(total):
    """Say that a file holds the whole list."""
    return ngettext(
        "The only practice in this list (%(total)s).",
        "All %(total)s practices of the full list, not only of this page.",
        total,
    ) % {"total": total}


def without_page(query):
    """Return all that was asked for but the number of the page, as the query of another address."""
    return urlencode([(name, value) for name, values in query.lists() if name != "page" for value in values])


def pager(page, asked):
    """Return the links to the other pages, which keep all that was ``asked``; empty when there are none."""
    if not page.has_other_pages():
        return ""
    place = get_language(), page.number, page.paginator.count, page.paginator.per_page
    return _pagers.get(place, _pager, page).replace(_ASKED, html.escape(f"{asked}&" if asked else ""))


def _pager(page):
    """Return the links to the other pages, each with a hole for what was asked."""

    def link(number, words, attributes=""):
        return f'<a{attributes} href="?{_ASKED}page={number}">{words}</a>'

    links = [
        f"<span>{number}</span>"
        if not isinstance(number, int)  # three dots for the pages between
        else link(number, number, ' aria-current="page"' if number == page.number else "")
        for number in page.paginator.get_elided_page_range(page.number)
    ]
    if page.has_previous():
        links.insert(0, link(page.number - 1, _("Previous"), ' rel="prev"'))
    if page.has_next():
        links.append(link(page.number + 1, _("Next"), ' rel="next"'))
    label, rows = _("Pages"), _rows_of(page)
    return f'<nav class="pager" data-hx-boost="true" aria-label="{label}">{"".join(links)}<p>{rows}</p></nav>'


def _rows_of(page):
    return _("%(first)s to %(last)s of %(total)s") % {
        "first": page.start_index(),
        "last": page.end_index(),
        "total": page.paginator.count,
    }


def _value(filterset, name):
    return f' value="{html.escape(filterset.data[name])}"' if name in filterset.data else ""


def _faulty(filterset, name):
    return f' aria-invalid="true" aria-describedby="id_{name}_error"' if name in filterset.errors else ""
