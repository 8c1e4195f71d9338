"""The columns of the table of the practices that hold its texts."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from catalogue.exports.columns import cell_readers as read
from catalogue.exports.columns.base import HERE, Column, Kind, Source
from catalogue.exports.columns.cell_readers import Reader
from catalogue.exports.columns.shared import WRITTEN


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
        _("Shorter title for lists, used if the title is long."),
        taken=HERE,
        **WRITTEN,
    ),
    Column(
        "summary",
        _("Summary"),
        read.text("summary"),
        _("One or two sentences on who does what and to what effect."),
        **WRITTEN,
        taken=HERE,
    ),
    Column(
        "objective",
        _("Objective"),
        read.text("objective"),
        _("What the practice aims to achieve."),
        **WRITTEN,
        taken=HERE,
    ),
    Column(
        "description",
        _("Description"),
        read.text("description"),
        _("Components of the practice, step by step."),
        **WRITTEN,
        taken=HERE,
    ),
    Column(
        "results",
        _("Results"),
        read.joined(Reader(read.results, spoken=True)),
        _("Figures written as “indicator: figure”; the table of results gives them one by one."),
    ),
    Column(
        "outcomes",
        _("Results in words"),
        read.text("outcomes"),
        _("Effects described without figures."),
        **WRITTEN,
        taken=HERE,
    ),
    Column(
        "innovation",
        _("Innovation"),
        read.text("innovation"),
        _("What was new about the practice, and for whom."),
        **WRITTEN,
        taken=HERE,
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
        _("What allows the practice to continue."),
        **WRITTEN,
        taken=HERE,
    ),
    inferred("sustainability", _("Sustainability: reading of this catalogue")),
    Column(
        "limits",
        _("Limits and next steps"),
        read.text("limits"),
        _("What is still missing or planned, according to the source."),
        **WRITTEN,
        taken=HERE,
    ),
    Column(
        "frameworks",
        _("Frameworks and approaches"),
        read.text("frameworks"),
        _("Agreements and approaches that the source mentions."),
        **WRITTEN,
        taken=HERE,
    ),
    Column(
        "limits_none_reported",
        _("The source mentions no limits"),
        read.plain("limits_none_reported"),
        _("True if an editor has checked that the source mentions no limits."),
        Kind.BOOLEAN,
        Source.CLASSIFIED,
        taken=HERE,
    ),
    Column(
        "population_detail",
        _("Target populations in words"),
        read.text("population_detail"),
        _("Whom the practice is meant for, as precisely as the source says."),
        taken=HERE,
        **WRITTEN,
    ),
    Column(
        "scope_note",
        _("Note on the scope"),
        read.text("scope_note"),
        _("Details of the scope that its code does not express."),
        taken=HERE,
        **WRITTEN,
    ),
    Column(
        "period_note",
        _("Note on the period"),
        read.text("period_note"),
        _("Details of the period that start and end do not express."),
        taken=HERE,
        **WRITTEN,
    ),
]
