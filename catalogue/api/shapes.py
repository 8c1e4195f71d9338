"""The shapes of the responses, for the schema and for `fields`."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from catalogue import choices
from catalogue.api.shape_fields import address, many, one_of, partial_date, text, texts, truth, whole_number
from catalogue.models.narrative import LONG_TEXTS, MAY_BE_INFERRED
from catalogue.text.languages import CONTENT_LANGUAGES

INFERRED = _("The text is a reading of this catalogue; the source does not say it.")


class RelatedCountry(serializers.Serializer):
    country = text()
    role = one_of(choices.CountryRole)


class PracticeSummary(serializers.Serializer):
    """A practice in a list. The codes never change; the texts are in the language asked for."""

    code = text(help_text=_("Permanent code, for example CSM-2023-001."))
    slug = text()
    url = address()
    permanent_url = address()
    api_url = address()
    language = one_of(CONTENT_LANGUAGES, help_text=_("The requested language."))
    title = text()
    title_language = one_of(CONTENT_LANGUAGES, help_text=_("Language in which the title is written."))
    acronym = text()
    summary = text()
    networks = texts(help_text=_("Codes of the networks; the main network comes first."))
    countries = texts(help_text=_("ISO 3166-1 alpha-2 codes of the States that implement the practice."))
    related_countries = many(RelatedCountry)
    scope = one_of(choices.Scope)
    status = one_of(choices.OperationalStatus)
    start = partial_date()
    end = partial_date()
    period = text(help_text=_("The period, written out."))
    evidence = one_of(
        choices.Evidence,
        allow_blank=True,
        help_text=_("As classified by this catalogue: proposed, not yet confirmed; empty when nobody has assessed it."),
    )
    lead_organisations = texts()
    updated = serializers.DateTimeField(required=False)


class OrganisationInPractice(serializers.Serializer):
    organisation = text()
    name = text()
    acronym = text()
    role = one_of(choices.OrganisationRole)
    detail = text()


class LegalInstrument(serializers.Serializer):
    title = text()
    number = text()
    date = partial_date()
    kind = one_of(choices.InstrumentKind)
    url = text()
    note = text()


class Figure(serializers.Serializer):
    """A figure as the source prints it; without a value where what is printed cannot be a number."""

    indicator = text()
    kind = one_of(choices.ResultKind)
    qualifier = one_of(choices.Qualifier, allow_blank=True)
    value = serializers.FloatField(required=False, allow_null=True)
    unit = text()
    period = text()
    as_of = partial_date()
    as_printed = text()
    chartable = truth()
    note = text()


class Result(Figure):
    """A figure and the practice it belongs to."""

    practice = text(help_text=_("Code of the practice."))
    practice_title = text()
    practice_url = address()


class Classification(serializers.Serializer):
    """A term of a framework by which this catalogue classifies the practice, and why."""

    framework = one_of(list(choices.FRAMEWORK_FIELDS))
    term = text()
    label = text()
    reason = text()
    status = one_of(choices.ClassificationStatus)
    confirmed_on = text(
        help_text=_("Date on which the classification was confirmed; empty if it has not been confirmed.")
    )


class Link(serializers.Serializer):
    label = text()
    url = text()
    kind = one_of(choices.LinkKind)
    status = one_of(choices.LinkStatus)
    language = one_of(CONTENT_LANGUAGES)


class Source(serializers.Serializer):
    author = text()
    year = whole_number(allow_null=True)
    as_printed = text()
    title = text()
    url = text()


class EditorsNote(serializers.Serializer):
    field = one_of(choices.NoteField)
    source_prints = text()
    shows = text()
    reason = text()


class TranslationState(serializers.Serializer):
    es = one_of(choices.TranslationStatus)
    en = one_of(choices.TranslationStatus)
    pt = one_of(choices.TranslationStatus)


class OutdatedSince(serializers.Serializer):
    es = text(
        help_text=_("Date since which the texts have been older than the original; empty if they are up to date.")
    )
    en = text()
    pt = text()


class PresentationOfPractice(serializers.Serializer):
    """A meeting at which the practice was presented, or that was about it."""

    meeting = text()
    name = text()
    url = address()
    start = partial_date()
    end = partial_date()
    kind = one_of(choices.PresentationKind)
    network = text(allow_null=True)
    note = text()


class Adaptation(serializers.Serializer):
    """What another State does with the practice; only what is published."""

    country = text(help_text=_("ISO 3166-1 alpha-2 code of the State that adapts the practice."))
    stage = one_of(choices.AdaptationStage)
    since = partial_date()
    changes = text()
    contact_office = text()
    evidence = text()
    evidence_url = text()


class Practice(PracticeSummary):
    """The whole record of a practice."""

    acronym_meaning = text()
    vars().update({field: text() for field in LONG_TEXTS})
    vars().update({f"{field}_inferred": truth(help_text=INFERRED) for field in MAY_BE_INFERRED})
    hotline = text()
    further_scopes = texts()
    places = texts()
    populations = texts()
    keywords = texts()
    gcm = texts()
    principles = texts()
    sdg_targets = texts()
    psdhm = texts()
    classifications = many(Classification)
    organisations = many(OrganisationInPractice)
    legal_instruments = many(LegalInstrument)
    results = many(Figure)
    links = many(Link)
    sources = many(Source)
    editors_notes = many(EditorsNote)
    contact_office = text()
    edition = text()
    original_language = one_of(CONTENT_LANGUAGES)
    translation_status = TranslationState(required=False)
    outdated_since = OutdatedSince(required=False)
    presentations = many(PresentationOfPractice)
    adaptations = many(Adaptation)


class Network(serializers.Serializer):
    """A thematic network and the number of its practices."""

    slug = text()
    url = address()
    api_url = address()
    language = one_of(CONTENT_LANGUAGES)
    name = text()
    short_name = text()
    description = text()
    order = whole_number()
    active = truth()
    practices = whole_number()
    practices_url = address()


class Country(serializers.Serializer):
    """A member State and the number of practices it implements."""

    iso2 = text()
    iso3 = text()
    m49 = text()
    url = address()
    api_url = address()
    language = one_of(CONTENT_LANGUAGES)
    name = text()
    official_name = text()
    member_since = text()
    practices = whole_number()
    practices_url = address()


class Term(serializers.Serializer):
    code = text()
    label = text()
    broader = text(allow_null=True)
    gloss = text(help_text=_("Meaning of the term, in the words of this catalogue; empty if there is no explanation."))
    origin = one_of(choices.Origin, allow_blank=True, help_text=_("Origin of the wording of the label."))


class VocabularySummary(serializers.Serializer):
    """A list of codes and their labels; a closed one changes only with the software."""

    name = text()
    label = text()
    closed = truth()
    language = one_of(CONTENT_LANGUAGES)
    api_url = address()


class Vocabulary(VocabularySummary):
    """A vocabulary with its terms."""

    terms = many(Term)


class Links(serializers.Serializer):
    self = serializers.URLField()
    first = serializers.URLField()
    prev = serializers.URLField(allow_null=True)
    next = serializers.URLField(allow_null=True)
    last = serializers.URLField()


class Meta(serializers.Serializer):
    count = serializers.IntegerField(help_text=_("Total number of rows on all pages."))
    page = serializers.IntegerField()
    pages = serializers.IntegerField()
    language = serializers.ChoiceField(choices=CONTENT_LANGUAGES)
    version = serializers.IntegerField(help_text=_("Version number of the catalogue; it grows with every change."))
    licence = serializers.CharField()


def page_shape(name, shape):
    """Return the shape of a page of a list, whose rows stand under ``name``."""
    parts = {"meta": Meta(), "links": Links(), name: shape(many=True)}
    return type(f"{shape.__name__}Page", (serializers.Serializer,), parts)


class Start(serializers.Serializer):
    """Where everything is."""

    name = serializers.CharField()
    version = serializers.CharField()
    licence = serializers.URLField()
    documentation = serializers.URLField()
    schema = serializers.URLField()
    practices = serializers.URLField()
    results = serializers.URLField()
    networks = serializers.URLField()
    countries = serializers.URLField()
    meetings = serializers.URLField()
    forums = serializers.URLField()
    commitments = serializers.URLField()
    vocabularies = serializers.URLField()
