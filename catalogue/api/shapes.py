"""The serializers of the responses, for the schema and for `fields`."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from catalogue import choices
from catalogue.api.shape_fields import boolean, integer, many, one_of, partial_date, string, strings, web_address
from catalogue.models.narrative import LONG_TEXTS, MAY_BE_INFERRED
from catalogue.text.languages import CONTENT_LANGUAGES

INFERRED = _("The text is a reading of this catalogue; the source does not say it.")


class RelatedCountrySerializer(serializers.Serializer):
    country = string()
    role = one_of(choices.CountryRole)


class PracticeSummarySerializer(serializers.Serializer):
    """A practice in a list. The codes never change; the texts are in the language asked for."""

    code = string(help_text=_("Permanent code, for example CSM-2023-001."))
    slug = string()
    url = web_address()
    permanent_url = web_address()
    api_url = web_address()
    language = one_of(CONTENT_LANGUAGES, help_text=_("The requested language."))
    title = string()
    title_language = one_of(CONTENT_LANGUAGES, help_text=_("Language in which the title is written."))
    acronym = string()
    summary = string()
    networks = strings(help_text=_("Codes of the networks; the main network comes first."))
    countries = strings(help_text=_("ISO 3166-1 alpha-2 codes of the States that implement the practice."))
    related_countries = many(RelatedCountrySerializer)
    scope = one_of(choices.Scope)
    status = one_of(choices.OperationalStatus)
    start = partial_date()
    end = partial_date()
    period = string(help_text=_("The period, written out."))
    evidence = one_of(
        choices.Evidence,
        allow_blank=True,
        help_text=_("As classified by this catalogue: proposed, not yet confirmed; empty when nobody has assessed it."),
    )
    lead_organisations = strings()
    updated = serializers.DateTimeField(required=False)


class OrganisationInPracticeSerializer(serializers.Serializer):
    organisation = string()
    name = string()
    acronym = string()
    role = one_of(choices.OrganisationRole)
    detail = string()


class LegalInstrumentSerializer(serializers.Serializer):
    title = string()
    number = string()
    date = partial_date()
    kind = one_of(choices.InstrumentKind)
    url = string()
    note = string()


class FigureSerializer(serializers.Serializer):
    """A figure as the source prints it; without a value where what is printed cannot be a number."""

    indicator = string()
    kind = one_of(choices.ResultKind)
    qualifier = one_of(choices.Qualifier, allow_blank=True)
    value = serializers.FloatField(required=False, allow_null=True)
    unit = string()
    period = string()
    as_of = partial_date()
    as_printed = string()
    chartable = boolean()
    note = string()


class ResultSerializer(FigureSerializer):
    """A figure and the practice it belongs to."""

    practice = string(help_text=_("Code of the practice."))
    practice_title = string()
    practice_url = web_address()


class ClassificationSerializer(serializers.Serializer):
    """A term of a framework by which this catalogue classifies the practice, and why."""

    framework = one_of(list(choices.FRAMEWORK_FIELDS))
    term = string()
    label = string()
    reason = string()
    status = one_of(choices.ClassificationStatus)
    confirmed_on = string(
        help_text=_("Date on which the classification was confirmed; empty if it has not been confirmed.")
    )


class LinkSerializer(serializers.Serializer):
    label = string()
    url = string()
    kind = one_of(choices.LinkKind)
    status = one_of(choices.LinkStatus)
    language = one_of(CONTENT_LANGUAGES)


class SourceSerializer(serializers.Serializer):
    author = string()
    year = integer(allow_null=True)
    as_printed = string()
    title = string()
    url = string()


class EditorsNoteSerializer(serializers.Serializer):
    field = one_of(choices.NoteField)
    source_prints = string()
    shows = string()
    reason = string()


class TranslationStateSerializer(serializers.Serializer):
    vars().update({language: one_of(choices.TranslationStatus) for language in CONTENT_LANGUAGES})


class OutdatedSinceSerializer(serializers.Serializer):
    es = string(
        help_text=_("Date since which the texts have been older than the original; empty if they are up to date.")
    )
    en = string()
    pt = string()


class PresentationOfPracticeSerializer(serializers.Serializer):
    """A meeting at which the practice was presented, or that was about it."""

    meeting = string()
    name = string()
    url = web_address()
    start = partial_date()
    end = partial_date()
    kind = one_of(choices.PresentationKind)
    network = string(allow_null=True)
    note = string()


class AdaptationSerializer(serializers.Serializer):
    """What another State does with the practice; only what is published."""

    country = string(help_text=_("ISO 3166-1 alpha-2 code of the State that adapts the practice."))
    stage = one_of(choices.AdaptationStage)
    since = partial_date()
    changes = string()
    contact_office = string()
    evidence = string()
    evidence_url = string()


class PracticeSerializer(PracticeSummarySerializer):
    """The whole record of a practice."""

    acronym_meaning = string()
    vars().update({field: string() for field in LONG_TEXTS})
    vars().update({f"{field}_inferred": boolean(help_text=INFERRED) for field in MAY_BE_INFERRED})
    hotline = string()
    further_scopes = strings()
    places = strings()
    populations = strings()
    keywords = strings()
    gcm = strings()
    principles = strings()
    sdg_targets = strings()
    psdhm = strings()
    classifications = many(ClassificationSerializer)
    organisations = many(OrganisationInPracticeSerializer)
    legal_instruments = many(LegalInstrumentSerializer)
    results = many(FigureSerializer)
    links = many(LinkSerializer)
    sources = many(SourceSerializer)
    editors_notes = many(EditorsNoteSerializer)
    contact_office = string()
    edition = string()
    original_language = one_of(CONTENT_LANGUAGES)
    translation_status = TranslationStateSerializer(required=False)
    outdated_since = OutdatedSinceSerializer(required=False)
    presentations = many(PresentationOfPracticeSerializer)
    adaptations = many(AdaptationSerializer)


class NetworkSerializer(serializers.Serializer):
    """A thematic network and the number of its practices."""

    slug = string()
    url = web_address()
    api_url = web_address()
    language = one_of(CONTENT_LANGUAGES)
    name = string()
    short_name = string()
    description = string()
    order = integer()
    active = boolean()
    practices = integer()
    practices_url = web_address()


class CountrySerializer(serializers.Serializer):
    """A member State and the number of practices it implements."""

    iso2 = string()
    iso3 = string()
    m49 = string()
    url = web_address()
    api_url = web_address()
    language = one_of(CONTENT_LANGUAGES)
    name = string()
    official_name = string()
    member_since = string()
    practices = integer()
    practices_url = web_address()


class TermSerializer(serializers.Serializer):
    code = string()
    label = string()
    broader = string(allow_null=True)
    gloss = string(
        help_text=_("Meaning of the term, in the words of this catalogue; empty if there is no explanation.")
    )
    origin = one_of(choices.Origin, allow_blank=True, help_text=_("Origin of the wording of the label."))


class VocabularySummarySerializer(serializers.Serializer):
    """A list of codes and their labels; a closed one changes only with the software."""

    name = string()
    label = string()
    closed = boolean()
    language = one_of(CONTENT_LANGUAGES)
    api_url = web_address()


class VocabularySerializer(VocabularySummarySerializer):
    """A vocabulary with its terms."""

    terms = many(TermSerializer)


class LinksSerializer(serializers.Serializer):
    self = serializers.URLField()
    first = serializers.URLField()
    prev = serializers.URLField(allow_null=True)
    next = serializers.URLField(allow_null=True)
    last = serializers.URLField()


class MetaSerializer(serializers.Serializer):
    count = serializers.IntegerField(help_text=_("Total number of rows on all pages."))
    page = serializers.IntegerField()
    pages = serializers.IntegerField()
    language = serializers.ChoiceField(choices=CONTENT_LANGUAGES)
    version = serializers.IntegerField(help_text=_("Version number of the catalogue; it grows with every change."))
    licence = serializers.CharField()


def page_shape(name, shape):
    """Return the shape of a page of a list, whose rows stand under ``name``."""
    name_of_rows = shape.__name__.removesuffix("Serializer")
    parts = {"meta": MetaSerializer(), "links": LinksSerializer(), name: shape(many=True)}
    return type(f"{name_of_rows}Page", (serializers.Serializer,), parts)


LISTS = ("practices", "results", "networks", "countries", "meetings", "forums", "commitments", "vocabularies")


class StartSerializer(serializers.Serializer):
    """Where everything is."""

    name = serializers.CharField()
    version = serializers.CharField()
    licence = serializers.URLField()
    documentation = serializers.URLField()
    schema = serializers.URLField()
    vars().update({name: serializers.URLField() for name in LISTS})
