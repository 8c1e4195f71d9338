"""The columns of the tables of where a practice is carried out and by whom."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from catalogue.choices import CountryRole, OrganisationKind, OrganisationRole
from catalogue.exports.columns import cell_readers as read
from catalogue.exports.columns.base import Column, ImportTarget
from catalogue.exports.columns.cell_readers import ACRONYM, CODE, KIND, NAME, Reader
from catalogue.exports.columns.shared import (
    CLASSIFIED,
    GIVEN,
    ORDER,
    PRACTICE,
    closed_list,
    code_and_label,
    code_column,
    countries,
    named_record,
    networks,
    text_column,
    written_column,
)
from catalogue.models import Organisation
from networks.models import Country, Network

ROLE = _("Role (code)"), _("Role")

PLACES = [PRACTICE, ORDER, text_column("name", _("Name"), _("Name of the place, as used locally."))]
NETWORKS = [
    PRACTICE,
    ORDER,
    *named_record(
        "network",
        (_("Network (code)"), _("Network")),
        partial(read.linked, "network_id", "networks"),
        _("Code of the thematic network; the first row is the main network."),
        networks,
        imported_as=ImportTarget("network", of=Network),
    ),
]
COUNTRIES = [
    PRACTICE,
    ORDER,
    *named_record(
        "country",
        (_("Country (code)"), _("Country")),
        partial(read.linked, "country_id", "countries"),
        _("ISO 3166-1 alpha-2 code of the State that implements the practice or is related to it."),
        countries,
        imported_as=ImportTarget("country", of=Country),
    ),
    *closed_list("role", ROLE, CountryRole, _("Role of the State in the practice.")),
    written_column("note", _("Note"), _("Reason why this State is mentioned.")),
]
ORGANISATIONS = [
    PRACTICE,
    ORDER,
    code_column(
        "organisation",
        _("Organisation (code)"),
        read.linked("organisation_id", "organisations", CODE),
        _("Code of the organisation; it never changes."),
        **GIVEN,
        imported_as=ImportTarget("organisation", of=Organisation),
    ),
    Column(
        "organisation_name",
        _("Organisation"),
        read.linked("organisation_id", "organisations", NAME),
        _("Name of the organisation."),
    ),
    Column(
        "acronym",
        _("Acronym"),
        read.linked("organisation_id", "organisations", ACRONYM),
        _(
            "Acronym by which the organisation is known in the language of the file; in files of all languages, those"
            " of each."
        ),
    ),
    *code_and_label(
        ("kind", "kind_label"),
        (_("Sector (code)"), _("Sector")),
        (
            read.linked("organisation_id", "organisations", KIND),
            Reader(read.sector_of_organisation, ("organisation_id",), localized=True),
        ),
        _("Code of the sector to which the organisation belongs."),
        OrganisationKind,
        **CLASSIFIED,
    ),
    *closed_list(
        "role",
        ROLE,
        OrganisationRole,
        _(
            "What the organisation does in the practice. An issuer of a legal instrument, a source of information, a"
            " contact or a body that is only mentioned takes no part in it."
        ),
    ),
    written_column("detail", _("Detail"), _("More detail on what the organisation does in the practice.")),
]
