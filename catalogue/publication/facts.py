"""The short facts of a practice, each with its label, as spans in the active language.

``practice`` comes from ``for_detail()``.
"""

from functools import partial

from django.utils.translation import gettext as _, gettext_lazy

from catalogue.choices import FRAMEWORK_FIELDS, Scheme
from catalogue.models.judgements import confirmation_in_words, unconfirmed_judgement_label
from catalogue.publication.blocks import facts_block, join_spans, localized_spans, paragraph, span
from catalogue.record.side_by_side import ATTRIBUTES
from catalogue.server.absolute_urls import permanent_url
from catalogue.text.languages import HTML_LANGUAGES, content_language, localized


def practice_facts(practice, names):
    """Return the facts with these names (keys of ``FACTS``) as a block; facts without a value are left out."""
    return facts_block((label, spans(practice)) for label, spans in map(FACTS.get, names))


def fact_blocks(practice, name):
    """Return one fact without its label as a paragraph, in a list; empty without a value."""
    _label, spans_of = FACTS[name]
    spans = spans_of(practice)
    return [paragraph(spans)] if spans else []


def acronym_spans(practice):
    """Return the acronym of a practice and what it stands for, where that is known."""
    meaning = localized_spans(practice, "acronym_meaning")
    return [span(practice.acronym), *([span(": "), *meaning] if meaning else [])] if practice.acronym else []


def country_spans(practice):
    """Return the implementing States, then the others it concerns with their role in it."""
    related = [
        [
            *localized_spans(row.country, "name"),
            span(": "),
            *(localized_spans(row, "note") or [span(row.get_role_display())]),
        ]
        for row in practice.related_countries
    ]
    return join_spans([_names(practice.implementing_countries, ", "), *related], "\n")


def scope_spans(practice):
    """Return the scopes of a practice, the widest first."""
    scopes = [practice.get_scope_display(), *(row.get_scope_display().lower() for row in practice.further_scopes.all())]
    return _with_note("; ".join(scopes), practice, "scope_note")


def status_spans(practice):
    """Return the operational status and the year of the source that gives it."""
    label = practice.get_status_display()
    if practice.edition:
        words = {"status": label, "year": practice.edition.year}
        label = _("%(status)s, according to the %(year)s source") % words
    return [span(label)]


def evidence_spans(practice):
    """Return the evidence level and that nobody has confirmed it, or that nobody has assessed it."""
    if not practice.evidence:
        return [span(_("Not assessed"))]
    return [span(practice.get_evidence_display()), _remark(unconfirmed_judgement_label())]


def classification_spans(practice, scheme):
    """Return the terms of a framework by which this catalogue classifies a practice, and how far that is confirmed."""
    if scheme == Scheme.SDG_TARGET:
        rows = practice.sdg_targets.all()
        found = join_spans([[span(f"{row.code} "), *localized_spans(row, "name")] for row in rows], "; ")
    else:
        found = _terms(getattr(practice, FRAMEWORK_FIELDS[scheme]))
    confirmation = confirmation_in_words(practice, scheme)
    return [*found, _remark(confirmation)] if found and confirmation else found


def organisation_spans(organisation):
    """Return the official name of an organisation, its name in the reader's language, and its acronym."""
    shown, language = localized(organisation, "name"), organisation.official_language
    official = getattr(organisation, f"name_{language}") if language else ""
    if not official or language == content_language():
        spans = localized_spans(organisation, "name")
    else:
        spans = [span(official, lang=HTML_LANGUAGES[language])]
        if not shown.foreign and shown.text != official:
            spans.append(span(f" ({shown.text})"))
    if organisation.acronym and organisation.shown_acronym not in f"{official} {shown.text}":
        spans.append(span(f", {organisation.shown_acronym}"))
    return spans


def _names(records, separator="; "):
    return join_spans([localized_spans(record, "name") for record in records], separator)


def _terms(relation):
    return join_spans([[span(term.label)] for term in relation.all()], "; ")


def _remark(text):
    return span(f" ({text})", soft=True)


def _with_note(text, practice, field):
    note = localized_spans(practice, field)
    return [span(text), *([span("\n"), *note] if note else [])]


_SPANS = {  # name -> function that returns the spans of a practice
    "code": lambda practice: [span(practice.code, url=permanent_url(practice))],
    "countries": country_spans,
    "entities": lambda practice: join_spans(map(organisation_spans, practice.lead_organisations), "; "),
    "networks": lambda practice: _names(row.network for row in practice.practice_networks.all()),
    "scope": scope_spans,
    "places": lambda practice: _names(practice.places.all()),
    "period": lambda practice: _with_note(practice.period_in_words, practice, "period_note"),
    "status": status_spans,
    "acronym": acronym_spans,
    "hotline": lambda practice: [span(practice.hotline, url=f"tel:{practice.hotline}")] if practice.hotline else [],
    "populations": lambda practice: _terms(practice.populations),
    "keywords": lambda practice: _terms(practice.keywords),
    "gcm": partial(classification_spans, scheme=Scheme.GCM),
    "sdg": partial(classification_spans, scheme=Scheme.SDG_TARGET),
    "principle": partial(classification_spans, scheme=Scheme.PRINCIPLE),
    "psdhm": partial(classification_spans, scheme=Scheme.PSDHM),
    "evidence": evidence_spans,
}
RECORD_FACTS = tuple(_SPANS)  # in the order of a record
_SPANS |= {  # those that only briefs and worksheets show as facts
    "title": lambda practice: localized_spans(practice, "title"),
    "summary": lambda practice: localized_spans(practice, "summary"),
    "bare_period": lambda practice: [span(practice.period_in_words)],
}
_LABELS = {attribute.field: attribute.label for attribute in ATTRIBUTES} | {
    "code": gettext_lazy("Code"),
    "acronym": gettext_lazy("Acronym"),
    "hotline": gettext_lazy("Hotline"),
    "title": gettext_lazy("Title"),
    "bare_period": gettext_lazy("Period"),
}
FACTS = {name: (_LABELS[name], spans) for name, spans in _SPANS.items()}
