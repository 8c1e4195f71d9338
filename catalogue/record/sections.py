"""The long texts of a record under their headings, in the order in which pages and books tell them."""

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from catalogue.models.judgements import is_inferred
from catalogue.text.languages import localized


class Section(NamedTuple):
    """A long text of the record and its heading."""

    field: str
    label: str


SECTIONS = (
    Section("objective", _("Objective")),
    Section("description", _("What it does")),
    Section("population_detail", _("Intended for")),
    Section("outcomes", _("Results in words")),
    Section("innovation", _("Innovation")),
    Section("replicability", _("Replicability")),
    Section("sustainability", _("Sustainability")),
    Section("limits", _("Limits and next steps")),
    Section("frameworks", _("Frameworks and approaches")),
)


def sections_of(practice):
    """Return the sections the record tells and those the source leaves out; gaps are named, never hidden.

    A text that is only the editors’ reading is told, and is a gap of the source all the same.
    """
    told = [section for section in SECTIONS if localized(practice, section.field).text]
    return told, [each for each in SECTIONS if each not in told or is_inferred(practice, each.field)]
