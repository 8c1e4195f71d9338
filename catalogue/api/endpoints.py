"""The two kinds of endpoints: a list that comes in pages, and one record; both give the parts named in `fields`."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import NamedTuple

from django.core.paginator import Page
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from catalogue.api.access import public, reading
from catalogue.api.paging import LARGEST_PAGE, canonical, link_header, links_of, requested_page
from catalogue.api.shapes import page_shape
from catalogue.text.languages import content_language
from networks.list_filter import ListFilter

LICENCE = "CC BY 4.0"


class Listing(NamedTuple):
    """What a list holds, what returns the records of a page of it, and the filter that narrowed it, if any."""

    rows: Sequence | QuerySet
    records: Callable[[Page], list[dict]]
    filterset: ListFilter | None = None
    largest: int = LARGEST_PAGE


def listing_endpoint(name, summary, shape, *, fields=None, **extensions):
    """Make a function that returns a ``Listing`` an endpoint; its rows stand under ``name``.

    ``fields`` is the shape whose parts may be asked for, by default that of the rows. They are in ``request.wanted``.
    """
    fields = fields or shape
    schema = extend_schema(
        operation_id=name,
        summary=summary,
        responses=page_shape(name, shape),
        extensions={"x-paged": True, "x-fields": fields, **{f"x-{key}": value for key, value in extensions.items()}},
    )

    def decorate(view):
        @wraps(view)
        def endpoint(request):
            request.wanted = fields_of(request, fields)
            listing = view(request)
            page = requested_page(listing.rows, request, listing.largest)
            rows = [sparse(record, request.wanted) for record in listing.records(page)]
            return paged(request, page, name, rows, listing.filterset)

        return public(schema(reading(endpoint)))

    return decorate


def record_endpoint(name, summary, shape):
    """Make a function that returns a record an endpoint."""
    schema = extend_schema(operation_id=name, summary=summary, responses=shape, extensions={"x-fields": shape})

    def decorate(view):
        @wraps(view)
        def endpoint(request, **names):
            wanted = fields_of(request, shape)
            return Response(sparse(view(request, **names), wanted))

        return public(schema(reading(endpoint)))

    return decorate


def possible(filterset):
    """Return a filter; raises ``ValidationError`` that names what is impossible."""
    if not filterset.is_valid():
        raise ValidationError(filterset.errors)
    return filterset


def fields_of(request, shape):
    """Return the names in `fields`, which may repeat or hold commas; without it, none, which means everything."""
    known = set(shape().fields)
    wanted = {name.strip() for value in request.GET.getlist("fields") for name in value.split(",")}
    if unknown := sorted(wanted - known):
        message = gettext("There is no field “%(name)s”.")
        raise ValidationError({"fields": [message % {"name": name} for name in unknown]})
    return wanted


def sparse(record, wanted):
    """Return the parts of a record that are wanted; all of it when nothing is named."""
    return {name: value for name, value in record.items() if name in wanted} if wanted else record


def paged(request, page, name, rows, filterset):
    """Return the response with a page of rows, and with its neighbours also in the header `Link`."""
    filters = filterset.known_query() if filterset else QueryDict()
    links = links_of(page, request.path, canonical(request.GET, filters))
    meta = {
        "count": page.paginator.count,
        "page": page.number,
        "pages": page.paginator.num_pages,
        "language": content_language(),
        "version": request._request.version.number,
        "licence": LICENCE,
    }
    header = link_header(links)
    return Response({"meta": meta, "links": links, name: rows}, headers={"Link": header} if header else None)
