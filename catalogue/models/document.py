"""A published practice as one document: all that the public sees of it, in one row."""

from django.db import models
from django.db.models import F, Q

from catalogue.models.practice import Practice
from catalogue.querysets.visibility import published_q


class PracticeDocumentQuerySet(models.QuerySet):
    """Documents of practices; ``shape`` is that of the documents of this release."""

    def current(self, shape):
        """Keep the documents that this release wrote, after the last change of their practice."""
        return self.filter(published_q("practice__"), shape=shape, updated=F("practice__updated"))

    def outdated(self, shape):
        """Keep the others; those of practices that are not public any more are among them."""
        return self.exclude(Q(published_q("practice__"), shape=shape, updated=F("practice__updated")))


class PracticeDocument(models.Model):
    """A practice with everything that belongs to it, as ``documents.shapes`` encodes it; only published ones have it.

    ``updated`` is when the practice itself was last changed before the document was written.
    """

    # no constraint: the release before this one, which may serve during an upgrade, knows of no document to delete
    practice = models.OneToOneField(
        Practice, models.CASCADE, primary_key=True, related_name="document", db_constraint=False
    )
    content = models.TextField()
    shape = models.CharField(max_length=32)
    updated = models.DateTimeField()

    objects = PracticeDocumentQuerySet.as_manager()

    def __str__(self):
        return str(self.practice_id)
