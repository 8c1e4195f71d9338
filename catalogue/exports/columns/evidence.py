"""The columns of the tables of what supports a practice: figures, legal instruments, links, sources and notes."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from catalogue.choices import RESULT_KINDS, InstrumentKind, LinkKind, LinkStatus, NoteField, Qualifier, ResultKind
from catalogue.exports.columns import cell_readers as read
from catalogue.exports.columns.base import SAME_FIELD, Column, ImportTarget
from catalogue.exports.columns.kinds import Kind, Source
from catalogue.exports.columns.shared import (
    CLASSIFIED,
    GIVEN,
    ORDER,
    PRACTICE,
    closed_list,
    code_column,
    language_column,
    stored_column,
    text_column,
    written_column,
)
from catalogue.models import Reference

URL = stored_column("url", _("Address"), _("Web address; empty if the source gives none."), Kind.ADDRESS)
NOTE = written_column("note", _("Note"), _("Remark by the editors on this row."))
TYPE = _("Type (code)"), _("Type")
KINDS_OF_FIGURES = format_lazy(
    " ".join(["{said}", *(f"{kind}: {{{kind}}}." for kind in RESULT_KINDS)]),
    said=_("What the figure says."),
    **RESULT_KINDS,
)
AS_PRINTED = stored_column("as_printed", _("As it appears in the source"), _("Exact words of the source."))


def quoted_column(name, label, meaning, reader, **more):
    """Return the column of a text that an import accepts, without the e-mail addresses that it quotes."""
    return Column(name, label, read.without_emails(reader), meaning, imported_as=SAME_FIELD, **more)


RESULTS = [
    PRACTICE,
    ORDER,
    written_column("indicator", _("Indicator"), _("What the figure measures, for example cases.")),
    *closed_list("kind", TYPE, ResultKind, KINDS_OF_FIGURES, **CLASSIFIED),
    *closed_list(
        "qualifier",
        (_("Qualifier (code)"), _("Qualifier")),
        Qualifier,
        _("How the source qualifies the figure, for example “almost” or “more than”; empty if the figure is exact."),
    ),
    stored_column(
        "value",
        _("Value"),
        _("The figure as a number; empty if the source gives no number. Zero counts as a number."),
        Kind.NUMBER,
        unit=_("given in the column “unit”"),
    ),
    text_column("unit", _("Unit"), _("Unit in which the figure is expressed.")),
    text_column("period", _("Period"), _("Period that the figure covers, according to the source.")),
    stored_column(
        "as_of",
        _("Date of the figure"),
        _("Date to which the figure refers; empty if the source gives none."),
        Kind.PARTIAL_DATE,
    ),
    AS_PRINTED,
    stored_column(
        "chartable",
        _("Can be charted"),
        _("True if the figure can be charted and added up; false for norms, context and doubtful figures."),
        Kind.BOOLEAN,
        **CLASSIFIED,
    ),
    NOTE,
]
INSTRUMENTS = [
    PRACTICE,
    ORDER,
    text_column("title", _("Title"), _("Official title; in other languages, with a translation.")),
    stored_column("number", _("Number"), _("Number of the instrument, as the State writes it.")),
    stored_column(
        "date", _("Date"), _("Date of the instrument; empty if the source does not give it."), Kind.PARTIAL_DATE
    ),
    *closed_list(
        "kind", TYPE, InstrumentKind, _("Type of instrument, for example act, decree or resolution."), **CLASSIFIED
    ),
    URL,
    NOTE,
]
LINKS = [
    PRACTICE,
    ORDER,
    written_column("label", _("Link text"), _("Text of the link, which says where it leads.")),
    URL,
    *closed_list("kind", TYPE, LinkKind, _("Type of page or document that the link opens."), **CLASSIFIED),
    *closed_list(
        "status",
        (_("Status of the address (code)"), _("Status of the address")),
        LinkStatus,
        _("Says whether and how the source gives the address."),
    ),
    language_column("language", _("Language"), _("Language of the page that the link opens.")),
    NOTE,
]
SOURCES = [
    PRACTICE,
    ORDER,
    text_column("author", _("Author"), _("Institution that provided the information.")),
    stored_column("year", _("Year"), _("Year given in the citation."), Kind.INTEGER),
    AS_PRINTED,
    Column(
        "reference_number",
        _("Reference: number"),
        read.stored("reference__number"),
        _("Number of the document in the bibliography of the edition; empty if it is not listed there."),
        Kind.INTEGER,
        imported_as=ImportTarget("reference", of=Reference),
    ),
    code_column(
        "reference_edition",
        _("Reference: edition (code)"),
        read.optional("reference__edition__slug"),
        _("Code of the edition whose bibliography lists the document."),
        **GIVEN,
    ),
    Column(
        "reference_author", _("Reference: author"), read.text_apart("reference__author"), _("Author of the document.")
    ),
    Column(
        "reference_year", _("Reference: year"), read.stored("reference__year"), _("Year of the document."), Kind.INTEGER
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
    ORDER,
    *closed_list(
        "field",
        (_("Part of the record (code)"), _("Part of the record")),
        NoteField,
        _("Part of the record to which the note refers."),
        **GIVEN,
    ),
    quoted_column(
        "source_prints",
        _("As it appears in the source"),
        _("Exact words of the source; e-mail addresses are left out."),
        read.stored("source_prints"),
    ),
    language_column("source_language", _("Language of the source"), _("Language of the quoted words.")),
    quoted_column(
        "shows",
        _("As shown in the catalogue"),
        _("What the record shows instead."),
        read.text("shows"),
        source=Source.WRITTEN,
    ),
    quoted_column(
        "reason",
        _("Reason"),
        _("Reason for the difference, in one or two sentences."),
        read.text("reason"),
        source=Source.WRITTEN,
    ),
]
