"""The API described in OpenAPI 3.1: read from the code, with the choices that the catalogue holds now."""

from django.conf import settings
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from catalogue.api.access import LANGUAGES, public, reading
from catalogue.api.paging import LARGEST_NUMBER, LARGEST_PAGE
from catalogue.api.problems import CONTENT_TYPE, TITLES
from catalogue.listing.filter_fields import DayFilter, SelectionFilter, SortFilter, YearFilter
from catalogue.listing.filters import practices_for
from catalogue.listing.parameters import KEEPS
from catalogue.models.sequence import CODE_PATTERN
from networks.filters import meetings_for
from networks.list_filter import CodesFilter


@public
@extend_schema(exclude=True)
@reading
def schema(request):
    """The whole API in OpenAPI 3.1."""
    return Response(described(), content_type="application/vnd.oai.openapi+json")


def described():
    """Return the schema in the active language."""
    from drf_spectacular.generators import SchemaGenerator  # takes long to import, and few ask

    return SchemaGenerator(urlconf="catalogue.api.urls").get_schema(public=True)


def complete(result, generator, request, public):
    """Add to the schema what every endpoint has in common; called by drf-spectacular at the end."""
    result["servers"] = [{"url": settings.SITE_URL}]
    result["components"].setdefault("schemas", {})["Problem"] = problem_schema()
    for address in result["paths"].values():
        for operation in address.values():
            complete_operation(operation)
    return result


def complete_operation(operation):
    """Add the parameters, headers and failures that an operation shares with others."""
    parameters = operation.setdefault("parameters", [])
    for each in parameters:
        each["description"] = path_parameter(each["name"])
    parameters.append(parameter("lang", {"type": "string", "enum": list(LANGUAGES)}, _("Language of the texts.")))
    if shape := operation.pop("x-fields", None):
        parameters.append(fields_parameter(shape))
    if operation.pop("x-paged", False):
        parameters += page_parameters()
    if operation.pop("x-filtered", False):
        parameters += filter_parameters(practices_for({}), what_it_selects)
    if operation.pop("x-meetings", False):
        parameters += filter_parameters(meetings_for({}), lambda _name, filter_: filter_.label)
    responses = operation["responses"]
    responses["200"]["headers"] = {name: {"schema": {"type": "string"}} for name in ("ETag", "Content-Language")}
    responses["304"] = {"description": _("Nothing has changed since the answer with this ETag.")}
    for code in (400, 404, 405, 406, 429):
        responses[str(code)] = failure(code)


def path_parameter(name):
    """Return what a part of a path names."""
    return {
        "slug": _("Code of the record in the address of its page."),
        "iso2": _("ISO 3166-1 alpha-2 code of the State, for example PE."),
        "name": _("Name of the list of codes."),
    }[name]


def failure(code):
    """Return the description of a failure."""
    content = {CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    described = {"description": str(TITLES[code]), "content": content}
    if code == 429:
        described["headers"] = {"Retry-After": {"required": True, "schema": {"type": "string"}}}
    return described


def problem_schema():
    """Return the shape of a problem."""
    text = {"type": "string"}
    named = {"type": "object", "properties": {"parameter": text, "message": text}, "required": ["parameter", "message"]}
    members = {
        "type": text,
        "title": text,
        "status": {"type": "integer"},
        "instance": text,
        "parameters": {"type": "array", "items": named},
    }
    required = ["type", "title", "status", "instance"]
    return {"type": "object", "description": "RFC 9457", "properties": members, "required": required}


def parameter(name, schema, description):
    """Return the description of a parameter of the query."""
    repeats = {"style": "form", "explode": True} if schema["type"] == "array" else {}
    return {"in": "query", "name": name, "schema": schema, "description": str(description), **repeats}


def fields_parameter(shape):
    """Return the parameter that asks for parts of a record."""
    names = {"type": "string", "enum": list(shape().fields)}
    return parameter(
        "fields",
        {"type": "array", "items": names},
        _("Returns only these fields. Repeat the parameter or separate the names with commas."),
    )


def page_parameters():
    """Return the parameters of a list that comes in pages."""
    largest = {"page": LARGEST_NUMBER, "page_size": LARGEST_PAGE}
    words = {"page": _("Page number."), "page_size": _("Rows per page; 20 by default.")}
    return [
        parameter(name, {"type": "integer", "minimum": 1, "maximum": largest[name]}, words[name]) for name in largest
    ]


def filter_parameters(filterset, description):
    """Return the parameters of a filter, each with the values it accepts now and what ``description`` says of it."""
    return [
        parameter(name, schema_of(filter_), description(name, filter_))
        | {"allowEmptyValue": True}  # as a form sends what was left empty; it is ignored
        for name, filter_ in filterset.filters.items()
    ]


def what_it_selects(name, filter_):
    """Return in a sentence which practices a parameter selects; of the order, its label."""
    return filter_.label if name == "sort" else _("Selects the practices %(which)s.") % {"which": KEEPS[name]}


def schema_of(filter_):
    """Return the schema of the values of a filter."""
    if isinstance(filter_, CodesFilter | SortFilter):
        codes = {"type": "string", "enum": [code for code, _label in filter_.options if code]}
        return {"type": "array", "items": codes} if isinstance(filter_, CodesFilter) else codes
    if isinstance(filter_, SelectionFilter):
        return {"type": "array", "items": {"type": "string", "pattern": f"^{CODE_PATTERN}$"}}
    field = filter_.field
    if isinstance(filter_, YearFilter):
        return {"type": "integer", "minimum": field.min_value, "maximum": field.max_value}
    if isinstance(filter_, DayFilter):
        return {"type": "string", "format": "date"}
    return {"type": "string", "maxLength": field.max_length}
