"""The table of the practices: every column once, with its label, what it reads and what it means.

Header, rows, the codebook and the tests read this table. Text columns are in the language asked for; codes
never change.
"""

from django.utils.translation import gettext_lazy as _, pgettext_lazy

from catalogue.choices import (
    CountryRole,
    Evidence,
    OperationalStatus,
    OrganisationRole,
    Scope,
    TranslationStatus,
)
from catalogue.exports.columns import cell_readers as read
from catalogue.exports.columns.base import HERE, Column, Kind, Source, Taken, labels_of
from catalogue.exports.columns.cell_readers import CODE, NAME, Reader
from catalogue.exports.columns.frameworks import TERMS
from catalogue.exports.columns.shared import ADDRESS_COLUMNS, CLASSIFIED, CODES, GIVEN, languages
from catalogue.exports.columns.texts import TEXTS
from catalogue.models import Contact, Edition
from networks.models import Country, Network


def translation_status(batch, words):
    return batch[f"translation_status_{words.language}"]


COLUMNS = [
    *ADDRESS_COLUMNS,
    Column(
        "title_language",
        _("Language of the title"),
        read.language_of_text("title"),
        _("Language in which the title is written; it differs from the requested language if there is no translation."),
        Kind.CODE,
        Source.GIVEN,
        languages,
    ),
    Column("acronym", _("Acronym"), read.plain("acronym"), _("Acronym by which the practice is known."), taken=HERE),
    Column(
        "acronym_meaning",
        _("What the acronym stands for"),
        read.text("acronym_meaning"),
        _("The words of the acronym, in the language asked for; it is not always the title."),
        taken=HERE,
    ),
    Column(
        "networks",
        _("Networks (codes)"),
        read.joined(read.networks(CODE)),
        _("Codes of the thematic networks to which the practice belongs; the main network comes first."),
        codes=lambda words: words.networks.values(),
        **CODES,
        taken=Taken("network", of=Network, rows="practice_networks"),
    ),
    Column("network_names", _("Networks"), read.joined(read.networks(NAME)), labels_of("networks")),
    Column(
        "countries",
        _("Countries (codes)"),
        read.joined(read.countries(CODE)),
        _("ISO 3166-1 alpha-2 codes of the States that implement the practice."),
        codes=lambda words: words.countries.values(),
        **CODES,
        taken=Taken("country", of=Country, rows="practice_countries", fixed=(("role", CountryRole.IMPLEMENTING),)),
    ),
    Column("country_names", _("Countries"), read.joined(read.countries(NAME)), labels_of("countries")),
    Column(
        "related_countries",
        _("Related countries (codes)"),
        read.joined(read.countries(CODE, implementing=False)),
        _(
            "ISO 3166-1 alpha-2 codes of other States related to the practice, because they lie across"
            " the border or their nationals take part in it."
        ),
        codes=lambda words: words.countries.values(),
        **CODES,
    ),
    Column(
        "scope",
        _("Scope (code)"),
        read.plain("scope"),
        _("The widest scope of the practice."),
        codes=Scope,
        **CODES,
        taken=HERE,
    ),
    Column("scope_label", _("Scope"), read.label("scope", Scope), labels_of("scope")),
    Column(
        "further_scopes",
        _("Other scopes (codes)"),
        read.joined(Reader(read.scopes)),
        _("Other scopes of the practice, besides the widest."),
        codes=Scope,
        **CODES,
        taken=Taken("scope", rows="further_scopes"),
    ),
    Column(
        "places",
        _("Places"),
        read.joined(read.texts_of("places", "name")),
        _("Places that the source mentions, from countries to border crossings."),
    ),
    Column(
        "start",
        _("Start"),
        read.plain("start"),
        _("When the practice began; empty if the source does not say."),
        Kind.PARTIAL_DATE,
        taken=HERE,
    ),
    Column(
        "end",
        _("End"),
        read.plain("end"),
        _("When the practice ended; two dots (..) if it is ongoing; empty if the source does not say."),
        Kind.PARTIAL_DATE,
        taken=HERE,
    ),
    Column(
        "period",
        _("Period"),
        Reader(read.period, ("start", "end", "status"), spoken=True),
        _("Start and end, written out."),
        source=Source.COMPUTED,
    ),
    Column(
        "period_not_stated",
        _("The source states no period"),
        read.plain("period_not_stated"),
        _("True if an editor has checked that the source gives neither start nor end."),
        Kind.BOOLEAN,
        Source.CLASSIFIED,
        taken=HERE,
    ),
    Column(
        "status",
        _("Operational status (code)"),
        read.plain("status"),
        _("Says whether the practice was under way when the source was written."),
        codes=OperationalStatus,
        **CODES,
        taken=HERE,
    ),
    Column("status_label", _("Operational status"), read.label("status", OperationalStatus), labels_of("status")),
    Column(
        "evidence",
        _("Evidence level (code)"),
        read.plain("evidence"),
        _(
            "What the record shows for the effect of the practice, as classified by this catalogue: proposed, not yet"
            " confirmed; empty when nobody has assessed it."
        ),
        codes=Evidence,
        **CLASSIFIED,
        taken=HERE,
    ),
    Column(
        "evidence_label",
        _("Evidence level"),
        read.label("evidence", Evidence),
        labels_of("evidence"),
        source=Source.CLASSIFIED,
    ),
    Column(
        "lead_organisations",
        _("Implementing entities"),
        read.joined(read.organisations(OrganisationRole.LEAD)),
        _("Organisations that implement the practice; the table of organisations gives their codes and roles."),
    ),
    Column(
        "partners",
        _("Partners"),
        read.joined(read.organisations(OrganisationRole.PARTNER)),
        _("Organisations that carry it out with the implementing entity; not those that a source only names."),
    ),
    Column(
        "funders",
        _("Funders"),
        read.joined(read.organisations(OrganisationRole.FUNDER)),
        _("Organisations that fund the practice."),
    ),
    Column(
        "technical_assistance",
        _("Technical assistance"),
        read.joined(read.organisations(OrganisationRole.TECHNICAL_ASSISTANCE)),
        _("Organisations that provide technical assistance."),
    ),
    *TEXTS,
    Column(
        "legal_instruments",
        _("Legal basis"),
        read.joined(read.texts_of("legal_instruments", "title")),
        _(
            "Laws and policies on which the practice is based; the table of legal instruments gives their"
            " numbers and dates."
        ),
    ),
    Column(
        "populations",
        _("Target populations (codes)"),
        read.terms("populations", CODE),
        _("Codes of the populations for whom the practice is meant."),
        codes=read.terms_in("populations"),
        **CODES,
        taken=Taken("populations", terms=True),
    ),
    Column("population_labels", _("Target populations"), read.terms("populations", NAME), labels_of("populations")),
    Column(
        "keywords",
        _("Keywords (codes)"),
        read.terms("keywords", CODE),
        _("Codes of the keywords that describe the practice."),
        codes=read.terms_in("keywords"),
        **CODES,
        taken=Taken("keywords", terms=True),
    ),
    Column("keyword_labels", _("Keywords"), read.terms("keywords", NAME), labels_of("keywords")),
    *TERMS,
    Column("hotline", _("Hotline"), read.plain("hotline"), _("Telephone number that the public can call."), taken=HERE),
    Column(
        "contact_code",
        _("Contact (code)"),
        read.optional("contact__slug"),
        _("Code of the contact office."),
        Kind.CODE,
        taken=Taken("contact", of=Contact),
        **GIVEN,
    ),
    Column(
        "contact_office",
        _("Contact"),
        read.named("contact_id", "offices"),
        _("Office that answers questions about the practice; never a person."),
    ),
    Column(
        "edition_code",
        _("Edition (code)"),
        read.optional("edition__slug"),
        _("Code of the publication from which the data come."),
        Kind.CODE,
        taken=Taken("edition", of=Edition),
        **GIVEN,
    ),
    Column(
        "edition",
        _("Edition"),
        read.named("edition_id", "editions")._replace(spoken=False),
        _("Title and year of the publication from which the data come."),
    ),
    Column(
        "original_language",
        _("Original language"),
        read.plain("original_language"),
        _("Language in which the record was first written."),
        Kind.CODE,
        Source.GIVEN,
        languages,
        taken=HERE,
    ),
    Column(
        "translation_status",
        _("Status of the texts in this language"),
        Reader(translation_status, read.STATUSES, spoken=True),
        _("How the texts in this language were produced."),
        Kind.CODE,
        Source.GIVEN,
        TranslationStatus,
        taken=Taken("translation_status"),
    ),
    Column(
        "updated",
        pgettext_lazy("date", "Updated"),
        read.day("updated"),
        _("Date of the last change to the record (UTC)."),
        Kind.DATE,
        Source.GIVEN,
    ),
    Column(
        "permanent_url",
        _("Permanent address"),
        Reader(read.permanent_address, ("code",)),
        _("Address for citing the practice; it opens the page in the language of the browser."),
        Kind.ADDRESS,
        Source.GIVEN,
    ),
    Column(
        "outdated_since",
        _("Texts in this language outdated since"),
        read.outdated_since(),
        _(
            "Date since which the texts in this language have been older than the original; empty if they"
            " are up to date."
        ),
        Kind.DATE,
        Source.GIVEN,
        of_origin=True,
    ),
]
