"""The editorial side of a practice: who wrote it, its transitions and versions, its schedule, its verification."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_lazy as _

from catalogue.choices import LANGUAGE_CHOICES, AuditEvent, State, TransitionKind
from networks.fields import language_field
from networks.models import Country

REVISION_PREFIX = "R-"  # before the code of the practice that a revision proposes to change


def editor_field(label):
    """Return a link to an account that outlives the account."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=label,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )


def outdated_field(label):
    """Return the day since which the texts of one language are older than the original.

    ``editorial/translation/status.py`` writes it.
    """
    return models.DateField(label, null=True, blank=True, editable=False)


class Editorial(models.Model):
    """The part of a practice that is for editors and never shown as content."""

    revision_of = models.OneToOneField(
        "self",
        models.CASCADE,
        verbose_name=_("proposed change to"),
        null=True,
        blank=True,
        editable=False,
        related_name="revision",
    )
    created_by = editor_field(_("created by"))
    submitted_by = editor_field(_("submitted by"))
    reviewer = editor_field(_("reviewer"))
    state_since = models.DateTimeField(_("in this status since"), default=timezone.now, editable=False)
    publish_at = models.DateTimeField(_("to be published at"), null=True, blank=True, editable=False)
    unpublish_at = models.DateTimeField(_("to be withdrawn at"), null=True, blank=True, editable=False)
    scheduled_by = editor_field(_("scheduled by"))
    version = models.PositiveIntegerField(_("published version"), default=0, editable=False)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True, editable=False)
    last_verified = models.DateField(_("last verified"), null=True, blank=True, editable=False)
    verified_by = editor_field(_("verified by"))
    next_review = models.DateField(_("next verification due"), null=True, blank=True, editable=False)
    reminded_on = models.DateField(_("focal points reminded on"), null=True, blank=True, editable=False)
    outdated_since_es = outdated_field(_("Spanish texts outdated since"))
    outdated_since_en = outdated_field(_("English texts outdated since"))
    outdated_since_pt = outdated_field(_("Portuguese texts outdated since"))
    outdated_texts = models.JSONField(_("outdated texts"), default=dict, blank=True, editable=False)
    period_not_stated = models.BooleanField(
        _("the source states no period"), default=False, help_text=_("Tick if start and end are left empty.")
    )
    limits_none_reported = models.BooleanField(
        _("the source mentions no limits"),
        default=False,
        help_text=_("Tick if “Limits and next steps” is left empty."),
    )

    class Meta:
        abstract = True

    @property
    def record(self):
        """The practice itself: of a revision the one it proposes to change, otherwise this one."""
        return self.revision_of if self.revision_of_id else self

    @property
    def is_revision(self):
        return self.revision_of_id is not None

    @property
    def may_be_deleted(self):
        """Whether it was never public, or else its code is taken for good; a revision is discarded instead."""
        return not (self.version or self.is_revision)

    @property
    def record_code(self):
        """The permanent code of the practice, also for its revision."""
        return self.code.removeprefix(REVISION_PREFIX)

    @property
    def public_version(self):
        """The number that is shown. What came with the first edition is version 1."""
        return max(self.version, 1)

    @property
    def earlier_versions(self):
        """The versions that were public before this one, the newest first; of a practice from ``for_document()``."""
        return [row for row in self.public_versions if row.public_number < self.version]

    def text_status_in_words(self, language):
        """Return how the texts of a language came to be, and since when they are outdated."""
        since = getattr(self, f"outdated_since_{language}")
        if since is None:
            return getattr(self, f"get_translation_status_{language}_display")()
        return gettext("translation outdated since %(day)s, when the original changed") % {"day": date_format(since)}

    @property
    def open_revision(self):
        """The revision that proposes to change this practice; ``None`` when nobody proposes any."""
        return type(self).objects.filter(revision_of=self.pk).first() if self.pk else None


class Transition(models.Model):
    """A transition of a practice from one state to the next: who, when, why."""

    practice = models.ForeignKey("Practice", models.CASCADE, verbose_name=_("practice"), related_name="transitions")
    move = models.CharField(_("step"), max_length=17, choices=TransitionKind)
    from_state = models.CharField(_("previous status"), max_length=17, choices=State)
    to_state = models.CharField(_("new status"), max_length=17, choices=State, blank=True)
    of_revision = models.BooleanField(_("of a proposed change"), default=False)
    note = models.TextField(_("note"), blank=True)
    by = editor_field(_("person responsible"))
    at = models.DateTimeField(_("date and time"), default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("step of the workflow")
        verbose_name_plural = _("steps of the workflow")

    def __str__(self):
        return f"{self.practice.code}: {self.get_move_display()}"


class RecordVersion(models.Model):
    """A practice as it was after a change, whole: its texts in every language, its terms, its rows."""

    practice = models.ForeignKey("Practice", models.CASCADE, verbose_name=_("practice"), related_name="versions")
    number = models.PositiveIntegerField(_("number"))
    content = models.JSONField(_("content"))
    of_revision = models.BooleanField(_("of a proposed change"), default=False)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    made_by = editor_field(_("person responsible"))
    made_at = models.DateTimeField(_("date and time"), default=timezone.now)
    public_number = models.PositiveIntegerField(_("published version"), null=True)
    published_at = models.DateTimeField(_("published at"), null=True)

    class Meta:
        ordering = ["-number"]
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        constraints = [
            models.UniqueConstraint(fields=["practice", "number"], name="version_number_once"),
            models.UniqueConstraint(fields=["practice", "public_number"], name="public_version_number_once"),
        ]

    def __str__(self):
        return f"{self.practice.code} · {self.number}"


class PreviewLinkQuerySet(models.QuerySet):
    """Finds preview links."""

    def on(self, practice):
        """Keep those to a practice and to its revision."""
        return self.filter(models.Q(practice=practice) | models.Q(practice__revision_of=practice))

    def over(self, moment):
        return self.filter(until__lte=moment)


class PreviewLink(models.Model):
    """A link under which one version of a draft or revision can be read; deleted when it is revoked.

    Its foreign keys have no constraints: the release before this one, which may serve during an upgrade, deletes
    revisions and accounts without knowing of links. One that points to nothing opens nothing.
    """

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    practice = models.ForeignKey(
        "Practice",
        models.CASCADE,
        verbose_name=_("practice"),
        related_name="preview_links",
        db_constraint=False,
    )
    version = models.ForeignKey(
        RecordVersion, models.CASCADE, verbose_name=_("version"), related_name="+", db_constraint=False
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        verbose_name=_("person responsible"),
        related_name="+",
        db_constraint=False,
    )
    made_at = models.DateTimeField(_("date and time"), default=timezone.now)
    until = models.DateTimeField(_("until"))

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")

    def __str__(self):
        return f"{self.practice.record_code} · {self.pk}"


class EditorProfile(models.Model):
    """What the catalogue knows of an account beside its groups: whose focal point it is, what it translates."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="editor_profile")
    countries = models.ManyToManyField(
        Country,
        blank=True,
        related_name="+",
        verbose_name=_("countries of the focal point"),
        help_text=_("A focal point sees and proposes practices of these countries only."),
    )
    translates_es = models.BooleanField(_("translates into Spanish"), default=False)
    translates_en = models.BooleanField(_("translates into English"), default=False)
    translates_pt = models.BooleanField(_("translates into Portuguese"), default=False)
    language = language_field(
        _("language of e-mails"), _("Language of the e-mails that this person receives."), default="es"
    )

    class Meta:
        verbose_name = _("editorial profile")
        verbose_name_plural = _("editorial profiles")

    def __str__(self):
        return str(self.user_id)


class TranslationUpload(models.Model):
    """Translations uploaded as a file, stored from their preview until they are applied."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, editable=False, related_name="+")
    at = models.DateTimeField(_("date and time"), default=timezone.now)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGE_CHOICES)
    lines = models.JSONField(_("lines"))

    class Meta:
        verbose_name = _("uploaded translations")
        verbose_name_plural = _("uploaded translations")

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.language}"


class AuditEntry(models.Model):
    """Who did what in the admin, and when. Of persons it holds the account's number and nothing else."""

    at = models.DateTimeField(_("date and time"), default=timezone.now)
    user = editor_field(_("account"))
    event = models.CharField(_("event"), max_length=20, choices=AuditEvent)
    subject = models.CharField(_("subject"), max_length=200, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("entry of the audit log")
        verbose_name_plural = _("audit log")
        indexes = [models.Index(fields=["event", "at"])]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.event} {self.subject}".strip()
