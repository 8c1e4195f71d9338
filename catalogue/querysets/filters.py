"""The filters of the list in SQL: the values of one filter are alternatives, filters narrow each other."""

from datetime import date

from django.db.models import Q

from catalogue.choices import CountryRole, OperationalStatus
from catalogue.querysets.relations import Relations
from catalogue.text.languages import CONTENT_LANGUAGES


class PracticeFilters(Relations):
    """Filters of ``PracticeQuerySet``, without any order or fetch plan."""

    def with_codes(self, codes):
        """Keep the practices with these codes; a NUL, which PostgreSQL refuses, stands in none."""
        return self.filter(code__in=[code for code in codes if "\0" not in code])

    def with_keys(self, keys):
        """Keep the practices with these primary keys, unordered: to sort them SQLite would read all practices."""
        return self.filter(pk__in=keys).order_by()

    def in_networks(self, slugs):
        return self._holding_row("practice_networks", network__slug__in=slugs)

    def in_countries(self, iso2_codes):
        return self._holding_row("practice_countries", country__iso2__in=iso2_codes, role=CountryRole.IMPLEMENTING)

    def concerning(self, iso2):
        """Keep what concerns a State that does not implement it: its border, its nationals."""
        rows = self._related("practice_countries").filter(country__iso2=iso2)
        return self.filter(pk__in=rows.exclude(role=CountryRole.IMPLEMENTING).values("practice"))

    def in_scopes(self, scopes):
        further = self._related("further_scopes").filter(scope__in=scopes)
        return self.filter(Q(scope__in=scopes) | Q(pk__in=further.values("practice")))

    def with_status(self, statuses):
        return self.filter(status__in=statuses)

    def with_acronym(self):
        """Keep what is known by an abbreviation, with what it stands for and little else."""
        meanings = (f"acronym_meaning_{language}" for language in CONTENT_LANGUAGES)
        return self.exclude(acronym="").order_by("code").only("code", "acronym", *meanings)

    def with_evidence(self, levels):
        return self.filter(evidence__in=levels)

    def in_editions(self, slugs):
        return self.filter(edition__slug__in=slugs)

    def for_populations(self, codes):
        return self._holding_term("populations", code__in=codes)

    def with_keywords(self, codes):
        return self._holding_term("keywords", code__in=codes)

    def for_gcm_objectives(self, numbers):
        return self._holding_term("gcm_objectives", code__in=numbers)

    def for_guiding_principles(self, codes):
        return self._holding_term("guiding_principles", code__in=codes)

    def for_psdhm_programmes(self, letters):
        return self._holding_term("psdhm_programmes", code__in=letters)

    def for_sdg_targets(self, codes):
        return self._holding_term("sdg_targets", code__in=codes)

    def for_sdgs(self, numbers):
        return self._holding_term("sdg_targets", parent__code__in=numbers)

    def still_running_in(self, year):
        """Keep what still ran in ``year`` or later, as far as the period is known; a plan has not run."""
        return self.filter(runs_until__gte=date(year, 1, 1)).exclude(status=OperationalStatus.PLANNED)

    def begun_by(self, year):
        """Keep what had begun by the end of ``year``; an unknown start is not guessed, and a plan has not begun."""
        return self.filter(runs_from__lte=date(year, 12, 31)).exclude(status=OperationalStatus.PLANNED)

    def updated_since(self, day):
        return self.filter(updated__date__gte=day)

    def with_known_start(self):
        return self.exclude(runs_from=None)

    def without_known_start(self):
        return self.filter(runs_from=None)

    def _holding_row(self, accessor, **conditions):
        """Keep the practices with a row of a relation that meets the conditions, each once."""
        return self.filter(pk__in=self._related(accessor).filter(**conditions).values("practice"))

    def _holding_term(self, field, **conditions):
        rows = self._through(field).filter(**{f"term__{path}": value for path, value in conditions.items()})
        return self.filter(pk__in=rows.values("practice"))
