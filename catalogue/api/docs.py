"""The documentation of the API as a page of the site, built from its schema."""

from typing import NamedTuple

from django.conf import settings
from django.shortcuts import render
from django.views.decorators.http import require_safe

from catalogue.api.schema import described
from catalogue.caching.etags import versioned

LISTED = 24  # values that the page names one by one; more of them are folded away


@require_safe
@versioned
def api_docs(request):
    """Every endpoint of the API with its parameters, and the shapes of its responses."""
    schema = described()
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
        "parts": [
            Part.of(each["name"], each["schema"], each.get("description", "")) for each in operation["parameters"]
        ],
        "is_one_address": "{" not in path,
    }


class Part(NamedTuple):
    """A parameter or a field of a response: its name, what it is, and the values it may have."""

    name: str
    description: str
    values: list

    @property
    def first_and_last(self):
        """The first and the last value where all are whole numbers in a row, such as years; empty for other values."""
        if len(self.values) < 3 or not all(value.isdecimal() for value in self.values):
            return ()
        first, last = int(self.values[0]), int(self.values[-1])
        return (first, last) if list(map(int, self.values)) == list(range(first, last + 1)) else ()

    @property
    def has_many(self):
        """Whether there are too many values to name them in a sentence."""
        return len(self.values) > LISTED

    @classmethod
    def of(cls, name, schema, description=""):
        """Return the part that a schema describes; of a list, the values of its rows."""
        values = schema.get("enum") or schema.get("items", {}).get("enum") or []
        return cls(name, description or schema.get("description", ""), [str(value) for value in values if value])
