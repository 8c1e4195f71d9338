"""Writes the documents of practices: after each change of a practice, or of a record that its document holds."""

from catalogue.documents.reading import from_tables
from catalogue.documents.shapes import as_json, fingerprint
from catalogue.models import Practice, PracticeDocument

BATCH = 200


def write(keys):
    """Write the documents of the published practices among those with these primary keys; others lose theirs."""
    for batch in _batches(sorted(keys)):
        documents = [
            PracticeDocument(
                practice=practice, content=as_json(practice), shape=fingerprint(), updated=practice.updated
            )
            for practice in from_tables(batch)
        ]
        PracticeDocument.objects.bulk_create(
            documents,
            update_conflicts=True,
            unique_fields=["practice"],
            update_fields=["content", "shape", "updated"],
        )
        left = {document.practice_id for document in documents}
        PracticeDocument.objects.filter(practice__in=set(batch) - left).delete()


def rebuild(report=lambda done, total: None):
    """Write the documents of all practices while the site runs, in batches; return how many are published."""
    keys = list(Practice.objects.order_by("pk").values_list("pk", flat=True))
    for done, batch in enumerate(_batches(keys), start=1):
        write(batch)
        report(min(done * BATCH, len(keys)), len(keys))
    return PracticeDocument.objects.count()


def out_of_step():
    """Return how many published practices lack an up-to-date document, and how many documents tell of no such."""
    current = PracticeDocument.objects.current(fingerprint())
    lacking = Practice.objects.published().exclude(pk__in=current.values("practice")).count()
    return lacking + PracticeDocument.objects.exclude(pk__in=current.values("practice")).count()


def _batches(keys):
    return (keys[start : start + BATCH] for start in range(0, len(keys), BATCH))
