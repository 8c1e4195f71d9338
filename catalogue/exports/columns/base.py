"""What every table of the files is made of: columns, each with all that the codebook says of it."""

from collections.abc import Callable
from typing import NamedTuple

from django.db import models
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from catalogue.exports.columns.cell_readers import Reader


class Kind(models.TextChoices):
    """What the cells of a column are; the codebook shows the label."""

    TEXT = "text", _("text")
    CODE = "code", _("code")
    ADDRESS = "address", _("web address")
    DATE = "date", _("date (2026-01-31)")
    MOMENT = "moment", _("date and time in UTC (2026-01-31T12:00:00+00:00)")
    PARTIAL_DATE = "partial date", _("year, month or day (2015, 2015-04 or 2015-04-30; EDTF)")
    INTEGER = "integer", _("whole number")
    NUMBER = "number", _("number")
    BOOLEAN = "boolean", _("true or false")


class Source(models.TextChoices):
    """Where the values of a column come from."""

    PRESENTED = "presented", _("the publication or the institution that presented the practice")
    WRITTEN = "written", _("text by this catalogue, based on the source")
    CLASSIFIED = "classified", _("classification by this catalogue, not a statement of the source")
    GIVEN = "given", _("assigned by this catalogue")
    COMPUTED = "computed", _("calculated from the record")


class Taken(NamedTuple):
    """Where an import puts what it reads in a column: a place in the content of a practice, as a version keeps it."""

    field: str = ""  # of the practice or of the row; the one that the column reads where nothing is said
    of: type | None = None  # the model of which the cell names a record by its code
    terms: bool = False  # the cell holds codes of a vocabulary
    rows: str = ""  # the relation of which each code of the cell is a row
    fixed: tuple = ()  # ``(field, value)`` that those rows have


HERE = Taken()


class Column(NamedTuple):
    """One column: its stable name, its label in the reader's language, what it reads, and what it means."""

    name: str
    label: str | Promise
    read: Reader
    meaning: str | Promise
    kind: Kind = Kind.TEXT
    source: Source = Source.PRESENTED
    codes: Callable | type | None = None  # a closed list, or what returns {code: label} for a ``Wording``
    unit: str | Promise = ""
    since: str = "2026-11"  # the month in which the column was first in the files
    stable_header: bool = False  # the five promised columns are headed by their name alone
    taken: Taken | None = None  # how an import takes it; without it the column only tells
    of_origin: bool = False  # only in files that tell the origin of each text

    @property
    def header(self):
        return self.name if self.stable_header else f"{self.label} [{self.name}]"

    @property
    def place(self):
        """The name of the field in which an import puts what it reads, without a language."""
        return self.taken.field or (self.read.texts or self.read.fields)[0]

    @property
    def typed_by_people(self):
        """Whether a cell can hold any sign at all; codes, dates and numbers cannot."""
        return self.kind in (Kind.TEXT, Kind.ADDRESS)

    def allowed(self, words):
        """Return ``{code: label}`` of the codes that a cell may hold; empty where there is no list."""
        if self.codes is None:
            return {}
        if isinstance(self.codes, type):
            return {code: label for code, label in words.labels(self.codes).items() if code}
        return dict(self.codes(words))


def labels_of(column):
    """Return the meaning of a column that holds the labels of another one's codes."""
    return format_lazy(_("The same as {column}, with names instead of codes."), column=column)
