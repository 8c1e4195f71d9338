"""One practice as a part of a document: its heads in the familiar order, its texts, figures, doubts and sources.

``practice`` comes from ``for_detail()``; everything is in the active language.
"""

from django.utils.translation import gettext as _

from catalogue.choices import FRAMEWORK_FIELDS, OrganisationRole, Scheme
from catalogue.coverage.comparable_results import before_and_after
from catalogue.models.judgements import confirmation_in_words, unconfirmed_in_words
from catalogue.partial_dates import in_words
from catalogue.publication.texts import (
    bullets,
    joined,
    language_tag,
    paragraph,
    part,
    said,
    sentence,
    span,
    table,
    told_at_length,
)
from catalogue.record.sections import sections_of
from catalogue.server.absolute_urls import permanent_url
from catalogue.text.languages import HTML_LANGUAGES, content_language, localized
from catalogue.text.localized_html import language_note
from catalogue.text.numbers import result_in_words


def entry(practice):
    """Return the whole record as a part with its sections."""
    told, untold = sections_of(practice)
    return part(
        said(practice, "title"),
        anchor=practice.code,
        hue=practice.primary_network.colour if practice.primary_network else "",
        blocks=[*summary(practice), {"kind": "facts", "rows": facts(practice)}],
        parts=[
            *(part([span(section.label)], blocks=told_at_length(practice, section.field)) for section in told),
            *filter(None, (make(practice) for make in PARTS)),
            *([not_documented(untold)] if untold else []),
        ],
    )


def summary(practice):
    """Return the summary, and the warning that goes with a plan."""
    spans = said(practice, "summary")
    warning = _("This practice is planned. The source does not say that it has started.")
    return [
        *([paragraph(spans, "lead")] if spans else []),
        *([{"kind": "note", "blocks": [sentence(warning)]}] if practice.is_planned else []),
    ]


def facts(practice):
    """Return the heads of a record, each with its value; heads without one are left out."""
    rows = [
        (_("Code"), [span(practice.code, url=permanent_url(practice))]),
        (_("Country"), countries(practice)),
        (_("Implementing entity"), joined([body_name(body) for body in practice.lead_organisations], "; ")),
        (_("Network"), joined([said(row.network, "name") for row in practice.practice_networks.all()], "; ")),
        (_("Scope"), scope(practice)),
        (_("Places"), joined([said(place, "name") for place in practice.places.all()], "; ")),
        (_("Period"), _with_note(practice.period_in_words, practice, "period_note")),
        (_("Operational status"), [span(status(practice))]),
        (_("Acronym"), acronym(practice)),
        (_("Hotline"), [span(practice.hotline, url=f"tel:{practice.hotline}")] * bool(practice.hotline)),
        (_("Target populations"), terms(practice.populations)),
        (_("Keywords"), terms(practice.keywords)),
        (
            _("Objectives of the Global Compact (classified by this catalogue)"),
            classified(practice, Scheme.GCM),
        ),
        (
            _("Targets of the Sustainable Development Goals (classified by this catalogue)"),
            classified(practice, Scheme.SDG_TARGET),
        ),
        (
            _("Guiding principles of the Global Compact (classified by this catalogue)"),
            classified(practice, Scheme.PRINCIPLE),
        ),
        (_("Programmes of the PSDHM (classified by this catalogue)"), classified(practice, Scheme.PSDHM)),
        (_("Evidence level (classified by this catalogue)"), evidence(practice)),
    ]
    return [{"label": label, "blocks": [paragraph(spans)]} for label, spans in rows if spans]


def acronym(practice):
    """Return the acronym of a practice and what it stands for, where somebody has said."""
    meaning = said(practice, "acronym_meaning")
    return [span(practice.acronym), *([span(": "), *meaning] if meaning else [])] if practice.acronym else []


def countries(practice):
    """Return the implementing States, then the others it concerns with their part in it."""
    related = [
        [*said(row.country, "name"), span(": "), *(said(row, "note") or [span(row.get_role_display())])]
        for row in practice.related_countries
    ]
    implementing = joined([said(country, "name") for country in practice.implementing_countries])
    return joined([implementing, *related], "\n")


def scope(practice):
    """Return the reach of a practice: the widest first, then the others."""
    scopes = [practice.get_scope_display(), *(row.get_scope_display().lower() for row in practice.further_scopes.all())]
    return _with_note("; ".join(scopes), practice, "scope_note")


def status(practice):
    """Return the operational status and the year of the source that gives it."""
    label = practice.get_status_display()
    if not practice.edition:
        return label
    return _("%(status)s, according to the %(year)s source") % {"status": label, "year": practice.edition.year}


def evidence(practice):
    """Return the evidence level and that nobody has confirmed it, or that nobody has assessed it."""
    if not practice.evidence:
        return [span(_("Not assessed"))]
    return [span(practice.get_evidence_display()), _soft(unconfirmed_in_words())]


def _soft(words):
    """Return a remark in brackets after what it is about."""
    return span(f" ({words})", soft=True)


def classified(practice, scheme):
    """Return the terms of a framework by which this catalogue classifies a practice, and how far that is confirmed."""
    make = targets if scheme == Scheme.SDG_TARGET else lambda row: terms(getattr(row, FRAMEWORK_FIELDS[scheme]))
    found, standing = make(practice), confirmation_in_words(practice, scheme)
    return [*found, _soft(standing)] if found and standing else found


def terms(relation):
    """Return the labels of a vocabulary's terms."""
    return joined([[span(term.label)] for term in relation.all()], "; ")


def targets(practice):
    """Return the targets of the Sustainable Development Goals with their numbers."""
    return joined([[span(f"{row.code} "), *said(row, "name")] for row in practice.sdg_targets.all()], "; ")


def body_name(organisation):
    """Return an organisation: its official name first, then the gloss in the reader's language, then the acronym."""
    shown, language = localized(organisation, "name"), organisation.official_language
    official = getattr(organisation, f"name_{language}") if language else ""
    if not official or language == content_language():
        spans = said(organisation, "name")
    else:
        spans = [span(official, lang=HTML_LANGUAGES[language])]
        if not shown.foreign and shown.text != official:
            spans.append(span(f" ({shown.text})"))
    if organisation.acronym and organisation.shown_acronym not in f"{official} {shown.text}":
        spans.append(span(f", {organisation.shown_acronym}"))
    return spans


def results(practice):
    """Return the figures as a table: what is counted, how much, when, and the words of the source."""
    rows = [_result(row, practice) for row in practice.results.all()]
    if not rows:
        return None
    heading = _("Figures")
    columns = [_("Indicator"), _("Figure"), _("Date or period"), _("As it appears in the source")]
    changes = [
        paragraph([span(_("Before and after the practice:"), strong=True), span(f" {words}")])
        for words in before_and_after(practice.results.all())
    ]
    return part([span(heading)], blocks=[*changes, table(heading, columns, rows, [8, 4, 4, 5])])


def _result(row, practice):
    if row.as_of:
        moment = [span(_("As of %(date)s") % {"date": in_words(row.as_of)})]
    else:
        moment = said(row, "period") or [span(_("Date of the figure not stated"), soft=True)]
    source = practice.edition.language if practice.edition else ""
    counted = [*said(row, "indicator"), span(f" ({row.get_kind_display()})", soft=True)]
    return [
        [paragraph(counted), *_note(row)],
        [paragraph([span(result_in_words(row), strong=True)])],
        [paragraph(moment)],
        [paragraph([span(_("“%(text)s”") % {"text": row.as_printed}, lang=language_tag(source) if source else "")])],
    ]


def legal_basis(practice):
    """Return the legal instruments: title, kind, number, date, address and note."""
    rows = practice.legal_instruments.all()
    return _listed(_("Legal basis"), [_instrument(row) for row in rows])


def _instrument(row):
    title = said(row, "title")
    details = [row.get_kind_display()]
    if row.number and row.number not in localized(row, "title").text:
        details.append(" ".join([_("No."), row.number]))
    if row.date:
        details.append(in_words(row.date))
    lines = [paragraph([*_linked(title, row.url), span(f" ({', '.join(details)})", soft=True)])]
    return [*lines, *_note(row), *_address(row.url)]


def organisations(practice):
    """Return who takes part beside the implementing entities, and in what role."""
    rows = [
        row
        for row in practice.practice_organisations.all()
        if row.role != OrganisationRole.LEAD or localized(row, "detail").text
    ]
    items = []
    for row in rows:
        detail = said(row, "detail")
        name = [*body_name(row.organisation), span(f" ({row.get_role_display()})", soft=True)]
        items.append([paragraph(name), *([paragraph(detail, "small")] if detail else [])])
    return _listed(_("Organisations"), items)


def links(practice):
    """Return the links of interest with their addresses written out, for paper."""
    return _listed(_("Links"), [_link(row) for row in practice.links.all()])


def _link(row):
    details = row.get_kind_display()
    if row.status != "printed":
        details = f"{details}; {row.get_status_display()}"
    target = row.url if row.followable else ""
    label = [*_linked(said(row, "label"), target), span(f" {language_note(row.language)} ({details})", soft=True)]
    return [paragraph(label), *_note(row), *_address(target, row.url)]


def contact(practice):
    """Return the office that answers, and the way to it; a mailbox only with consent, as on the page."""
    office = practice.contact
    if not office:
        return part([span(_("Contact"))], blocks=[sentence(_("Not documented"))])
    lines = [paragraph(said(office, "office"))]
    if localized(office, "note").text:
        lines.append(paragraph(said(office, "note"), "small"))
    if office.via:
        lines.append(sentence(_("Contact through: %(office)s.") % {"office": localized(office.via, "office").text}))
    if office.public_email:
        lines.append(paragraph([span(office.public_email, url=f"mailto:{office.public_email}")]))
    return part([span(_("Contact"))], blocks=lines)


def editors_notes(practice):
    """Return the doubts about the source: what it prints, what is shown here, and why."""
    notes = [{"kind": "note", "blocks": [paragraph(_editors_note(row))]} for row in practice.editors_notes.all()]
    return part([span(_("Editor’s notes"))], blocks=notes) if notes else None


def _editors_note(row):
    gap = span(" ")
    spans = [span(f"{row.get_field_display()}.", strong=True), gap]
    if row.source_prints:
        quoted = span(_("“%(text)s”") % {"text": row.source_prints}, lang=HTML_LANGUAGES.get(row.source_language, ""))
        spans += [span(_("The source prints:")), gap, quoted, span("."), gap]
    return [*spans, span(_("Shown here:")), gap, *said(row, "shows"), gap, span(_("Why:")), gap, *said(row, "reason")]


def sources(practice):
    """Return what the record rests on."""
    items = [[paragraph(cited(row))] for row in practice.citations.all()]
    if practice.edition:
        items.append([paragraph(said(practice.edition, "citation"))])
    return _listed(_("Sources"), items, ordered=True)


def cited(row):
    """Return a source as the record cites it."""
    year = f" ({row.year})" if row.year else ""
    spans = [*said(row, "author"), span(f"{year}. ")]
    if not row.reference:
        return [*spans, span(_("Information supplied by the institution; the source lists no document."))]
    title = span(row.reference.title, lang=language_tag(row.reference.language), emphasis=True, url=row.reference.url)
    note = said(row.reference, "note", soft=True)
    return [*spans, title, span("."), *([span(" "), *note] if note else [])]


def not_documented(untold):
    """Return the gaps of a record, named."""
    names = ", ".join(str(section.label) for section in untold)
    return part(
        [span(_("Not documented yet"))],
        blocks=[sentence(_("The source says nothing on: %(fields)s.") % {"fields": names})],
    )


PARTS = (results, legal_basis, organisations, links, contact, editors_notes, sources)


def as_block(spans):
    """Return spans as a paragraph, nothing without any."""
    return [paragraph(spans)] if spans else []


def blocks_of(make, practice):
    """Return the blocks of a part without its heading, nothing when there is no such part."""
    found = make(practice)
    return found["blocks"] if found else []


def whole_record(practice):
    """Return where the whole record is."""
    address = permanent_url(practice)
    return paragraph([span(_("Full record:")), span(" "), span(address, url=address)], "small")


def _listed(heading, items, *, ordered=False):
    return part([span(heading)], blocks=[bullets(items, ordered=ordered)]) if items else None


def _linked(spans, url):
    return [{**item, "url": url} if url and not item.get("soft") else item for item in spans]


def _note(row):
    note = said(row, "note")
    return [paragraph(note, "small")] if note else []


def _address(target, shown=""):
    """Return an address written out, followable or not."""
    text = target or shown
    return [paragraph([span(text, url=target, soft=True)], "address")] if text else []


def _with_note(text, practice, field):
    note = said(practice, field)
    return [span(text), *([span("\n"), *note] if note else [])]
