"""Page templates rendered once in each language, with placeholders for what differs between requests.

Rendering the whole template would take ten times as long as computing what a list shows.
"""

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from catalogue.caching.lru import ProcessCache
from catalogue.caching.shared import shared_entry
from catalogue.context_processors import query_string

_EDGE = "\0"  # around the name of a placeholder; no text of the catalogue can hold it
_templates = ProcessCache(24)  # a few templates in three languages


def page(request, template, parts):
    """Respond with a template whose only changing variables are ``parts``: ``{name: safe HTML}``; ``a.b`` is b of a.

    Everything else in the template may depend on the language, the path and what many practices name, never on the
    query or on a single practice.
    """
    return HttpResponse(part(request, template, {"query_string": query_string(request), **parts}))


def part(request, template, parts):
    """Return a template, of a page or a piece of one, with its placeholders filled in: safe HTML."""
    if settings.DEBUG:  # templates change without a restart
        return _filled(_split(request, template, parts), parts)
    name = (get_language(), template)
    return _filled(shared_entry(_templates, name, request.version, _split, request, template, parts), parts)


def _split(request, template, names):
    """Render a template and return its pieces: every second one is the name of a placeholder."""
    placeholders = {}
    for name in names:
        *groups, last = name.split(".")
        group = placeholders.setdefault(groups[0], {}) if groups else placeholders
        group[last] = mark_safe(f"{_EDGE}{name}{_EDGE}")  # noqa: S308 - names are ours
    return render_to_string(template, placeholders, request).split(_EDGE)


def _filled(pieces, parts):
    pieces = list(pieces)
    pieces[1::2] = [parts[name] for name in pieces[1::2]]
    return mark_safe("".join(pieces))  # noqa: S308 - of a template and of safe HTML
