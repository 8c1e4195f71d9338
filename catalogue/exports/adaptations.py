"""Adaptations as files: codes beside labels, in the language of the page."""

from catalogue.exports.labels import SEPARATOR
from catalogue.server.absolute_urls import permanent_url
from catalogue.text.languages import localized

COLUMNS = {
    "code": lambda row: row.practice.code,
    "slug": lambda row: row.practice.slug,
    "url": lambda row: permanent_url(row.practice),
    "title": lambda row: localized(row.practice, "title").text,
    "origin": lambda row: [country.iso2 for country in row.origins],
    "origin_label": lambda row: [country.name for country in row.origins],
    "country": lambda row: row.country.iso2,
    "country_label": lambda row: row.country.name,
    "stage": lambda row: row.stage,
    "stage_label": lambda row: str(row.get_stage_display()),
    "since": lambda row: row.since,
    "changes": lambda row: localized(row, "changes").text,
    "contact": lambda row: localized(row.contact, "office").text if row.contact else "",
    "evidence": lambda row: row.evidence,
    "evidence_url": lambda row: row.evidence_url,
}


def as_objects(adaptations):
    """Return each adaptation as a dictionary for JSON."""
    return [{name: getter(row) for name, getter in COLUMNS.items()} for row in adaptations]


def as_rows(adaptations):
    """Yield header and rows as texts."""
    yield list(COLUMNS)
    for row in as_objects(adaptations):
        yield [SEPARATOR.join(value) if isinstance(value, list) else value for value in row.values()]
