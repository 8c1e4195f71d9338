"""QuerySets of the rows that belong to practices: results, presentations at meetings, commitments."""

from django.db.models import F, Value
from django.db.models.functions import NullIf

from catalogue.querysets.expressions import Keys, translated
from catalogue.querysets.visibility import published_q
from catalogue.text.folding import SortKey
from networks.records import RecordQuerySet

EARLIEST_MEETING = F("meeting__first_day").asc(nulls_last=True), "meeting__slug"


class ResultQuerySet(RecordQuerySet):
    """Results, by the practices they belong to."""

    def of_practices(self, keys):
        """Keep the results of the published ones among the practices with these primary keys, by their codes."""
        rows = self.filter(published_q("practice__"), practice__among=Keys(keys))
        return rows.select_related("practice__edition").order_by("practice__code", "order", "pk")

    def of_kinds(self, kinds):
        """Keep the results of these kinds; without kinds all of them."""
        return self.filter(kind__in=kinds) if kinds else self

    def ordered_as(self, name):
        """Sort by the value of the parameter ``sort``, then by the code of the practice."""
        first = {
            "indicator": SortKey(translated("indicator")),
            "value": F("value").asc(nulls_last=True),
            "-value": F("value").desc(nulls_last=True),
            "as_of": NullIf(F("as_of"), Value("")).asc(nulls_last=True),
            "-as_of": NullIf(F("as_of"), Value("")).desc(nulls_last=True),
        }
        return self.order_by(*([first[name]] if name else []), "practice__code", "order", "pk")


class PresentationQuerySet(RecordQuerySet):
    """Presentations of practices at meetings."""

    def published(self):
        """Keep those of published practices, the earliest meeting first."""
        return self.filter(published_q("practice__")).order_by(*EARLIEST_MEETING)

    def of_published(self):
        """Keep those of published practices, with practice, meeting and network."""
        rows = self.filter(published_q("practice__")).select_related("practice", "meeting__forum", "network")
        return rows.order_by("practice__code", "pk")

    def at(self, meeting):
        return self.of_published().filter(meeting=meeting)

    def of_practice(self, practice):
        """Keep the presentations of a practice, the earliest meeting first."""
        rows = self.filter(practice=practice).select_related("meeting", "network")
        return rows.order_by(*EARLIEST_MEETING)


class AnswerQuerySet(RecordQuerySet):
    """Practices on the subject of commitments."""

    def of_published(self):
        """Keep those of published practices, with the practice."""
        return self.filter(published_q("practice__")).select_related("practice").order_by("practice__code", "pk")

    def to(self, commitments):
        return self.of_published().filter(commitment__in=commitments)

    def of_practice(self, practice):
        """Return the commitments on the subject of a practice, with their meetings."""
        return self.filter(practice=practice).select_related("commitment__meeting").order_by("commitment__slug")
