"""The table of the practices: every column once, with its label, what it reads and what it means.

Header, rows, the codebook and the tests read this table. Text columns are in the language asked for; codes
never change.
"""

from django.utils.translation import gettext_lazy as _, pgettext_lazy

from catalogue.choices import CountryRole, Evidence, OperationalStatus, OrganisationRole, Scope, TranslationStatus
from catalogue.exports.columns import cell_readers as read
from catalogue.exports.columns.base import Column, ImportTarget
from catalogue.exports.columns.cell_readers import CODE, NAME, Reader
from catalogue.exports.columns.frameworks import TERMS, vocabulary
from catalogue.exports.columns.kinds import Kind, Source
from catalogue.exports.columns.shared import (
    ADDRESS_COLUMNS,
    CLASSIFIED,
    GIVEN,
    closed_list,
    code_and_label,
    code_column,
    countries,
    language_column,
    languages,
    listed_column,
    networks,
    stored_column,
    text_column,
)
from catalogue.exports.columns.texts import TEXTS
from catalogue.models import Contact, Edition
from networks.models import Country, Network


def translation_status(batch, words):
    return batch[f"translation_status_{words.language}"]


COLUMNS = [
    *ADDRESS_COLUMNS,
    code_column(
        "title_language",
        _("Language of the title"),
        read.language_of_text("title"),
        _("Language in which the title is written; it differs from the requested language if there is no translation."),
        languages,
        **GIVEN,
    ),
    stored_column("acronym", _("Acronym"), _("Acronym by which the practice is known.")),
    text_column(
        "acronym_meaning",
        _("What the acronym stands for"),
        _("The words of the acronym, in the language asked for; it is not always the title."),
    ),
    *code_and_label(
        ("networks", "network_names"),
        (_("Networks (codes)"), _("Networks")),
        (read.joined(read.networks(CODE)), read.joined(read.networks(NAME))),
        _("Codes of the thematic networks to which the practice belongs; the main network comes first."),
        networks,
        imported_as=ImportTarget("network", of=Network, rows="practice_networks"),
    ),
    *code_and_label(
        ("countries", "country_names"),
        (_("Countries (codes)"), _("Countries")),
        (read.joined(read.countries(CODE)), read.joined(read.countries(NAME))),
        _("ISO 3166-1 alpha-2 codes of the States that implement the practice."),
        countries,
        imported_as=ImportTarget(
            "country", of=Country, rows="practice_countries", fixed=(("role", CountryRole.IMPLEMENTING),)
        ),
    ),
    code_column(
        "related_countries",
        _("Related countries (codes)"),
        read.joined(read.countries(CODE, implementing=False)),
        _(
            "ISO 3166-1 alpha-2 codes of other States related to the practice, because they lie across"
            " the border or their nationals take part in it."
        ),
        countries,
    ),
    *closed_list("scope", (_("Scope (code)"), _("Scope")), Scope, _("The widest scope of the practice.")),
    code_column(
        "further_scopes",
        _("Other scopes (codes)"),
        read.joined(Reader(read.scopes)),
        _("Other scopes of the practice, besides the widest."),
        Scope,
        imported_as=ImportTarget("scope", rows="further_scopes"),
    ),
    listed_column(
        "places",
        _("Places"),
        read.related_texts("places", "name"),
        _("Places that the source mentions, from countries to border crossings."),
    ),
    stored_column(
        "start", _("Start"), _("When the practice began; empty if the source does not say."), Kind.PARTIAL_DATE
    ),
    stored_column(
        "end",
        _("End"),
        _("When the practice ended; two dots (..) if it is ongoing; empty if the source does not say."),
        Kind.PARTIAL_DATE,
    ),
    Column(
        "period",
        _("Period"),
        Reader(read.period, ("start", "end", "status"), localized=True),
        _("Start and end, written out."),
        source=Source.COMPUTED,
    ),
    stored_column(
        "period_not_stated",
        _("The source states no period"),
        _("True if an editor has checked that the source gives neither start nor end."),
        Kind.BOOLEAN,
        **CLASSIFIED,
    ),
    *closed_list(
        "status",
        (_("Operational status (code)"), _("Operational status")),
        OperationalStatus,
        _("Says whether the practice was under way when the source was written."),
    ),
    *closed_list(
        "evidence",
        (_("Evidence level (code)"), _("Evidence level")),
        Evidence,
        _(
            "What the record shows for the effect of the practice, as classified by this catalogue: proposed, not yet"
            " confirmed; empty when nobody has assessed it."
        ),
        **CLASSIFIED,
    ),
    listed_column(
        "lead_organisations",
        _("Implementing entities"),
        read.organisations(OrganisationRole.LEAD),
        _("Organisations that implement the practice; the table of organisations gives their codes and roles."),
    ),
    listed_column(
        "partners",
        _("Partners"),
        read.organisations(OrganisationRole.PARTNER),
        _("Organisations that carry it out with the implementing entity; not those that a source only names."),
    ),
    listed_column(
        "funders",
        _("Funders"),
        read.organisations(OrganisationRole.FUNDER),
        _("Organisations that fund the practice."),
    ),
    listed_column(
        "technical_assistance",
        _("Technical assistance"),
        read.organisations(OrganisationRole.TECHNICAL_ASSISTANCE),
        _("Organisations that provide technical assistance."),
    ),
    *TEXTS,
    listed_column(
        "legal_instruments",
        _("Legal basis"),
        read.related_texts("legal_instruments", "title"),
        _(
            "Laws and policies on which the practice is based; the table of legal instruments gives their"
            " numbers and dates."
        ),
    ),
    *vocabulary(
        ("populations", "population_labels"),
        "populations",
        (_("Target populations (codes)"), _("Target populations")),
        _("Codes of the populations for whom the practice is meant."),
        Source.PRESENTED,
    ),
    *vocabulary(
        ("keywords", "keyword_labels"),
        "keywords",
        (_("Keywords (codes)"), _("Keywords")),
        _("Codes of the keywords that describe the practice."),
        Source.PRESENTED,
    ),
    *TERMS,
    stored_column("hotline", _("Hotline"), _("Telephone number that the public can call.")),
    code_column(
        "contact_code",
        _("Contact (code)"),
        read.optional("contact__slug"),
        _("Code of the contact office."),
        imported_as=ImportTarget("contact", of=Contact),
        **GIVEN,
    ),
    Column(
        "contact_office",
        _("Contact"),
        read.named("contact_id", "offices"),
        _("Office that answers questions about the practice; never a person."),
    ),
    code_column(
        "edition_code",
        _("Edition (code)"),
        read.optional("edition__slug"),
        _("Code of the publication from which the data come."),
        imported_as=ImportTarget("edition", of=Edition),
        **GIVEN,
    ),
    Column(
        "edition",
        _("Edition"),
        read.named("edition_id", "editions")._replace(localized=False),
        _("Title and year of the publication from which the data come."),
    ),
    language_column(
        "original_language", _("Original language"), _("Language in which the record was first written."), **GIVEN
    ),
    code_column(
        "translation_status",
        _("Status of the texts in this language"),
        Reader(translation_status, read.STATUSES, localized=True),
        _("How the texts in this language were produced."),
        TranslationStatus,
        **GIVEN,
        imported_as=ImportTarget("translation_status"),
    ),
    Column(
        "updated",
        pgettext_lazy("date", "Updated"),
        read.day("updated"),
        _("Date of the last change to the record (UTC)."),
        Kind.DATE,
        **GIVEN,
    ),
    Column(
        "permanent_url",
        _("Permanent address"),
        Reader(read.permanent_url, ("code",)),
        _("Address for citing the practice; it opens the page in the language of the browser."),
        Kind.ADDRESS,
        **GIVEN,
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
        **GIVEN,
        of_origin=True,
    ),
]
