"""The columns on where a practice was presented and which States adapt it; an import accepts none of them."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from catalogue.choices import AdaptationStage, PresentationKind
from catalogue.exports.columns import cell_readers as read
from catalogue.exports.columns.base import Column, labels_of
from catalogue.exports.columns.cell_readers import CODE, NAME
from catalogue.exports.columns.kinds import Kind, Source
from catalogue.exports.columns.shared import (
    GIVEN,
    PRACTICE,
    closed_list,
    code_column,
    countries,
    named_record,
    networks,
    stored_column,
)


def quoted_text(name, label, meaning):
    """Return the column of a text that is not translated together with the practice, without e-mail addresses."""
    return Column(name, label, read.without_emails(read.text_apart(name)), meaning, source=Source.WRITTEN)


PRESENTATIONS = [
    PRACTICE,
    code_column(
        "meeting",
        _("Meeting (code)"),
        read.linked("meeting_id", "meetings", CODE),
        _("Code of the meeting at which the practice was presented; the earliest meeting comes first."),
        **GIVEN,
    ),
    Column(
        "meeting_name",
        _("Meeting"),
        read.linked("meeting_id", "meetings", NAME),
        labels_of("meeting"),
        source=Source.WRITTEN,
    ),
    Column(
        "start",
        _("Start"),
        read.stored("meeting__start"),
        _("When the meeting began; empty if the source does not say."),
        Kind.PARTIAL_DATE,
    ),
    Column(
        "end",
        _("End"),
        read.stored("meeting__end"),
        _("When the meeting ended; empty if the source does not say."),
        Kind.PARTIAL_DATE,
    ),
    *closed_list(
        "kind",
        (_("Type (code)"), _("Type")),
        PresentationKind,
        _("How the meeting was related to the practice."),
        imported_as=None,
    ),
    *named_record(
        "network",
        (_("Network (code)"), _("Network")),
        partial(read.linked, "network_id", "networks"),
        _("Network in whose session the practice was presented; empty if the source mentions none."),
        networks,
    ),
    quoted_text("note", _("Note"), _("Remark by the editors on this row.")),
]
ADAPTATIONS = [
    PRACTICE,
    *named_record(
        "country",
        (_("Adapting country (code)"), _("Adapting country")),
        partial(read.linked, "country_id", "countries"),
        _("ISO 3166-1 alpha-2 code of the State that considers, pilots or has adopted the practice of another State."),
        countries,
    ),
    *closed_list(
        "stage",
        (_("Stage (code)"), _("Stage")),
        AdaptationStage,
        _("Stage that the State has reached, according to the source."),
        imported_as=None,
    ),
    stored_column(
        "since",
        _("Start of the adaptation"),
        _("When the adaptation began; empty if the source does not say."),
        Kind.PARTIAL_DATE,
        imported_as=None,
    ),
    quoted_text(
        "changes",
        _("Changes made"),
        _("How the adaptation differs from the original practice; empty if it is not known."),
    ),
    Column(
        "contact_office",
        _("Contact"),
        read.named("contact_id", "offices"),
        _("Office of the adapting State that answers questions; never a person."),
    ),
    Column(
        "evidence",
        _("Evidence"),
        read.without_emails(read.stored("evidence")),
        _("Source that documents the adaptation."),
    ),
    stored_column(
        "evidence_url",
        _("Address of the evidence"),
        _("Address where the source can be read; empty if there is none."),
        Kind.ADDRESS,
        imported_as=None,
    ),
]
