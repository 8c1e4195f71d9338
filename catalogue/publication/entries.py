"""A practice as a part of a document: its title and summary, its facts, and the parts of its record."""

from django.utils.translation import gettext as _

from catalogue.citations import cite_practice
from catalogue.publication.blocks import document_part, localized_spans, paragraph, sentence, span
from catalogue.publication.facts import RECORD_FACTS, practice_facts
from catalogue.publication.record_parts import record_parts
from catalogue.record.sections import sections_of
from catalogue.server.absolute_urls import permanent_url


def practice_entry(practice):
    """Return the whole record of a practice from ``for_detail()``, in the active language."""
    return practice_part(practice, [*record_parts(practice).values(), *undocumented_part(practice)])


def practice_part(practice, parts):
    """Return a practice with its summary and facts, and then these ``parts``."""
    return document_part(
        localized_spans(practice, "title"),
        anchor=practice.code,
        hue=practice.primary_network.colour if practice.primary_network else "",
        blocks=[*summary_blocks(practice), practice_facts(practice, RECORD_FACTS)],
        parts=parts,
    )


def summary_blocks(practice):
    """Return the summary, and the warning that goes with a planned practice."""
    spans = localized_spans(practice, "summary")
    warning = _("This practice is planned. The source does not say that it has started.")
    return [
        *([paragraph(spans, "lead")] if spans else []),
        *([{"kind": "note", "blocks": [sentence(warning)]}] if practice.is_planned else []),
    ]


def undocumented_part(practice):
    """Return the part that names the gaps of a record, in a list; empty without gaps."""
    _filled, missing = sections_of(practice)
    names = ", ".join(str(section.label) for section in missing)
    text = _("The source says nothing on: %(fields)s.") % {"fields": names}
    return [document_part(_("Not documented yet"), blocks=[sentence(text)])] if missing else []


def citation_part(practice, *blocks, full_record=False):
    """Return how to cite the record of a practice as it is today, ``blocks``, and the URL of the full record."""
    url = permanent_url(practice)
    full = paragraph([span(_("Full record:")), span(" "), span(url, url=url)], "small")
    blocks = [sentence(cite_practice(practice), "small"), *blocks, *([full] if full_record else [])]
    return document_part(_("How to cite this record"), blocks=blocks)
