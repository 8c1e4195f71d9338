"""The columns that tell where a practice was presented and which States adapt it; an import takes none of them."""

from django.utils.translation import gettext_lazy as _

from catalogue.choices import AdaptationStage, PresentationKind
from catalogue.exports import readers as read
from catalogue.exports.column import Column, Kind, Source, labels_of
from catalogue.exports.readers import CODE, NAME
from catalogue.exports.shared import CODES, GIVEN, PRACTICE, WRITTEN

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
    Column(
        "kind",
        _("Kind (code)"),
        read.plain("kind"),
        _("What the meeting had to do with the practice."),
        codes=PresentationKind,
        **CODES,
    ),
    Column("kind_label", _("Kind"), read.label("kind", PresentationKind), labels_of("kind")),
    Column(
        "network",
        _("Network (code)"),
        read.linked_if_any("network_id", "networks", CODE),
        _("Network at whose session it was presented; empty when the source names none."),
        codes=lambda words: words.networks.values(),
        **CODES,
    ),
    Column("network_name", _("Network"), read.linked_if_any("network_id", "networks", NAME), labels_of("network")),
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
    Column(
        "country",
        _("Adapting country (code)"),
        read.linked("country_id", "countries", CODE),
        _("State that considers, pilots or has adopted the practice of another, as ISO 3166-1 alpha-2."),
        codes=lambda words: words.countries.values(),
        **CODES,
    ),
    Column("country_name", _("Adapting country"), read.linked("country_id", "countries", NAME), labels_of("country")),
    Column(
        "stage",
        _("Stage (code)"),
        read.plain("stage"),
        _("How far the State has come, as the source says."),
        codes=AdaptationStage,
        **CODES,
    ),
    Column("stage_label", _("Stage"), read.label("stage", AdaptationStage), labels_of("stage")),
    Column(
        "since",
        _("Since"),
        read.plain("since"),
        _("Since when; empty when the source does not state it."),
        Kind.PARTIAL_DATE,
    ),
    Column(
        "changes",
        _("What was changed"),
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
