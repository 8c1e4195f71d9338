"""What the cards of a list show of practices, as plain rows: records with prefetches would take five times as long."""

from collections import defaultdict
from typing import NamedTuple

from django.conf import settings

from catalogue.choices import CountryRole, OrganisationRole
from catalogue.querysets.expressions import plain_rows
from catalogue.querysets.relations import Relations
from networks.acronyms import WithAcronyms

TEXTS = ("title", "short_title", "summary")


class _Names(NamedTuple):
    practice_id: int
    acronym: str
    official_language: str
    name_es: str
    name_en: str
    name_pt: str


class LeadOrganisation(WithAcronyms, _Names):
    """An implementing entity of a practice: what names an organisation."""


class PracticeCards(Relations):
    """The rows of cards, part of ``PracticeQuerySet``: four queries for a page of them."""

    def card_rows(self):
        """Return what a card shows of the practice itself, as named tuples."""
        texts = (f"{field}_{code}" for field in TEXTS for code in settings.MODELTRANSLATION_LANGUAGES)
        fields = ("pk", "code", "slug", "start", "end", "scope", "status", *texts)
        return self.prefetch_related(None).rewrite(False).values_list(*fields, named=True)

    def networks_of(self, keys):
        """Return ``{practice: primary keys of its networks}`` of these practices, in order."""
        return _by_practice(self._rows_of("practice_networks", keys).values_list("practice_id", "network_id"))

    def countries_of(self, keys):
        """Return ``{practice: primary keys of the States that implement it}`` of these practices, in order."""
        rows = self._rows_of("practice_countries", keys).filter(role=CountryRole.IMPLEMENTING)
        return _by_practice(rows.values_list("practice_id", "country_id"))

    def leaders_of(self, keys):
        """Return ``{practice: LeadOrganisation objects}`` of these practices, in order."""
        rows = self._rows_of("practice_organisations", keys).filter(role=OrganisationRole.LEAD)
        columns = ("practice_id", *(f"organisation__{name}" for name in _Names._fields[1:]))
        found = (LeadOrganisation(*row) for row in plain_rows(rows, *columns))
        return _by_practice((body.practice_id, body) for body in found)

    def _rows_of(self, accessor, keys):
        return self._related(accessor).filter(practice__in=keys)


def _by_practice(pairs):
    found = defaultdict(list)
    for practice, value in pairs:
        found[practice].append(value)
    return found
