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
from catalogue.exports import readers as read
from catalogue.exports.column import HERE, Column, Kind, Source, Taken, labels_of
from catalogue.exports.framework_columns import TERMS
from catalogue.exports.readers import CODE, NAME, Reader
from catalogue.exports.shared import ADDRESS_COLUMNS, CLASSIFIED, CODES, GIVEN, languages
from catalogue.exports.text_columns import TEXTS
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
        _("Language in which the title really is, where it does not exist in the language asked for."),
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
        _("Thematic networks of the Conference to which the practice belongs, the primary one first."),
        codes=lambda words: words.networks.values(),
        **CODES,
        taken=Taken("network", of=Network, rows="practice_networks"),
    ),
    Column("network_names", _("Networks"), read.joined(read.networks(NAME)), labels_of("networks")),
    Column(
        "countries",
        _("Countries (codes)"),
        read.joined(read.countries(CODE)),
        _("States that implement the practice, as ISO 3166-1 alpha-2."),
        codes=lambda words: words.countries.values(),
        **CODES,
        taken=Taken("country", of=Country, rows="practice_countries", fixed=(("role", CountryRole.IMPLEMENTING),)),
    ),
    Column("country_names", _("Countries"), read.joined(read.countries(NAME)), labels_of("countries")),
    Column(
        "related_countries",
        _("Related countries (codes)"),
        read.joined(read.countries(CODE, implementing=False)),
        _("Other States that the practice concerns, across the border or by their nationals."),
        codes=lambda words: words.countries.values(),
        **CODES,
    ),
    Column(
        "scope", _("Scope (code)"), read.plain("scope"), _("The widest reach it has."), codes=Scope, **CODES, taken=HERE
    ),
    Column("scope_label", _("Scope"), read.label("scope", Scope), labels_of("scope")),
    Column(
        "further_scopes",
        _("Further scopes (codes)"),
        read.joined(Reader(read.scopes)),
        _("Reaches it has beside the widest one."),
        codes=Scope,
        **CODES,
        taken=Taken("scope", rows="further_scopes"),
    ),
    Column(
        "places",
        _("Places"),
        read.joined(read.texts_of("places", "name")),
        _("Places that the source names, from a country to a border crossing."),
    ),
    Column(
        "start",
        _("Start"),
        read.plain("start"),
        _("When it began; empty when the source does not state it."),
        Kind.PARTIAL_DATE,
        taken=HERE,
    ),
    Column(
        "end",
        _("End"),
        read.plain("end"),
        _("When it ended; two dots (..) while it goes on; empty when the source does not state it."),
        Kind.PARTIAL_DATE,
        taken=HERE,
    ),
    Column(
        "period",
        _("Period"),
        Reader(read.period, ("start", "end", "status"), spoken=True),
        _("Start and end in words."),
        source=Source.COMPUTED,
    ),
    Column(
        "period_not_stated",
        _("The source states no period"),
        read.plain("period_not_stated"),
        _("True when somebody has looked and the source states neither start nor end."),
        Kind.BOOLEAN,
        Source.CLASSIFIED,
        taken=HERE,
    ),
    Column(
        "status",
        _("Operational status (code)"),
        read.plain("status"),
        _("Whether the practice was running when the source was written."),
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
    Column("evidence_label", _("Evidence level"), read.label("evidence", Evidence), labels_of("evidence")),
    Column(
        "lead_organisations",
        _("Implementing entities"),
        read.joined(read.organisations(OrganisationRole.LEAD)),
        _("Organisations that implement it; with codes and roles in the table of organisations."),
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
        _("Organisations that pay for it."),
    ),
    Column(
        "technical_assistance",
        _("Technical assistance"),
        read.joined(read.organisations(OrganisationRole.TECHNICAL_ASSISTANCE)),
        _("Organisations that give it technical assistance."),
    ),
    *TEXTS,
    Column(
        "legal_instruments",
        _("Legal basis"),
        read.joined(read.texts_of("legal_instruments", "title")),
        _("Legal and policy texts on which it rests; with numbers and dates in the table of legal instruments."),
    ),
    Column(
        "populations",
        _("Target populations (codes)"),
        read.terms("populations", CODE),
        _("For whom it is."),
        codes=read.terms_in("populations"),
        **CODES,
        taken=Taken("populations", terms=True),
    ),
    Column("population_labels", _("Target populations"), read.terms("populations", NAME), labels_of("populations")),
    Column(
        "keywords",
        _("Keywords (codes)"),
        read.terms("keywords", CODE),
        _("What it is about."),
        codes=read.terms_in("keywords"),
        **CODES,
        taken=Taken("keywords", terms=True),
    ),
    Column("keyword_labels", _("Keywords"), read.terms("keywords", NAME), labels_of("keywords")),
    *TERMS,
    Column("hotline", _("Hotline"), read.plain("hotline"), _("Number people may call."), taken=HERE),
    Column(
        "contact_code",
        _("Contact (code)"),
        read.optional("contact__slug"),
        _("Code of the office that answers questions."),
        Kind.CODE,
        taken=Taken("contact", of=Contact),
        **GIVEN,
    ),
    Column(
        "contact_office",
        _("Contact"),
        read.named("contact_id", "offices"),
        _("The office that answers questions; never a person."),
    ),
    Column(
        "edition_code",
        _("Edition (code)"),
        read.optional("edition__slug"),
        _("Code of the publication from which the facts come."),
        Kind.CODE,
        taken=Taken("edition", of=Edition),
        **GIVEN,
    ),
    Column(
        "edition",
        _("Edition"),
        read.named("edition_id", "editions")._replace(spoken=False),
        _("The publication from which the facts come."),
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
        _("How the texts of this language came to be."),
        Kind.CODE,
        Source.GIVEN,
        TranslationStatus,
        taken=Taken("translation_status"),
    ),
    Column(
        "updated",
        pgettext_lazy("date", "Updated"),
        read.day("updated"),
        _("Day of the latest change of the record (UTC)."),
        Kind.DATE,
        Source.GIVEN,
    ),
    Column(
        "permanent_url",
        _("Permanent address"),
        Reader(read.permanent_address, ("code",)),
        _("Address to cite; it leads to the page in the language of the browser."),
        Kind.ADDRESS,
        Source.GIVEN,
    ),
    Column(
        "outdated_since",
        _("Texts in this language outdated since"),
        read.outdated_since(),
        _("Day since which the texts of this language are older than the original; empty while they are not."),
        Kind.DATE,
        Source.GIVEN,
        of_origin=True,
    ),
]
