"""Pages of the API: their size, their numbers, and the addresses of their neighbours."""

from django.conf import settings
from django.core.paginator import InvalidPage, Paginator
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

LARGEST_PAGE = 200
LARGEST_OF_WHOLE = 50  # of whole records: each takes as long as ten rows
LARGEST_NUMBER = 1_000_000


def page_of(rows, request, largest=LARGEST_PAGE):
    """Return the page of ``rows`` that the request asks for, of ``largest`` rows at the most.

    Raises ``ValidationError`` for what is not a number, ``Http404`` for a page that does not exist.
    """
    size = number_in(request, "page_size", default=settings.PRACTICES_PER_PAGE, largest=largest)
    number = number_in(request, "page", default=1, largest=LARGEST_NUMBER)
    try:
        return Paginator(rows, size).page(number)
    except InvalidPage as problem:
        raise Http404 from problem


def number_in(request, parameter, *, default, largest):
    """Return a parameter as a whole number from 1 to ``largest``."""
    text = request.GET.get(parameter)
    if text is None:
        return default
    if not (text.isascii() and text.isdecimal() and len(text) <= 9 and 1 <= int(text) <= largest):
        message = _("Write a whole number from 1 to %(largest)s.") % {"largest": largest}
        raise ValidationError({parameter: [message]})
    return int(text)


def links_of(page, request):
    """Return the addresses of this page, the first, the last and its neighbours; ``None`` where there is none."""
    last = page.paginator.num_pages
    numbers = {
        "self": page.number,
        "first": 1,
        "prev": page.number - 1 if page.has_previous() else None,
        "next": page.number + 1 if page.has_next() else None,
        "last": last,
    }
    return {name: number and address_of(request, number) for name, number in numbers.items()}


def address_of(request, number):
    """Return the full address of another page of the same question."""
    query = request.GET.copy()
    query["page"] = number
    return f"{settings.SITE_URL}{request.path}?{query.urlencode()}"


def link_header(links):
    """Return the links as a header, RFC 8288."""
    return ", ".join(f'<{address}>; rel="{name}"' for name, address in links.items() if address)
