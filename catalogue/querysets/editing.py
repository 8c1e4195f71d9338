"""The queryset methods of the editorial side: what waits, what is due, what a record lacks."""

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce, TruncDate
from django.utils.translation import gettext_lazy as _

from catalogue.choices import WORK_STATES, CountryRole, OrganisationRole, State
from catalogue.errors import Refused
from catalogue.querysets.relations import Relations
from catalogue.text.languages import CONTENT_LANGUAGES
from networks.records import RecordQuerySet, translated_fields

STATE_NOT_BY_SAVING = _("The status of a record changes through a step of the workflow, not by saving.")


def _filled(*fields):
    """Return the condition that all ``fields`` are filled in one language; an empty text is no text."""
    condition = Q()
    for code in CONTENT_LANGUAGES:
        condition |= Q(**{f"{field}_{code}__gt": "" for field in fields})
    return condition


def _lacking_any(model, language):
    """Return the condition that a text of a record exists in another language and not in this one; empty for none."""
    condition = Q()
    for field in translated_fields(model):
        condition |= _filled(field) & ~Q(**{f"{field}_{language}__gt": ""})
    return condition


class WorkflowQuerySet(RecordQuerySet):
    """Records whose state changes by a transition of the workflow and in no other way."""

    def update(self, **values):
        """Raises ``Refused`` when a state is among the values: only the workflow changes one."""
        if "state" in values:
            raise Refused(STATE_NOT_BY_SAVING)
        return super().update(**values)

    update.alters_data = True

    def set_state(self, state, **values):
        """Change the state of the records and return how many were changed; for the workflow alone."""
        return super().update(state=state, **values)

    set_state.alters_data = True

    def state_of(self, pk):
        """Return the stored state of a record, ``None`` when it is not stored."""
        return self.filter(pk=pk).values_list("state", flat=True).first()

    def in_states(self, states):
        return self.filter(state__in=states)


class EditorialQuerySet(Relations, WorkflowQuerySet):
    """Finds practices for editors; the public never sees more than ``published()``."""

    # Which rows

    def records(self):
        """Keep the practices themselves, without the revisions that propose to change one."""
        return self.filter(revision_of=None)

    def revisions(self):
        return self.exclude(revision_of=None)

    def once_public(self):
        """Keep what is public or was until it was archived."""
        return self.filter(state__in=(State.PUBLISHED, State.ARCHIVED))

    def of_edition(self, edition):
        return self.filter(edition=edition)

    def due_to_publish(self, now):
        return self.filter(state=State.IN_REVIEW, publish_at__lte=now)

    def due_to_withdraw(self, now):
        return self.filter(state=State.PUBLISHED, unpublish_at__lte=now)

    def awaiting_reviewer(self, reviewer):
        """Keep what this person is to review, and what nobody in particular is, or nobody who could."""
        free = Q(reviewer=None) | Q(reviewer__is_active=False)
        return self.filter(Q(reviewer=reviewer) | free, state=State.IN_REVIEW)

    def written_by(self, author):
        return self.filter(Q(created_by=author) | Q(submitted_by=author))

    def due_for_verification(self, today):
        return self.filter(state=State.PUBLISHED, next_review__lte=today)

    def to_be_reminded(self, today, again_after):
        """Keep what is due and of which nobody was reminded since it is, or not for ``again_after``."""
        unreminded = Q(reminded_on=None) | Q(reminded_on__lt=F("next_review"))
        return self.due_for_verification(today).filter(unreminded | Q(reminded_on__lte=today - again_after))

    def note_reminder(self, day):
        """Store the day of a reminder, which is not public: without the signals of ``update``, the version stays."""
        return QuerySet.update(self, reminded_on=day)

    note_reminder.alters_data = True

    def untranslated_into(self, language):
        """Keep the practices whose title or summary exists in another language and not in this one."""
        return self.lacking_text("title", language) | self.lacking_text("summary", language)

    def addresses_in(self, link_columns):
        """Return the URLs in the rows of these practices; ``link_columns`` are triples as in ``link_sources``."""
        found = set()
        for relation, field, shown in link_columns:
            rows = self._related(relation).filter(shown)
            found |= set(rows.filter(practice__in=self.order_by()).values_list(field, flat=True))
        return found - {None, ""}

    def showing(self, addresses, link_columns):
        """Keep the practices that link to one of these URLs in one of ``link_columns``."""
        condition = Q(pk__in=[])
        for relation, field, shown in link_columns:
            rows = self._related(relation).filter(shown)
            condition |= Q(pk__in=rows.filter(**{f"{field}__in": addresses}).values("practice"))
        return self.filter(condition)

    def being_worked_on(self):
        """Keep what an edit would change: drafts, open revisions, and published practices that have none."""
        return self.filter(state__in=(*WORK_STATES, State.PUBLISHED), revision=None)

    def waiting_for(self, language):
        """Keep the practices of which a text is outdated or missing in a language; the oldest first.

        Each has the day as ``waiting_since``: outdated since, otherwise in the catalogue since.
        """
        since = Coalesce(f"outdated_since_{language}", TruncDate("created"))
        waiting = self.filter(self._any_missing(language) | ~Q(**{f"outdated_since_{language}": None}))
        return waiting.annotate(waiting_since=since).order_by("waiting_since", "code")

    def with_missing_texts(self, language):
        return self.filter(self._any_missing(language))

    def with_outdated_texts(self, language):
        return self.exclude(**{f"outdated_since_{language}": None})

    def _any_missing(self, language):
        missing = _lacking_any(self.model, language)
        rows = (relation for relation in self.model._meta.related_objects if relation.field.name == "practice")
        for row in (relation.related_model for relation in rows):
            if texts := _lacking_any(row, language):
                missing |= Q(pk__in=row.objects.filter(texts).values("practice"))
        return missing

    def of_record(self, code):
        """Keep a practice and its revision, by the permanent code."""
        return self.filter(Q(code=code) | Q(revision_of__code=code))

    def covered_networks(self):
        """Return the primary keys of the networks that have any of these practices."""
        return set(self.order_by().values_list("practice_networks__network", flat=True))

    def covered_countries(self):
        """Return the primary keys of the States that implement any of these practices."""
        implemented = self.filter(practice_countries__role=CountryRole.IMPLEMENTING)
        return set(implemented.order_by().values_list("practice_countries__country", flat=True))

    def of_focal_point(self, countries, author):
        """Keep what a focal point of ``countries`` sees: their practices and revisions, own new drafts."""
        implementing = self._related("practice_countries").filter(role=CountryRole.IMPLEMENTING)
        own = implementing.filter(country__in=countries).values("practice")
        return self.filter(
            Q(pk__in=own, revision_of=None)
            | Q(revision_of__in=own)
            | (Q(created_by=author, revision_of=None) & ~Q(pk__in=implementing.values("practice")))
        )

    def meeting(self, requirement):
        """Keep the practices that meet a requirement, by its name."""
        return self.filter(MET[requirement](self))

    def lacking(self, requirement):
        return self.exclude(pk__in=self.model.objects.meeting(requirement).values("pk"))

    def lacking_text(self, field, language):
        """Keep the practices whose text exists in another language and not in this one."""
        return self.filter(_filled(field)).exclude(**{f"{field}_{language}__gt": ""})

    def _with_row(self, accessor, **conditions):
        return Q(pk__in=self._related(accessor).filter(**conditions).values("practice"))


# What a record needs before it can be published, by the names of REQUIREMENTS in editorial/workflow/completeness.py
MET = {
    "title": lambda practices: _filled("title"),
    "summary": lambda practices: _filled("title", "summary"),  # in one and the same language
    "network": lambda practices: practices._with_row("practice_networks"),
    "country": lambda practices: practices._with_row("practice_countries", role=CountryRole.IMPLEMENTING),
    "entity": lambda practices: practices._with_row("practice_organisations", role=OrganisationRole.LEAD),
    "period": lambda practices: Q(start__gt="") | Q(end__gt="") | Q(period_not_stated=True),
    "source": lambda practices: Q(edition__isnull=False) | practices._with_row("citations"),
    "limits": lambda practices: _filled("limits") | Q(limits_none_reported=True),
    "contact": lambda practices: Q(contact__isnull=False),
}
