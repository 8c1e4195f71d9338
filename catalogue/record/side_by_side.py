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
        """Whether all cells are filled and equal."""
        return all(self.cells) and len(set(self.cells)) == 1


def _own_template(field, label):
    """Return an attribute with a template of its own in ``catalogue/fields/``."""
    return Attribute(field, label, f"catalogue/fields/_{field}.html")


def _long_text(field, label):
    """Return an attribute that is a long text of the record."""
    return Attribute(field, label, "catalogue/fields/_text.html")


ATTRIBUTES = (
    _own_template("countries", _("Country")),
    _own_template("networks", _("Network")),
    _own_template("entities", _("Implementing entity")),
    _own_template("scope", _("Scope")),
    _own_template("places", _("Places")),
    _own_template("period", _("Period")),
    _own_template("status", _("Operational status")),
    _own_template("summary", _("Summary")),
    _long_text("objective", _("Objective")),
    _long_text("description", _("What it does")),
    _long_text("population_detail", _("Target populations")),
    _own_template("results", _("Figures")),
    _long_text("outcomes", _("Results in words")),
    _own_template("legal", _("Legal basis")),
    _own_template("supporters", _("Partners, funders and technical assistance")),
    _long_text("innovation", _("Innovation")),
    _long_text("replicability", _("Replicability")),
    _long_text("sustainability", _("Sustainability")),
    _long_text("limits", _("Limits and next steps")),
    _long_text("frameworks", _("Frameworks and approaches")),
    _own_template("populations", _("Target populations")),
    _own_template("keywords", _("Keywords")),
    _own_template("gcm", _("Objectives of the Global Compact (classified by this catalogue)")),
    _own_template("sdg", _("Targets of the Sustainable Development Goals (classified by this catalogue)")),
    _own_template("principle", _("Guiding principles of the Global Compact (classified by this catalogue)")),
    _own_template("psdhm", _("Programmes of the PSDHM (classified by this catalogue)")),
    _own_template("evidence", _("Evidence level (classified by this catalogue)")),
    _own_template("contact", _("Contact")),
    _own_template("notes", _("Editor’s notes")),
    _own_template("updated", _("Record updated")),
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
    return mark_safe(render_to_string(attribute.template, context).strip())  # noqa: S308 - a template has escaped it
