"""The replication brief: what a State needs to know of a practice to decide whether it could do the same.

Nothing is added to the record. A head on which the source says nothing stays, says so, and is a question to ask.
"""

from django.utils.translation import gettext as _

from catalogue.choices import OrganisationRole
from catalogue.models.judgements import is_inferred
from catalogue.publication.blocks import bullets, document_part, localized_spans, narrative_blocks, sentence
from catalogue.publication.documents import new_document
from catalogue.publication.entries import citation_part, summary_blocks
from catalogue.publication.facts import practice_facts
from catalogue.publication.record_parts import organisation_list, part_blocks
from catalogue.text.languages import localized

SUPPORT = (OrganisationRole.PARTNER, OrganisationRole.TECHNICAL_ASSISTANCE)


def replication_brief(practice):
    """Return the replication brief of a practice as a document."""
    facts = practice_facts(practice, ("countries", "scope", "bare_period", "status", "evidence"))
    part = document_part(
        localized_spans(practice, "title"),
        anchor=practice.code,
        blocks=[*summary_blocks(practice), facts],
        parts=_parts(practice),
    )
    title, lines = localized(practice, "title").text, [_("Replication brief"), practice.code]
    return new_document("brief", title=title, lines=lines, parts=[part], size=10)


def _parts(practice):
    """Return the heads of the brief as parts; the last ones say what to ask, and whom."""
    heads = list(_heads(practice))
    missing = [sentence(_("Not documented"), "small")]
    return [
        *(document_part(label, blocks=blocks or missing) for label, blocks, _is_question in heads),
        *_questions([label for label, _blocks, is_question in heads if is_question]),
        document_part(_("Contact"), blocks=part_blocks(practice, "contact")),
        citation_part(practice, full_record=True),
    ]


def _heads(practice):
    """Yield ``(label, blocks, whether it is a question to ask)``: also what only the editors infer is one."""
    aim = narrative_blocks(practice, "objective") + part_blocks(practice, "results")
    for label, blocks, field in (
        (_("Objective and results"), aim, ""),
        (_("Target populations"), narrative_blocks(practice, "population_detail"), ""),
        (_("Legal basis"), part_blocks(practice, "legal_basis"), ""),
        (_("Implementing entities"), _organisations(practice, OrganisationRole.LEAD), ""),
        (_("Partners and technical assistance"), _organisations(practice, *SUPPORT), ""),
        (_("Resources and funders"), _organisations(practice, OrganisationRole.FUNDER), ""),
        (_("Steps and components"), narrative_blocks(practice, "description"), ""),
        (_("Conditions for replication"), narrative_blocks(practice, "replicability"), "replicability"),
        (_("Sustainability"), narrative_blocks(practice, "sustainability"), "sustainability"),
        (_("Limits and next steps"), _limits(practice), ""),
    ):
        yield label, blocks, not blocks or bool(field and is_inferred(practice, field))


def _limits(practice):
    if practice.limits_none_reported:
        return [sentence(_("The source mentions no limits."))]
    return narrative_blocks(practice, "limits")


def _organisations(practice, *roles):
    rows = [row for row in practice.practice_organisations.all() if row.role in roles]
    return organisation_list(rows, roles=len(roles) > 1)


def _questions(labels):
    """Return the part that says what to ask those who run the practice, in a list; empty without questions."""
    intro = sentence(_("The source says nothing about these points. It is best to ask about them first:"))
    blocks = [intro, bullets([[sentence(label)] for label in labels])]
    return [document_part(_("Questions to ask"), blocks=blocks)] if labels else []
