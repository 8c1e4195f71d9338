"""The list of practices."""

from django.views.decorators.http import require_safe

from catalogue.caching.etags import versioned
from catalogue.listing.page import list_page


@require_safe
@versioned
def practice_list(request):
    """The list with its filters."""
    return list_page(request)
