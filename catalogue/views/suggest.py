"""Suggestions while a reader types into the search box, for its script."""

from django.http import JsonResponse
from django.views.decorators.http import require_safe

from catalogue.search.suggestions import suggestions


@require_safe
def suggest(request):
    """The suggestions for ``q`` as JSON; any text has a response."""
    found = [suggestion._asdict() for suggestion in suggestions(request.GET.get("q", ""))]
    return JsonResponse({"suggestions": found}, headers={"X-Robots-Tag": "noindex"})
