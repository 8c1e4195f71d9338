"""A practice laid out for its submission to the Repository of Practices of the United Nations Network on Migration.

The Network's own template was not at hand: the heads here are the catalogue's, in the order in which the Repository
shows practices, and the worksheet says so.
"""

from django.utils.translation import gettext as _

from catalogue.choices import OrganisationRole
from catalogue.publication.blocks import document_part, facts_block, join_spans, paragraph, sentence, span
from catalogue.publication.documents import new_document
from catalogue.publication.facts import FACTS, fact_blocks, organisation_spans
from catalogue.publication.record_parts import RECORD_PARTS
from catalogue.record import glossary

REPOSITORY = "https://migrationnetwork.un.org/hub/repository-of-practices"  # facts/anomalies.md, A018
TEXTS = ("objective", "description", "outcomes", "results", "innovation", "replicability", "limits")


def worksheet(practice):
    """Return the worksheet of a practice as a document: the short answers as a table, the long ones as parts."""
    heading = _("Worksheet for the Repository of Practices of the United Nations Network on Migration")
    return new_document(
        "brief",
        title=f"{heading}: {practice.code}",
        lines=[_("Catalogue of practices"), practice.code],
        parts=[document_part(heading, blocks=[_preface(), _answers(practice)], parts=_parts(practice))],
        size=10,
    )


def _preface():
    text = _(
        "This is not the Network’s form. It sets out the contents of this record so that they can be"
        " copied into that form; what the record does not contain is marked."
    )
    url = paragraph([span(_("Practices are submitted at:")), span(" "), span(REPOSITORY, url=REPOSITORY)])
    return {"kind": "note", "blocks": [sentence(text), url]}


def _answers(practice):
    facts = {name: (label, spans(practice)) for name, (label, spans) in FACTS.items()}
    partners = _organisations(practice, OrganisationRole.PARTNER, OrganisationRole.TECHNICAL_ASSISTANCE)
    rows = [
        *(facts[name] for name in ("title", "countries", "scope", "entities")),
        (_("Partners"), partners),
        (_("Funders"), _organisations(practice, OrganisationRole.FUNDER)),
        facts["bare_period"] if practice.start else (_("Period"), []),
        *(facts[name] for name in ("status", "gcm", "sdg", "populations")),
        (_("Acronyms to be spelled out"), _acronyms(practice)),
    ]
    missing = [span(_("Not documented"), soft=True)]
    return facts_block((label, spans or missing) for label, spans in rows)


def _parts(practice):
    missing = [sentence(_("Not documented"), "small")]
    parts = [RECORD_PARTS[name] for name in (*TEXTS, "legal_basis", "links", "contact")]
    found = [(_("Summary"), fact_blocks(practice, "summary")), *((label, blocks(practice)) for label, blocks in parts)]
    return [document_part(label, blocks=blocks or missing) for label, blocks in found]


def _organisations(practice, *roles):
    rows = [row for row in practice.practice_organisations.all() if row.role in roles]
    return join_spans([organisation_spans(row.organisation) for row in rows], "; ")


def _acronyms(practice):
    found = glossary.explained(glossary.practice_abbreviations(practice))
    spelled = [f"{short}: {' / '.join(meaning.text for meaning in meanings)}" for short, meanings in found]
    return [span("; ".join(spelled))] if spelled else []
