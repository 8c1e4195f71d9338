"""The published practices as everything reads them that shows one whole: from their documents."""

from django.db.models import prefetch_related_objects
from django.http import Http404

from catalogue.documents.named import named_records
from catalogue.documents.shapes import as_practice, fingerprint
from catalogue.link_checker.schedule import mark_unreached
from catalogue.models import Practice, Presentation
from catalogue.models.version import current

DOCUMENT = ("document__shape", "document__updated", "document__content")


def published_or_404(slug, version):
    """Return the published practice with a slug, from its document. Raises ``Http404`` without any."""
    if found := fetched(Practice.objects.published().filter(slug=slug), version):
        return found[0]
    raise Http404


def listed(keys, version=None):
    """Return the published practices with these primary keys, in that order; missing ones are left out."""
    found = {practice.pk: practice for practice in fetched(Practice.objects.published().with_keys(keys), version)}
    return [found[key] for key in keys if key in found]


def fetched(practices, version=None):
    """Return the practices of a queryset of ``published()`` ones as a list, with all that belongs to them.

    One query reads their documents. Where there is none, or none that is up to date, the tables are read.
    ``version`` is that of the catalogue, where it is known.
    """
    version = version or current()
    rows = practices.prefetch_related(None).select_related(None).rewrite(False).values_list("pk", "updated", *DOCUMENT)
    found, lacking = {}, []
    for key, updated, shape, written, content in rows:
        is_current = (shape, written) == (fingerprint(), updated)
        found[key] = _decoded(content, version) if is_current else None
        if found[key] is None:
            lacking.append(key)
    found |= {practice.pk: practice for practice in from_tables(lacking)}
    return [practice for practice in found.values() if practice]


def _decoded(document, version):
    """Return the practice of a document; ``None`` when it names a record that is newer than ``version``."""
    try:
        return as_practice(document, named_records(version), Practice.objects.db)
    except KeyError:
        return None


def from_tables(keys):
    """Return the published practices with these primary keys as their documents give them, read from the tables."""
    practices = list(Practice.objects.published().filter(pk__in=keys).for_document()) if keys else []
    mark_unreached(practices)
    return practices


def with_page_rows(practice):
    """Give a practice that has no document, an earlier version or a preview, the rows that its page shows beside it."""
    prefetch_related_objects([practice], *Practice.objects.page_rows())
    practice.public_presentations = list(Presentation.objects.of_practice(practice.record))  # of a draft, too
    mark_unreached([practice])
    return practice
