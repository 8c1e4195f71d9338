"""The columns that tell how a practice is classified: its terms in the table of practices, and each with its reason."""

from django.utils.translation import gettext_lazy as _

from catalogue.choices import FRAMEWORK_FIELDS, ClassificationStatus, Scheme
from catalogue.exports import readers as read
from catalogue.exports.column import Column, Kind, Source, Taken, labels_of
from catalogue.exports.readers import CODE, NAME, Reader
from catalogue.exports.shared import CLASSIFIED, GIVEN, PRACTICE, WRITTEN


def frameworks(words):
    """Return ``{code: label}`` of the vocabularies that are frameworks, for the codebook."""
    labels = words.labels(Scheme)
    return {str(scheme): labels[scheme] for scheme in FRAMEWORK_FIELDS}


TERMS = [
    Column(
        "gcm",
        _("Objectives of the Global Compact (numbers)"),
        read.terms("gcm_objectives", CODE),
        _("Objectives of the Global Compact for Migration to which it contributes, 1 to 23."),
        codes=read.terms_in("gcm_objectives"),
        **CLASSIFIED,
        taken=Taken("gcm_objectives", terms=True),
    ),
    Column("gcm_labels", _("Objectives of the Global Compact"), read.terms("gcm_objectives", NAME), labels_of("gcm")),
    Column(
        "principles",
        _("Guiding principles of the Global Compact (codes)"),
        read.terms("guiding_principles", CODE),
        _("Guiding principles of the Global Compact for Migration that it puts into practice."),
        codes=read.terms_in("guiding_principles"),
        **CLASSIFIED,
        taken=Taken("guiding_principles", terms=True),
    ),
    Column(
        "principle_labels",
        _("Guiding principles of the Global Compact"),
        read.terms("guiding_principles", NAME),
        labels_of("principles"),
    ),
    Column(
        "sdg_targets",
        _("Targets of the Sustainable Development Goals (codes)"),
        read.terms("sdg_targets", CODE),
        _("Targets of the Sustainable Development Goals to which it contributes, for example 10.7."),
        codes=read.terms_in("sdg_targets"),
        **CLASSIFIED,
        taken=Taken("sdg_targets", terms=True),
    ),
    Column(
        "sdg_target_labels",
        _("Targets of the Sustainable Development Goals"),
        read.terms("sdg_targets", NAME),
        labels_of("sdg_targets"),
    ),
    Column(
        "psdhm",
        _("Programmes of the PSDHM (letters)"),
        read.terms("psdhm_programmes", CODE),
        _("Programmes of the South American Human Development Plan for Migration to which it answers, a to h."),
        codes=read.terms_in("psdhm_programmes"),
        **CLASSIFIED,
        taken=Taken("psdhm_programmes", terms=True),
    ),
    Column("psdhm_labels", _("Programmes of the PSDHM"), read.terms("psdhm_programmes", NAME), labels_of("psdhm")),
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
    Column("framework_label", _("Framework"), read.label("term__scheme", Scheme), labels_of("framework")),
    Column("term", _("Term (code)"), read.linked("term_id", "terms", CODE), _("Code of the term."), **CLASSIFIED),
    Column("term_label", _("Term"), read.linked("term_id", "terms", NAME), labels_of("term")),
    Column(
        "reason", _("Reason"), read.text("reason"), _("Why, in a few words; empty where not written yet."), **WRITTEN
    ),
    Column(
        "status",
        _("Status (code)"),
        read.plain("status"),
        _("Whether the Technical Secretariat has confirmed the classification."),
        Kind.CODE,
        Source.GIVEN,
        ClassificationStatus,
    ),
    Column("status_label", _("Status"), read.label("status", ClassificationStatus), labels_of("status")),
    Column(
        "confirmed_on",
        _("Confirmed on"),
        Reader(
            lambda batch, words: [day.isoformat() if day else "" for day in batch["confirmed_on"]], ("confirmed_on",)
        ),
        _("Day of the confirmation; empty while it is awaited."),
        Kind.DATE,
        **GIVEN,
    ),
]
