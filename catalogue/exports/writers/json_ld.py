"""The list as linked data: schema.org terms in JSON-LD, https://www.w3.org/TR/json-ld11/.

The context is written out, so that a program needs no other host to read the file.
"""

from datetime import UTC, datetime

from django.conf import settings

from catalogue.exports.codebook import LICENCE_URL
from catalogue.server.absolute_urls import list_url
from catalogue.text.languages import HTML_LANGUAGES

SCHEMA = "https://schema.org/"
URLS = ("url", "license")  # their values are URLs, not texts


def dataset(filterset, language):
    """Return what the file is: a ``Dataset``, of which the practices are parts."""
    return {
        "@context": {"@vocab": SCHEMA, "@language": HTML_LANGUAGES[language]}
        | {name: {"@id": f"{SCHEMA}{name}", "@type": "@id"} for name in URLS},
        "@id": list_url(filterset.known_query()),
        "@type": "Dataset",
        "name": str(settings.SITE_NAME),
        "description": filterset.in_words(),
        "inLanguage": HTML_LANGUAGES[language],
        "license": LICENCE_URL,
        "dateCreated": datetime.now(UTC).date().isoformat(),
        "url": list_url(filterset.known_query()),
    }


def creative_work(record):
    """Return a practice, given as in the JSON of a list, as a ``CreativeWork``; what is missing is left out."""
    work = {
        "@id": record["permanent_url"],
        "@type": "CreativeWork",
        "identifier": record["code"],
        "name": in_its_language(record["title"], record["title_language"], record["language"]),
        "alternateName": record["acronym"],
        "abstract": record["summary"],
        "url": record["url"],
        "inLanguage": HTML_LANGUAGES[record["title_language"]],
        "license": LICENCE_URL,
        "temporalCoverage": temporal_coverage(record["start"], record["end"]),
        "spatialCoverage": [{"@type": "Country", "identifier": code} for code in record["countries"]],
        "keywords": record["networks"],
        "about": [{"@type": "Organization", "name": name} for name in record["lead_organisations"] if name],
        "dateModified": record["updated"],
    }
    return {name: value for name, value in work.items() if value}


def in_its_language(text, language, requested):
    """Return a text; in another language than the file's it says so."""
    return text if language == requested else {"@value": text, "@language": HTML_LANGUAGES[language]}


def temporal_coverage(start, end):
    """Return a period as schema.org writes it, ISO 8601 with two dots for an open end; empty when nothing is stated."""
    return f"{start}/{end}" if start and end else start
