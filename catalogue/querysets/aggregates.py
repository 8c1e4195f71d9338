"""Counts of practices, and their rows by the batch for files."""

from django.db.models import CharField, Count, Exists, F, Max, Min, OuterRef, Q, Value
from django.db.models.functions import Cast, NullIf

from catalogue.choices import ON_EFFECTS, CountryRole, OperationalStatus
from catalogue.querysets.expressions import JoinedKeys, in_column_order, translated
from catalogue.querysets.relations import Relations


def _keys_by_value(within, *groups):
    """Return ``(value, "1,5,9", parameter)`` of each ``(parameter, rows, field, key of the practice)``."""
    first, *others = (
        in_column_order(rows)
        .filter(**({f"{practice}__in": within} if within is not None else {}))
        .order_by()
        .values(field)
        .annotate(
            value=Cast(Min(field), CharField()),  # one type for all; grouped as it is, so that its index serves
            keys=JoinedKeys(practice),
            parameter=Value(parameter, CharField()),
        )
        .values_list("value", "keys", "parameter")
        for parameter, rows, field, practice in groups
    )
    return first.union(*others, all=True)


class PracticeAggregates(Relations):
    """Counts and batches of ``PracticeQuerySet``, of the practices that its filters keep."""

    # Batches: some hundred practices at a time, by their ``Keys``

    def among(self, keys):
        """Keep the practices with these primary keys; the caller reads ``is_published`` with them and checks it.

        As a condition it would make SQLite read all published practices for each list of keys.
        """
        return self.order_by().prefetch_related(None).filter(pk__among=keys)

    def related_rows(self, keys, accessor):
        """Return the rows of a relation that belong to these practices, each practice's in their order.

        Of rows with a state of their own it returns the public ones.
        """
        rows = self._related(accessor)
        return getattr(rows, "published", rows.all)().filter(practice__among=keys)

    def term_keys(self, keys, field):
        """Return ``(practice, "5,9")``: the keys of its terms of a vocabulary, in no order."""
        rows = self._through(field).filter(practice__among=keys)
        return rows.values_list("practice_id").annotate(keys=JoinedKeys("term_id"))

    # Counts

    def per_period(self):
        """Return ``{started, ran_until, source, total}`` for every pair of known years and year of the source.

        The years are compared as ``still_running_in`` and ``begun_by`` do; a plan has not begun.
        """
        years = {"started": F("runs_from__year"), "ran_until": F("runs_until__year"), "source": F("edition__year")}
        begun = self.with_known_start().exclude(status=OperationalStatus.PLANNED)
        # named before they are grouped: modeltranslation adds a text to ``values`` of expressions alone
        return list(begun.order_by().annotate(**years).values(*years).annotate(total=Count("pk")))

    def years_of_start(self):
        """Return the first and the last year in which any of them is known to have begun; a plan has not begun."""
        begun = self.exclude(status=OperationalStatus.PLANNED).order_by()
        days = begun.aggregate(first=Min("runs_from"), last=Max("runs_from"))
        return tuple(day and day.year for day in days.values())

    def counts_of_filled(self, texts, relations):
        """Return ``{part: number of practices that fill it}`` for translated texts and for relations, in one query.

        A text that is only the editors’ reading counts as missing: the source does not say it.
        """
        known = {field.name for field in self.model._meta.concrete_fields}
        filled = {
            field: Count(
                NullIf(translated(field), Value(""), output_field=CharField()),
                filter=Q(**{mark: False}) if (mark := f"{field}_inferred") in known else None,
            )
            for field in texts
        }
        held = {
            accessor: Count("pk", filter=Exists(self._related(accessor).filter(practice=OuterRef("pk"))))
            for accessor in relations
        }
        on_effects = Count("pk", filter=Q(evidence__in=ON_EFFECTS))
        return self.order_by().aggregate(start=Count("runs_from"), evidence=on_effects, **filled, **held)

    def rows_in_order(self):
        """Return ``(primary key, code, scope, status, evidence)``, by name as well, in the order of the code."""
        return in_column_order(self).by_code().values_list("pk", "code", "scope", "status", "evidence", named=True)

    def keys_by_relation(self, within=None):
        """Yield ``(parameter, value, [1, 5, 9])`` of each choice of a filter: keys of its practices, in one query.

        Values are primary keys as texts, scopes their code; the keys are those that the filter of the parameter would
        keep. The database joins the keys of a choice in one row; keys of practices that this queryset leaves out may be
        among them, because to leave them out would take three times as long. ``within`` are primary keys of practices:
        only their rows are read.
        """
        implemented = self._related("practice_countries").filter(role=CountryRole.IMPLEMENTING)
        rows = _keys_by_value(
            None if within is None else list(within),
            ("network", self._related("practice_networks"), "network", "practice"),
            ("country", implemented, "country", "practice"),
            ("scope", self._related("further_scopes"), "scope", "practice"),
            ("population", self._through("populations"), "term", "practice"),
            ("keyword", self._through("keywords"), "term", "practice"),
            ("gcm", self._through("gcm_objectives"), "term", "practice"),
            ("principle", self._through("guiding_principles"), "term", "practice"),
            ("sdg", self._through("sdg_targets"), "term", "practice"),
            ("sdg_target", self._through("sdg_targets"), "term", "practice"),
            ("psdhm", self._through("psdhm_programmes"), "term", "practice"),
            ("edition", self.model.objects.exclude(edition=None), "edition", "pk"),
        )
        for value, keys, parameter in rows:
            yield parameter, value, map(int, keys.split(","))

    def first_network_orders(self):
        """Return ``{primary key: order of its first network}``."""
        rows = self._related("practice_networks").filter(practice__in=self.order_by().values("pk"))
        return dict(rows.order_by("-order").values_list("practice_id", "network__order"))  # the first comes last
