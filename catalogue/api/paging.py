"""Pages of the API: their size, their numbers, and the URLs of their neighbours."""

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

from catalogue.listing.paging import full_url, page_of
from catalogue.middleware.url_length import MAX_LINK_HEADER

LARGEST_PAGE = 200
LARGEST_OF_WHOLE = 50  # of whole records: each takes as long as ten rows
LARGEST_NUMBER = 1_000_000
NEEDED_FIRST = ("next", "prev", "first", "last", "self")


def requested_page(rows, request, largest=LARGEST_PAGE):
    """Return the page of ``rows`` that the request asks for, of ``largest`` rows at the most.

    Raises ``ValidationError`` for what is not a number, ``Http404`` for a page that does not exist.
    """
    size = number_in(request, "page_size", default=settings.PRACTICES_PER_PAGE, largest=largest)
    number = number_in(request, "page", default=1, largest=LARGEST_NUMBER)
    return page_of(rows, number, size)


def number_in(request, parameter, *, default, largest):
    """Return a parameter as a whole number from 1 to ``largest``."""
    text = request.GET.get(parameter)
    if text is None:
        return default
    if not (text.isascii() and text.isdecimal() and len(text) <= 9 and 1 <= int(text) <= largest):
        message = _("Write a whole number from 1 to %(largest)s.") % {"largest": largest}
        raise ValidationError({parameter: [message]})
    return int(text)


def links_of(page, path, query):
    """Return the URLs of this page, the first, the last and its neighbours; ``None`` where there is none."""
    last = page.paginator.num_pages
    numbers = {
        "self": page.number,
        "first": 1,
        "prev": page.number - 1 if page.has_previous() else None,
        "next": page.number + 1 if page.has_next() else None,
        "last": last,
    }
    return {name: number and full_url(path, query, page=number) for name, number in numbers.items()}


def canonical(parameters, filters):
    """Return a query as ``[(name, value)]``: the ``filters`` as they were understood, then what else the API knows.

    What it does not know is not repeated.
    """
    names = {name.strip() for value in parameters.getlist("fields") for name in value.split(",")}
    known = {"fields": ",".join(sorted(names)), "lang": parameters.get("lang")}
    if "page_size" in parameters:
        known["page_size"] = int(parameters["page_size"])
    values = [(name, value) for name, several in sorted(filters.lists()) for value in several]
    return [*values, *((name, value) for name, value in known.items() if value)]


def link_header(links):
    """Return the links as a header, RFC 8288: as many as there is room for, those that a harvester needs first."""
    header = ""
    for name in NEEDED_FIRST:
        longer = f'{header}, <{links[name]}>; rel="{name}"'.lstrip(", ")
        if links[name] and len(longer) <= MAX_LINK_HEADER:
            header = longer
    return header
