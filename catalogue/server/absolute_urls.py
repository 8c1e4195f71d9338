"""Absolute URLs of records and lists, for files, citations and e-mails."""

from typing import Any

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse


def public_url(practice: Any) -> str:
    """Return the URL of the practice's page in the active language."""
    return f"{settings.SITE_URL}{practice.get_absolute_url()}"


def permanent_url(practice: Any) -> str:
    """Return the permanent URL of the record, which leads to its page in the reader's language."""
    return f"{settings.SITE_URL}{reverse('permanent_link', args=[practice.code])}"


def list_url(query: QueryDict) -> str:
    """Return the URL of the list with these parameters, in the active language."""
    return f"{settings.SITE_URL}{reverse('practice_list')}?{query.urlencode()}".rstrip("?")


def meetings_url(filterset: Any, extension: str = "") -> str:
    """Return the URL of the list of meetings that a ``MeetingFilter`` selects, or of one of its files."""
    path = reverse("meeting_list_file", args=[extension]) if extension else reverse("meeting_list")
    return f"{settings.SITE_URL}{path}?{filterset.known_query().urlencode()}".rstrip("?")
