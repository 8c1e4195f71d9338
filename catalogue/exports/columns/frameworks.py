"""The columns that say how a practice is classified: its terms in the table of practices, and each with its reason."""

from django.utils.translation import gettext_lazy as _

from catalogue.choices import FRAMEWORK_FIELDS, ClassificationStatus, Scheme
from catalogue.exports.columns import cell_readers as read
from catalogue.exports.columns.base import Column, ImportTarget, labels_of
from catalogue.exports.columns.cell_readers import CODE, NAME, Reader
from catalogue.exports.columns.kinds import Kind, Source
from catalogue.exports.columns.shared import CLASSIFIED, GIVEN, PRACTICE, code_and_label, code_column, text_column


def frameworks(words):
    """Return ``{code: label}`` of the vocabularies that are frameworks, for the codebook."""
    labels = words.labels(Scheme)
    return {str(scheme): labels[scheme] for scheme in FRAMEWORK_FIELDS}


def vocabulary(columns, field, labels, meaning, source=Source.CLASSIFIED):
    """Return the columns with the codes and with the labels of the terms that a field of a practice holds."""
    readers = read.terms(field, CODE), read.terms(field, NAME)
    target = ImportTarget(field, terms=True)
    return code_and_label(columns, labels, readers, meaning, read.terms_in(field), source=source, imported_as=target)


TERMS = [
    *vocabulary(
        ("gcm", "gcm_labels"),
        "gcm_objectives",
        (_("Objectives of the Global Compact (numbers)"), _("Objectives of the Global Compact")),
        _("Numbers (1 to 23) of the objectives of the Global Compact for Migration to which the practice contributes."),
    ),
    *vocabulary(
        ("principles", "principle_labels"),
        "guiding_principles",
        (_("Guiding principles of the Global Compact (codes)"), _("Guiding principles of the Global Compact")),
        _("Codes of the guiding principles of the Global Compact for Migration that the practice applies."),
    ),
    *vocabulary(
        ("sdg_targets", "sdg_target_labels"),
        "sdg_targets",
        (
            _("Targets of the Sustainable Development Goals (codes)"),
            _("Targets of the Sustainable Development Goals"),
        ),
        _(
            "Codes of the targets of the Sustainable Development Goals to which the practice contributes,"
            " for example 10.7."
        ),
    ),
    *vocabulary(
        ("psdhm", "psdhm_labels"),
        "psdhm_programmes",
        (_("Programmes of the PSDHM (letters)"), _("Programmes of the PSDHM")),
        _(
            "Letters (a to h) of the programmes of the South American Human Development Plan for"
            " Migration (PSDHM) to which the practice corresponds."
        ),
    ),
]
CLASSIFICATIONS = [
    PRACTICE,
    *code_and_label(
        ("framework", "framework_label"),
        (_("Framework (code)"), _("Framework")),
        (read.stored("term__scheme"), read.label("term__scheme", Scheme)),
        _("Framework to which the term belongs."),
        frameworks,
        **CLASSIFIED,
    ),
    *code_and_label(
        ("term", "term_label"),
        (_("Term (code)"), _("Term")),
        (read.linked("term_id", "terms", CODE), read.linked("term_id", "terms", NAME)),
        _("Code of the term in its framework."),
        **CLASSIFIED,
    ),
    text_column(
        "reason",
        _("Reason"),
        _("Why the practice is classified under this term; empty if no reason has been written yet."),
        Source.WRITTEN,
        imported_as=None,
    ),
    code_column(
        "status",
        _("Status of the classification (code)"),
        read.stored("status"),
        _("Says whether the Technical Secretariat has confirmed the classification."),
        ClassificationStatus,
        **GIVEN,
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
