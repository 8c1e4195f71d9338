"""The columns of the table of the practices that hold its texts."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from catalogue.exports import readers as read
from catalogue.exports.column import HERE, Column, Kind, Source
from catalogue.exports.readers import Reader
from catalogue.exports.shared import WRITTEN


def inferred(field, label):
    """Return the column that says whether a text is only the editors’ reading."""
    return Column(
        f"{field}_inferred",
        label,
        read.plain(f"{field}_inferred"),
        format_lazy(
            _("True when {column} is a reading of this catalogue: the source does not say it, and it is a gap of it."),
            column=field,
        ),
        Kind.BOOLEAN,
        Source.CLASSIFIED,
        taken=HERE,
    )


TEXTS = [
    Column(
        "short_title",
        _("Short title"),
        read.text("short_title"),
        _("For lists, when the title is long."),
        taken=HERE,
        **WRITTEN,
    ),
    Column(
        "summary",
        _("Summary"),
        read.text("summary"),
        _("One or two sentences: who does what, to what effect."),
        **WRITTEN,
        taken=HERE,
    ),
    Column("objective", _("Objective"), read.text("objective"), _("What it wants to achieve."), **WRITTEN, taken=HERE),
    Column(
        "description",
        _("What it does"),
        read.text("description"),
        _("Its components, step by step."),
        **WRITTEN,
        taken=HERE,
    ),
    Column(
        "results",
        _("Results"),
        read.joined(Reader(read.results, spoken=True)),
        _("Its figures as “indicator: figure”; figure by figure in the table of results."),
    ),
    Column(
        "outcomes", _("Results in words"), read.text("outcomes"), _("Effects without a figure."), **WRITTEN, taken=HERE
    ),
    Column(
        "innovation", _("Innovation"), read.text("innovation"), _("What was new, and for whom."), **WRITTEN, taken=HERE
    ),
    inferred("innovation", _("Innovation: reading of this catalogue")),
    Column(
        "replicability",
        _("Replicability"),
        read.text("replicability"),
        _("What another State would need to do the same."),
        **WRITTEN,
        taken=HERE,
    ),
    inferred("replicability", _("Replicability: reading of this catalogue")),
    Column(
        "sustainability",
        _("Sustainability"),
        read.text("sustainability"),
        _("What keeps it going."),
        **WRITTEN,
        taken=HERE,
    ),
    inferred("sustainability", _("Sustainability: reading of this catalogue")),
    Column(
        "limits",
        _("Limits and next steps"),
        read.text("limits"),
        _("What is still missing or planned, as the source tells it."),
        **WRITTEN,
        taken=HERE,
    ),
    Column(
        "frameworks",
        _("Frameworks and approaches"),
        read.text("frameworks"),
        _("Agreements and approaches the source names."),
        **WRITTEN,
        taken=HERE,
    ),
    Column(
        "limits_none_reported",
        _("The source reports no limits"),
        read.plain("limits_none_reported"),
        _("True when somebody has looked and the source reports no limits."),
        Kind.BOOLEAN,
        Source.CLASSIFIED,
        taken=HERE,
    ),
    Column(
        "population_detail",
        _("Target populations in words"),
        read.text("population_detail"),
        _("Whom it is for, as exactly as the source says."),
        taken=HERE,
        **WRITTEN,
    ),
    Column(
        "scope_note",
        _("Note on the scope"),
        read.text("scope_note"),
        _("What the code of the scope does not say."),
        taken=HERE,
        **WRITTEN,
    ),
    Column(
        "period_note",
        _("Note on the period"),
        read.text("period_note"),
        _("What start and end do not say."),
        taken=HERE,
        **WRITTEN,
    ),
]
