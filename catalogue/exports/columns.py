"""The table of an export: every column once, with its label and the function that reads it from a practice.

Header, rows, the codebook and the tests read this table. Text columns are in the language asked for; codes
never change.
"""

from collections.abc import Callable
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _, pgettext_lazy

from catalogue.addresses import permanent_url, public_url
from catalogue.choices import OrganisationRole
from catalogue.figures import result_in_words
from catalogue.languages import content_language, localized

SEPARATOR = " | "  # between the values of one cell; no name holds it


class Column(NamedTuple):
    """One column: its stable name, its label in the reader's language, and what it reads."""

    name: str
    label: str
    read: Callable
    stable_header: bool = False  # the five promised columns are headed by their name alone

    @property
    def header(self):
        return self.name if self.stable_header else f"{self.label} [{self.name}]"


def text(field):
    """Return a reader of a translated text of the practice."""
    return lambda practice: localized(practice, field).text


def attribute(field):
    """Return a reader of a plain field of the practice."""
    return lambda practice: getattr(practice, field)


def display(field):
    """Return a reader of the label of a closed list."""
    return lambda practice: str(getattr(practice, f"get_{field}_display")() if getattr(practice, field) else "")


def joined(values):
    """Return a reader that puts several values into one cell."""
    return lambda practice: SEPARATOR.join(str(value) for value in values(practice) if value)


def organisations_as(role):
    """Return a reader of the names of the organisations with a role."""
    return joined(
        lambda practice: [
            localized(row.organisation, "name").text
            for row in practice.practice_organisations.all()
            if row.role == role
        ]
    )


def terms(relation):
    """Return readers of the codes and of the labels of a vocabulary."""
    return (
        joined(lambda practice: [term.code for term in getattr(practice, relation).all()]),
        joined(lambda practice: [term.label for term in getattr(practice, relation).all()]),
    )


def names(records):
    """Return the names of networks, States or places in the active language."""
    return [localized(record, "name").text for record in records]


def networks(practice):
    return [row.network for row in practice.practice_networks.all()]


def results(practice):
    return [f"{localized(row, 'indicator').text}: {result_in_words(row)}" for row in practice.results.all()]


def instruments(practice):
    return [localized(row, "title").text for row in practice.legal_instruments.all()]


def contact_office(practice):
    return localized(practice.contact, "office").text if practice.contact else ""


populations_codes, populations = terms("populations")
keyword_codes, keywords = terms("keywords")
gcm_codes, gcm = terms("gcm_objectives")
sdg_codes, sdg = terms("sdg_targets")

COLUMNS = [
    Column("code", _("Code"), attribute("code"), stable_header=True),
    Column("slug", _("Slug"), attribute("slug"), stable_header=True),
    Column("url", _("Address"), public_url, stable_header=True),
    Column("language", _("Language"), lambda practice: content_language(), stable_header=True),
    Column("title", _("Title"), text("title"), stable_header=True),
    Column("title_language", _("Language of the title"), lambda practice: localized(practice, "title").language),
    Column("acronym", _("Acronym"), attribute("acronym")),
    Column("networks", _("Networks (codes)"), joined(lambda p: [n.slug for n in networks(p)])),
    Column("network_names", _("Networks"), joined(lambda p: names(networks(p)))),
    Column("countries", _("Countries (codes)"), joined(lambda p: [c.iso2 for c in p.implementing_countries])),
    Column("country_names", _("Countries"), joined(lambda p: names(p.implementing_countries))),
    Column(
        "related_countries",
        _("Related countries (codes)"),
        joined(lambda p: [row.country.iso2 for row in p.related_countries]),
    ),
    Column("scope", _("Scope (code)"), attribute("scope")),
    Column("scope_label", _("Scope"), display("scope")),
    Column("further_scopes", _("Further scopes (codes)"), joined(lambda p: [r.scope for r in p.further_scopes.all()])),
    Column("places", _("Places"), joined(lambda p: names(p.places.all()))),
    Column("start", _("Start"), attribute("start")),
    Column("end", _("End"), attribute("end")),
    Column("period", _("Period"), attribute("period_in_words")),
    Column("status", _("Operational status (code)"), attribute("status")),
    Column("status_label", _("Operational status"), display("status")),
    Column("evidence", _("Evidence level (code)"), attribute("evidence")),
    Column("evidence_label", _("Evidence level"), display("evidence")),
    Column("lead_organisations", _("Implementing entities"), organisations_as(OrganisationRole.LEAD)),
    Column("partners", _("Partners"), organisations_as(OrganisationRole.PARTNER)),
    Column("funders", _("Funders"), organisations_as(OrganisationRole.FUNDER)),
    Column("technical_assistance", _("Technical assistance"), organisations_as(OrganisationRole.TECHNICAL_ASSISTANCE)),
    Column("summary", _("Summary"), text("summary")),
    Column("objective", _("Objective"), text("objective")),
    Column("description", _("What it does"), text("description")),
    Column("results", _("Results"), joined(results)),
    Column("outcomes", _("Results in words"), text("outcomes")),
    Column("innovation", _("Innovation"), text("innovation")),
    Column("replicability", _("Replicability"), text("replicability")),
    Column("sustainability", _("Sustainability"), text("sustainability")),
    Column("limits", _("Limits and next steps"), text("limits")),
    Column("frameworks", _("Frameworks and approaches"), text("frameworks")),
    Column("legal_instruments", _("Legal basis"), joined(instruments)),
    Column("populations", _("Target populations (codes)"), populations_codes),
    Column("population_labels", _("Target populations"), populations),
    Column("keywords", _("Keywords (codes)"), keyword_codes),
    Column("keyword_labels", _("Keywords"), keywords),
    Column("gcm", _("Objectives of the Global Compact (numbers)"), gcm_codes),
    Column("gcm_labels", _("Objectives of the Global Compact"), gcm),
    Column("sdg_targets", _("Targets of the Sustainable Development Goals (codes)"), sdg_codes),
    Column("sdg_target_labels", _("Targets of the Sustainable Development Goals"), sdg),
    Column("contact_office", _("Contact"), contact_office),
    Column("edition", _("Edition"), lambda practice: str(practice.edition or "")),
    Column("original_language", _("Original language"), attribute("original_language")),
    Column(
        "translation_status",
        _("Status of the texts in this language"),
        lambda practice: getattr(practice, f"translation_status_{content_language()}"),
    ),
    Column("updated", pgettext_lazy("date", "Updated"), lambda practice: practice.updated.date().isoformat()),
    Column("permanent_url", _("Permanent address"), permanent_url),
]


def header():
    """Return the header row in the active language."""
    return [column.header for column in COLUMNS]


def row(practice):
    """Return the cells of a practice in the active language; each is a text, empty when nothing is known."""
    return [str(column.read(practice) or "") for column in COLUMNS]
