"""Practices side by side: one band for each attribute, the same for all of them."""

from typing import NamedTuple

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from catalogue.models.narrative import LONG_TEXTS


class Attribute(NamedTuple):
    """An attribute that is compared: its field and its heading."""

    field: str
    label: str

    @property
    def template(self):
        """The template of a cell: that of all long texts, or one of its own."""
        return f"catalogue/fields/_{'text' if self.field in LONG_TEXTS else self.field}.html"


class Band(NamedTuple):
    """One attribute of all the practices: HTML for each, empty where nothing is documented."""

    field: str
    label: str
    cells: list

    @property
    def alike(self):
        """Whether all cells are filled and equal."""
        return all(self.cells) and len(set(self.cells)) == 1


ATTRIBUTES = (
    Attribute("countries", _("Country")),
    Attribute("networks", _("Network")),
    Attribute("entities", _("Implementing entity")),
    Attribute("scope", _("Scope")),
    Attribute("places", _("Places")),
    Attribute("period", _("Period")),
    Attribute("status", _("Operational status")),
    Attribute("summary", _("Summary")),
    Attribute("objective", _("Objective")),
    Attribute("description", _("What it does")),
    Attribute("population_detail", _("Target populations")),
    Attribute("results", _("Figures")),
    Attribute("outcomes", _("Results in words")),
    Attribute("legal", _("Legal basis")),
    Attribute("supporters", _("Partners, funders and technical assistance")),
    Attribute("innovation", _("Innovation")),
    Attribute("replicability", _("Replicability")),
    Attribute("sustainability", _("Sustainability")),
    Attribute("limits", _("Limits and next steps")),
    Attribute("frameworks", _("Frameworks and approaches")),
    Attribute("populations", _("Target populations")),
    Attribute("keywords", _("Keywords")),
    Attribute("gcm", _("Objectives of the Global Compact (classified by this catalogue)")),
    Attribute("sdg", _("Targets of the Sustainable Development Goals (classified by this catalogue)")),
    Attribute("principle", _("Guiding principles of the Global Compact (classified by this catalogue)")),
    Attribute("psdhm", _("Programmes of the PSDHM (classified by this catalogue)")),
    Attribute("evidence", _("Evidence level (classified by this catalogue)")),
    Attribute("contact", _("Contact")),
    Attribute("notes", _("Editor’s notes")),
    Attribute("updated", _("Record updated")),
)


def bands(practices):
    """Return the ``Band`` of every attribute, for practices fetched ``for_detail``; cells keep their order."""
    return [
        Band(attribute.field, attribute.label, [_cell_html(practice, attribute) for practice in practices])
        for attribute in ATTRIBUTES
    ]


def _cell_html(practice, attribute):
    """Return the HTML of one attribute of one practice, empty when nothing is documented."""
    context = {"practice": practice, "field": attribute.field}
    html = render_to_string(attribute.template, context, using="jinja2").strip()
    return mark_safe(html)  # noqa: S308 - a template has escaped it
