"""The columns that tell where a practice was presented and which States adapt it; an import takes none of them."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from catalogue.choices import AdaptationStage, PresentationKind
from catalogue.exports.columns import cell_readers as read
from catalogue.exports.columns.base import Column, Kind, Source, labels_of
from catalogue.exports.columns.cell_readers import CODE, NAME
from catalogue.exports.columns.shared import (
    GIVEN,
    PRACTICE,
    WRITTEN,
    closed_list,
    countries,
    named_record,
    networks,
    only_told,
)

KIND = _("Type (code)"), _("Type")
STAGE = _("Stage (code)"), _("Stage")

PRESENTATIONS = [
    PRACTICE,
    Column(
        "meeting",
        _("Meeting (code)"),
        read.linked("meeting_id", "meetings", CODE),
        _("Code of the meeting at which the practice was presented; the earliest meeting comes first."),
        Kind.CODE,
        **GIVEN,
    ),
    Column("meeting_name", _("Meeting"), read.linked("meeting_id", "meetings", NAME), labels_of("meeting"), **WRITTEN),
    Column(
        "start",
        _("Start"),
        read.plain("meeting__start"),
        _("When the meeting began; empty if the source does not say."),
        Kind.PARTIAL_DATE,
    ),
    Column(
        "end",
        _("End"),
        read.plain("meeting__end"),
        _("When the meeting ended; empty if the source does not say."),
        Kind.PARTIAL_DATE,
    ),
    *only_told(closed_list("kind", KIND, PresentationKind, _("How the meeting was related to the practice."))),
    *named_record(
        "network",
        (_("Network (code)"), _("Network")),
        partial(read.linked_if_any, "network_id", "networks"),
        _("Network in whose session the practice was presented; empty if the source mentions none."),
        codes=networks,
    ),
    Column(
        "note",
        _("Note"),
        read.without_mailboxes(read.text_apart("note")),
        _("Remark by the editors on this row."),
        **WRITTEN,
    ),
]
ADAPTATIONS = [
    PRACTICE,
    *named_record(
        "country",
        (_("Adapting country (code)"), _("Adapting country")),
        partial(read.linked, "country_id", "countries"),
        _("ISO 3166-1 alpha-2 code of the State that considers, pilots or has adopted the practice of another State."),
        codes=countries,
    ),
    *only_told(
        closed_list("stage", STAGE, AdaptationStage, _("Stage that the State has reached, according to the source."))
    ),
    Column(
        "since",
        _("Start of the adaptation"),
        read.plain("since"),
        _("When the adaptation began; empty if the source does not say."),
        Kind.PARTIAL_DATE,
    ),
    Column(
        "changes",
        _("Changes made"),
        read.without_mailboxes(read.text_apart("changes")),
        _("How the adaptation differs from the original practice; empty if it is not known."),
        **WRITTEN,
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
        read.without_mailboxes(read.plain("evidence")),
        _("Source that documents the adaptation."),
    ),
    Column(
        "evidence_url",
        _("Address of the evidence"),
        read.plain("evidence_url"),
        _("Address where the source can be read; empty if there is none."),
        Kind.ADDRESS,
        Source.PRESENTED,
    ),
]
