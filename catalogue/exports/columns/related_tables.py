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
from catalogue.exports.columns import cell_readers as read
from catalogue.exports.columns.base import HERE, Column, Kind, Source, Taken, labels_of
from catalogue.exports.columns.cell_readers import ACRONYM, CODE, NAME, Reader
from catalogue.exports.columns.shared import (
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
    _("Position of the row among those of the same practice."),
    Kind.INTEGER,
    taken=HERE,
    **GIVEN,
)
ADDRESS = Column(
    "url",
    _("Address"),
    read.plain("url"),
    _("Web address; empty if the source gives none."),
    Kind.ADDRESS,
    taken=HERE,
)
NOTE = Column("note", _("Note"), read.text("note"), _("Remark by the editors on this row."), **WRITTEN, taken=HERE)


ROLE = _("Role (code)"), _("Role")
SORT = _("Type (code)"), _("Type")


PLACES = [
    PRACTICE,
    PLACE,
    Column("name", _("Name"), read.text("name"), _("Name of the place, as used locally."), taken=HERE),
]
NETWORKS = [
    PRACTICE,
    PLACE,
    *named_record(
        "network",
        (_("Network (code)"), _("Network")),
        partial(read.linked, "network_id", "networks"),
        _("Code of the thematic network; the first row is the main network."),
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
        _("ISO 3166-1 alpha-2 code of the State that implements the practice or is related to it."),
        codes=countries,
        taken=Taken("country", of=Country),
    ),
    *closed_list("role", ROLE, CountryRole, _("Role of the State in the practice.")),
    Column("note", _("Note"), read.text("note"), _("Reason why this State is mentioned."), **WRITTEN, taken=HERE),
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
        _("Code of the sector to which the organisation belongs."),
        codes=OrganisationKind,
        **CLASSIFIED,
    ),
    Column(
        "kind_label",
        _("Sector"),
        Reader(read.kind_of_organisation_in_words, ("organisation_id",), spoken=True),
        labels_of("kind"),
        source=Source.CLASSIFIED,
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
    Column(
        "detail",
        _("Detail"),
        read.text("detail"),
        _("More detail on what the organisation does in the practice."),
        **WRITTEN,
        taken=HERE,
    ),
]
KINDS_OF_FIGURES = format_lazy(
    " ".join(["{said}", *(f"{kind}: {{{kind}}}." for kind in RESULT_KINDS)]),
    said=_("What the figure says."),
    **RESULT_KINDS,
)
RESULTS = [
    PRACTICE,
    PLACE,
    Column(
        "indicator",
        _("Indicator"),
        read.text("indicator"),
        _("What the figure measures, for example cases."),
        **WRITTEN,
        taken=HERE,
    ),
    *closed_list("kind", SORT, ResultKind, KINDS_OF_FIGURES, source=Source.CLASSIFIED),
    *closed_list(
        "qualifier",
        (_("Qualifier (code)"), _("Qualifier")),
        Qualifier,
        _("How the source qualifies the figure, for example “almost” or “more than”; empty if the figure is exact."),
    ),
    Column(
        "value",
        _("Value"),
        read.plain("value"),
        _("The figure as a number; empty if the source gives no number. Zero counts as a number."),
        Kind.NUMBER,
        unit=_("given in the column “unit”"),
        taken=HERE,
    ),
    Column("unit", _("Unit"), read.text("unit"), _("Unit in which the figure is expressed."), taken=HERE),
    Column(
        "period",
        _("Period"),
        read.text("period"),
        _("Period that the figure covers, according to the source."),
        taken=HERE,
    ),
    Column(
        "as_of",
        _("Date of the figure"),
        read.plain("as_of"),
        _("Date to which the figure refers; empty if the source gives none."),
        Kind.PARTIAL_DATE,
        taken=HERE,
    ),
    Column(
        "as_printed",
        _("As it appears in the source"),
        read.plain("as_printed"),
        _("Exact words of the source."),
        taken=HERE,
    ),
    Column(
        "chartable",
        _("Can be charted"),
        read.plain("chartable"),
        _("True if the figure can be charted and added up; false for norms, context and doubtful figures."),
        Kind.BOOLEAN,
        source=Source.CLASSIFIED,
        taken=HERE,
    ),
    NOTE,
]
INSTRUMENTS = [
    PRACTICE,
    PLACE,
    Column(
        "title",
        _("Title"),
        read.text("title"),
        _("Official title; in other languages, with a translation."),
        taken=HERE,
    ),
    Column(
        "number", _("Number"), read.plain("number"), _("Number of the instrument, as the State writes it."), taken=HERE
    ),
    Column(
        "date",
        _("Date"),
        read.plain("date"),
        _("Date of the instrument; empty if the source does not give it."),
        Kind.PARTIAL_DATE,
        taken=HERE,
    ),
    *closed_list(
        "kind",
        SORT,
        InstrumentKind,
        _("Type of instrument, for example act, decree or resolution."),
        source=Source.CLASSIFIED,
    ),
    ADDRESS,
    NOTE,
]
LINKS = [
    PRACTICE,
    PLACE,
    Column(
        "label",
        _("Link text"),
        read.text("label"),
        _("Text of the link, which says where it leads."),
        **WRITTEN,
        taken=HERE,
    ),
    ADDRESS,
    *closed_list("kind", SORT, LinkKind, _("Type of page or document that the link opens."), source=Source.CLASSIFIED),
    *closed_list(
        "status",
        (_("Status of the address (code)"), _("Status of the address")),
        LinkStatus,
        _("Says whether and how the source gives the address."),
    ),
    Column(
        "language",
        _("Language"),
        read.plain("language"),
        _("Language of the page that the link opens."),
        Kind.CODE,
        codes=languages,
        taken=HERE,
    ),
    NOTE,
]
SOURCES = [
    PRACTICE,
    PLACE,
    Column("author", _("Author"), read.text("author"), _("Institution that provided the information."), taken=HERE),
    Column("year", _("Year"), read.plain("year"), _("Year given in the citation."), Kind.INTEGER, taken=HERE),
    Column(
        "as_printed",
        _("As it appears in the source"),
        read.plain("as_printed"),
        _("Exact words of the source."),
        taken=HERE,
    ),
    Column(
        "reference_number",
        _("Reference: number"),
        read.plain("reference__number"),
        _("Number of the document in the bibliography of the edition; empty if it is not listed there."),
        Kind.INTEGER,
        taken=Taken("reference", of=Reference),
    ),
    Column(
        "reference_edition",
        _("Reference: edition (code)"),
        read.optional("reference__edition__slug"),
        _("Code of the edition whose bibliography lists the document."),
        Kind.CODE,
        **GIVEN,
    ),
    Column(
        "reference_author", _("Reference: author"), read.text_apart("reference__author"), _("Author of the document.")
    ),
    Column(
        "reference_year", _("Reference: year"), read.plain("reference__year"), _("Year of the document."), Kind.INTEGER
    ),
    Column(
        "reference_title",
        _("Reference: title"),
        read.optional("reference__title"),
        _("Title of the document, in its own language."),
    ),
    Column(
        "reference_url",
        _("Reference: address"),
        read.optional("reference__url"),
        _("Web address; empty if the source gives none."),
        Kind.ADDRESS,
    ),
]
NOTES = [
    PRACTICE,
    PLACE,
    *closed_list(
        "field",
        (_("Part of the record (code)"), _("Part of the record")),
        NoteField,
        _("Part of the record to which the note refers."),
        source=Source.GIVEN,
    ),
    Column(
        "source_prints",
        _("As it appears in the source"),
        read.without_mailboxes(read.plain("source_prints")),
        _("Exact words of the source; e-mail addresses are left out."),
        taken=HERE,
    ),
    Column(
        "source_language",
        _("Language of the source"),
        read.plain("source_language"),
        _("Language of the quoted words."),
        Kind.CODE,
        codes=languages,
        taken=HERE,
    ),
    Column(
        "shows",
        _("As shown in the catalogue"),
        read.without_mailboxes(read.text("shows")),
        _("What the record shows instead."),
        **WRITTEN,
        taken=HERE,
    ),
    Column(
        "reason",
        _("Reason"),
        read.without_mailboxes(read.text("reason")),
        _("Reason for the difference, in one or two sentences."),
        **WRITTEN,
        taken=HERE,
    ),
]
