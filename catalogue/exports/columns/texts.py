"""The columns of the table of the practices that hold its texts."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from catalogue.exports.columns import cell_readers as read
from catalogue.exports.columns.cell_readers import Reader
from catalogue.exports.columns.kinds import Kind
from catalogue.exports.columns.shared import CLASSIFIED, listed_column, stored_column, written_column


def inferred(field, label):
    """Return the column that says whether a text is only the editors’ reading."""
    meaning = format_lazy(
        _("True when {column} is a reading of this catalogue: the source does not say it, and it is a gap of it."),
        column=field,
    )
    return stored_column(f"{field}_inferred", label, meaning, Kind.BOOLEAN, **CLASSIFIED)


TEXTS = [
    written_column("short_title", _("Short title"), _("Shorter title for lists, used if the title is long.")),
    written_column("summary", _("Summary"), _("One or two sentences on who does what and to what effect.")),
    written_column("objective", _("Objective"), _("What the practice aims to achieve.")),
    written_column("description", _("Description"), _("Components of the practice, step by step.")),
    listed_column(
        "results",
        _("Results"),
        Reader(read.results, localized=True),
        _("Figures written as “indicator: figure”; the table of results gives them one by one."),
    ),
    written_column("outcomes", _("Results in words"), _("Effects described without figures.")),
    written_column("innovation", _("Innovation"), _("What was new about the practice, and for whom.")),
    inferred("innovation", _("Innovation: reading of this catalogue")),
    written_column("replicability", _("Replicability"), _("What another State would need to do the same.")),
    inferred("replicability", _("Replicability: reading of this catalogue")),
    written_column("sustainability", _("Sustainability"), _("What allows the practice to continue.")),
    inferred("sustainability", _("Sustainability: reading of this catalogue")),
    written_column(
        "limits", _("Limits and next steps"), _("What is still missing or planned, according to the source.")
    ),
    written_column(
        "frameworks", _("Frameworks and approaches"), _("Agreements and approaches that the source mentions.")
    ),
    stored_column(
        "limits_none_reported",
        _("The source mentions no limits"),
        _("True if an editor has checked that the source mentions no limits."),
        Kind.BOOLEAN,
        **CLASSIFIED,
    ),
    written_column(
        "population_detail",
        _("Target populations in words"),
        _("Whom the practice is meant for, as precisely as the source says."),
    ),
    written_column("scope_note", _("Note on the scope"), _("Details of the scope that its code does not express.")),
    written_column(
        "period_note", _("Note on the period"), _("Details of the period that start and end do not express.")
    ),
]
