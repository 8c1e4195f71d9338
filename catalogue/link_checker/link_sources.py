"""The one list of the fields whose URLs public pages show."""

from typing import NamedTuple

from django.db.models import Q

from catalogue.choices import LinkStatus, State
from catalogue.models import Edition, Practice
from networks.models import Forum, MeetingDocument, Source


class UrlField(NamedTuple):
    """A field of the rows of a practice: the relation, the path of the field, which of the rows show a link."""

    relation: str
    field: str
    shown: Q = Q()


OF_PRACTICES = (
    UrlField("legal_instruments", "url"),
    UrlField("links", "url", ~Q(status=LinkStatus.SUSPECT)),
    UrlField("citations", "reference__url"),
    UrlField("adaptations", "evidence_url", Q(state=State.PUBLISHED)),
)
OF_PAGES = (  # of pages that are not about a practice
    (Edition, "url"),
    (Edition, "licence_url"),
    (Forum, "url"),
    (Source, "url"),
    (MeetingDocument, "url"),
)


def shown_urls():
    """Return every URL to which a public page links."""
    of_pages = (model.objects.values_list(field, flat=True) for model, field in OF_PAGES)
    return Practice.objects.published().addresses_in(OF_PRACTICES).union(*of_pages) - {""}


def rows_with_url(practice):
    """Yield ``(record, URL)`` for every row of a practice from ``for_record()`` that may link; "" where it does not."""
    yield from ((row, row.url) for row in practice.legal_instruments.all())
    yield from ((row, row.url if row.followable else "") for row in practice.links.all())
    yield from ((row, row.evidence_url) for row in practice.public_adaptations)
    yield from ((row.reference, row.reference.url) for row in practice.citations.all() if row.reference)
