"""What pages and files read of a practice, computed from its fields and prefetched rows."""

from catalogue import partial_dates
from catalogue.choices import ON_EFFECTS, SUPPORTING_ROLES, CountryRole, OperationalStatus, OrganisationRole
from catalogue.text.languages import CONTENT_LANGUAGES, LANGUAGE_NAMES


class PracticeProperties:
    """The properties of ``Practice`` without columns."""

    @property
    def primary_network(self):
        """The first of its networks; ``None`` for a draft that has none yet."""
        rows = self.practice_networks.all()
        return rows[0].network if rows else None

    @property
    def implementing_countries(self):
        """The States that implement it; only they count it as theirs."""
        return [row.country for row in self.practice_countries.all() if row.role == CountryRole.IMPLEMENTING]

    @property
    def related_countries(self):
        """The other States it concerns, with their part in it."""
        return [row for row in self.practice_countries.all() if row.role != CountryRole.IMPLEMENTING]

    @property
    def lead_organisations(self):
        """The implementing entities."""
        return [row.organisation for row in self.practice_organisations.all() if row.role == OrganisationRole.LEAD]

    @property
    def supporting_organisations(self):
        """The partners, funders and those that give technical assistance, as rows with their roles."""
        return [row for row in self.practice_organisations.all() if row.role in SUPPORTING_ROLES]

    @property
    def has_figures_on_effects(self):
        """Whether its source gives figures on effects, as this catalogue classifies it; others may be in the record."""
        return self.evidence in ON_EFFECTS

    @property
    def languages(self):
        """How the texts of each language came to be, in words."""
        return [{"name": LANGUAGE_NAMES[code], "status": self.text_status_in_words(code)} for code in CONTENT_LANGUAGES]

    @property
    def is_planned(self):
        return self.status == OperationalStatus.PLANNED

    @property
    def period(self):
        """The period as an EDTF interval; an unknown side is empty, an open end is two dots."""
        return f"{self.start}/{self.end}"

    @property
    def period_in_words(self):
        return partial_dates.period_in_words(self.start, self.end, planned=self.is_planned)
