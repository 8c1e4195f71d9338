"""What belongs to one meeting: who had a part in it, its figures, documents and doubts, and what was agreed."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from networks.choices import BodyRole, CommitmentStatus
from networks.fields import (
    address_field,
    known_choice,
    optional_key,
    partial_date_field,
    quoted_language_field,
    slug_field,
)
from networks.languages import LANGUAGE_CHOICES
from networks.models.forums import Forum
from networks.models.meetings import Meeting
from networks.models.members import Network
from networks.ordered import OrderedRow
from networks.querysets import CommitmentQuerySet
from networks.records import Record


def row_of(related_name):
    """Return the link from a row to its meeting; the row goes when the meeting goes."""
    return models.ForeignKey(
        Meeting,
        models.CASCADE,
        related_name=related_name,
        verbose_name=_("meeting"),
        help_text=_("The meeting it belongs to."),
    )


class MeetingRow(OrderedRow):
    """A row with a position in its meeting's list."""

    NATURAL_KEY = ("meeting__slug", "order")
    OWNER = "meeting"

    class Meta(OrderedRow.Meta):
        abstract = True


order_once = MeetingRow.order_once


class MeetingBody(MeetingRow):
    """Somebody, beside the States, who convened a meeting, paid for it, took part, or was to hear of it."""

    meeting = row_of("bodies")
    role = models.CharField(_("role"), max_length=12, choices=BodyRole, help_text=_("Role in the meeting."))
    forum = optional_key(Forum, _("forum or organisation"), "parts", _("Choose from the list, or write a name."))
    name = models.CharField(
        _("name"),
        max_length=250,
        blank=True,
        help_text=_("For a participant that is not on the list; for a person, the position only."),
    )

    class Meta:
        ordering = ["order"]
        verbose_name = _("convenor, funder or participant")
        verbose_name_plural = _("convenors, funders and participants")
        constraints = [
            order_once("meeting_body"),
            known_choice("role", BodyRole, "meeting_body_role_known"),
        ]

    def __str__(self):
        return str(self.forum) if self.forum else self.name or ""

    def clean(self):
        """Ask for one of the list or a name, not both."""
        super().clean()
        named = any(getattr(self, f"name_{code}") for code, _label in LANGUAGE_CHOICES)
        if bool(self.forum_id) == named:
            raise ValidationError({"forum": _("Choose from the list or write a name, but not both.")})


class MeetingFigure(MeetingRow):
    """A figure that a meeting or its document gave, with its date and its source."""

    meeting = row_of("figures")
    indicator = models.CharField(
        _("indicator"), max_length=300, help_text=_("What the figure measures, for example cases.")
    )
    value = models.DecimalField(
        _("value"),
        max_digits=16,
        decimal_places=4,
        null=True,
        blank=True,
        help_text=_("Leave it empty if what the source says is not a number."),
    )
    more_than = models.BooleanField(_("more than"), default=False, help_text=_("Tick if the source says so."))
    as_printed = models.CharField(_("as printed"), max_length=200, help_text=_("Exact words of the source."))
    source_language = quoted_language_field()
    as_of = partial_date_field(_("as of"), _("Date of the figure; if the source gives none, the date of the meeting."))
    counted_by = models.CharField(
        _("source of the figure"), max_length=250, help_text=_("Body that produced the figure.")
    )
    note = models.TextField(_("note"), blank=True, help_text=_("What the public should know about this figure."))

    class Meta:
        ordering = ["order"]
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        constraints = [order_once("meeting_figure")]

    def __str__(self):
        return f"{self.indicator}: {self.as_printed}"


class MeetingDocument(MeetingRow):
    """A text that a meeting adopted, or a page on it."""

    meeting = row_of("documents")
    label = models.CharField(_("label"), max_length=300, help_text=_("Says what it is and where the link leads."))
    adopted = models.BooleanField(
        _("adopted at the meeting"), default=False, help_text=_("Tick for texts adopted at the meeting.")
    )
    url = address_field(_("address"), _("Leave it empty if the source gives none."))
    note = models.TextField(_("note"), blank=True, help_text=_("What the public should know about this document."))

    class Meta:
        ordering = ["order"]
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        constraints = [order_once("meeting_document")]

    def __str__(self):
        return self.label or self.url


class MeetingFeature(Record):
    """Something that a proposed meeting is to have, by the letter that the proposal gives it."""

    NATURAL_KEY = ("meeting__slug", "letter")

    meeting = row_of("features")
    letter = models.CharField(_("letter"), max_length=1, help_text=_("As in the proposal: A, B, C."))
    text = models.TextField(_("text"), help_text=_("One sentence, in this catalogue’s own words."))

    class Meta:
        ordering = ["letter"]
        verbose_name = _("feature of a proposed meeting")
        verbose_name_plural = _("features of a proposed meeting")
        constraints = [models.UniqueConstraint(fields=["meeting", "letter"], name="meeting_feature_letter_once")]

    def __str__(self):
        return f"{self.letter}. {self.text}"


class MeetingNote(MeetingRow):
    """A doubt about the source, told to the reader: what it prints, what the catalogue shows, and why."""

    meeting = row_of("notes")
    source_prints = models.CharField(
        _("the source says"),
        max_length=300,
        blank=True,
        help_text=_("Verbatim and short; leave it empty if the source says nothing."),
    )
    source_language = quoted_language_field(blank=True)
    shows = models.TextField(_("the catalogue shows"), help_text=_("What the record shows instead."))
    reason = models.TextField(_("reason"), help_text=_("Why, in one or two sentences."))
    anomaly = models.CharField(
        _("number in the list of anomalies"), max_length=6, blank=True, help_text=_("For example A105.")
    )

    class Meta:
        ordering = ["order"]
        verbose_name = _("editor’s note")
        verbose_name_plural = _("editor’s notes")
        constraints = [order_once("meeting_note")]

    def __str__(self):
        return self.shows or ""


class Commitment(Record):
    """What a meeting agreed: one action, who is to take it, by when, and what is known of it since."""

    slug = slug_field()
    meeting = models.ForeignKey(
        Meeting,
        models.PROTECT,
        related_name="commitments",
        verbose_name=_("meeting"),
        help_text=_("The meeting at which it was agreed."),
    )
    order = models.PositiveSmallIntegerField(_("order"), help_text=_("Position among those of the meeting."))
    text = models.TextField(_("text of the commitment"), help_text=_("One action, in this catalogue’s own words."))
    priority = models.BooleanField(_("priority"), default=False, help_text=_("Tick if the source calls it a priority."))
    actors = models.CharField(
        _("responsible party"), max_length=300, help_text=_("Who must carry it out, according to the source.")
    )
    deadline = partial_date_field(_("deadline"))
    status = models.CharField(
        _("status"), max_length=10, choices=CommitmentStatus, help_text=_("According to the sources.")
    )
    evidence = models.TextField(_("evidence"), blank=True, help_text=_("What shows this status, and in which source."))
    fulfilled_at = optional_key(
        Meeting, _("meeting of fulfilment"), "fulfils", _("The meeting at which it was fulfilled, if there is one.")
    )
    networks = models.ManyToManyField(
        Network,
        verbose_name=_("related networks"),
        related_name="commitments",
        blank=True,
        help_text=_("Networks related by subject, in the reading of this catalogue."),
    )

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        ordering = ["meeting", "order"]
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        constraints = [
            order_once("commitment"),
            known_choice("status", CommitmentStatus, "commitment_status_known"),
            models.CheckConstraint(
                condition=models.Q(fulfilled_at=None) | models.Q(status=CommitmentStatus.FULFILLED),
                name="commitment_fulfilled_at_a_meeting_is_fulfilled",
                violation_error_message=_(
                    "A commitment with a meeting of fulfilment must have the status “Fulfilled”."
                ),
            ),
        ]

    def __str__(self):
        return self.text or self.slug

    def get_absolute_url(self):
        return f"{self.meeting.get_absolute_url()}#{self.slug}"

    @property
    def is_fulfilled(self):
        return self.status == CommitmentStatus.FULFILLED

    def clean(self):
        """Ask for the evidence of what is said to have happened."""
        super().clean()
        shown = any(getattr(self, f"evidence_{code}") for code, _label in LANGUAGE_CHOICES)
        if self.status and self.status != CommitmentStatus.AGREED and not shown:
            raise ValidationError({"evidence_es": _("State what shows this status, in at least one language.")})
