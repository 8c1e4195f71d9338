"""Expressions and lookups that the querysets are written with."""

import json
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.db.models import (
    Aggregate,
    BigAutoField,
    Case,
    CharField,
    F,
    ForeignKey,
    Lookup,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, NullIf, Substr

from catalogue.text.languages import content_language, fallback_chain


class JoinedKeys(Aggregate):
    """The keys of a group, as one text with commas."""

    function = "GROUP_CONCAT"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, list]:
        template = "STRING_AGG(%(expressions)s::text, ',')"
        return self.as_sql(compiler, connection, template=template, **context)


class Keys:
    """Primary keys as one value, opaque to Django; without any, the place of those that ``PreparedRows`` are of."""

    def __init__(self, keys: Sequence[int] | None = None) -> None:
        self.keys = keys

    def as_parameter(self, connection: Any) -> Any:
        """Return the keys as a parameter of ``Among``, or this place of them."""
        if self.keys is None:
            return self
        return self._as_json if connection.vendor == "sqlite" else self.keys

    @cached_property
    def _as_json(self) -> str:
        return json.dumps(self.keys)


@BigAutoField.register_lookup
@ForeignKey.register_lookup
class Among(Lookup):
    """Keep the rows whose key is one of some ``Keys``.

    They are one parameter: with ``in`` a thousand parameters take longer to write than to find, and SQLite accepts few
    more.
    """

    lookup_name = "among"
    prepare_rhs = False

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list]:
        column, params = self.process_lhs(compiler, connection)
        return f"{column} IN (SELECT value FROM json_each(%s))", [*params, self.rhs.as_parameter(connection)]  # noqa: S608 - a column of ours

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list]:
        column, params = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s)", [*params, self.rhs.as_parameter(connection)]


def translated(field: str, language: str | None = None) -> Coalesce:
    """Return the text that the page shows for ``field``, as an expression: the active language, then es, en, pt."""
    texts = [
        NullIf(F(f"{field}_{code}"), Value(""), output_field=CharField())
        for code in fallback_chain(language or content_language())
    ]
    return Coalesce(*texts, Value(""), output_field=CharField())


def written(field: str, language: str) -> Coalesce:
    """Return the text of ``field`` in that language alone, as an expression; empty where it has none."""
    return Coalesce(F(f"{field}_{language}"), Value(""), output_field=CharField())


def language_of(field: str, language: str) -> Case:
    """Return the language in which ``translated(field, language)`` is written, as an expression."""
    chain = fallback_chain(language)
    found = (When(**{f"{field}_{code}__gt": ""}, then=Value(code)) for code in chain)
    return Case(*found, default=Value(language), output_field=CharField())


def day_of(field: str) -> Substr:
    """Return the day of a moment in UTC as ``2026-01-31``, as an expression: the database formats it faster."""
    return Substr(Cast(field, TextField()), 1, 10)


def plain_rows(records: QuerySet, *columns: Any) -> QuerySet:
    """Return rows as tuples of fields and expressions, without records; modeltranslation changes no value."""
    return in_column_order(records).values_list(*columns)


def in_column_order(rows: QuerySet) -> QuerySet:
    """Return a queryset whose columns come in the given order: modeltranslation would mix several up."""
    return rows.rewrite(False) if hasattr(rows, "rewrite") else rows
