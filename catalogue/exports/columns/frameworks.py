"""The columns that tell how a practice is classified: its terms in the table of practices, and each with its reason."""

from django.utils.translation import gettext_lazy as _

from catalogue.choices import FRAMEWORK_FIELDS, ClassificationStatus, Scheme
from catalogue.exports.columns import cell_readers as read
from catalogue.exports.columns.base import Column, Kind, Source, Taken, labels_of
from catalogue.exports.columns.cell_readers import CODE, NAME, Reader
from catalogue.exports.columns.shared import CLASSIFIED, GIVEN, PRACTICE, WRITTEN


def frameworks(words):
    """Return ``{code: label}`` of the vocabularies that are frameworks, for the codebook."""
    labels = words.labels(Scheme)
    return {str(scheme): labels[scheme] for scheme in FRAMEWORK_FIELDS}


TERMS = [
    Column(
        "gcm",
        _("Objectives of the Global Compact (numbers)"),
        read.terms("gcm_objectives", CODE),
        _("Numbers (1 to 23) of the objectives of the Global Compact for Migration to which the practice contributes."),
        codes=read.terms_in("gcm_objectives"),
        **CLASSIFIED,
        taken=Taken("gcm_objectives", terms=True),
    ),
    Column(
        "gcm_labels",
        _("Objectives of the Global Compact"),
        read.terms("gcm_objectives", NAME),
        labels_of("gcm"),
        source=Source.CLASSIFIED,
    ),
    Column(
        "principles",
        _("Guiding principles of the Global Compact (codes)"),
        read.terms("guiding_principles", CODE),
        _("Codes of the guiding principles of the Global Compact for Migration that the practice applies."),
        codes=read.terms_in("guiding_principles"),
        **CLASSIFIED,
        taken=Taken("guiding_principles", terms=True),
    ),
    Column(
        "principle_labels",
        _("Guiding principles of the Global Compact"),
        read.terms("guiding_principles", NAME),
        labels_of("principles"),
        source=Source.CLASSIFIED,
    ),
    Column(
        "sdg_targets",
        _("Targets of the Sustainable Development Goals (codes)"),
        read.terms("sdg_targets", CODE),
        _(
            "Codes of the targets of the Sustainable Development Goals to which the practice contributes,"
            " for example 10.7."
        ),
        codes=read.terms_in("sdg_targets"),
        **CLASSIFIED,
        taken=Taken("sdg_targets", terms=True),
    ),
    Column(
        "sdg_target_labels",
        _("Targets of the Sustainable Development Goals"),
        read.terms("sdg_targets", NAME),
        labels_of("sdg_targets"),
        source=Source.CLASSIFIED,
    ),
    Column(
        "psdhm",
        _("Programmes of the PSDHM (letters)"),
        read.terms("psdhm_programmes", CODE),
        _(
            "Letters (a to h) of the programmes of the South American Human Development Plan for"
            " Migration (PSDHM) to which the practice corresponds."
        ),
        codes=read.terms_in("psdhm_programmes"),
        **CLASSIFIED,
        taken=Taken("psdhm_programmes", terms=True),
    ),
    Column(
        "psdhm_labels",
        _("Programmes of the PSDHM"),
        read.terms("psdhm_programmes", NAME),
        labels_of("psdhm"),
        source=Source.CLASSIFIED,
    ),
]
CLASSIFICATIONS = [
    PRACTICE,
    Column(
        "framework",
        _("Framework (code)"),
        read.plain("term__scheme"),
        _("Framework to which the term belongs."),
        codes=frameworks,
        **CLASSIFIED,
    ),
    Column(
        "framework_label",
        _("Framework"),
        read.label("term__scheme", Scheme),
        labels_of("framework"),
        source=Source.CLASSIFIED,
    ),
    Column(
        "term",
        _("Term (code)"),
        read.linked("term_id", "terms", CODE),
        _("Code of the term in its framework."),
        **CLASSIFIED,
    ),
    Column("term_label", _("Term"), read.linked("term_id", "terms", NAME), labels_of("term"), source=Source.CLASSIFIED),
    Column(
        "reason",
        _("Reason"),
        read.text("reason"),
        _("Why the practice is classified under this term; empty if no reason has been written yet."),
        **WRITTEN,
    ),
    Column(
        "status",
        _("Status of the classification (code)"),
        read.plain("status"),
        _("Says whether the Technical Secretariat has confirmed the classification."),
        Kind.CODE,
        Source.GIVEN,
        ClassificationStatus,
    ),
    Column(
        "status_label",
        _("Status of the classification"),
        read.label("status", ClassificationStatus),
        labels_of("status"),
    ),
    Column(
        "confirmed_on",
        _("Date of confirmation"),
        Reader(
            lambda batch, words: [day.isoformat() if day else "" for day in batch["confirmed_on"]], ("confirmed_on",)
        ),
        _("Date on which the classification was confirmed; empty if it has not been confirmed."),
        Kind.DATE,
        **GIVEN,
    ),
]
