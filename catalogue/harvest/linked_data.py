"""The site as linked data: schema.org on every page, DCAT for the catalogue as a whole, both as JSON-LD.

The context stands in the data, so that a parser needs nothing from elsewhere.
"""

import json

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from catalogue.choices import EditionState, OrganisationKind
from catalogue.server.absolute_urls import list_url, permanent_url, public_url
from catalogue.text.languages import HTML_LANGUAGES, content_language, localized

CONTEXT = {
    "@vocab": "https://schema.org/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
}
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
DISTRIBUTIONS = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "json": "application/json",
    "jsonl": "application/x-ndjson",
    "jsonld": "application/ld+json",
    "zip": "application/zip",
    "bib": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
    "atom": "application/atom+xml",
}
SIGNS = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def as_script(data):
    """Return linked data as a data block of a page; no text in it can end the block."""
    text = json.dumps(data, ensure_ascii=False).translate(SIGNS)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 - every sign of HTML is escaped


def practice_as_jsonld(practice):
    """Return a practice as JSON-LD and its content type."""
    return json.dumps(practice_data(practice), ensure_ascii=False, indent=1) + "\n", "application/ld+json"


def practice_data(practice):
    """Return a practice fetched with its public rows in schema.org, in the active language."""
    title = localized(practice, "title")
    data = {
        "@context": CONTEXT,
        "@type": "Report",
        "@id": permanent_url(practice),
        "url": public_url(practice),
        "identifier": practice.code,
        "reportNumber": practice.code,
        "name": title.text,
        "inLanguage": title.html_language,
        "alternateName": localized(practice, "short_title").text,
        "abstract": localized(practice, "summary").text,
        "author": conference(),
        "publisher": conference(),
        "dateCreated": practice.created.date().isoformat(),
        "dateModified": practice.updated.isoformat(),
        "temporalCoverage": practice.period.removesuffix("/") if practice.start else "",
        "spatialCoverage": [country_data(country) for country in practice.implementing_countries],
        "about": [
            *(localized(row.network, "name").text for row in practice.practice_networks.all()),
            *(organisation_data(body) for body in practice.lead_organisations),
        ],
        "keywords": [term.label for term in practice.keywords.all()],
        "isPartOf": {"@id": catalogue_id()},
        "isBasedOn": edition_data(practice.edition),
        "subjectOf": [meeting_data(row.meeting) for row in practice.public_presentations],
        "license": LICENCE_URL,
        "isAccessibleForFree": True,
        "@reverse": adaptations_data(practice.public_adaptations),
    }
    return {name: value for name, value in data.items() if value not in ("", [], {}, None)}


def edition_data(edition):
    """Return the publication from which a practice comes; ``None`` without one, or while it is being prepared."""
    if edition is None or edition.state == EditionState.PREPARED:
        return None
    return {
        "@type": "Book",
        "url": public_url(edition),
        "name": edition.title,
        "inLanguage": HTML_LANGUAGES[edition.language],
        "datePublished": str(edition.year),
        "publisher": {"@type": "Organization", "name": edition.publisher},
        "license": edition.licence_url or edition.licence,
    }


def meeting_data(meeting):
    """Return a meeting at which a practice was presented."""
    data = {
        "@type": "Event",
        "url": public_url(meeting),
        "name": localized(meeting, "name").text,
        "startDate": meeting.start,
        "endDate": meeting.end,
    }
    return {name: value for name, value in data.items() if value}


def adaptations_data(adaptations):
    """Return what is based on a practice: its adaptations. schema.org has no word for that direction."""
    based = [
        {
            "@type": "CreativeWork",
            "spatialCoverage": country_data(row.country),
            "creativeWorkStatus": str(row.get_stage_display()),
            "temporalCoverage": f"{row.since}/.." if row.since else "",
            "abstract": localized(row, "changes").text,
        }
        for row in adaptations
    ]
    return {"isBasedOn": [{name: value for name, value in work.items() if value} for work in based]} if based else {}


def organisation_data(body):
    kind = "GovernmentOrganization" if body.kind == OrganisationKind.GOVERNMENT else "Organization"
    return {"@type": kind, "name": localized(body, "name").text}


def country_data(country):
    return {"@type": "Country", "name": localized(country, "name").text, "identifier": country.iso2}


def conference():
    return {"@type": "Organization", "name": _("South American Conference on Migration")}


def page_data(name, address, *, is_list=False):
    """Return a page in schema.org."""
    return {
        "@context": CONTEXT,
        "@type": "CollectionPage" if is_list else "WebPage",
        "@id": address,
        "url": address,
        "name": name,
        "inLanguage": HTML_LANGUAGES[content_language()],
        "isPartOf": {"@id": f"{settings.SITE_URL}/#site"},
    }


def catalogue_data(version, query):
    """Return the whole catalogue, in schema.org and in DCAT; ``query`` is an empty ``QueryDict``."""
    address = list_url(query)
    return {"@context": CONTEXT, "@graph": [website(address), data_catalogue(), dataset(version, address)]}


def website(address):
    """Return the site and how it is searched."""
    return {
        "@type": "WebSite",
        "@id": f"{settings.SITE_URL}/#site",
        "url": settings.SITE_URL,
        "name": str(settings.SITE_NAME),
        "inLanguage": list(HTML_LANGUAGES.values()),
        "publisher": conference(),
        "potentialAction": {
            "@type": "SearchAction",
            "target": f"{address}?q={{search_term_string}}",
            "query-input": "required name=search_term_string",
        },
    }


def data_catalogue():
    """Return the catalogue as one that offers data and services."""
    return {
        "@type": ["DataCatalog", "dcat:Catalog"],
        "@id": f"{settings.SITE_URL}/#data-catalogue",
        **titles(),
        "dct:publisher": conference(),
        "dct:license": {"@id": LICENCE_URL},
        "dataset": {"@id": catalogue_id()},
        "dcat:dataset": {"@id": catalogue_id()},
        "dcat:service": services(),
    }


def dataset(version, address):
    """Return the practices as one set of data."""
    return {
        "@type": ["Dataset", "dcat:Dataset"],
        "@id": catalogue_id(),
        **titles(),
        "creator": conference(),
        "license": LICENCE_URL,
        "dct:license": {"@id": LICENCE_URL},
        "isAccessibleForFree": True,
        "version": str(version.number),
        "dateModified": version.changed_at.isoformat(),
        "dct:modified": version.changed_at.isoformat(),
        "inLanguage": list(HTML_LANGUAGES.values()),
        "url": address,
        "distribution": distributions(),
        "dcat:distribution": [{"@id": address_of(extension)} for extension in DISTRIBUTIONS],
    }


def titles():
    """Return name and description, in both vocabularies."""
    name = str(settings.SITE_NAME)
    description = _("Migration governance practices of the States of the South American Conference on Migration.")
    return {"name": name, "dct:title": name, "description": description, "dct:description": description}


def distributions():
    """Return the files of the whole catalogue."""
    return [
        {
            "@type": ["DataDownload", "dcat:Distribution"],
            "@id": address_of(extension),
            "encodingFormat": media_type,
            "contentUrl": address_of(extension),
            "dcat:downloadURL": {"@id": address_of(extension)},
            "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{media_type}"},
            "dct:license": {"@id": LICENCE_URL},
        }
        for extension, media_type in DISTRIBUTIONS.items()
    ]


def services():
    """Return the interfaces for programs and harvesters."""
    described = {"api:start": "api:schema", "oai": "oai"}
    return [
        {
            "@type": "dcat:DataService",
            "dct:title": title,
            "dcat:endpointURL": {"@id": f"{settings.SITE_URL}{reverse(name)}"},
            "dcat:endpointDescription": {"@id": f"{settings.SITE_URL}{reverse(described[name])}"},
            "dcat:servesDataset": {"@id": catalogue_id()},
        }
        for name, title in (("api:start", "API"), ("oai", "OAI-PMH 2.0"))
    ]


def catalogue_id():
    """Return the name of the catalogue as a set of data."""
    return f"{settings.SITE_URL}/#catalogue"


def address_of(extension):
    """Return the full address of the whole catalogue as a file, in the active language."""
    return f"{settings.SITE_URL}{reverse('practice_list_file', args=[extension])}"
