"""Pages whose frame is rendered once for each version and language, with holes for what differs between requests.

Rendering the whole template would take ten times as long as answering everything a list asks.
"""

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from catalogue.caching.lru import Kept
from catalogue.context_processors import query_string

KEPT = 24  # shells in each process: a few templates, three languages, the version before this one
_EDGE = "\0"  # around the name of a hole; no text of the catalogue can hold it
_shells = Kept(KEPT)  # (version, language, template) -> pieces of the page, every second one the name of a hole


def page(request, template, parts):
    """Answer with a template whose only changing variables are ``parts``: ``{name: safe HTML}``.

    Everything else in the template may depend on the version, the language and the path, never on the query.
    """
    return HttpResponse(part(request, template, {"query_string": query_string(request), **parts}))


def part(request, template, parts):
    """Return a template, a page or a piece of one, with its changing variables filled in."""
    wanted = (request.version, get_language(), template)
    if settings.DEBUG:  # templates change without a restart
        return fill(pieces_of(request, template, parts), parts)
    return fill(_shells.get(wanted, pieces_of, request, template, parts), parts)


def pieces_of(request, template, names, context=None):
    """Render a template with a hole for each of the names and return its pieces, as ``fill`` wants them."""
    holes = {name: mark_safe(f"{_EDGE}{name}{_EDGE}") for name in names}  # noqa: S308 - names are ours
    return render_to_string(template, {**(context or {}), **holes}, request).split(_EDGE)


def fill(pieces, parts):
    """Return the page: its pieces with the holes filled."""
    filled = list(pieces)
    filled[1::2] = [parts[name] for name in pieces[1::2]]
    return "".join(filled)
