"""The querysets of forums, meetings and commitments."""

from collections import Counter
from datetime import date

from django.db.models import F, Prefetch, Q

from networks.records import RecordQuerySet


class ForumQuerySet(RecordQuerySet):
    """Queryset of forums."""

    def for_listing(self):
        return self.prefetch_related("meetings")

    def for_detail(self):
        return self.prefetch_related("members", "sources")


class MeetingQuerySet(RecordQuerySet):
    """Queryset of meetings: by forum, State, network and year, and with what a page of them needs."""

    def of_forums(self, slugs):
        return self.filter(forum__slug__in=slugs)

    def with_countries(self, codes):
        """Keep meetings in which one of the States took part, or which it hosted."""
        taking_part = self.model.countries.through.objects.filter(country__iso2__in=codes).values("meeting")
        return self.filter(Q(pk__in=taking_part) | Q(host__iso2__in=codes))

    def of_networks(self, slugs):
        concerned = self.model.networks.through.objects.filter(network__slug__in=slugs).values("meeting")
        return self.filter(pk__in=concerned)

    def in_years(self, years):
        """Keep meetings that may have been in one of the years, as far as their dates are known."""
        found = Q(pk__in=[])
        for year in map(int, years):
            found |= Q(first_day__lte=date(year, 12, 31), last_day__gte=date(year, 1, 1))
        return self.filter(found)

    # Counts by the values of a filter: the rows of the list after a click

    def per_forum(self):
        return Counter(self.exclude(forum=None).order_by().values_list("forum__slug", flat=True))

    def per_country(self):
        """Count by State; a meeting counts once for a State that takes part and hosts it."""
        taking_part = self._through("countries").values_list("meeting", "country__iso2")
        hosting = self.exclude(host=None).order_by().values_list("pk", "host__iso2")
        return Counter(code for _meeting, code in {*taking_part, *hosting})

    def per_network(self):
        return Counter(self._through("networks").values_list("network__slug", flat=True))

    def per_year(self):
        """Count by year, written as text; a meeting counts in every year in which it may have been."""
        days = self.exclude(first_day=None).order_by().values_list("first_day", "last_day")
        return Counter(str(year) for first, last in days for year in range(first.year, last.year + 1))

    def _through(self, field):
        return getattr(self.model, field).through.objects.filter(meeting__in=self.order_by().values("pk"))

    def with_body(self, forum):
        """Keep meetings in which a forum or organisation had a part without their being its own."""
        rows = self.model.bodies.rel.related_model.objects.filter(forum=forum).values("meeting")
        return self.filter(pk__in=rows)

    def to_come(self, today):
        return self.filter(last_day__gte=today)

    def on_known_days(self):
        """Keep meetings whose days are known, for a calendar."""
        day = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
        return self.filter(start__regex=f"^{day}$", end__regex=f"^({day})?$")

    def latest_first(self):
        """Order by the first day, the latest first; meetings without a date come last."""
        return self.order_by(F("first_day").desc(nulls_last=True), "slug")

    def earliest_first(self):
        return self.order_by(F("first_day").asc(nulls_last=True), "slug")

    def for_listing(self):
        return self.select_related("forum", "host").prefetch_related("countries", "networks")

    def for_detail(self):
        rows = ("figures", "documents", "features", "notes", "sources")
        bodies = Prefetch("bodies", self.model.bodies.rel.related_model.objects.select_related("forum"))
        return self.for_listing().prefetch_related(bodies, *rows)


class CommitmentQuerySet(RecordQuerySet):
    """Queryset of commitments, which are what meetings agreed."""

    def of_meeting(self, meeting):
        return self.filter(meeting=meeting)

    def fulfilled_at(self, meeting):
        return self.filter(fulfilled_at=meeting)

    def in_order(self):
        """The commitments of the latest meeting first, each meeting's in its own order."""
        return self.order_by(F("meeting__first_day").desc(nulls_last=True), "meeting__slug", "order", "pk")

    def for_listing(self):
        return self.select_related("meeting__forum", "fulfilled_at").prefetch_related("networks")
