"""Cache of files that are costly to generate: one for each state of the contents, stored in pieces."""

from datetime import timedelta

from django.db import models
from django.utils import timezone

SILENCE = timedelta(seconds=30)  # since ``heard_at``, after which the process that generates a file is considered dead
TRIED_AGAIN = timedelta(minutes=1)  # after a failure
LONGEST_WAIT = timedelta(hours=1)  # in the queue, after which a file is queued again


class FileState(models.TextChoices):
    """How far a file is; never shown."""

    WAITING = "waiting"
    MAKING = "making"
    READY = "ready"
    FAILED = "failed"


class CachedFileQuerySet(models.QuerySet):
    """Finds files, and gives each to one process to generate."""

    def claim(self, key, path, contents):
        """Return ``(file, whether the caller is to generate it)``, which is true for one of many callers."""
        now = timezone.now()
        new = {"path": path, "contents": contents, "heard_at": now}
        file, created = self.get_or_create(key=key, defaults=new)
        if created or not file.is_abandoned:
            return file, created
        unchanged = self.filter(pk=file.pk, state=file.state, heard_at=file.heard_at)
        claimed = unchanged.update(state=FileState.WAITING, heard_at=now)
        file.refresh_from_db()
        return file, bool(claimed)

    def begin(self, pk):
        """Return a waiting file that the caller generates from now on; None when it is gone or another generates it."""
        waiting = self.filter(pk=pk, state=FileState.WAITING)
        return self.get(pk=pk) if waiting.update(state=FileState.MAKING, heard_at=timezone.now()) else None

    def unfinished(self):
        return self.filter(state__in=(FileState.WAITING, FileState.MAKING))

    def asked_before(self, file):
        return self.unfinished().filter(pk__lt=file.pk)

    def of_other_contents(self, contents):
        return self.exclude(contents=contents).exclude(state=FileState.MAKING)

    def beyond(self, size):
        """Return the primary keys of the oldest files, without which the others fit into ``size`` bytes."""
        total, oldest = 0, []
        for pk, bytes_ in self.filter(state=FileState.READY).order_by("-pk").values_list("pk", "size"):
            total += bytes_
            if total > size:
                oldest.append(pk)
        return oldest


class CachedFile(models.Model):
    """A file by what it depends on: the path with its canonical query, and the state of the contents."""

    key = models.CharField(max_length=64, unique=True)
    path = models.TextField()
    contents = models.CharField(max_length=64, db_index=True)
    state = models.CharField(max_length=7, choices=FileState, default=FileState.WAITING)
    asked_at = models.DateTimeField(default=timezone.now)
    heard_at = models.DateTimeField()  # from the process that generates it
    headers = models.JSONField(default=dict)
    size = models.PositiveBigIntegerField(default=0)  # bytes
    streamed = models.BooleanField(default=False)  # whether it is sent piece by piece

    objects = CachedFileQuerySet.as_manager()

    def __str__(self):
        return self.path

    @property
    def is_abandoned(self):
        """Whether a file is not ready and no process generates it."""
        limits = {FileState.WAITING: LONGEST_WAIT, FileState.MAKING: SILENCE, FileState.FAILED: TRIED_AGAIN}
        return self.state in limits and timezone.now() - self.heard_at > limits[self.state]


class CachedFilePiece(models.Model):
    """A piece of a file, so that no process holds the whole in memory."""

    file = models.ForeignKey(CachedFile, models.CASCADE, related_name="pieces")
    content = models.BinaryField()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.file_id} {self.pk}"
