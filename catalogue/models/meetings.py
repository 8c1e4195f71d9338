"""Practices and meetings: where practices were presented, and which commitments are on their subject."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue.choices import AnswerBasis, PresentationKind
from catalogue.querysets.practice_rows import AnswerQuerySet, PresentationQuerySet
from networks.choices import CommitmentStatus
from networks.fields import known_choice, optional_key
from networks.models import Commitment, Meeting, Network
from networks.records import Record


def record_field(related_name, text):
    """Return the foreign key to a practice that is no revision."""
    return models.ForeignKey(
        "Practice",
        models.CASCADE,
        related_name=related_name,
        verbose_name=_("practice"),
        limit_choices_to={"revision_of": None},
        help_text=text,
    )


class Presentation(Record):
    """A practice that was presented at a meeting, or that a meeting was about."""

    NATURAL_KEY = ("practice__code", "meeting__slug")

    practice = record_field("presentations", _("The record, not a proposed change to it."))
    meeting = models.ForeignKey(
        Meeting,
        models.CASCADE,
        related_name="presentations",
        verbose_name=_("meeting"),
        help_text=_("The meeting at which it was presented."),
    )
    kind = models.CharField(
        _("kind"),
        max_length=10,
        choices=PresentationKind,
        default=PresentationKind.PRESENTED,
        help_text=_("Presented there, or what the meeting was about."),
    )
    network = optional_key(Network, _("network"), "presentations", _("The network at whose session it was presented."))
    note = models.TextField(_("note"), blank=True, help_text=_("What the public should know about it."))

    objects = PresentationQuerySet.as_manager()

    class Meta:
        ordering = ["practice__code"]
        verbose_name = _("practice at a meeting")
        verbose_name_plural = _("practices at a meeting")
        constraints = [
            models.UniqueConstraint(fields=["practice", "meeting"], name="practice_once_per_meeting"),
            known_choice("kind", PresentationKind, "presentation_kind_known"),
        ]

    def __str__(self):
        return f"{self.practice}: {self.meeting}"


class CommitmentAnswer(Record):
    """A practice on the subject of a commitment, with what they have in common.

    That a State fulfils what was agreed is said only where a source says it.
    """

    NATURAL_KEY = ("commitment__slug", "practice__code")

    commitment = models.ForeignKey(
        Commitment,
        models.CASCADE,
        related_name="answers",
        verbose_name=_("commitment"),
        help_text=_("What a meeting agreed."),
    )
    practice = record_field("answers", _("The record, not a proposed change to it."))
    basis = models.CharField(
        _("basis"),
        max_length=12,
        choices=AnswerBasis,
        default=AnswerBasis.SAME_SUBJECT,
        help_text=_("“Same subject”, unless a source says that the practice answers this commitment."),
    )
    reason = models.TextField(_("reason"), help_text=_("What both are about, or what the source says; a few words."))

    objects = AnswerQuerySet.as_manager()

    class Meta:
        ordering = ["practice__code"]
        verbose_name = _("practice on the subject of a commitment")
        verbose_name_plural = _("practices on the subject of a commitment")
        constraints = [
            models.UniqueConstraint(fields=["commitment", "practice"], name="practice_once_per_commitment"),
            known_choice("basis", AnswerBasis, "answer_basis_known"),
        ]

    def __str__(self):
        return f"{self.practice}: {self.commitment}"

    @property
    def is_of_source(self):
        return self.basis == AnswerBasis.SOURCE

    def clean(self):
        """Refuse an answer that began before the commitment, or to a commitment of which nothing later is known."""
        super().clean()
        if not self.is_of_source or not (self.commitment_id and self.practice_id):
            return
        began, agreed = self.practice.runs_from, self.commitment.meeting.first_day
        if began and agreed and began < agreed:
            raise ValidationError({"basis": _("The practice began before this was agreed: it cannot answer it.")})
        if self.commitment.status == CommitmentStatus.AGREED:
            raise ValidationError(
                {"basis": _("The commitment has the status that nothing later is known of it: change that first.")}
            )
