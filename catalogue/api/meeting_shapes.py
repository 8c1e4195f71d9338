"""The shapes of meetings, forums and commitments; every field is optional, as in ``shapes``."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from catalogue.api.shape_fields import address, many, one_of, partial_date, text, texts, truth, whole_number
from catalogue.choices import PresentationKind
from catalogue.text.languages import CONTENT_LANGUAGES
from networks import choices


class MeetingSummary(serializers.Serializer):
    """A meeting in a list. The codes never change; the texts are in the language asked for."""

    slug = text()
    url = address()
    api_url = address()
    language = one_of(CONTENT_LANGUAGES, help_text=_("The requested language."))
    name = text()
    level = one_of(choices.MeetingLevel)
    forum = text(allow_null=True, help_text=_("Code of the forum; null if the meeting belongs to none."))
    status = one_of(choices.MeetingStatus)
    start = partial_date()
    end = partial_date()
    date_derived = truth(help_text=_("True if the year was derived because the source does not give it with the date."))
    date_as_printed = text()
    place = text()
    host = text(allow_null=True)
    countries = texts(help_text=_("ISO 3166-1 alpha-2 codes of the member States that took part."))
    other_countries = texts(help_text=_("ISO 3166-1 alpha-2 codes of other States that took part."))
    countries_count = whole_number(allow_null=True, help_text=_("Number of States, according to the source."))
    networks = texts()
    summary = text()


class MeetingBody(serializers.Serializer):
    role = one_of(choices.BodyRole)
    forum = text(allow_null=True)
    name = text()


class MeetingFigure(serializers.Serializer):
    indicator = text()
    value = serializers.FloatField(required=False, allow_null=True)
    more_than = truth()
    as_printed = text()
    as_of = partial_date()
    counted_by = text()
    note = text()


class MeetingDocument(serializers.Serializer):
    label = text()
    adopted = truth()
    url = text()
    note = text()


class MeetingFeature(serializers.Serializer):
    letter = text()
    text = text()


class MeetingNote(serializers.Serializer):
    source_prints = text()
    shows = text()
    reason = text()


class MeetingSource(serializers.Serializer):
    slug = text()
    title = text()
    publisher = text()
    date = partial_date()
    url = text()
    note = text()


class PracticeAtMeeting(serializers.Serializer):
    practice = text(help_text=_("Code of the practice."))
    practice_title = text()
    practice_url = address()
    kind = one_of(PresentationKind)
    network = text(allow_null=True)


class Meeting(MeetingSummary):
    """The whole record of a meeting."""

    date_note = text()
    countries_note = text()
    description = text()
    topics = texts()
    outcomes = texts()
    bodies = many(MeetingBody)
    figures = many(MeetingFigure)
    documents = many(MeetingDocument)
    features = many(MeetingFeature)
    notes = many(MeetingNote)
    sources = many(MeetingSource)
    practices = many(PracticeAtMeeting)


class Forum(serializers.Serializer):
    """A forum, an organisation or a platform, and the slugs of its meetings."""

    slug = text()
    url = address()
    api_url = address()
    language = one_of(CONTENT_LANGUAGES)
    name = text()
    acronym = text()
    kind = one_of(choices.ForumKind)
    description = text()
    members = texts()
    membership = text()
    relation = text()
    note = text()
    site = text()
    meetings = texts()
    sources = many(MeetingSource)


class Answer(serializers.Serializer):
    practice = text(help_text=_("Code of the practice."))
    practice_title = text()
    practice_url = address()
    reason = text()


class Commitment(serializers.Serializer):
    """What a meeting agreed, the practices that answer it by a source, and those on the same subject."""

    slug = text()
    url = address()
    language = one_of(CONTENT_LANGUAGES)
    meeting = text()
    priority = truth()
    actors = text()
    deadline = partial_date()
    status = one_of(choices.CommitmentStatus)
    evidence = text()
    fulfilled_at = text(allow_null=True)
    networks = texts()
    answers = many(Answer)  # only where a source says so
    same_subject = many(Answer)  # as this catalogue reads it; no State is said to keep what was agreed
    text = text()  # last: from here on the name is that of the part
