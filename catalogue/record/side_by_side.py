"""Practices side by side: one band for each attribute, the same for all of them."""

from typing import NamedTuple

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _


class Attribute(NamedTuple):
    """What is compared: the field, its heading, and the template that shows it."""

    field: str
    label: str
    template: str


class Band(NamedTuple):
    """One attribute of all the practices: HTML for each, empty where nothing is documented."""

    field: str
    label: str
    cells: list

    @property
    def alike(self):
        """Whether all of them are documented and say the same."""
        return all(self.cells) and len(set(self.cells)) == 1


def shown(field, label):
    """Return an attribute that has a template of its own in ``catalogue/fields/``."""
    return Attribute(field, label, f"catalogue/fields/_{field}.html")


def told(field, label):
    """Return an attribute that is a long text of the record."""
    return Attribute(field, label, "catalogue/fields/_text.html")


ATTRIBUTES = (
    shown("countries", _("Country")),
    shown("networks", _("Network")),
    shown("entities", _("Implementing entity")),
    shown("scope", _("Scope")),
    shown("places", _("Places")),
    shown("period", _("Period")),
    shown("status", _("Operational status")),
    shown("summary", _("Summary")),
    told("objective", _("Objective")),
    told("description", _("What it does")),
    told("population_detail", _("Target populations")),
    shown("results", _("Figures")),
    told("outcomes", _("Results in words")),
    shown("legal", _("Legal basis")),
    shown("supporters", _("Partners, funders and technical assistance")),
    told("innovation", _("Innovation")),
    told("replicability", _("Replicability")),
    told("sustainability", _("Sustainability")),
    told("limits", _("Limits and next steps")),
    told("frameworks", _("Frameworks and approaches")),
    shown("populations", _("Target populations")),
    shown("keywords", _("Keywords")),
    shown("gcm", _("Objectives of the Global Compact (classified by this catalogue)")),
    shown("sdg", _("Targets of the Sustainable Development Goals (classified by this catalogue)")),
    shown("principle", _("Guiding principles of the Global Compact (classified by this catalogue)")),
    shown("psdhm", _("Programmes of the PSDHM (classified by this catalogue)")),
    shown("evidence", _("Evidence level (classified by this catalogue)")),
    shown("contact", _("Contact")),
    shown("notes", _("Editor’s notes")),
    shown("updated", _("Record updated")),
)


def bands(practices):
    """Return the ``Band`` of every attribute, for practices fetched ``for_detail``; cells keep their order."""
    return [
        Band(attribute.field, attribute.label, [cell(practice, attribute) for practice in practices])
        for attribute in ATTRIBUTES
    ]


def cell(practice, attribute):
    """Return the HTML of one attribute of one practice, empty when nothing is documented."""
    context = {"practice": practice, "field": attribute.field}
    return mark_safe(render_to_string(attribute.template, context).strip())  # noqa: S308 - a template has escaped it
