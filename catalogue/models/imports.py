"""Imports of spreadsheets: one row for each, and what it means for each practice of its file."""

import json
import zlib
from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalogue.choices import Outcome, Stage
from catalogue.models.editorial import editor_field

AT_WORK = (Stage.CHECKING, Stage.APPLYING, Stage.UNDOING)
SILENCE = timedelta(seconds=60)  # since ``heard_at``, after which a process is considered dead


class ImportRunQuerySet(models.QuerySet):
    """Finds imports."""

    def of(self, user):
        return self.filter(by=user)

    def waiting(self):
        """Keep those that nobody has carried out and at which no process works."""
        at_work = models.Q(stage__in=AT_WORK, heard_at__gt=timezone.now() - SILENCE)
        return self.filter(applied_at=None).exclude(at_work)


class ImportRun(models.Model):
    """An uploaded spreadsheet: its content, how far its import is, its outcome."""

    file_name = models.CharField(_("file"), max_length=200)
    sha256 = models.CharField("SHA-256", max_length=64)
    kind = models.CharField(_("kind"), max_length=4)
    content = models.BinaryField(null=True, editable=False)  # until it is checked
    language = models.CharField(max_length=7, editable=False)  # of the sentences about it
    by = editor_field(_("person responsible"))
    at = models.DateTimeField(_("date and time"), default=timezone.now)
    stage = models.CharField(_("stage"), max_length=10, choices=Stage, default=Stage.UPLOADED)
    done = models.PositiveIntegerField(default=0, editable=False)
    total = models.PositiveIntegerField(default=0, editable=False)
    heard_at = models.DateTimeField(null=True, editable=False)
    new = models.PositiveIntegerField(_("new"), default=0)
    changed = models.PositiveIntegerField(_("changed"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    wrong = models.PositiveIntegerField(_("with errors"), default=0)
    notices = models.JSONField(default=list, editable=False)
    organisations = models.JSONField(default=list, editable=False)  # that it makes; see imports/organisations.py
    refusal = models.TextField(blank=True, editable=False)  # why it could not be read, carried out or undone
    applied_at = models.DateTimeField(_("carried out at"), null=True)
    undone_at = models.DateTimeField(_("undone at"), null=True)
    undone_by = editor_field(_("undone by"))

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("import")
        verbose_name_plural = _("imports")

    def __str__(self):
        return f"{self.pk} · {self.file_name}"

    @property
    def counts(self):
        """Return ``[(outcome, number)]`` in the order in which they are shown."""
        return [(outcome, getattr(self, outcome.value)) for outcome in Outcome]

    @property
    def may_be_applied(self):
        """Whether it is checked, has nothing wrong and something to do."""
        return self.stage == Stage.CHECKED and not self.wrong and bool(self.new or self.changed)


class ImportedPracticeQuerySet(models.QuerySet):
    """Finds what an import means for its practices."""

    def with_outcome(self, outcome):
        return self.filter(outcome=outcome)

    def to_write(self):
        """Keep those that an import writes."""
        return self.filter(outcome__in=(Outcome.NEW, Outcome.CHANGED))

    def lightly(self):
        """Fetch them without their contents."""
        return self.defer("packed").select_related("practice")


class ImportedPractice(models.Model):
    """What an import means for one practice of its file, and afterwards what it made of it."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="practices")
    row = models.PositiveIntegerField()
    key = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=400, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome)
    problems = models.JSONField(default=list)  # [[sheet, row, column, sentence]]
    packed = models.BinaryField(null=True)  # what the practice will say, until it says so
    base = models.CharField(max_length=64, blank=True)  # the fingerprint of what it said
    practice = models.ForeignKey("Practice", models.SET_NULL, null=True, related_name="+")
    target = models.ForeignKey("Practice", models.SET_NULL, null=True, related_name="+")  # what was written to
    version = models.PositiveIntegerField(null=True)  # that the import made
    before = models.PositiveIntegerField(null=True)  # the version before it

    objects = ImportedPracticeQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["run", "outcome"])]

    def __str__(self):
        return f"{self.run_id} {self.key}"

    @property
    def content(self):
        """The content that the practice will have; ``None`` when nothing is written, or was written already."""
        return None if self.packed is None else json.loads(zlib.decompress(self.packed))

    @content.setter
    def content(self, content):
        self.packed = None if content is None else zlib.compress(json.dumps(content).encode(), 1)
