"""Every rule about which practices and in what order, as words: all SQL is decided here."""

from datetime import date

from django.conf import settings
from django.db import connections
from django.db.models import (
    Case,
    F,
    IntegerField,
    Prefetch,
    Q,
    Value,
    When,
)
from django.db.models.functions import NullIf

from catalogue.choices import CountryRole, OperationalStatus, State
from catalogue.querysets.aggregates import CountingQuerySet
from catalogue.querysets.expressions import Keys, translated
from catalogue.querysets.search_engines import ENGINES
from catalogue.text.folding import SortKey
from catalogue.text.languages import CONTENT_LANGUAGES
from networks.records import RecordQuerySet

EARLIEST_MEETING = F("meeting__first_day").asc(nulls_last=True), "meeting__slug"
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


def published_q(prefix=""):
    """Return the rule of visibility, also across a relation: ``published_q("practices__")``."""
    return Q(**{f"{prefix}state": State.PUBLISHED})


def is_published():
    """Return the rule of visibility as an expression: 1 or 0."""
    return Case(When(published_q(), then=Value(1)), default=Value(0), output_field=IntegerField())


def code_prefix(year):
    """Return what every permanent code of a year begins with."""
    return f"CSM-{year}-"


class PracticeQuerySet(CountingQuerySet):
    """The vocabulary in which pages, files and feeds ask for practices."""

    # Who may see what

    def published(self):
        return self.filter(published_q())

    def known_as(self, name):
        """Return the practice with this slug or this code; ``None`` when there is none."""
        if "\0" in name:  # PostgreSQL holds no text with it and refuses the question
            return None
        return self.filter(Q(slug=name) | Q(code=name)).first()

    # What a harvester asks for: by the time of the last change

    def by_change(self):
        return self.order_by("updated", "code")

    def changed_since(self, moment):
        return self.filter(updated__gte=moment)

    def changed_before(self, moment):
        return self.filter(updated__lt=moment)

    def changed_after(self, moment, code):
        """Keep what comes after a place in the order of ``by_change``."""
        return self.filter(Q(updated__gt=moment) | Q(updated=moment, code__gt=code))

    # What a reader asks for; values of one filter are alternatives, filters narrow each other

    def with_codes(self, codes):
        """Keep the practices with these codes; PostgreSQL cannot be asked for a NUL, and no code has one."""
        return self.filter(code__in=[code for code in codes if "\0" not in code])

    def with_keys(self, keys):
        """Keep the practices with these primary keys, in no order: sorting would lead SQLite past them all."""
        return self.filter(pk__in=keys).order_by()

    def listed(self, keys):
        """Return the practices with these primary keys as a list, in that order; one that is not there is left out."""
        found = {practice.pk: practice for practice in self.with_keys(keys)}
        return [found[key] for key in keys if key in found]

    def in_networks(self, slugs):
        return self._holding("practice_networks", network__slug__in=slugs)

    def in_countries(self, iso2_codes):
        return self._holding("practice_countries", country__iso2__in=iso2_codes, role=CountryRole.IMPLEMENTING)

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

    def running_since_or_after(self, year):
        """Keep what still ran in ``year`` or later, as far as the period is known; a plan has not run."""
        return self.filter(runs_until__gte=date(year, 1, 1)).exclude(status=OperationalStatus.PLANNED)

    def running_by(self, year):
        """Keep what had begun by the end of ``year``; an unknown start is not guessed, and a plan has not begun."""
        return self.filter(runs_from__lte=date(year, 12, 31)).exclude(status=OperationalStatus.PLANNED)

    def updated_since(self, day):
        return self.filter(updated__date__gte=day)

    def matching(self, query):
        """Keep the practices that hold what a search ``Query`` asks for; asking for nothing finds nothing."""
        if not query.clauses:
            return self.none()
        # a subquery: joined to the index, SQLite would ask it once for every practice
        rows = self._related(self._engine.index).filter(self._engine.condition(query))
        return self.filter(pk__in=rows.values("practice"))

    def titled(self, query, most):
        """Keep the practices whose title, acronym or code holds what a search ``Query`` of single words asks for.

        Of more than ``most``, drafts among them, those that were made last.
        """
        rows = self._related(self._engine.index).filter(self._engine.in_title(query)).order_by("-practice")
        # asked beforehand: within one question PostgreSQL would compare the titles of all practices first
        keys = list(rows.values_list("practice", flat=True)[:most]) if query.clauses else []
        return self.filter(pk__among=Keys(keys))

    def keys_in_index(self, query):
        """Return the primary keys of what a search ``Query`` finds, published or not: from the index alone."""
        return self._engine.read(self._in_index(query).values_list("practice", flat=True))

    def ranked_in_index(self, query):
        """Return ``(primary key, rank)`` of the same, in no order; the best rank is the lowest."""
        return self._engine.read(self._in_index(query).values_list("practice", self._engine.rank(query)))

    def _in_index(self, query):
        return self._related(self._engine.index).using(self.db).filter(self._engine.condition(query))

    def with_known_start(self):
        return self.exclude(runs_from=None)

    def without_known_start(self):
        return self.filter(runs_from=None)

    # In what order; the code makes every order total

    def in_order(self, name, query=None):
        """Sort by the name of an order in addresses; by the code without one. Relevance is to a search ``Query``."""
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

    def by_relevance(self, query):
        """Best first; for practices that ``matching`` has kept."""
        index = f"{self._engine.index}__"
        return self.filter(self._engine.condition(query, index)).order_by(self._engine.rank(query, index), "code")

    def by_title(self):
        return self.order_by(SortKey(translated("title")), "code")

    def by_start(self, *, latest_first=False):
        day = F("runs_from")
        return self.order_by(day.desc(nulls_last=True) if latest_first else day.asc(nulls_last=True), "code")

    def by_update(self):
        return self.order_by("-updated", "code")

    def codes_among(self, codes):
        """Return which of these codes exist."""
        return set(self.with_codes(codes).values_list("code", flat=True))

    def primary_keys(self):
        """Return the primary keys alone, in order."""
        return self.prefetch_related(None).rewrite(False).values_list("pk", flat=True)

    # How much is fetched with them, named after what it feeds

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
        """Fetch what is told to programs: the whole practice, where it was presented and who adapts it."""
        return self.for_detail().prefetch_related(*self.public_rows())

    def public_rows(self):
        """Return the fetches of what is public of the rows that others write of a practice.

        They have names of their own: who forgets to fetch them gets nothing, never what is not public.
        """
        presented = self._related("presentations").published().select_related("meeting", "network")
        adapted = self._related("adaptations").published().select_related("country", "contact")
        return (
            Prefetch("presentations", presented, to_attr="public_presentations"),
            Prefetch("adaptations", adapted, to_attr="public_adaptations"),
        )

    def with_content(self):
        """Fetch all that a version keeps."""
        return self.for_detail().prefetch_related("citations__reference__edition")

    def texts_alone(self, fields, language):
        """Return ``(primary key, text, …)`` with these texts in one language."""
        return self.rewrite(False).values_list("pk", *(f"{field}_{language}" for field in fields))

    # New records

    def last_number(self, year):
        """Return the highest number of a year's codes."""
        prefix = code_prefix(year)
        codes = self.filter(code__startswith=prefix).values_list("code", flat=True)
        return max((int(code.removeprefix(prefix)) for code in codes), default=0)

    # The pieces the words above are made of

    @property
    def _engine(self):
        return ENGINES[connections[self.db].vendor]

    def _rows(self, accessor, target):
        """Return the fetch of a relation's rows together with what they point to, in one query."""
        return Prefetch(accessor, self._related(accessor).select_related(target))

    def _holding(self, accessor, **conditions):
        """Keep practices with a row of a relation that meets the conditions; each practice once."""
        return self.filter(pk__in=self._related(accessor).filter(**conditions).values("practice"))

    def _holding_term(self, field, **conditions):
        matching = {f"term__{path}": value for path, value in conditions.items()}
        return self.filter(pk__in=self._through(field).filter(**matching).values("practice"))


class ResultQuerySet(RecordQuerySet):
    """Finds figures by the practices they belong to."""

    def of_practices(self, keys):
        """Keep the figures of the published ones among the practices with these primary keys, by their codes."""
        rows = self.filter(published_q("practice__"), practice__among=Keys(keys))
        return rows.select_related("practice__edition").order_by("practice__code", "order", "pk")

    def of_kinds(self, kinds):
        """Keep the figures of these kinds; all of them where none is named."""
        return self.filter(kind__in=kinds) if kinds else self

    def ordered_as(self, name):
        """Sort by the name of an order in addresses; by the code of the practice without one, or among equals."""
        first = {
            "indicator": SortKey(translated("indicator")),
            "value": F("value").asc(nulls_last=True),
            "-value": F("value").desc(nulls_last=True),
            "as_of": NullIf(F("as_of"), Value("")).asc(nulls_last=True),
            "-as_of": NullIf(F("as_of"), Value("")).desc(nulls_last=True),
        }
        return self.order_by(*([first[name]] if name else []), "practice__code", "order", "pk")


class PresentationQuerySet(RecordQuerySet):
    """Finds what was presented where."""

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
        """Return where a practice was presented, the earliest meeting first."""
        rows = self.filter(practice=practice).select_related("meeting", "network")
        return rows.order_by(*EARLIEST_MEETING)


class AnswerQuerySet(RecordQuerySet):
    """Finds which practices are on the subject of which commitments."""

    def of_published(self):
        """Keep those of published practices, with the practice."""
        return self.filter(published_q("practice__")).select_related("practice").order_by("practice__code", "pk")

    def to(self, commitments):
        return self.of_published().filter(commitment__in=commitments)

    def of_practice(self, practice):
        """Return the commitments on the subject of a practice, with their meetings."""
        return self.filter(practice=practice).select_related("commitment__meeting").order_by("commitment__slug")
