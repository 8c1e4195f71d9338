"""Pages of a list and the queries of its URLs: written once for pages, files, feeds and the API."""

from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import InvalidPage, Paginator
from django.http import Http404, QueryDict

from catalogue.listing.partials import rendered


def page_of(items, number, size=settings.PRACTICES_PER_PAGE):
    """Return page ``number`` of a sequence or queryset, the first without a number.

    Raises ``Http404`` for a page that does not exist, rather than guessing another.
    """
    try:
        return Paginator(items, size).page(number or 1)
    except InvalidPage as problem:
        raise Http404 from problem


def pager(page, query):
    """Return the links to the other pages, which keep the ``query`` of this one; empty when there are none."""
    numbers, address = page.paginator.get_elided_page_range(page.number), f"{query}&" if query else "?"
    return rendered("pager", page=page, numbers=numbers, address=address)


def query_of(parameters, *, without=(), page=None):
    """Return ``?country=PE&network=…`` for a ``QueryDict`` or ``(name, value)`` pairs; empty without any parameter.

    Leaves out the names in ``without``, and puts the number of a ``page`` last.
    """
    if isinstance(parameters, QueryDict):
        parameters = [(name, value) for name, values in parameters.lists() for value in values]
    pairs = [(name, value) for name, value in parameters if name not in without]
    pairs += [("page", page)] if page else []
    return f"?{urlencode(pairs)}" if pairs else ""


def full_url(path, parameters=(), *, page=None):
    """Return the full URL of a path of the site with a query, of one ``page`` of its list if given."""
    return f"{settings.SITE_URL}{path}{query_of(parameters, page=page)}"
