"""A practice in Dublin Core, simple and qualified, with every text in the languages that it exists in.

Terms: https://www.dublincore.org/specifications/dublin-core/dcmi-terms/
"""

from typing import NamedTuple

from django.conf import settings
from django.utils import translation
from lxml import etree

from catalogue.choices import CONTRIBUTING_ROLES
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
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"


class Format(NamedTuple):
    """A metadata format: what harvesters call it, its schema, its namespace, and the function that writes it."""

    prefix: str
    schema: str
    namespace: str
    write: object


class Term(NamedTuple):
    """One statement: a term, its text, and the language of the text where it has one."""

    name: str
    text: str
    language: str = ""
    scheme: str = ""


def in_languages(name, record, field):
    """Return a translated text of ``record`` once in each language that has it."""
    texts = ((code, getattr(record, f"{field}_{code}")) for code in CONTENT_LANGUAGES)
    return [Term(name, text, HTML_LANGUAGES[code]) for code, text in texts if text]


def address_of(record):
    """Return the address of a page in the catalogue's first language: harvesters keep one, whoever asked."""
    with translation.override(settings.LANGUAGE_CODE):
        return public_url(record)


def adaptation_in_languages(row):
    """Return what a State does with the practice as a version of it, for example ``Chile: Piloting``."""
    return label_in_languages("hasVersion", lambda: f"{localized(row.country, 'name').text}: {row.get_stage_display()}")


def label_in_languages(name, value):
    """Return a text of the interface, given as a function, in each language."""
    terms = []
    for code, _language in settings.LANGUAGES:
        with translation.override(code):
            terms.append(Term(name, str(value()), HTML_LANGUAGES[code[:2]]))
    return terms


def statements(practice):
    """Return what Dublin Core says of a practice, in its fifteen elements."""
    subjects = [*practice.keywords.all(), *practice.populations.all()]
    return [
        *in_languages("title", practice, "title"),
        *label_in_languages("creator", conference),  # of the text; those who act in the practice are its subject
        *(term for row in practice.practice_networks.all() for term in in_languages("subject", row.network, "name")),
        *(term for subject in subjects for term in in_languages("subject", subject, "name")),
        *in_languages("description", practice, "summary"),
        *label_in_languages("publisher", conference),
        *(term for body in organisations_of(practice) for term in names_of("subject", body)),
        Term("date", practice.updated.date().isoformat()),
        Term("type", "Text"),
        Term("identifier", permanent_url(practice)),
        Term("identifier", practice.code),
        *(
            [Term("source", practice.edition.title, HTML_LANGUAGES[practice.edition.language])]
            if practice.edition
            else []
        ),
        Term("language", HTML_LANGUAGES[practice.original_language]),
        *(Term("relation", row.url) for row in practice.links.all() if row.followable),
        *(term for state in practice.implementing_countries for term in in_languages("coverage", state, "name")),
        *([Term("coverage", practice.period)] if practice.start else []),
        Term("rights", LICENCE_URL),
    ]


def refinements(practice):
    """Return what the qualified format says beyond the fifteen elements."""
    return [
        *in_languages("alternative", practice, "short_title"),
        *in_languages("abstract", practice, "summary"),
        *(term for population in practice.populations.all() for term in in_languages("audience", population, "name")),
        Term("created", practice.created.date().isoformat(), scheme="W3CDTF"),
        Term("modified", practice.updated.date().isoformat(), scheme="W3CDTF"),
        *([Term("temporal", period_of(practice), scheme="Period")] if practice.start or practice.end else []),
        *(Term("spatial", state.iso2, scheme="ISO3166") for state in practice.implementing_countries),
        *(term for place in practice.places.all() for term in in_languages("spatial", place, "name")),
        *(term for text in practice.legal_instruments.all() for term in in_languages("references", text, "title")),
        *(Term("bibliographicCitation", row.reference.title) for row in practice.citations.all() if row.reference),
        *(Term("isReferencedBy", address_of(row.meeting), scheme="URI") for row in practice.public_presentations),
        *(
            term
            for row in practice.public_presentations
            for term in in_languages("isReferencedBy", row.meeting, "name")
        ),
        *(term for row in practice.public_adaptations for term in adaptation_in_languages(row)),
        Term("isPartOf", f"{settings.SITE_URL}/", scheme="URI"),
        Term("license", LICENCE_URL, scheme="URI"),
    ]


def names_of(name, body):
    """Return the official name of an organisation where it has one, else its name in each language."""
    if body.official_language and (official := getattr(body, f"name_{body.official_language}")):
        return [Term(name, official, HTML_LANGUAGES[body.official_language])]
    shown = localized(body, "name")
    return [Term(name, shown.text, shown.html_language)] if shown.text else []


def organisations_of(practice):
    """Return the organisations of a practice, those that implement it first, each once; who is only named is none."""
    rows = [row for row in practice.practice_organisations.all() if row.role in CONTRIBUTING_ROLES]
    bodies = [*practice.lead_organisations, *(row.organisation for row in rows)]
    return list({body.pk: body for body in bodies}.values())


def conference():
    return translation.gettext("South American Conference on Migration")


def period_of(practice):
    """Return the period in the DCMI encoding: ``start=2022-10; end=2023;``."""
    known = {"start": practice.start, "end": "" if practice.end == OPEN else practice.end}
    return " ".join(f"{name}={value};" for name, value in known.items() if value) or practice.period


def write_oai_dc(practice):
    """Return the practice as an element of ``oai_dc``."""
    root = etree.Element(f"{{{OAI_DC}}}dc", nsmap={"oai_dc": OAI_DC, "dc": DC, "xsi": XSI})
    root.set(f"{{{XSI}}}schemaLocation", f"{OAI_DC} {OAI_DC[:-1]}.xsd")
    for term in statements(practice):
        _append(root, DC, term)
    return root


def write_qdc(practice):
    """Return the practice as an element of qualified Dublin Core."""
    root = etree.Element(f"{{{QDC}}}qualifieddc", nsmap={"qdc": QDC, "dc": DC, "dcterms": TERMS, "xsi": XSI})
    schemas = "http://dublincore.org/schemas/xmls/qdc/2006/01/06/"
    root.set(f"{{{XSI}}}schemaLocation", f"{TERMS} {schemas}dcterms.xsd {DC} {schemas}dc.xsd")
    for term in statements(practice):
        _append(root, DC, term)
    for term in refinements(practice):
        _append(root, TERMS, term)
    return root


def _append(root, namespace, term):
    element = etree.SubElement(root, f"{{{namespace}}}{term.name}")
    element.text = xml_text(term.text)
    if term.language:
        element.set(XML_LANG, term.language)
    if term.scheme:
        element.set(f"{{{XSI}}}type", f"dcterms:{term.scheme}")


FORMATS = {
    "oai_dc": Format("oai_dc", "http://www.openarchives.org/OAI/2.0/oai_dc.xsd", OAI_DC, write_oai_dc),
    "qdc": Format("qdc", "http://dublincore.org/schemas/xmls/qdc/2006/01/06/dcterms.xsd", QDC, write_qdc),
}
