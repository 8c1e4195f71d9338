"""The parts of a practice's record under their headings: long texts, figures, laws, links, doubts and sources.

``practice`` comes from ``for_detail()``; everything is in the active language.
"""

from functools import partial

from django.utils.translation import gettext as _, gettext_lazy

from catalogue.choices import OrganisationRole
from catalogue.coverage.comparable_results import before_and_after
from catalogue.partial_dates import date_in_words
from catalogue.publication.blocks import (
    bullets,
    document_part,
    localized_spans,
    narrative_blocks,
    paragraph,
    sentence,
    span,
    table,
)
from catalogue.publication.facts import organisation_spans
from catalogue.record.sections import SECTIONS
from catalogue.text.languages import HTML_LANGUAGES, localized
from catalogue.text.localized_html import language_note
from catalogue.text.numbers import result_in_words


def record_parts(practice):
    """Return what a record says beside its facts, ``{name: part}`` in the order of ``RECORD_PARTS``."""
    found = ((name, label, blocks(practice)) for name, (label, blocks) in RECORD_PARTS.items())
    return {name: document_part(label, blocks=blocks) for name, label, blocks in found if blocks}


def part_blocks(practice, name):
    """Return the blocks of one part of a record without its heading; empty where the record says nothing."""
    _label, blocks = RECORD_PARTS[name]
    return blocks(practice)


def result_blocks(practice):
    """Return the figures as a table: what is counted, how much, when, and the words of the source."""
    results = practice.results.all()
    columns = [_("Indicator"), _("Figure"), _("Date or period"), _("As it appears in the source")]
    changes = [
        paragraph([span(_("Before and after the practice:"), strong=True), span(f" {words}")])
        for words in before_and_after(results)
    ]
    rows = [_result_row(row, practice) for row in results]
    return [*changes, table(_("Figures"), columns, rows, [8, 4, 4, 5])] if rows else []


def _result_row(row, practice):
    if row.as_of:
        moment = [span(_("As of %(date)s") % {"date": date_in_words(row.as_of)})]
    else:
        moment = localized_spans(row, "period") or [span(_("Date of the figure not stated"), soft=True)]
    counted = [*localized_spans(row, "indicator"), span(f" ({row.get_kind_display()})", soft=True)]
    return [
        [paragraph(counted), *_note(row)],
        [paragraph([span(result_in_words(row), strong=True)])],
        [paragraph(moment)],
        [paragraph([_quotation(row.as_printed, practice.edition.language if practice.edition else "")])],
    ]


def _instrument(row):
    """Return a legal instrument: title, kind, number, date, URL and note."""
    details = [row.get_kind_display()]
    if row.number and row.number not in localized(row, "title").text:
        details.append(" ".join([_("No."), row.number]))
    if row.date:
        details.append(date_in_words(row.date))
    title = [*_linked(localized_spans(row, "title"), row.url), span(f" ({', '.join(details)})", soft=True)]
    return [paragraph(title), *_note(row), *_written_url(row.url)]


def organisation_blocks(practice):
    """Return who takes part beside the implementing entities, and in what role."""
    rows = practice.practice_organisations.all()
    return organisation_list(row for row in rows if row.role != OrganisationRole.LEAD or localized(row, "detail").text)


def organisation_list(rows, *, roles=True):
    """Return organisations of a practice as a list, each with what it does and, where asked for, its role."""
    items = []
    for row in rows:
        detail, role = localized_spans(row, "detail"), [span(f" ({row.get_role_display()})", soft=True)]
        name = [*organisation_spans(row.organisation), *(role if roles else [])]
        items.append([paragraph(name), *([paragraph(detail, "small")] if detail else [])])
    return _list(items)


def _link(row):
    """Return a link of interest with its URL written out, for paper."""
    details = row.get_kind_display()
    if row.status != "printed":
        details = f"{details}; {row.get_status_display()}"
    url = row.url if row.followable else ""
    note = span(f" {language_note(row.language)} ({details})", soft=True)
    return [paragraph([*_linked(localized_spans(row, "label"), url), note]), *_note(row), *_written_url(url, row.url)]


def contact_blocks(practice):
    """Return the contact office and how to reach it; its e-mail address only with consent, as on the page."""
    office = practice.contact
    if not office:
        return [sentence(_("Not documented"))]
    blocks = [paragraph(localized_spans(office, "office")), *_note(office)]
    if office.via:
        blocks.append(sentence(_("Contact through: %(office)s.") % {"office": localized(office.via, "office").text}))
    if office.public_email:
        blocks.append(paragraph([span(office.public_email, url=f"mailto:{office.public_email}")]))
    return blocks


def editors_note_blocks(practice):
    """Return the doubts about the source: what it prints, what is shown here, and why."""
    return [{"kind": "note", "blocks": [paragraph(_editors_note(row))]} for row in practice.editors_notes.all()]


def _editors_note(row):
    gap = span(" ")
    spans = [span(f"{row.get_field_display()}.", strong=True), gap]
    if row.source_prints:
        quotation = _quotation(row.source_prints, row.source_language)
        spans += [span(_("The source prints:")), gap, quotation, span("."), gap]
    shown, reason = localized_spans(row, "shows"), localized_spans(row, "reason")
    return [*spans, span(_("Shown here:")), gap, *shown, gap, span(_("Why:")), gap, *reason]


def source_blocks(practice):
    """Return the sources on which the record rests."""
    items = [[paragraph(_citation(row))] for row in practice.citations.all()]
    if practice.edition:
        items.append([paragraph(localized_spans(practice.edition, "citation"))])
    return _list(items, ordered=True)


def _citation(row):
    year = f" ({row.year})" if row.year else ""
    spans = [*localized_spans(row, "author"), span(f"{year}. ")]
    if not row.reference:
        return [*spans, span(_("Information supplied by the institution; the source lists no document."))]
    title = reference_title(row.reference)
    note = localized_spans(row.reference, "note", soft=True)
    return [*spans, title, span("."), *([span(" "), *note] if note else [])]


def reference_title(reference):
    """Return the title of a document that is cited, in the language it is written in."""
    return span(reference.title, lang=HTML_LANGUAGES[reference.language], emphasis=True, url=reference.url)


def _list(items, *, ordered=False):
    items = list(items)
    return [bullets(items, ordered=ordered)] if items else []


def _linked(spans, url):
    return [{**item, "url": url} if url and not item.get("soft") else item for item in spans]


def _note(row):
    note = localized_spans(row, "note")
    return [paragraph(note, "small")] if note else []


def _quotation(text, language):
    return span(_("“%(text)s”") % {"text": text}, lang=HTML_LANGUAGES.get(language, ""))


def _written_url(url, shown=""):
    """Return a URL written out, as a link where there is one to follow."""
    text = url or shown
    return [paragraph([span(text, url=url, soft=True)], "address")] if text else []


RECORD_PARTS = {  # name -> (heading, function that returns the blocks)
    **{section.field: (section.label, partial(narrative_blocks, field=section.field)) for section in SECTIONS},
    "results": (gettext_lazy("Figures"), result_blocks),
    "legal_basis": (
        gettext_lazy("Legal basis"),
        lambda practice: _list(map(_instrument, practice.legal_instruments.all())),
    ),
    "organisations": (gettext_lazy("Organisations"), organisation_blocks),
    "links": (gettext_lazy("Links"), lambda practice: _list(map(_link, practice.links.all()))),
    "contact": (gettext_lazy("Contact"), contact_blocks),
    "editors_notes": (gettext_lazy("Editor’s notes"), editors_note_blocks),
    "sources": (gettext_lazy("Sources"), source_blocks),
}
