"""What every table of the files is made of: columns, each with all that the codebook says of it."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, TypeAlias

from django.db import models
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from catalogue.exports.columns.cell_readers import Reader
from catalogue.exports.columns.kinds import Kind, Source
from catalogue.exports.labels import Wording

Text: TypeAlias = str | Promise  # of the interface


class ImportTarget(NamedTuple):
    """The field of a content (that of a version) in which an import puts a cell."""

    field: str = ""  # of the practice or of the row; empty: the one that the column reads
    of: type[models.Model] | None = None  # the model of which the cell names a record by its code
    terms: bool = False  # the cell holds codes of a vocabulary
    rows: str = ""  # the relation of which each code of the cell is a row
    fixed: tuple[tuple[str, object], ...] = ()  # ``(field, value)`` that those rows have


SAME_FIELD = ImportTarget()


class Column(NamedTuple):
    """One column: its stable name, its label in the reader's language, what it reads, and what it means."""

    name: str
    label: Text
    read: Reader
    meaning: Text
    kind: Kind = Kind.TEXT
    source: Source = Source.PRESENTED
    codes: Callable[[Wording], Iterable[Any]] | type[models.TextChoices] | None = None  # or what returns one
    unit: Text = ""
    since: str = "2026-11"  # the month in which the column was first in the files
    stable_header: bool = False  # the five promised columns are headed by their name alone
    imported_as: ImportTarget | None = None  # without it an import ignores the column
    of_origin: bool = False  # only in files that say the origin of each text

    @property
    def header(self) -> str:
        return self.name if self.stable_header else f"{self.label} [{self.name}]"

    @property
    def target_field(self) -> str:
        """The name of the field in which an import puts the cell, without a language."""
        assert self.imported_as is not None  # noqa: S101 - for the type checker: asked of imported columns alone
        return self.imported_as.field or (self.read.texts or self.read.fields)[0]

    @property
    def typed_by_people(self) -> bool:
        """Whether a cell can hold any character at all; codes, dates and numbers cannot."""
        return self.kind in (Kind.TEXT, Kind.ADDRESS)

    def allowed(self, words: Wording) -> dict[str, Text]:
        """Return ``{code: label}`` of the codes that a cell may hold; empty where there is no list."""
        if self.codes is None:
            return {}
        if isinstance(self.codes, type):
            return {code: label for code, label in words.labels(self.codes).items() if code}
        return dict(self.codes(words))


def labels_of(column: str) -> Promise:
    """Return the meaning of a column that holds the labels of another one's codes."""
    return format_lazy(_("The same as {column}, with names instead of codes."), column=column)
