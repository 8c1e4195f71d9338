"""The queryset of practices: all SQL about them is written in this package, one file for each subject."""

from django.db.models import Q

from catalogue.querysets.aggregates import PracticeAggregates
from catalogue.querysets.cards import PracticeCards
from catalogue.querysets.editing import EditorialQuerySet
from catalogue.querysets.fetching import PracticeFetchPlans, PracticeOrder
from catalogue.querysets.filters import PracticeFilters
from catalogue.querysets.search import PracticeSearch
from catalogue.querysets.visibility import published_q


def code_prefix(year):
    """Return what every permanent code of a year begins with."""
    return f"CSM-{year}-"


class PracticeQuerySet(
    PracticeFilters,
    PracticeSearch,
    PracticeOrder,
    PracticeFetchPlans,
    PracticeCards,
    PracticeAggregates,
    EditorialQuerySet,
):
    """Practices: which ones, in what order, fetched with what, and counted how."""

    def published(self):
        return self.filter(published_q())

    def known_as(self, name):
        """Keep the practice with this slug or this code."""
        return self.none() if "\0" in name else self.filter(Q(slug=name) | Q(code=name))  # PostgreSQL refuses a NUL

    # For harvesters: by the time of the last change

    def by_change(self):
        return self.order_by("updated", "code")

    def changed_since(self, moment):
        return self.filter(updated__gte=moment)

    def changed_before(self, moment):
        return self.filter(updated__lt=moment)

    def changed_after(self, moment, code):
        """Keep what comes after this moment and code in the order of ``by_change``."""
        return self.filter(Q(updated__gt=moment) | Q(updated=moment, code__gt=code))

    def codes_among(self, codes):
        """Return which of these codes exist."""
        return set(self.with_codes(codes).values_list("code", flat=True))

    # New records

    def last_number(self, year):
        """Return the highest number of a year's codes."""
        prefix = code_prefix(year)
        codes = self.filter(code__startswith=prefix).values_list("code", flat=True)
        return max((int(code.removeprefix(prefix)) for code in codes), default=0)
