"""The HTML of facets. Of the 150 choices on a page, everything but the count is rendered once in each language."""

from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from catalogue.caching.lru import ProcessCache
from catalogue.caching.shared import shared_entry
from catalogue.listing.facets import FACETS
from catalogue.listing.partials import rendered

UNFOLDED = {"network", "country"}  # the facets that most readers come for
MANY = 2  # practices, from which on their number is followed by the same words
_EDGE = "\0"  # around the pieces of a facet; no text can hold it
_pieces = ProcessCache(6)  # by language, of the database and of its replica


def facets_html(facets):
    """Return ``{parameter: HTML}`` of all facets of a page."""
    ready = shared_entry(_pieces, get_language(), facets.filterset.version, dict)
    return {name: facet_html(name, facets, ready) for name in FACETS}


def facet_html(name, facets, ready):
    """Return the HTML of a facet: folded unless it is in use or wanted by most, a long one without its rare choices.

    ``ready`` are the pieces rendered before.
    """
    filterset, choices = facets.filterset, facets.choices_of(name)
    facet, in_full = filterset.filters[name], name in filterset.in_full
    opened = in_full or name in UNFOLDED or name in filterset.data
    state = {"opened": opened, "in_full": in_full, "shortened": len(choices) < len(facet.options)}
    if facet.errors:  # they repeat what was asked
        frame = _split("facet", facet=facet, **state)
    else:
        frame = _ready(ready, (name, *state.values()), "facet", facet=facet, **state)
    begin, *query, end = frame
    html = [begin, choices_html(name, choices, ready), *query, end]
    if query:
        html.insert(-1, escape(f"{filterset.page_address}&more={name}".lstrip("&")))
    return mark_safe("".join(html))  # noqa: S308 - templates have escaped every piece


def choices_html(name, choices, ready):
    """Return the HTML of the choices of a facet."""
    html, counted = [], [_ready(ready, number, "facet_count", number=number) for number in range(MANY + 1)]
    for place, (code, label, count, checked) in enumerate(choices):
        pieces = ready.get((name, code)) or _ready(
            ready, (name, code), "facet_choice", name=name, code=code, label=label
        )
        begin, to_number, to_state, to_count, end = pieces
        before, after = counted[min(count, MANY)]
        off, state = ("", " checked") if checked else ("", "") if count else (" off", " disabled")
        html.append(f"{begin}{off}{to_number}{place}{to_state}{state}{to_count}{before}{count}{after}{end}")
    return "\n".join(html)


def _ready(ready, key, template, /, **context):
    """Return the pieces of a template, rendered once."""
    return ready.get(key) or ready.setdefault(key, _split(template, **context))


def _split(template, /, **context):
    return rendered(template, edge=_EDGE, **context).split(_EDGE)
