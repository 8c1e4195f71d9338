"""All that is asked of meetings, forums and commitments, as words."""

from datetime import date

from django.db.models import F, Prefetch, Q

from networks.records import RecordQuerySet


class ForumQuerySet(RecordQuerySet):
    """Words for the list of forums."""

    def for_listing(self):
        return self.prefetch_related("meetings")

    def for_detail(self):
        return self.prefetch_related("members", "sources")


class MeetingQuerySet(RecordQuerySet):
    """Words for meetings: whose they are, when they were, what a page of them needs."""

    def of_forums(self, slugs):
        return self.filter(forum__slug__in=slugs)

    def with_countries(self, codes):
        """Keep meetings in which one of the States took part, or which it hosted."""
        taking_part = self.model.countries.through.objects.filter(country__iso2__in=codes).values("meeting")
        return self.filter(Q(pk__in=taking_part) | Q(host__iso2__in=codes))

    def of_networks(self, slugs):
        concerned = self.model.networks.through.objects.filter(network__slug__in=slugs).values("meeting")
        return self.filter(pk__in=concerned)

    def in_year(self, year):
        """Keep meetings that may have been in that year, as far as their dates are known."""
        return self.filter(first_day__lte=date(year, 12, 31), last_day__gte=date(year, 1, 1))

    def to_come(self, today):
        return self.filter(last_day__gte=today)

    def on_known_days(self):
        """Keep meetings whose first day is known, as a calendar wants it."""
        return self.filter(start__regex=r"^\d{4}-\d{2}-\d{2}$")

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
    """Words for what meetings agreed."""

    def of_meeting(self, meeting):
        return self.filter(meeting=meeting)

    def in_order(self):
        """The commitments of the latest meeting first, each meeting's in its own order."""
        return self.order_by(F("meeting__first_day").desc(nulls_last=True), "meeting__slug", "order", "pk")

    def for_listing(self):
        return self.select_related("meeting__forum", "fulfilled_at").prefetch_related("networks")
