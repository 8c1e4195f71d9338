"""The columns of the tables of what belongs to a practice: its figures, its organisations, its sources and so on."""

from functools import partial

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from catalogue.choices import (
    RESULT_KINDS,
    CountryRole,
    InstrumentKind,
    LinkKind,
    LinkStatus,
    NoteField,
    OrganisationKind,
    OrganisationRole,
    Qualifier,
    ResultKind,
)
from catalogue.exports import readers as read
from catalogue.exports.column import HERE, Column, Kind, Source, Taken, labels_of
from catalogue.exports.readers import ACRONYM, CODE, NAME, Reader
from catalogue.exports.shared import (
    CLASSIFIED,
    GIVEN,
    PRACTICE,
    WRITTEN,
    closed_list,
    countries,
    languages,
    named_record,
    networks,
)
from catalogue.models import Organisation, Reference
from networks.models import Country, Network

PLACE = Column(
    "order",
    _("Order"),
    read.optional("order"),
    _("Place of the row among those of its practice."),
    Kind.INTEGER,
    taken=HERE,
    **GIVEN,
)
ADDRESS = Column(
    "url",
    _("Address"),
    read.plain("url"),
    _("Where it can be read; empty when the source gives no address."),
    Kind.ADDRESS,
    taken=HERE,
)
NOTE = Column(
    "note", _("Note"), read.text("note"), _("What a reader should know about this row."), **WRITTEN, taken=HERE
)


ROLE = _("Role (code)"), _("Role")
SORT = _("Kind (code)"), _("Kind")


PLACES = [
    PRACTICE,
    PLACE,
    Column("name", _("Name"), read.text("name"), _("As it is called there."), taken=HERE),
]
NETWORKS = [
    PRACTICE,
    PLACE,
    *named_record(
        "network",
        (_("Network (code)"), _("Network")),
        partial(read.linked, "network_id", "networks"),
        _("Thematic network of the Conference; the first is the primary one."),
        codes=networks,
        taken=Taken("network", of=Network),
    ),
]
COUNTRIES = [
    PRACTICE,
    PLACE,
    *named_record(
        "country",
        (_("Country (code)"), _("Country")),
        partial(read.linked, "country_id", "countries"),
        _("State that implements the practice or is concerned by it, as ISO 3166-1 alpha-2."),
        codes=countries,
        taken=Taken("country", of=Country),
    ),
    *closed_list("role", ROLE, CountryRole, _("What the State has to do with the practice.")),
    Column("note", _("Note"), read.text("note"), _("Why this State is named."), **WRITTEN, taken=HERE),
]
ORGANISATIONS = [
    PRACTICE,
    PLACE,
    Column(
        "organisation",
        _("Organisation (code)"),
        read.linked("organisation_id", "organisations", CODE),
        _("Code of the organisation; it never changes."),
        Kind.CODE,
        **GIVEN,
        taken=Taken("organisation", of=Organisation),
    ),
    Column(
        "organisation_name",
        _("Organisation"),
        read.linked("organisation_id", "organisations", NAME),
        _("Name of the organisation."),
    ),
    Column(
        "acronym",
        _("Acronym"),
        read.linked("organisation_id", "organisations", ACRONYM),
        _(
            "Acronym by which the organisation is known in the language of the file; in files of all languages, those"
            " of each."
        ),
    ),
    Column(
        "kind",
        _("Sector (code)"),
        Reader(read.kind_of_organisation, ("organisation_id",)),
        _("Sector to which the organisation belongs."),
        codes=OrganisationKind,
        **CLASSIFIED,
    ),
    Column(
        "kind_label",
        _("Sector"),
        Reader(read.kind_of_organisation_in_words, ("organisation_id",), spoken=True),
        labels_of("kind"),
    ),
    *closed_list(
        "role",
        ROLE,
        OrganisationRole,
        _(
            "What the organisation does in the practice. An issuer of a legal instrument, a source of information, a"
            " contact or a body that is only mentioned takes no part in it."
        ),
    ),
    Column("detail", _("Detail"), read.text("detail"), _("Its part in more words."), **WRITTEN, taken=HERE),
]
KINDS_OF_FIGURES = format_lazy(
    " ".join(["{said}", *(f"{kind}: {{{kind}}}." for kind in RESULT_KINDS)]),
    said=_("What the figure says."),
    **RESULT_KINDS,
)
RESULTS = [
    PRACTICE,
    PLACE,
    Column("indicator", _("Indicator"), read.text("indicator"), _("What is counted."), **WRITTEN, taken=HERE),
    *closed_list("kind", SORT, ResultKind, KINDS_OF_FIGURES, source=Source.CLASSIFIED),
    *closed_list(
        "qualifier",
        (_("Qualifier (code)"), _("Qualifier")),
        Qualifier,
        _("Words of the source that make the figure less exact; empty when it is exact."),
    ),
    Column(
        "value",
        _("Value"),
        read.plain("value"),
        _("The figure; empty when what the source prints cannot be a number. Zero is a figure."),
        Kind.NUMBER,
        unit=_("as in the column unit"),
        taken=HERE,
    ),
    Column("unit", _("Unit"), read.text("unit"), _("What the figure is counted in."), taken=HERE),
    Column("period", _("Period"), read.text("period"), _("Period of the figure, as the source puts it."), taken=HERE),
    Column(
        "as_of",
        _("As of"),
        read.plain("as_of"),
        _("Date of the figure; empty when the source gives none."),
        Kind.PARTIAL_DATE,
        taken=HERE,
    ),
    Column("as_printed", _("As printed"), read.plain("as_printed"), _("The words of the source."), taken=HERE),
    Column(
        "chartable",
        _("May be charted"),
        read.plain("chartable"),
        _("Whether the figure may be drawn; false for norms, contexts and doubtful figures."),
        Kind.BOOLEAN,
        source=Source.CLASSIFIED,
        taken=HERE,
    ),
    NOTE,
]
INSTRUMENTS = [
    PRACTICE,
    PLACE,
    Column("title", _("Title"), read.text("title"), _("Official title; a gloss in other languages."), taken=HERE),
    Column("number", _("Number"), read.plain("number"), _("Number of the text, as its State writes it."), taken=HERE),
    Column(
        "date",
        _("Date"),
        read.plain("date"),
        _("Date of the text; empty when the source does not state it."),
        Kind.PARTIAL_DATE,
        taken=HERE,
    ),
    *closed_list("kind", SORT, InstrumentKind, _("Rank of the text."), source=Source.CLASSIFIED),
    ADDRESS,
    NOTE,
]
LINKS = [
    PRACTICE,
    PLACE,
    Column("label", _("Label"), read.text("label"), _("Where the link leads."), **WRITTEN, taken=HERE),
    ADDRESS,
    *closed_list("kind", SORT, LinkKind, _("What the link leads to."), source=Source.CLASSIFIED),
    *closed_list(
        "status",
        (_("State of the address (code)"), _("State of the address")),
        LinkStatus,
        _("How the source gives the address."),
    ),
    Column(
        "language",
        _("Language"),
        read.plain("language"),
        _("Language of the page to which the link leads."),
        Kind.CODE,
        codes=languages,
        taken=HERE,
    ),
    NOTE,
]
SOURCES = [
    PRACTICE,
    PLACE,
    Column("author", _("Author"), read.text("author"), _("Institution that supplied the information."), taken=HERE),
    Column("year", _("Year"), read.plain("year"), _("Year, as cited."), Kind.INTEGER, taken=HERE),
    Column("as_printed", _("As printed"), read.plain("as_printed"), _("The words of the source."), taken=HERE),
    Column(
        "reference_number",
        _("Reference: number"),
        read.plain("reference__number"),
        _("Place in the bibliography of the edition; empty when that lists no such text."),
        Kind.INTEGER,
        taken=Taken("reference", of=Reference),
    ),
    Column(
        "reference_edition",
        _("Reference: edition (code)"),
        read.optional("reference__edition__slug"),
        _("Code of the publication in whose bibliography it stands."),
        Kind.CODE,
        **GIVEN,
    ),
    Column("reference_author", _("Reference: author"), read.text_apart("reference__author"), _("Author of the text.")),
    Column("reference_year", _("Reference: year"), read.plain("reference__year"), _("Year of the text."), Kind.INTEGER),
    Column(
        "reference_title",
        _("Reference: title"),
        read.optional("reference__title"),
        _("Title as printed, in its own language."),
    ),
    Column(
        "reference_url",
        _("Reference: address"),
        read.optional("reference__url"),
        _("Where it can be read; empty when the source gives no address."),
        Kind.ADDRESS,
    ),
]
NOTES = [
    PRACTICE,
    PLACE,
    *closed_list(
        "field",
        (_("Concerns (code)"), _("Concerns")),
        NoteField,
        _("Part of the record to which the note belongs."),
        source=Source.GIVEN,
    ),
    Column(
        "source_prints",
        _("The source prints"),
        read.without_mailboxes(read.plain("source_prints")),
        _("The words of the source; a mailbox is withheld."),
        taken=HERE,
    ),
    Column(
        "source_language",
        _("Language of the source"),
        read.plain("source_language"),
        _("Language of the words quoted."),
        Kind.CODE,
        codes=languages,
        taken=HERE,
    ),
    Column(
        "shows",
        _("The catalogue shows"),
        read.without_mailboxes(read.text("shows")),
        _("What the record says instead."),
        **WRITTEN,
        taken=HERE,
    ),
    Column(
        "reason",
        _("Reason"),
        read.without_mailboxes(read.text("reason")),
        _("Why, in one or two sentences."),
        **WRITTEN,
        taken=HERE,
    ),
]
