"""The texts of a practice, each in three languages."""

from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from networks.records import Record

SUMMARY_MAX_LENGTH = 320  # characters; it is read alone, on a card and in a search result
LONG_TEXTS = (
    "objective",
    "description",
    "outcomes",
    "innovation",
    "replicability",
    "sustainability",
    "limits",
    "frameworks",
    "population_detail",
    "scope_note",
    "period_note",
)
MAY_BE_INFERRED = ("innovation", "replicability", "sustainability")


def inferred_field(label):
    """Return the field that marks a text as the editors' reading of the record, which its source does not state."""
    return models.BooleanField(
        label,
        default=False,
        help_text=_("Tick when the source does not say it. Readers are told, and it counts as a gap of the source."),
    )


class Narrative(Record):
    """The texts of ``Practice``."""

    title = models.CharField(
        _("title"), max_length=400, help_text=_("Name of the practice; the acronym goes at the end, in brackets.")
    )
    short_title = models.CharField(
        _("short title"),
        max_length=90,
        blank=True,
        help_text=_("For lists, if the title is long; at most 90 characters."),
    )
    summary = models.TextField(
        _("summary"),
        blank=True,
        validators=[MaxLengthValidator(SUMMARY_MAX_LENGTH)],
        help_text=_(
            "One or two sentences that can be understood alone: who does what, with what results. At"
            " most 320 characters."
        ),
    )
    objective = models.TextField(_("objective"), blank=True, help_text=_("What it wants to achieve."))
    description = models.TextField(
        _("what it does"), blank=True, help_text=_("Its components, step by step. Lists begin with “- ”.")
    )
    outcomes = models.TextField(
        _("results in words"), blank=True, help_text=_("Results without a figure; figures have their own table.")
    )
    innovation = models.TextField(_("innovation"), blank=True, help_text=_("What was new, and for whom."))
    replicability = models.TextField(
        _("replicability"), blank=True, help_text=_("What another State would need to do the same.")
    )
    sustainability = models.TextField(_("sustainability"), blank=True, help_text=_("What keeps it going."))
    limits = models.TextField(
        _("limits and next steps"),
        blank=True,
        help_text=_("What is still missing or planned, according to the source."),
    )
    frameworks = models.TextField(
        _("frameworks and approaches"), blank=True, help_text=_("Agreements and approaches that the source mentions.")
    )
    population_detail = models.TextField(
        _("target populations in words"), blank=True, help_text=_("Whom it is for, as exactly as the source says.")
    )
    scope_note = models.TextField(
        _("note on the scope"), blank=True, help_text=_("For example: only at certain border posts.")
    )
    period_note = models.TextField(
        _("note on the period"), blank=True, help_text=_("For example: the decree itself is dated 24 October 2016.")
    )

    innovation_inferred = inferred_field(_("innovation: reading of this catalogue"))
    replicability_inferred = inferred_field(_("replicability: reading of this catalogue"))
    sustainability_inferred = inferred_field(_("sustainability: reading of this catalogue"))

    class Meta:
        abstract = True
