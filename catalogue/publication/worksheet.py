"""A practice laid out for its submission to the Repository of Practices of the United Nations Network on Migration.

The Network's own template was not at hand: the heads here are the catalogue's, in the order in which the Repository
shows practices, and the worksheet says so.
"""

from django.utils.translation import gettext as _

from catalogue.choices import OrganisationRole, Scheme
from catalogue.publication import entries
from catalogue.publication.data import document, issue
from catalogue.publication.texts import joined, paragraph, part, said, sentence, span, told_at_length
from catalogue.record import glossary

REPOSITORY = "https://migrationnetwork.un.org/hub/repository-of-practices"  # facts/anomalies.md, A018


def worksheet(practice):
    """Return the worksheet of a practice as a document: the short answers as a table, the long ones as sections."""
    heading = _("Worksheet for the Repository of Practices of the United Nations Network on Migration")
    return document(
        "brief",
        title=f"{heading}: {practice.code}",
        lines=[_("South American Conference on Migration"), _("Catalogue of practices"), practice.code],
        details=[*issue()],
        parts=[part([span(heading)], blocks=[*_what_this_is(), _answers(practice)], parts=_sections(practice))],
        size=10,
    )


def _what_this_is():
    sentences = _(
        "This is not the Network’s form. It sets out the contents of this record so that they can be"
        " copied into that form; what the record does not contain is marked."
    )
    address = paragraph([span(_("Practices are submitted at:")), span(" "), span(REPOSITORY, url=REPOSITORY)])
    return [{"kind": "note", "blocks": [sentence(sentences), address]}]


def _answers(practice):
    rows = [
        (_("Title"), said(practice, "title")),
        (_("Country"), entries.countries(practice)),
        (_("Scope"), entries.scope(practice)),
        (_("Implementing entity"), _names(practice, OrganisationRole.LEAD)),
        (_("Partners"), _names(practice, OrganisationRole.PARTNER, OrganisationRole.TECHNICAL_ASSISTANCE)),
        (_("Funders"), _names(practice, OrganisationRole.FUNDER)),
        (_("Period"), [span(practice.period_in_words)] if practice.start else []),
        (_("Operational status"), [span(entries.status(practice))]),
        (
            _("Objectives of the Global Compact (classified by this catalogue)"),
            entries.classified(practice, Scheme.GCM),
        ),
        (
            _("Targets of the Sustainable Development Goals (classified by this catalogue)"),
            entries.classified(practice, Scheme.SDG_TARGET),
        ),
        (_("Target populations"), entries.terms(practice.populations)),
        (_("Acronyms to be spelled out"), _acronyms(practice)),
    ]
    missing = [span(_("Not documented"), soft=True)]
    return {
        "kind": "facts",
        "rows": [{"label": label, "blocks": [paragraph(spans or missing)]} for label, spans in rows],
    }


def _sections(practice):
    sections = [
        (_("Summary"), entries.as_block(said(practice, "summary"))),
        (_("Objective"), told_at_length(practice, "objective")),
        (_("What it does"), told_at_length(practice, "description")),
        (_("Results in words"), told_at_length(practice, "outcomes")),
        (_("Figures"), entries.blocks_of(entries.results, practice)),
        (_("Innovation"), told_at_length(practice, "innovation")),
        (_("Replicability"), told_at_length(practice, "replicability")),
        (_("Limits and next steps"), told_at_length(practice, "limits")),
        (_("Legal basis"), entries.blocks_of(entries.legal_basis, practice)),
        (_("Links"), entries.blocks_of(entries.links, practice)),
    ]
    missing = [sentence(_("Not documented"), "small")]
    told = [part([span(label)], blocks=blocks or missing) for label, blocks in sections]
    return [*told, entries.contact(practice)]


def _names(practice, *roles):
    rows = [row for row in practice.practice_organisations.all() if row.role in roles]
    return joined([entries.body_name(row.organisation) for row in rows], "; ")


def _acronyms(practice):
    found = glossary.in_use(glossary.of_practice(practice))
    spelled = [f"{short}: {' / '.join(meaning.text for meaning in meanings)}" for short, meanings in found]
    return [span("; ".join(spelled))] if spelled else []
