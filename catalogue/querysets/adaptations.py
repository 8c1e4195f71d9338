"""QuerySets of adaptations and of questions of the public."""

from django.db.models import Count, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce

from catalogue.choices import CountryRole, State
from catalogue.querysets.editing import WorkflowQuerySet
from catalogue.querysets.practices import published_q
from networks.records import RecordQuerySet


class AdaptationQuerySet(WorkflowQuerySet):
    """Finds adaptations; public are the published ones of published practices."""

    def published(self):
        return self.filter(published_q(), published_q("practice__"))

    def of_focal_point(self, countries, user):
        """Keep the adaptations that these States, given by their primary keys, make, whoever wrote them."""
        return self.filter(country__in=countries)

    def made_by(self, iso2):
        return self.filter(country__iso2=iso2)

    def of_practices_of(self, iso2):
        """Keep the adaptations of practices that a State implements."""
        own = self._country_rows().filter(country__iso2=iso2, role=CountryRole.IMPLEMENTING)
        return self.filter(practice__in=own.values("practice"))

    def replaced_by(self, adaptation):
        """Keep what is public of the same State and practice, and is archived when ``adaptation`` is published."""
        same = self.filter(practice=adaptation.practice_id, country=adaptation.country_id, state=State.PUBLISHED)
        return same.exclude(pk=adaptation.pk)

    def for_listing(self):
        """Fetch what a row of the table shows, in the order of the practices' codes and of the States."""
        return (
            self.select_related("practice", "country", "contact__via")
            .prefetch_related(Prefetch("practice__practice_countries", self._country_rows().select_related("country")))
            .order_by("practice__code", "country__order", "pk")
        )

    def _country_rows(self):
        practice = self.model._meta.get_field("practice").related_model
        return practice._meta.get_field("practice_countries").related_model.objects


class EnquiryQuerySet(RecordQuerySet):
    """Finds questions of the public."""

    def unanswered(self):
        return self.filter(answered_at=None)

    def sent_after(self, moment):
        return self.filter(asked_at__gt=moment)

    def sent_until(self, enquiry):
        """Keep a question and those stored before it."""
        return self.filter(pk__lte=enquiry.pk)

    def asked_before(self, moment):
        return self.filter(asked_at__lt=moment)

    def by_email(self, email):
        return self.filter(email__iexact=email)

    def naming_a_person(self):
        """Keep the questions that still name their sender."""
        return self.exclude(name="", email="", institution="")

    def for_listing(self):
        return self.select_related("practice", "country")


def with_interest(practices, enquiries):
    """Give each practice, as ``interest``, the number of questions asked about it."""
    asked = enquiries.filter(practice=OuterRef("pk")).order_by().values("practice").annotate(number=Count("pk"))
    return practices.annotate(interest=Coalesce(Subquery(asked.values("number")), 0))


def asked_about(practices):
    """Keep the practices with any interest, the most asked about first."""
    return practices.filter(Q(interest__gt=0)).order_by("-interest", "code")
