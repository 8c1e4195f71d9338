"""The site as JSON-LD: schema.org on every page, DCAT for the catalogue as a whole.

The context is part of the data, so that a parser needs nothing from elsewhere.
"""

import json

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from catalogue.choices import EditionState, OrganisationKind
from catalogue.server.absolute_urls import list_url, permanent_url, public_url
from catalogue.text.languages import HTML_LANGUAGES, content_language, localized

CONTEXT = {"@vocab": "https://schema.org/", "dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/"}
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
ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def as_script(data):
    """Return linked data as a data block of a page; no text in it can end the block."""
    text = json.dumps(data, ensure_ascii=False).translate(ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 - every character of HTML is escaped


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
        "author": conference_data(),
        "publisher": conference_data(),
        "dateCreated": practice.created.date().isoformat(),
        "dateModified": practice.updated.isoformat(),
        **_coverage_data(practice),
        "isPartOf": {"@id": dataset_id()},
        "isBasedOn": _source_edition(practice.edition),
        "subjectOf": [_meeting_summary(row.meeting) for row in practice.public_presentations],
        "license": LICENCE_URL,
        "isAccessibleForFree": True,
        "@reverse": _adaptations_data(practice.public_adaptations),
    }
    return without_empty(data)


def _coverage_data(practice):
    """Return when and where a practice takes place, and what it is about."""
    networks = [localized(row.network, "name").text for row in practice.practice_networks.all()]
    return {
        "temporalCoverage": practice.period.removesuffix("/") if practice.start else "",
        "spatialCoverage": [country_data(country) for country in practice.implementing_countries],
        "about": [*networks, *map(organisation_data, practice.lead_organisations)],
        "keywords": [term.label for term in practice.keywords.all()],
    }


def without_empty(data):
    """Return data without the properties whose value is empty."""
    return {name: value for name, value in data.items() if value not in ("", [], {}, None)}


def _source_edition(edition):
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


def _meeting_summary(meeting):
    """Return a meeting at which a practice was presented."""
    name = localized(meeting, "name").text
    data = {"@type": "Event", "url": public_url(meeting), "name": name, "startDate": meeting.start}
    return without_empty({**data, "endDate": meeting.end})


def _adaptations_data(adaptations):
    """Return what is based on a practice: its adaptations. schema.org has no word for that direction."""
    works = [
        {
            "@type": "CreativeWork",
            "spatialCoverage": country_data(row.country),
            "creativeWorkStatus": str(row.get_stage_display()),
            "temporalCoverage": f"{row.since}/.." if row.since else "",
            "abstract": localized(row, "changes").text,
        }
        for row in adaptations
    ]
    return without_empty({"isBasedOn": [without_empty(work) for work in works]})


def organisation_data(body):
    kind = "GovernmentOrganization" if body.kind == OrganisationKind.GOVERNMENT else "Organization"
    return {"@type": kind, "name": localized(body, "name").text}


def country_data(country):
    return {"@type": "Country", "name": localized(country, "name").text, "identifier": country.iso2}


def conference_data():
    return {"@type": "Organization", "name": _("South American Conference on Migration")}


def page_data(name, url, *, is_list=False):
    """Return a page in schema.org."""
    return {
        "@context": CONTEXT,
        "@type": "CollectionPage" if is_list else "WebPage",
        "@id": url,
        "url": url,
        "name": name,
        "inLanguage": HTML_LANGUAGES[content_language()],
        "isPartOf": {"@id": f"{settings.SITE_URL}/#site"},
    }


def catalogue_data(version, query):
    """Return the whole catalogue, in schema.org and in DCAT; ``query`` is an empty ``QueryDict``."""
    address = list_url(query)
    return {"@context": CONTEXT, "@graph": [_website(address), _data_catalogue(), _dataset(version, address)]}


def _website(address):
    """Return the site and how it is searched."""
    return {
        "@type": "WebSite",
        "@id": f"{settings.SITE_URL}/#site",
        "url": settings.SITE_URL,
        "name": str(settings.SITE_NAME),
        "inLanguage": list(HTML_LANGUAGES.values()),
        "publisher": conference_data(),
        "potentialAction": {
            "@type": "SearchAction",
            "target": f"{address}?q={{search_term_string}}",
            "query-input": "required name=search_term_string",
        },
    }


def _data_catalogue():
    """Return the catalogue as one that offers data and services."""
    return {
        "@type": ["DataCatalog", "dcat:Catalog"],
        "@id": f"{settings.SITE_URL}/#data-catalogue",
        **_titles(),
        "dct:publisher": conference_data(),
        "dct:license": {"@id": LICENCE_URL},
        "dataset": {"@id": dataset_id()},
        "dcat:dataset": {"@id": dataset_id()},
        "dcat:service": _services(),
    }


def _dataset(version, address):
    """Return the practices as one set of data."""
    return {
        "@type": ["Dataset", "dcat:Dataset"],
        "@id": dataset_id(),
        **_titles(),
        "creator": conference_data(),
        "license": LICENCE_URL,
        "dct:license": {"@id": LICENCE_URL},
        "isAccessibleForFree": True,
        "version": str(version.number),
        "dateModified": version.changed_at.isoformat(),
        "dct:modified": version.changed_at.isoformat(),
        "inLanguage": list(HTML_LANGUAGES.values()),
        "url": address,
        "distribution": _distributions(),
        "dcat:distribution": [{"@id": file_url(extension)} for extension in DISTRIBUTIONS],
    }


def _titles():
    """Return name and description, in both vocabularies."""
    name = str(settings.SITE_NAME)
    description = _("Migration governance practices of the States of the South American Conference on Migration.")
    return {"name": name, "dct:title": name, "description": description, "dct:description": description}


def _distributions():
    """Return the files of the whole catalogue."""
    return [
        {
            "@type": ["DataDownload", "dcat:Distribution"],
            "@id": file_url(extension),
            "encodingFormat": media_type,
            "contentUrl": file_url(extension),
            "dcat:downloadURL": {"@id": file_url(extension)},
            "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{media_type}"},
            "dct:license": {"@id": LICENCE_URL},
        }
        for extension, media_type in DISTRIBUTIONS.items()
    ]


def _services():
    """Return the interfaces for programs and harvesters."""
    described = {"api:start": "api:schema", "oai": "oai"}
    return [
        {
            "@type": "dcat:DataService",
            "dct:title": title,
            "dcat:endpointURL": {"@id": f"{settings.SITE_URL}{reverse(name)}"},
            "dcat:endpointDescription": {"@id": f"{settings.SITE_URL}{reverse(described[name])}"},
            "dcat:servesDataset": {"@id": dataset_id()},
        }
        for name, title in (("api:start", "API"), ("oai", "OAI-PMH 2.0"))
    ]


def dataset_id():
    """Return the identifier of the catalogue as a data set."""
    return f"{settings.SITE_URL}/#catalogue"


def file_url(extension):
    """Return the full URL of the whole catalogue as a file, in the active language."""
    return f"{settings.SITE_URL}{reverse('practice_list_file', args=[extension])}"
