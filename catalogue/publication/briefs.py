"""Briefs to carry into a meeting: one practice on two pages, or several side by side."""

from functools import partial

from django.utils.translation import gettext as _

from catalogue.citations import cite_practice
from catalogue.publication import entries
from catalogue.publication.data import count_in_words, document, issue
from catalogue.publication.texts import (
    bullets,
    joined,
    paragraph,
    part,
    plain,
    said,
    sentence,
    span,
    table,
    told_at_length,
)
from catalogue.record.sections import SECTIONS, sections_of
from catalogue.server.absolute_urls import permanent_url
from catalogue.text.languages import localized
from catalogue.text.numbers import result_in_words

PAGES = 2
SIZES = (10, 9, 8.5)  # points; nothing smaller is asked of a reader
SPARED = (  # left out first to last until the brief fits; facts, summary, objective and contact stay
    entries.sources,
    entries.organisations,
    "frameworks",
    entries.editors_notes,
    "limits",
    "sustainability",
    "replicability",
    "innovation",
    entries.links,
    entries.legal_basis,
    "outcomes",
    "population_detail",
    entries.results,
    "description",
    "objective",
)


def practice_brief(practice):
    """Yield briefs of a practice, each shorter than the one before; the first that fits on two pages is wanted."""
    for size in SIZES:
        yield _brief(practice, SPARED[:0], size)
    for spared in range(1, len(SPARED) + 1):
        yield _brief(practice, SPARED[:spared], SIZES[-1])


def _brief(practice, spared, size):
    kept, left_out = _parts(practice, spared)
    body = part(
        said(practice, "title"),
        anchor=practice.code,
        hue=practice.primary_network.colour if practice.primary_network else "",
        blocks=[*entries.summary(practice), {"kind": "facts", "rows": entries.facts(practice)}],
        parts=[*kept, _whole_record(practice, left_out)],
    )
    return document(
        "brief",
        title=localized(practice, "title").text,
        lines=[_("South American Conference on Migration"), _("Catalogue of practices"), practice.code],
        details=[*issue()],
        parts=[body],
        size=size,
    )


def _parts(practice, spared):
    """Return the parts of a record without the spared ones, and the headings of those."""
    told, untold = sections_of(practice)
    made = [
        *(
            (section.field, part([span(section.label)], blocks=told_at_length(practice, section.field)))
            for section in told
        ),
        *((make, make(practice)) for make in entries.PARTS),
    ]
    kept = [found for name, found in made if found and name not in spared]
    if untold and not spared:
        kept.append(entries.not_documented(untold))
    return kept, [plain(found["title"]) for name, found in made if found and name in spared]


def _whole_record(practice, left_out):
    """Return where the whole record is, what the brief leaves out, and how to cite it."""
    blocks = []
    if left_out:
        words = {"fields": ", ".join(left_out), "pages": PAGES}
        blocks.append(sentence(_("Omitted here to fit on %(pages)s pages: %(fields)s.") % words, "small"))
    blocks.append(entries.whole_record(practice))
    return part([span(_("How to cite this record"))], blocks=[sentence(cite_practice(practice), "small"), *blocks])


def comparison_brief(practices):
    """Return several practices side by side: a line for each head that any of them has."""
    practices = list(practices)
    titles = [localized(practice, "title").text for practice in practices]
    heading = _("Comparison of practices")
    columns = [_("Aspect"), *titles]
    rows = [row for row in (_row(label, read, practices) for label, read in _heads()) if row]
    widths = [4, *(9 for _practice in practices)]
    citations = [[sentence(cite_practice(practice), "small")] for practice in practices]
    return document(
        "comparison",
        title=heading,
        lines=[_("South American Conference on Migration"), _("Catalogue of practices")],
        details=[(_("Selection"), count_in_words(len(practices))), *issue()],
        parts=[
            part(
                [span(heading)],
                blocks=[table(heading, columns, rows, widths)],
                parts=[part([span(_("How to cite these records"))], blocks=[bullets(citations)])],
            )
        ],
        size=9,
        wide=True,
    )


def _heads():
    """Return what is compared: labels and functions that read blocks from a practice."""
    lines = [
        (_("Code"), lambda practice: [span(practice.code, url=permanent_url(practice))]),
        (_("Country"), entries.countries),
        (_("Implementing entity"), lambda p: joined([entries.body_name(body) for body in p.lead_organisations], "; ")),
        (_("Network"), lambda p: joined([said(row.network, "name") for row in p.practice_networks.all()], "; ")),
        (_("Scope"), entries.scope),
        (_("Period"), lambda practice: [span(practice.period_in_words)]),
        (_("Operational status"), lambda practice: [span(entries.status(practice))]),
        (_("Target populations"), lambda practice: entries.terms(practice.populations)),
        (_("Summary"), lambda practice: said(practice, "summary")),
    ]
    told = [
        section for section in SECTIONS if section.field != "description"
    ]  # too long for a column; the summary stays
    texts = [(section.label, partial(told_at_length, field=section.field)) for section in told]
    return [
        *((label, _told(read)) for label, read in lines),
        (_("Figures"), _figures),
        *((label, read) for label, read in texts),
        (_("Legal basis"), partial(entries.blocks_of, entries.legal_basis)),
        (_("Links"), partial(entries.blocks_of, entries.links)),
        (_("Contact"), partial(entries.blocks_of, entries.contact)),
    ]


def _told(read):
    return lambda practice: entries.as_block(read(practice))


def _row(label, read, practices):
    """Return a line of the comparison; none where no practice has anything to say."""
    cells = [read(practice) for practice in practices]
    if not any(cells):
        return None
    return [
        [paragraph([span(label, strong=True)])],
        *(cell or [sentence(_("Not documented"), "small")] for cell in cells),
    ]


def _figures(practice):
    """Return the figures of a practice as a list: a table does not go into a cell."""
    rows = practice.results.all()
    items = [[paragraph([span(f"{result_in_words(row)} ", strong=True), *said(row, "indicator")])] for row in rows]
    return [bullets(items)] if items else []
