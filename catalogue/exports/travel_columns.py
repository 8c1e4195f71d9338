"""The columns that tell where a practice was presented and which States adapt it; an import takes none of them."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from catalogue.choices import AdaptationStage, PresentationKind
from catalogue.exports import readers as read
from catalogue.exports.column import Column, Kind, Source, labels_of
from catalogue.exports.readers import CODE, NAME
from catalogue.exports.shared import GIVEN, PRACTICE, WRITTEN, closed_list, countries, named_record, networks, only_told

KIND = _("Kind (code)"), _("Kind")
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
        _("When the meeting began; empty when the source does not state it."),
        Kind.PARTIAL_DATE,
    ),
    Column(
        "end",
        _("End"),
        read.plain("meeting__end"),
        _("When the meeting ended; empty when the source does not state it."),
        Kind.PARTIAL_DATE,
    ),
    *only_told(closed_list("kind", KIND, PresentationKind, _("What the meeting had to do with the practice."))),
    *named_record(
        "network",
        (_("Network (code)"), _("Network")),
        partial(read.linked_if_any, "network_id", "networks"),
        _("Network at whose session it was presented; empty when the source names none."),
        codes=networks,
    ),
    Column(
        "note",
        _("Note"),
        read.without_mailboxes(read.text_apart("note")),
        _("What a reader should know about this row."),
        **WRITTEN,
    ),
]
ADAPTATIONS = [
    PRACTICE,
    *named_record(
        "country",
        (_("Adapting country (code)"), _("Adapting country")),
        partial(read.linked, "country_id", "countries"),
        _("State that considers, pilots or has adopted the practice of another, as ISO 3166-1 alpha-2."),
        codes=countries,
    ),
    *only_told(closed_list("stage", STAGE, AdaptationStage, _("How far the State has come, as the source says."))),
    Column(
        "since",
        _("Since"),
        read.plain("since"),
        _("Since when; empty when the source does not state it."),
        Kind.PARTIAL_DATE,
    ),
    Column(
        "changes",
        _("Changes made"),
        read.without_mailboxes(read.text_apart("changes")),
        _("How it differs from the practice; empty when nobody has said."),
        **WRITTEN,
    ),
    Column(
        "contact_office",
        _("Contact"),
        read.named("contact_id", "offices"),
        _("The office of the adapting State that answers questions; never a person."),
    ),
    Column(
        "evidence",
        _("Evidence"),
        read.without_mailboxes(read.plain("evidence")),
        _("The source that shows the adaptation."),
    ),
    Column(
        "evidence_url",
        _("Address of the evidence"),
        read.plain("evidence_url"),
        _("Where the evidence can be read; empty when there is no address."),
        Kind.ADDRESS,
        Source.PRESENTED,
    ),
]
