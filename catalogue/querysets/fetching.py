"""Orders and fetch plans of practices; a fetch plan is named after the page that it feeds."""

from django.conf import settings
from django.db.models import F, Prefetch

from catalogue.querysets.expressions import translated
from catalogue.querysets.relations import Relations
from catalogue.text.folding import SortKey

CARD_TEXTS = ("title", "short_title", "summary")
DETAIL_RELATIONS = (
    "further_scopes",
    "results",
    "places",
    "populations",
    "keywords",
    "gcm_objectives",
    "guiding_principles",
    "psdhm_programmes",
    "legal_instruments",
    "links",
    "editors_notes",
)


class PracticeOrder:
    """Orders of ``PracticeQuerySet``; the code as last key makes each total."""

    def in_order(self, name, query=None):
        """Sort by the value of the parameter ``sort``, by default by the code; relevance needs a search ``query``."""
        orders = {
            "relevance": lambda: self.by_relevance(query),
            "title": self.by_title,
            "start": self.by_start,
            "-start": lambda: self.by_start(latest_first=True),
            "-updated": self.by_update,
        }
        return orders.get(name, self.by_code)()

    def by_code(self):
        return self.order_by("code")

    def by_title(self):
        return self.order_by(SortKey(translated("title")), "code")

    def by_start(self, *, latest_first=False):
        day = F("runs_from")
        return self.order_by(day.desc(nulls_last=True) if latest_first else day.asc(nulls_last=True), "code")

    def by_update(self):
        return self.order_by("-updated", "code")


class PracticeFetchPlans(Relations):
    """Fetch plans of ``PracticeQuerySet``, each with all that one page, file or program reads."""

    def listed(self, keys):
        """Return the practices with these primary keys as a list, in that order; missing ones are left out."""
        found = {practice.pk: practice for practice in self.with_keys(keys)}
        return [found[key] for key in keys if key in found]

    def primary_keys(self):
        """Return the primary keys alone, in order."""
        return self.prefetch_related(None).rewrite(False).values_list("pk", flat=True)

    def for_sitemap(self):
        """Return slug and time of the last change alone, by code, as dictionaries."""
        return self.prefetch_related(None).by_code().values("slug", "updated")

    def for_listing(self):
        return (
            self.prefetch_related(None)
            .select_related("edition")
            .prefetch_related(
                self._rows("practice_networks", "network"),
                self._rows("practice_countries", "country"),
                self._rows("practice_organisations", "organisation"),
            )
        )

    def for_cards(self):
        """Fetch what a card shows of a practice, without the long texts."""
        texts = [f"{field}_{code}" for field in CARD_TEXTS for code in settings.MODELTRANSLATION_LANGUAGES]
        practices = self.for_listing().select_related(None).rewrite(False)
        return practices.only("code", "slug", "start", "end", "scope", "status", *texts)

    def for_detail(self):
        rows = {"classifications": "term", "citations": "reference", "sdg_targets": "parent"}
        fetches = [*DETAIL_RELATIONS, *(self._rows(accessor, target) for accessor, target in rows.items())]
        return self.for_listing().prefetch_related(*fetches).select_related("edition", "contact__via")

    def for_record(self):
        """Fetch what API and files hold: the whole practice, where it was presented and who adapts it."""
        return self.for_detail().prefetch_related(*self.public_rows())

    def public_rows(self):
        """Return the prefetches of the public presentations and adaptations of a practice.

        They have attributes of their own: a page that lacks the prefetch fails instead of showing what is not public.
        """
        presented = self._related("presentations").published().select_related("meeting", "network")
        adapted = self._related("adaptations").published().select_related("country", "contact__via")
        return (
            Prefetch("presentations", presented, to_attr="public_presentations"),
            Prefetch("adaptations", adapted, to_attr="public_adaptations"),
        )

    def for_document(self):
        """Fetch all that the document of a practice holds."""
        return self.for_detail().prefetch_related(*self.page_rows())

    def page_rows(self):
        """Return the prefetches of the ``public_rows``, of the answers and of the published versions, for a page."""
        answers = self._related("answers").select_related("commitment__meeting").order_by("commitment__slug")
        versions = self._related("versions").exclude(public_number=None).order_by("-public_number")
        return (
            *self.public_rows(),
            Prefetch("answers", answers, to_attr="public_answers"),
            Prefetch("versions", versions.defer("content"), to_attr="public_versions"),
        )

    def with_content(self):
        """Fetch all that a version of a practice stores."""
        return self.for_detail().prefetch_related("citations__reference__edition")

    def text_values(self, fields, language):
        """Return ``(primary key, text, …)`` with these texts in one language."""
        return self.rewrite(False).values_list("pk", *(f"{field}_{language}" for field in fields))

    def _rows(self, accessor, target):
        """Return the prefetch of a relation's rows with what they point to, in one query."""
        return Prefetch(accessor, self._related(accessor).select_related(target))
