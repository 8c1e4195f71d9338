"""Comparing and sorting without accents and case, on SQLite and on PostgreSQL alike."""

import re
import unicodedata
from typing import Any

from django.db.backends.signals import connection_created
from django.db.models import CharField, TextField, Transform

_NOT_SORTED = re.compile(r"[^a-z0-9~ ]")


def fold(text: str) -> str:
    """Return ``text`` in small letters without accents: ``Niñez`` becomes ``ninez``."""
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return re.sub("[\u0300-\u036f]", "", decomposed)


def sort_key(text: str) -> str:
    """Return the key that sorts ``text``: folded, without quotation marks, and with ñ after n."""
    return _NOT_SORTED.sub("", fold(text.lower().replace("ñ", "n~"))).strip()


class Fold(Transform):
    """The database's ``fold``: ``title_es__fold__contains``."""

    lookup_name = "fold"
    function = "catalogue_fold"

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        return super().as_sql(
            compiler,
            connection,
            template="regexp_replace(normalize(lower(%(expressions)s), NFKD), '[\u0300-\u036f]', '', 'g')",
        )


class SortKey(Transform):
    """The database's ``sort_key``, in the collation of code points."""

    function = "catalogue_sort_key"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        return super().as_sql(
            compiler,
            connection,
            template="btrim(regexp_replace(regexp_replace(normalize(replace(lower(%(expressions)s), 'ñ', 'n~'), NFKD),"
            " '[\u0300-\u036f]', '', 'g'), '[^a-z0-9~ ]', '', 'g')) COLLATE \"C\"",
        )


def _create_sqlite_functions(connection: Any, **kwargs: Any) -> None:
    if connection.vendor == "sqlite":
        for name, function in (("catalogue_fold", fold), ("catalogue_sort_key", sort_key)):
            connection.connection.create_function(
                name, 1, lambda text, function=function: text and function(text), deterministic=True
            )


CharField.register_lookup(Fold)
TextField.register_lookup(Fold)
connection_created.connect(_create_sqlite_functions, dispatch_uid="catalogue_fold")
