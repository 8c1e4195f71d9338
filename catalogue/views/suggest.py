"""What a reader may mean while still typing, for the script of the search box."""

from django.http import JsonResponse
from django.views.decorators.http import require_safe

from catalogue.search.suggestions import suggestions


@require_safe
def suggest(request):
    """The suggestions for ``q`` as JSON; whatever is typed, there is an answer."""
    found = [suggestion._asdict() for suggestion in suggestions(request.GET.get("q", ""))]
    return JsonResponse({"suggestions": found}, headers={"X-Robots-Tag": "noindex"})
