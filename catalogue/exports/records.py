"""A practice as JSON: codes for programs, labels in the language of the address for people."""

from catalogue.choices import CountryRole, OrganisationRole
from catalogue.exports.columns import cell_readers as read
from catalogue.exports.columns.cell_readers import CODE, Reader, without_email
from catalogue.models.narrative import LONG_TEXTS, MAY_BE_INFERRED
from catalogue.server.absolute_urls import permanent_url, public_url
from catalogue.text.languages import CONTENT_LANGUAGES, content_language, localized


def related_countries(batch, words):
    return [
        [
            {"country": words.countries[key][CODE], "role": role}
            for key, role, _practice in rows
            if role != CountryRole.IMPLEMENTING
        ]
        for rows in batch.related("practice_countries", "country_id", "role")
    ]


SUMMARY = {  # the keys are promised; more may follow
    "code": read.stored("code"),
    "slug": read.stored("slug"),
    "url": read.page_url(),
    "permanent_url": Reader(read.permanent_url, ("code",)),
    "language": Reader(read.language),
    "title": read.text("title"),
    "title_language": read.language_of_text("title"),
    "acronym": read.stored("acronym"),
    "summary": read.text("summary"),
    "networks": read.networks(CODE),
    "countries": read.countries(CODE),
    "related_countries": Reader(related_countries),
    "scope": read.stored("scope"),
    "status": read.stored("status"),
    "start": read.stored("start"),
    "end": read.stored("end"),
    "period": Reader(read.period, ("start", "end", "status")),
    "evidence": read.stored("evidence"),
    "lead_organisations": read.organisations(OrganisationRole.LEAD),
    "updated": Reader(lambda batch, words: [moment.isoformat() for moment in batch["updated"]], ("updated",)),
}


class Records:
    """What ``readers``, by the names of what they read, read of practices in the language of ``words``."""

    def __init__(self, readers, words):
        self.readers, self.words = readers, words

    def add_to(self, plan):
        """Let the plan of the practices fetch it."""
        for reader in self.readers.values():
            plan.add(reader, self.words)

    def records(self, practices):
        """Return for each practice what was read by its name."""
        columns = [reader.cells(practices, self.words) for reader in self.readers.values()]
        return [dict(zip(self.readers, cells, strict=True)) for cells in zip(*columns, strict=True)]


VOCABULARIES = {  # key of the record -> field of the practice
    "populations": "populations",
    "keywords": "keywords",
    "gcm": "gcm_objectives",
    "principles": "guiding_principles",
    "sdg_targets": "sdg_targets",
    "psdhm": "psdhm_programmes",
}
INSTRUMENT = ("title", "number", "date", "kind", "url", "note")
LINK = ("label", "url", "kind", "status", "language")
EDITORS_NOTE = ("field", "source_prints", "shows", "reason")
RESULT = (
    *("indicator", "kind", "qualifier", "value", "unit", "period"),
    *("as_of", "as_printed", "chartable", "note"),
)


def row_record(row, *names):
    """Return the fields of a row with these names; a translated one is in the active language."""
    return {name: localized(row, name).text if hasattr(row, f"{name}_es") else getattr(row, name) for name in names}


def summary_record(practice):
    """Return one practice as it stands in the JSON of a list."""
    title = localized(practice, "title")
    return {
        "code": practice.code,
        "slug": practice.slug,
        "url": public_url(practice),
        "permanent_url": permanent_url(practice),
        "language": content_language(),
        "title": title.text,
        "title_language": title.language,
        "acronym": practice.acronym,
        "summary": localized(practice, "summary").text,
        "networks": [row.network.slug for row in practice.practice_networks.all()],
        "countries": [country.iso2 for country in practice.implementing_countries],
        "related_countries": [{"country": row.country.iso2, "role": row.role} for row in practice.related_countries],
        "scope": practice.scope,
        "status": practice.status,
        "start": practice.start,
        "end": practice.end,
        "period": practice.period_in_words,
        "evidence": practice.evidence,
        "lead_organisations": [localized(body, "name").text for body in practice.lead_organisations],
        "updated": practice.updated.isoformat(),
    }


def detailed_record(practice):
    """Return the whole practice: the summary record, its texts, and every row that belongs to it."""
    return {
        **summary_record(practice),
        **row_record(practice, "acronym_meaning", *LONG_TEXTS),
        **{f"{field}_inferred": getattr(practice, f"{field}_inferred") for field in MAY_BE_INFERRED},
        "hotline": practice.hotline,
        "further_scopes": [row.scope for row in practice.further_scopes.all()],
        "places": [localized(row, "name").text for row in practice.places.all()],
        **{name: [term.code for term in getattr(practice, field).all()] for name, field in VOCABULARIES.items()},
        "classifications": [_classification(row) for row in practice.classifications.all()],
        "organisations": [_organisation(row) for row in practice.practice_organisations.all()],
        "legal_instruments": [row_record(row, *INSTRUMENT) for row in practice.legal_instruments.all()],
        "results": [result_record(row) for row in practice.results.all()],
        "links": [row_record(row, *LINK) for row in practice.links.all()],
        "sources": [_citation(row) for row in practice.citations.all()],
        "editors_notes": [row_record(row, *EDITORS_NOTE) for row in practice.editors_notes.all()],
        "contact_office": localized(practice.contact, "office").text if practice.contact else "",
        "edition": practice.edition.slug if practice.edition else "",
        "original_language": practice.original_language,
        "translation_status": {
            language: getattr(practice, f"translation_status_{language}") for language in ("es", "en", "pt")
        },
    }


def public_record(practice):
    """Return the whole practice fetched ``for_record``: also what others tell of it, and which texts lag behind."""
    days = {language: getattr(practice, f"outdated_since_{language}") for language in CONTENT_LANGUAGES}
    return {
        **detailed_record(practice),
        "outdated_since": {language: day.isoformat() if day else "" for language, day in days.items()},
        "presentations": [_presentation(row) for row in practice.public_presentations],
        "adaptations": [_adaptation(row) for row in practice.public_adaptations],
    }


def _presentation(row):
    return {
        "meeting": row.meeting.slug,
        "name": localized(row.meeting, "name").text,
        "url": public_url(row.meeting),
        "start": row.meeting.start,
        "end": row.meeting.end,
        "kind": row.kind,
        "network": row.network.slug if row.network else None,
        "note": without_email(localized(row, "note").text),
    }


def _adaptation(row):
    return {
        "country": row.country.iso2,
        "stage": row.stage,
        "since": row.since,
        "changes": without_email(localized(row, "changes").text),
        "contact_office": localized(row.contact, "office").text if row.contact else "",
        "evidence": without_email(row.evidence),
        "evidence_url": row.evidence_url,
    }


def _organisation(row):
    return {
        "organisation": row.organisation.slug,
        "name": localized(row.organisation, "name").text,
        "acronym": row.organisation.shown_acronym,
        "role": row.role,
        "detail": localized(row, "detail").text,
    }


def result_record(row):
    return row_record(row, *RESULT) | {"value": None if row.value is None else float(row.value)}


def result_of_practice(result):
    """Return a figure and the practice it belongs to."""
    practice = result.practice
    return {
        "practice": practice.code,
        "practice_title": localized(practice, "title").text,
        "practice_url": permanent_url(practice),
        **result_record(result),
    }


def _classification(row):
    return {
        "framework": row.term.scheme,
        "term": row.term.code,
        "label": row.term.label,
        "reason": localized(row, "reason").text,
        "status": row.status,
        "confirmed_on": row.confirmed_on.isoformat() if row.confirmed_on else "",
    }


def _citation(row):
    return {
        "author": localized(row, "author").text,
        "year": row.year,
        "as_printed": row.as_printed,
        "title": row.reference.title if row.reference else "",
        "url": row.reference.url if row.reference else "",
    }
