"""The shapes of meetings, forums and commitments; every field is optional, as in ``shapes``."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from catalogue.api.shape_fields import boolean, integer, many, one_of, partial_date, string, strings, web_address
from catalogue.choices import PresentationKind
from catalogue.text.languages import CONTENT_LANGUAGES
from networks import choices


class MeetingSummarySerializer(serializers.Serializer):
    """A meeting in a list. The codes never change; the texts are in the language asked for."""

    slug = string()
    url = web_address()
    api_url = web_address()
    language = one_of(CONTENT_LANGUAGES, help_text=_("The requested language."))
    name = string()
    level = one_of(choices.MeetingLevel)
    forum = string(allow_null=True, help_text=_("Code of the forum; null if the meeting belongs to none."))
    status = one_of(choices.MeetingStatus)
    start = partial_date()
    end = partial_date()
    date_derived = boolean(
        help_text=_("True if the year was derived because the source does not give it with the date.")
    )
    date_as_printed = string()
    place = string()
    host = string(allow_null=True)
    countries = strings(help_text=_("ISO 3166-1 alpha-2 codes of the member States that took part."))
    other_countries = strings(help_text=_("ISO 3166-1 alpha-2 codes of other States that took part."))
    countries_count = integer(allow_null=True, help_text=_("Number of States, according to the source."))
    networks = strings()
    summary = string()


class MeetingBodySerializer(serializers.Serializer):
    role = one_of(choices.BodyRole)
    forum = string(allow_null=True)
    name = string()


class MeetingFigureSerializer(serializers.Serializer):
    indicator = string()
    value = serializers.FloatField(required=False, allow_null=True)
    more_than = boolean()
    as_printed = string()
    as_of = partial_date()
    counted_by = string()
    note = string()


class MeetingDocumentSerializer(serializers.Serializer):
    label = string()
    adopted = boolean()
    url = string()
    note = string()


class MeetingFeatureSerializer(serializers.Serializer):
    letter = string()
    text = string()


class MeetingNoteSerializer(serializers.Serializer):
    source_prints = string()
    shows = string()
    reason = string()


class MeetingSourceSerializer(serializers.Serializer):
    slug = string()
    title = string()
    publisher = string()
    date = partial_date()
    url = string()
    note = string()


class PracticeAtMeetingSerializer(serializers.Serializer):
    practice = string(help_text=_("Code of the practice."))
    practice_title = string()
    practice_url = web_address()
    kind = one_of(PresentationKind)
    network = string(allow_null=True)


class MeetingSerializer(MeetingSummarySerializer):
    """The whole record of a meeting."""

    date_note = string()
    countries_note = string()
    description = string()
    topics = strings()
    outcomes = strings()
    bodies = many(MeetingBodySerializer)
    figures = many(MeetingFigureSerializer)
    documents = many(MeetingDocumentSerializer)
    features = many(MeetingFeatureSerializer)
    notes = many(MeetingNoteSerializer)
    sources = many(MeetingSourceSerializer)
    practices = many(PracticeAtMeetingSerializer)


class ForumSerializer(serializers.Serializer):
    """A forum, an organisation or a platform, and the slugs of its meetings."""

    slug = string()
    url = web_address()
    api_url = web_address()
    language = one_of(CONTENT_LANGUAGES)
    name = string()
    acronym = string()
    kind = one_of(choices.ForumKind)
    description = string()
    members = strings()
    membership = string()
    relation = string()
    note = string()
    site = string()
    meetings = strings()
    sources = many(MeetingSourceSerializer)


class AnswerSerializer(serializers.Serializer):
    practice = string(help_text=_("Code of the practice."))
    practice_title = string()
    practice_url = web_address()
    reason = string()


class CommitmentSerializer(serializers.Serializer):
    """What a meeting agreed, the practices that answer it by a source, and those on the same subject."""

    slug = string()
    url = web_address()
    language = one_of(CONTENT_LANGUAGES)
    meeting = string()
    priority = boolean()
    actors = string()
    deadline = partial_date()
    status = one_of(choices.CommitmentStatus)
    evidence = string()
    fulfilled_at = string(allow_null=True)
    networks = strings()
    answers = many(AnswerSerializer)  # only where a source says so
    same_subject = many(AnswerSerializer)  # as this catalogue reads it; no State is said to keep what was agreed
    text = string()
