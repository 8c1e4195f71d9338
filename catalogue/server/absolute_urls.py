"""Full addresses of a record, for files, citations and letters."""

from django.conf import settings
from django.urls import reverse


def public_url(practice):
    """Return the full address of the practice's page in the active language."""
    return f"{settings.SITE_URL}{practice.get_absolute_url()}"


def permanent_url(practice):
    """Return the full permanent address of the record, which leads to its page in the reader's language."""
    return f"{settings.SITE_URL}{reverse('permanent_link', args=[practice.code])}"


def list_url(query):
    """Return the full address of the list that a ``QueryDict`` asks for, in the active language."""
    return f"{settings.SITE_URL}{reverse('practice_list')}?{query.urlencode()}".rstrip("?")


def meetings_url(filterset, extension=""):
    """Return the full address of the list of meetings that a ``MeetingFilter`` asks for, or of one of its files."""
    path = reverse("meeting_list_file", args=[extension]) if extension else reverse("meeting_list")
    return f"{settings.SITE_URL}{path}?{filterset.known_query().urlencode()}".rstrip("?")
