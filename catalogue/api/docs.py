"""The documentation of the API as a page of the site, made from its schema."""

from typing import NamedTuple

from django.conf import settings
from django.shortcuts import render
from django.views.decorators.http import require_safe

from catalogue.api.schema import described
from catalogue.views.caching import versioned

LONGEST = 24  # values that the page lists one by one


@require_safe
@versioned
def api_docs(request):
    """Every address of the API with its parameters, and the shapes of its answers."""
    schema = described(request.version)
    context = {
        "operations": [
            described_operation(path, operation)
            for path, methods in schema["paths"].items()
            for operation in methods.values()
        ],
        "shapes": [
            (name, [Part.of(part, kind) for part, kind in shape["properties"].items()])
            for name, shape in sorted(schema["components"]["schemas"].items())
        ],
        "limit": settings.API_REQUESTS_PER_MINUTE,
    }
    return render(request, "catalogue/api_docs.html", context)


def described_operation(path, operation):
    """Return what the page says of an operation."""
    return {
        "path": path,
        "id": operation["operationId"],
        "summary": operation["summary"],
        "parts": parts_of(operation),
        "is_one_address": "{" not in path,
    }


class Part(NamedTuple):
    """A parameter or a part of an answer: its name, what it is, and the values it may have."""

    name: str
    description: str
    values: list

    @classmethod
    def of(cls, name, schema, description=""):
        """Return the part that a schema describes; of a list, the values of its rows."""
        values = schema.get("enum") or schema.get("items", {}).get("enum") or []
        return cls(name, description or schema.get("description", ""), in_short([value for value in values if value]))


def in_short(values):
    """Return values for a page: of a long list (years, keywords) the first and the last; the schema holds them all."""
    return values if len(values) <= LONGEST else [*values[:3], "…", values[-1]]


def parts_of(operation):
    """Return the parameters of an operation."""
    return [Part.of(each["name"], each["schema"], each.get("description", "")) for each in operation["parameters"]]
