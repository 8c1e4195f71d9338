"""The long texts of a record under their headings, in the order of pages and books."""

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
    """Return the filled sections of a record, and the missing ones, which pages name.

    A text that only the editors infer is filled, and missing in the source all the same.
    """
    filled = [section for section in SECTIONS if localized(practice, section.field).text]
    return filled, [each for each in SECTIONS if each not in filled or is_inferred(practice, each.field)]
