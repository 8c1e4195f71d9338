"""A practice in Dublin Core, simple and qualified, with every text in the languages that it exists in.

Terms: https://www.dublincore.org/specifications/dublin-core/dcmi-terms/
"""

from typing import NamedTuple

from django.conf import settings
from django.utils import translation
from lxml import etree

from catalogue.choices import CONTRIBUTING_ROLES
from catalogue.harvest.linked_data import LICENCE_URL
from catalogue.harvest.xml import xml_text
from catalogue.partial_dates import OPEN
from catalogue.server.absolute_urls import permanent_url, public_url
from catalogue.text.languages import CONTENT_LANGUAGES, HTML_LANGUAGES, localized

OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
QDC = "http://dspace.org/qualifieddc/"
DC = "http://purl.org/dc/elements/1.1/"
TERMS = "http://purl.org/dc/terms/"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class MetadataFormat(NamedTuple):
    """A metadata format: what harvesters call it, its schema, its namespace, and the function that writes it."""

    prefix: str
    schema: str
    namespace: str
    write: object


class Statement(NamedTuple):
    """A statement: a term of Dublin Core, its text, and the language of the text where it has one."""

    name: str
    text: str
    language: str = ""
    scheme: str = ""


def _translated(term, records, field):
    """Return a translated text of each record once in each language that has it."""
    return [
        Statement(term, text, HTML_LANGUAGES[code])
        for record in records
        for code in CONTENT_LANGUAGES
        if (text := getattr(record, f"{field}_{code}"))
    ]


def _in_interface_languages(term, value):
    """Return a text of the interface, given as a function, in each language."""
    statements = []
    for code, _language in settings.LANGUAGES:
        with translation.override(code):
            statements.append(Statement(term, str(value()), HTML_LANGUAGES[code[:2]]))
    return statements


def element_statements(practice):
    """Return what Dublin Core says of a practice, in its fifteen elements."""
    networks = [row.network for row in practice.practice_networks.all()]
    subjects, edition = [*networks, *practice.keywords.all(), *practice.populations.all()], practice.edition
    return [
        *_translated("title", [practice], "title"),
        *_in_interface_languages("creator", _conference),  # of the text; those who act in the practice are its subject
        *_translated("subject", subjects, "name"),
        *_translated("description", [practice], "summary"),
        *_in_interface_languages("publisher", _conference),
        *(statement for body in organisations_of(practice) for statement in _organisation_names("subject", body)),
        Statement("date", practice.updated.date().isoformat()),
        Statement("type", "Text"),
        Statement("identifier", permanent_url(practice)),
        Statement("identifier", practice.code),
        *([Statement("source", edition.title, HTML_LANGUAGES[edition.language])] if edition else []),
        Statement("language", HTML_LANGUAGES[practice.original_language]),
        *(Statement("relation", row.url) for row in practice.links.all() if row.followable),
        *_translated("coverage", practice.implementing_countries, "name"),
        *([Statement("coverage", practice.period)] if practice.start else []),
        Statement("rights", LICENCE_URL),
    ]


def refinement_statements(practice):
    """Return what the qualified format says beyond the fifteen elements."""
    meetings = [row.meeting for row in practice.public_presentations]
    return [
        *_translated("alternative", [practice], "short_title"),
        *_translated("abstract", [practice], "summary"),
        *_translated("audience", practice.populations.all(), "name"),
        Statement("created", practice.created.date().isoformat(), scheme="W3CDTF"),
        Statement("modified", practice.updated.date().isoformat(), scheme="W3CDTF"),
        *([Statement("temporal", _dcmi_period(practice), scheme="Period")] if practice.start or practice.end else []),
        *(Statement("spatial", state.iso2, scheme="ISO3166") for state in practice.implementing_countries),
        *_translated("spatial", practice.places.all(), "name"),
        *_translated("references", practice.legal_instruments.all(), "title"),
        *(Statement("bibliographicCitation", row.reference.title) for row in practice.citations.all() if row.reference),
        *(Statement("isReferencedBy", _url_in_first_language(meeting), scheme="URI") for meeting in meetings),
        *_translated("isReferencedBy", meetings, "name"),
        *(statement for row in practice.public_adaptations for statement in _adaptation(row)),
        Statement("isPartOf", f"{settings.SITE_URL}/", scheme="URI"),
        Statement("license", LICENCE_URL, scheme="URI"),
    ]


def _adaptation(row):
    """Return what a State does with the practice as a version of it, for example ``Chile: Piloting``."""
    return _in_interface_languages(
        "hasVersion", lambda: f"{localized(row.country, 'name').text}: {row.get_stage_display()}"
    )


def _url_in_first_language(record):
    """Return the URL of a page in the catalogue's first language: harvesters store one, whoever asked for it."""
    with translation.override(settings.LANGUAGE_CODE):
        return public_url(record)


def _organisation_names(term, body):
    """Return the official name of an organisation where it has one, else its name in the active language."""
    if body.official_language and (official := getattr(body, f"name_{body.official_language}")):
        return [Statement(term, official, HTML_LANGUAGES[body.official_language])]
    shown = localized(body, "name")
    return [Statement(term, shown.text, shown.html_language)] if shown.text else []


def organisations_of(practice):
    """Return the organisations of a practice, those that implement it first, each once; who is only named is none."""
    rows = [row for row in practice.practice_organisations.all() if row.role in CONTRIBUTING_ROLES]
    bodies = [*practice.lead_organisations, *(row.organisation for row in rows)]
    return list({body.pk: body for body in bodies}.values())


def _conference():
    return translation.gettext("South American Conference on Migration")


def _dcmi_period(practice):
    """Return the period in the DCMI encoding: ``start=2022-10; end=2023;``."""
    known = {"start": practice.start, "end": "" if practice.end == OPEN else practice.end}
    return " ".join(f"{name}={value};" for name, value in known.items() if value) or practice.period


def write_oai_dc(practice):
    """Return the practice as an element of ``oai_dc``."""
    root = etree.Element(f"{{{OAI_DC}}}dc", nsmap={"oai_dc": OAI_DC, "dc": DC, "xsi": XSI})
    root.set(f"{{{XSI}}}schemaLocation", f"{OAI_DC} {OAI_DC[:-1]}.xsd")
    for statement in element_statements(practice):
        _append_statement(root, DC, statement)
    return root


def write_qdc(practice):
    """Return the practice as an element of qualified Dublin Core."""
    root = etree.Element(f"{{{QDC}}}qualifieddc", nsmap={"qdc": QDC, "dc": DC, "dcterms": TERMS, "xsi": XSI})
    schemas = "http://dublincore.org/schemas/xmls/qdc/2006/01/06/"
    root.set(f"{{{XSI}}}schemaLocation", f"{TERMS} {schemas}dcterms.xsd {DC} {schemas}dc.xsd")
    for statement in element_statements(practice):
        _append_statement(root, DC, statement)
    for statement in refinement_statements(practice):
        _append_statement(root, TERMS, statement)
    return root


def _append_statement(root, namespace, statement):
    element = etree.SubElement(root, f"{{{namespace}}}{statement.name}")
    element.text = xml_text(statement.text)
    if statement.language:
        element.set(XML_LANG, statement.language)
    if statement.scheme:
        element.set(f"{{{XSI}}}type", f"dcterms:{statement.scheme}")


FORMATS = {
    "oai_dc": MetadataFormat("oai_dc", "http://www.openarchives.org/OAI/2.0/oai_dc.xsd", OAI_DC, write_oai_dc),
    "qdc": MetadataFormat("qdc", "http://dublincore.org/schemas/xmls/qdc/2006/01/06/dcterms.xsd", QDC, write_qdc),
}
