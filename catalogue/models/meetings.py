"""What practices have to do with meetings: where they were presented, and which commitments they answer."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue.choices import PresentationKind
from catalogue.querysets import AnswerQuerySet, PresentationQuerySet
from networks.models import Commitment, Meeting, Network
from networks.records import Record


def published_record(related_name, text):
    """Return the link to a practice, never to the revision of one."""
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

    practice = published_record("presentations", _("The record, not a revision of it."))
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
    network = models.ForeignKey(
        Network,
        models.PROTECT,
        verbose_name=_("network"),
        related_name="presentations",
        null=True,
        blank=True,
        help_text=_("The network at whose session it was presented."),
    )
    note = models.TextField(_("note"), blank=True, help_text=_("What the public should know about it."))

    objects = PresentationQuerySet.as_manager()

    class Meta:
        ordering = ["practice__code"]
        verbose_name = _("practice at a meeting")
        verbose_name_plural = _("practices at a meeting")
        constraints = [
            models.UniqueConstraint(fields=["practice", "meeting"], name="practice_once_per_meeting"),
            models.CheckConstraint(
                condition=models.Q(kind__in=PresentationKind.values), name="presentation_kind_known"
            ),
        ]

    def __str__(self):
        return f"{self.practice}: {self.meeting}"


class CommitmentAnswer(Record):
    """A practice that answers a commitment: an editor's reading, with its reason."""

    NATURAL_KEY = ("commitment__slug", "practice__code")

    commitment = models.ForeignKey(
        Commitment,
        models.CASCADE,
        related_name="answers",
        verbose_name=_("commitment"),
        help_text=_("What a meeting agreed."),
    )
    practice = published_record("answers", _("The record, not a revision of it."))
    reason = models.TextField(_("reason"), help_text=_("Why it answers the commitment, in a few words."))

    objects = AnswerQuerySet.as_manager()

    class Meta:
        ordering = ["practice__code"]
        verbose_name = _("practice that answers a commitment")
        verbose_name_plural = _("practices that answer a commitment")
        constraints = [models.UniqueConstraint(fields=["commitment", "practice"], name="practice_once_per_commitment")]

    def __str__(self):
        return f"{self.practice}: {self.commitment}"
