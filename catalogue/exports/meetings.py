"""Meetings, forums and commitments as data: the same parts in files and in the API, texts in the active language."""

from django.conf import settings
from django.utils.translation import gettext as _

from catalogue.exports.labels import SEPARATOR
from catalogue.exports.manifest import filters_of, list_meta
from catalogue.exports.records import row_record
from catalogue.exports.responses import as_file, json_response
from catalogue.exports.text_tables import csv_of
from catalogue.models import CommitmentAnswer, Presentation
from catalogue.server.absolute_urls import meetings_url, permanent_url, public_url
from catalogue.text.languages import content_language, localized

FIGURE = ("indicator", "value", "more_than", "as_printed", "as_of", "counted_by", "note")
SOURCE = ("slug", "title", "publisher", "date", "url", "note")


def shown(record, field):
    """Return a text in the active language."""
    return localized(record, field).text


def listed(record, field):
    """Return a text with one item on each line as a list."""
    return [line.strip() for line in shown(record, field).splitlines() if line.strip()]


def meeting_record(meeting):
    """Return what a list says of a meeting fetched ``for_listing``."""
    return {
        "slug": meeting.slug,
        "url": public_url(meeting),
        "language": content_language(),
        "name": shown(meeting, "name"),
        "level": meeting.level,
        "forum": meeting.forum.slug if meeting.forum else None,
        **row_record(meeting, "status", "start", "end", "date_derived", "date_as_printed", "place"),
        "host": meeting.host.iso2 if meeting.host else None,
        "countries": [country.iso2 for country in meeting.countries.all()],
        "other_countries": meeting.other_countries.split(),
        "countries_count": meeting.countries_count,
        "networks": [network.slug for network in meeting.networks.all()],
        "summary": shown(meeting, "summary"),
    }


def detailed_meeting_record(meeting):
    """Return the whole record of a meeting fetched ``for_detail``."""
    return {
        **meeting_record(meeting),
        **row_record(meeting, "date_note", "countries_note", "description"),
        "topics": listed(meeting, "topics"),
        "outcomes": listed(meeting, "outcomes"),
        "bodies": [body_record(row) for row in meeting.bodies.all()],
        "figures": [figure_record(row) for row in meeting.figures.all()],
        "documents": [row_record(row, "label", "adopted", "url", "note") for row in meeting.documents.all()],
        "features": [row_record(row, "letter", "text") for row in meeting.features.all()],
        "notes": [row_record(row, "source_prints", "shows", "reason") for row in meeting.notes.all()],
        "sources": [row_record(source, *SOURCE) for source in meeting.sources.all()],
        "practices": [presentation_record(row) for row in Presentation.objects.at(meeting)],
    }


def body_record(row):
    return {
        "role": row.role,
        "forum": row.forum.slug if row.forum else None,
        "name": shown(row.forum, "name") if row.forum else shown(row, "name"),
    }


def figure_record(row):
    return row_record(row, *FIGURE) | {"value": float(row.value) if row.value is not None else None}


def presentation_record(row):
    return {
        "practice": row.practice.code,
        "practice_title": shown(row.practice, "title"),
        "practice_url": permanent_url(row.practice),
        "kind": row.kind,
        "network": row.network.slug if row.network else None,
    }


def forum_record(forum):
    """Return a forum fetched ``for_detail``, with its meetings."""
    return {
        "slug": forum.slug,
        "url": public_url(forum),
        "language": content_language(),
        "name": shown(forum, "name"),
        "acronym": forum.shown_acronym,
        "kind": forum.kind,
        "description": shown(forum, "description"),
        "members": [country.iso2 for country in forum.members.all()],
        **row_record(forum, "membership", "relation", "note"),
        "site": forum.url,
        "meetings": [meeting.slug for meeting in forum.meetings.all()],
        "sources": [row_record(source, *SOURCE) for source in forum.sources.all()],
    }


def commitment_records(commitments):
    """Return the records of commitments fetched ``for_listing``, with the published practices on their subject."""
    answers = {}
    for answer in CommitmentAnswer.objects.to([commitment.pk for commitment in commitments]):
        answers.setdefault(answer.commitment_id, []).append(answer)
    return [commitment_record(row, answers.get(row.pk, [])) for row in commitments]


def commitment_record(commitment, answers):
    return {
        "slug": commitment.slug,
        "url": f"{settings.SITE_URL}{commitment.get_absolute_url()}",
        "language": content_language(),
        "meeting": commitment.meeting.slug,
        **row_record(commitment, "text", "priority", "actors", "deadline", "status", "evidence"),
        "fulfilled_at": commitment.fulfilled_at.slug if commitment.fulfilled_at else None,
        "networks": [network.slug for network in commitment.networks.all()],
        "answers": [answer_record(answer) for answer in answers if answer.is_of_source],
        "same_subject": [answer_record(answer) for answer in answers if not answer.is_of_source],
    }


def answer_record(answer):
    return {
        "practice": answer.practice.code,
        "practice_title": shown(answer.practice, "title"),
        "practice_url": permanent_url(answer.practice),
        "reason": shown(answer, "reason"),
    }


def meetings_as_json(filterset):
    """Return ``{"meta": {…}, "meetings": […]}`` as a response, in the shape of the list of practices."""
    records = [meeting_record(meeting) for meeting in filterset.qs.latest_first().for_listing()]
    meta = list_meta(len(records), content_language(), filters_of(filterset), url=meetings_url(filterset))
    return as_file(json_response({"meta": meta, "meetings": records}), "meetings", "json")


def meetings_as_csv(filterset):
    """Return the meetings of a list as CSV, one row for each."""
    return csv_of("meetings", _rows(filterset.qs.latest_first().for_listing()))


def _rows(meetings):
    headed = {
        "forum": _("Forum"),
        "status": _("Status of the meeting"),
        "start": _("Start"),
        "end": _("End"),
        "date_derived": _("Year derived"),
        "date_as_printed": _("Date as it appears in the source"),
        "place": _("Place"),
        "host": _("Host State"),
        "countries": _("Participating member States"),
        "other_countries": _("Other participating States"),
        "countries_count": _("Number of States"),
        "networks": _("Related networks"),
        "summary": _("Summary"),
    }
    first = ("slug", "url", "language", "name")
    yield [*first, *(f"{label} [{name}]" for name, label in headed.items())]
    for meeting in meetings:
        record = meeting_record(meeting)
        yield [_cell(record[name]) for name in (*first, *headed)]


def _cell(value):
    """Return a value as text: truth as in the other files, several values with the usual separator."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return SEPARATOR.join(value)
    return "" if value is None else str(value)
