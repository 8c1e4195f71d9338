"""The table of the practices: every column once, with its label, what it reads and what it means.

Header, rows, the codebook and the tests read this table. Text columns are in the language asked for; codes
never change.
"""

from django.utils.translation import gettext_lazy as _, pgettext_lazy

from catalogue.choices import (
    Evidence,
    OperationalStatus,
    OrganisationRole,
    Scope,
    TranslationStatus,
)
from catalogue.exports import readers as read
from catalogue.exports.column import Column, Kind, Source, labels_of
from catalogue.exports.framework_columns import TERMS
from catalogue.exports.readers import CODE, NAME, Reader
from catalogue.exports.shared import ADDRESS_COLUMNS, CLASSIFIED, CODES, WRITTEN, languages


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
    Column("acronym", _("Acronym"), read.plain("acronym"), _("Acronym by which the practice is known.")),
    Column(
        "networks",
        _("Networks (codes)"),
        read.joined(read.networks(CODE)),
        _("Thematic networks of the Conference to which the practice belongs, the primary one first."),
        codes=lambda words: words.networks.values(),
        **CODES,
    ),
    Column("network_names", _("Networks"), read.joined(read.networks(NAME)), labels_of("networks")),
    Column(
        "countries",
        _("Countries (codes)"),
        read.joined(read.countries(CODE)),
        _("States that implement the practice, as ISO 3166-1 alpha-2."),
        codes=lambda words: words.countries.values(),
        **CODES,
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
    Column("scope", _("Scope (code)"), read.plain("scope"), _("The widest reach it has."), codes=Scope, **CODES),
    Column("scope_label", _("Scope"), read.label("scope", Scope), labels_of("scope")),
    Column(
        "further_scopes",
        _("Further scopes (codes)"),
        read.joined(Reader(read.scopes)),
        _("Reaches it has beside the widest one."),
        codes=Scope,
        **CODES,
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
    ),
    Column(
        "end",
        _("End"),
        read.plain("end"),
        _("When it ended; two dots (..) while it goes on; empty when the source does not state it."),
        Kind.PARTIAL_DATE,
    ),
    Column(
        "period",
        _("Period"),
        Reader(read.period, ("start", "end", "status"), spoken=True),
        _("Start and end in words."),
        source=Source.COMPUTED,
    ),
    Column(
        "status",
        _("Operational status (code)"),
        read.plain("status"),
        _("Whether the practice was running when the source was written."),
        codes=OperationalStatus,
        **CODES,
    ),
    Column("status_label", _("Operational status"), read.label("status", OperationalStatus), labels_of("status")),
    Column(
        "evidence",
        _("Evidence level (code)"),
        read.plain("evidence"),
        _("What the record shows for the effect of the practice; empty when nobody has assessed it."),
        codes=Evidence,
        **CLASSIFIED,
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
        _("Organisations that take part in it."),
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
    Column(
        "summary",
        _("Summary"),
        read.text("summary"),
        _("One or two sentences: who does what, to what effect."),
        **WRITTEN,
    ),
    Column("objective", _("Objective"), read.text("objective"), _("What it wants to achieve."), **WRITTEN),
    Column("description", _("What it does"), read.text("description"), _("Its components, step by step."), **WRITTEN),
    Column(
        "results",
        _("Results"),
        read.joined(Reader(read.results, spoken=True)),
        _("Its figures as “indicator: figure”; figure by figure in the table of results."),
    ),
    Column("outcomes", _("Results in words"), read.text("outcomes"), _("Effects without a figure."), **WRITTEN),
    Column("innovation", _("Innovation"), read.text("innovation"), _("What was new, and for whom."), **WRITTEN),
    Column(
        "replicability",
        _("Replicability"),
        read.text("replicability"),
        _("What another State would need to do the same."),
        **WRITTEN,
    ),
    Column("sustainability", _("Sustainability"), read.text("sustainability"), _("What keeps it going."), **WRITTEN),
    Column(
        "limits",
        _("Limits and next steps"),
        read.text("limits"),
        _("What is still missing or planned, as the source tells it."),
        **WRITTEN,
    ),
    Column(
        "frameworks",
        _("Frameworks and approaches"),
        read.text("frameworks"),
        _("Agreements and approaches the source names."),
        **WRITTEN,
    ),
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
    ),
    Column("population_labels", _("Target populations"), read.terms("populations", NAME), labels_of("populations")),
    Column(
        "keywords",
        _("Keywords (codes)"),
        read.terms("keywords", CODE),
        _("What it is about."),
        codes=read.terms_in("keywords"),
        **CODES,
    ),
    Column("keyword_labels", _("Keywords"), read.terms("keywords", NAME), labels_of("keywords")),
    *TERMS,
    Column(
        "contact_office",
        _("Contact"),
        read.named("contact_id", "offices"),
        _("The office that answers questions; never a person."),
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
    ),
    Column(
        "translation_status",
        _("Status of the texts in this language"),
        Reader(translation_status, read.STATUSES, spoken=True),
        _("How the texts of this language came to be."),
        Kind.CODE,
        Source.GIVEN,
        TranslationStatus,
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
]
