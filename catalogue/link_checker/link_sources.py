"""Where public pages show addresses of the web: the one list of it."""

from typing import NamedTuple

from django.db.models import Q

from catalogue.choices import LinkStatus, State
from catalogue.models import Edition, Practice
from networks.models import Forum, MeetingDocument, Source


class Place(NamedTuple):
    """An address in the rows of a practice: the relation, the path of the field, which of the rows show a link."""

    relation: str
    field: str
    shown: Q = Q()


OF_PRACTICES = (
    Place("legal_instruments", "url"),
    Place("links", "url", ~Q(status=LinkStatus.SUSPECT)),
    Place("citations", "reference__url"),
    Place("adaptations", "evidence_url", Q(state=State.PUBLISHED)),
)
OF_PAGES = (  # of pages that tell of no practice
    (Edition, "url"),
    (Edition, "licence_url"),
    (Forum, "url"),
    (Source, "url"),
    (MeetingDocument, "url"),
)


def shown_addresses():
    """Return every address to which a public page links."""
    addresses = Practice.objects.published().addresses_in(OF_PRACTICES)
    for model, field in OF_PAGES:
        addresses |= set(model.objects.values_list(field, flat=True))
    return addresses - {""}


def rows_with_address(practice):
    """Yield ``(record, address)`` of what a fetched practice links to."""
    yield from ((row, row.url) for row in practice.legal_instruments.all())
    yield from ((row, row.url) for row in practice.links.all() if row.followable)
    yield from ((row, row.evidence_url) for row in practice.adaptations.all() if row.state == State.PUBLISHED)
    yield from ((row.reference, row.reference.url) for row in practice.citations.all() if row.reference)
