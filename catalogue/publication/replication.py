"""What it takes to do the same: a practice told for the State that asks "could we do this?".

Nothing is added to the record. A head on which the source says nothing stays, says so, and is a question to ask.
"""

from django.utils.translation import gettext as _

from catalogue.choices import OrganisationRole
from catalogue.citations import cite_practice
from catalogue.models.judgements import is_inferred
from catalogue.publication import entries
from catalogue.publication.data import document, issue
from catalogue.publication.texts import bullets, joined, paragraph, part, said, sentence, span, told_at_length
from catalogue.text.languages import localized

HELPERS = (OrganisationRole.PARTNER, OrganisationRole.TECHNICAL_ASSISTANCE)


def replication_brief(practice):
    """Return the replication brief of a practice as a document."""
    title = localized(practice, "title").text
    return document(
        "brief",
        title=title,
        lines=[_("South American Conference on Migration"), _("Replication brief"), practice.code],
        details=[*issue()],
        parts=[
            part(said(practice, "title"), anchor=practice.code, blocks=summary_of(practice), parts=takes(practice)),
        ],
        size=10,
    )


def summary_of(practice):
    """Return what the practice is in one sentence, and where and since when it runs."""
    rows = [
        (_("Country"), entries.countries(practice)),
        (_("Scope"), entries.scope(practice)),
        (_("Period"), [span(practice.period_in_words)]),
        (_("Operational status"), [span(entries.status(practice))]),
        (_("Evidence level (classified by this catalogue)"), entries.evidence(practice)),
    ]
    told = [{"label": label, "blocks": [paragraph(spans)]} for label, spans in rows if spans]
    return [*entries.summary(practice), {"kind": "facts", "rows": told}]


def takes(practice):
    """Return the heads of the brief as parts; the last ones say what to ask, and whom."""
    transferable, lasting = _("Conditions for replication"), _("Sustainability")
    heads = [
        (
            _("Objective and results"),
            told_at_length(practice, "objective") + entries.blocks_of(entries.results, practice),
        ),
        (_("Target populations"), told_at_length(practice, "population_detail")),
        (_("Legal basis"), entries.blocks_of(entries.legal_basis, practice)),
        (_("Implementing entities"), _bodies(practice, OrganisationRole.LEAD)),
        (_("Partners and technical assistance"), _bodies(practice, *HELPERS)),
        (_("Resources and funders"), _bodies(practice, OrganisationRole.FUNDER)),
        (_("Steps and components"), told_at_length(practice, "description")),
        (transferable, told_at_length(practice, "replicability")),
        (lasting, told_at_length(practice, "sustainability")),
        (_("Limits and next steps"), _limits(practice)),
    ]
    texts = {transferable: "replicability", lasting: "sustainability"}
    read_here = [label for label, field in texts.items() if is_inferred(practice, field)]
    return [
        *(part([span(label)], blocks=blocks or [sentence(_("Not documented"), "small")]) for label, blocks in heads),
        *_questions([label for label, blocks in heads if not blocks or label in read_here]),
        entries.contact(practice),
        _whole_record(practice),
    ]


def _limits(practice):
    if practice.limits_none_reported:
        return [sentence(_("The source mentions no limits."))]
    return told_at_length(practice, "limits")


def _bodies(practice, *roles):
    """Return the organisations with one of the roles, each with what it does."""
    rows = [row for row in practice.practice_organisations.all() if row.role in roles]
    items = []
    for row in rows:
        role = [span(f" ({row.get_role_display()})", soft=True)] if len(roles) > 1 else []
        detail = said(row, "detail")
        name = joined([[*entries.body_name(row.organisation), *role]])
        items.append([paragraph(name), *([paragraph(detail, "small")] if detail else [])])
    return [bullets(items)] if items else []


def _questions(untold):
    """Return what the record leaves open, as what to ask those who run the practice."""
    if not untold:
        return []
    intro = sentence(_("The source says nothing about these points. It is best to ask about them first:"))
    return [part([span(_("Questions to ask"))], blocks=[intro, bullets([[sentence(label)] for label in untold])])]


def _whole_record(practice):
    blocks = [sentence(cite_practice(practice), "small"), entries.whole_record(practice)]
    return part([span(_("How to cite this record"))], blocks=blocks)
