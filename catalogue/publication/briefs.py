"""Briefs to carry into a meeting: one practice on two pages, or several side by side."""

from functools import partial

from django.utils.translation import gettext as _

from catalogue.citations import cite_practice
from catalogue.publication.blocks import (
    bullets,
    document_part,
    localized_spans,
    paragraph,
    plain_text,
    sentence,
    span,
    table,
)
from catalogue.publication.documents import issue_details, new_document, practice_count
from catalogue.publication.entries import citation_part, practice_part, undocumented_part
from catalogue.publication.facts import FACTS, fact_blocks
from catalogue.publication.record_parts import RECORD_PARTS, record_parts
from catalogue.text.languages import localized
from catalogue.text.numbers import result_in_words

PAGES = 2
SIZES = (10, 9, 8.5)  # points; nothing smaller can be read with ease
OMITTED = (  # parts of a record left out first to last until the brief fits; facts, summary and contact stay
    "sources",
    "organisations",
    "frameworks",
    "editors_notes",
    "limits",
    "sustainability",
    "replicability",
    "innovation",
    "links",
    "legal_basis",
    "outcomes",
    "population_detail",
    "results",
    "description",
    "objective",
)
COMPARED = ("code", "countries", "entities", "networks", "scope", "bare_period", "status", "populations", "summary")
NOT_COMPARED = {"description", "results", "organisations", "editors_notes", "sources"}  # too long for a column


def practice_brief(practice):
    """Yield briefs of a practice, each shorter than the one before; the first that fits on two pages is wanted."""
    for size in SIZES:
        yield _brief(practice, (), size)
    for omitted in range(1, len(OMITTED) + 1):
        yield _brief(practice, OMITTED[:omitted], SIZES[-1])


def _brief(practice, omitted, size):
    parts = record_parts(practice)
    left_out = [plain_text(part["title"]) for name, part in parts.items() if name in omitted]
    shown = [part for name, part in parts.items() if name not in omitted]
    gaps = [] if omitted else undocumented_part(practice)
    words = {"fields": ", ".join(left_out), "pages": PAGES}
    note = [sentence(_("Omitted here to fit on %(pages)s pages: %(fields)s.") % words, "small")] if left_out else []
    return new_document(
        "brief",
        title=localized(practice, "title").text,
        lines=[_("Catalogue of practices"), practice.code],
        parts=[practice_part(practice, [*shown, *gaps, citation_part(practice, *note, full_record=True)])],
        size=size,
    )


def comparison_brief(practices):
    """Return several practices side by side: a row for each aspect that any of them documents."""
    practices = list(practices)
    heading = _("Comparison of practices")
    columns = [_("Aspect"), *(localized(practice, "title").text for practice in practices)]
    rows = [row for row in (_row(label, read, practices) for label, read in _aspects()) if row]
    comparison = table(heading, columns, rows, [4, *(9 for _practice in practices)])
    citations = bullets([[sentence(cite_practice(practice), "small")] for practice in practices])
    cite = document_part(_("How to cite these records"), blocks=[citations])
    return new_document(
        "comparison",
        title=heading,
        lines=[_("Catalogue of practices")],
        details=[(_("Selection"), practice_count(len(practices))), *issue_details()],
        parts=[document_part(heading, blocks=[comparison], parts=[cite])],
        size=9,
        wide=True,
    )


def _aspects():
    """Return what is compared: labels, and functions that return the blocks of a practice."""
    return [
        *((FACTS[name][0], partial(fact_blocks, name=name)) for name in COMPARED),
        (_("Figures"), _figures),
        *(part for name, part in RECORD_PARTS.items() if name not in NOT_COMPARED),
    ]


def _row(label, read, practices):
    """Return a row of the comparison; none where no practice documents anything."""
    cells = [read(practice) for practice in practices]
    if not any(cells):
        return None
    missing = [sentence(_("Not documented"), "small")]
    return [[paragraph([span(label, strong=True)])], *(cell or missing for cell in cells)]


def _figures(practice):
    """Return the figures of a practice as a list: a table does not go into a cell."""
    rows = practice.results.all()
    items = [
        [paragraph([span(f"{result_in_words(row)} ", strong=True), *localized_spans(row, "indicator")])] for row in rows
    ]
    return [bullets(items)] if items else []
