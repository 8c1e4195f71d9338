"""A table laid out for one file: which columns it has in which languages, and how its batches are fetched and read."""

from functools import cached_property
from typing import NamedTuple

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from catalogue.choices import TranslationStatus
from catalogue.exports.batches import STATUSES, Plan, in_batches
from catalogue.exports.columns import cell_readers
from catalogue.exports.columns.base import Column
from catalogue.exports.columns.kinds import Kind, Source
from catalogue.exports.columns.shared import languages
from catalogue.exports.labels import Wording
from catalogue.querysets.visibility import is_published
from catalogue.text.languages import LANGUAGE_NAMES


class Placed(NamedTuple):
    """A column in the language of its place."""

    column: Column
    words: Wording

    def cells(self, batch):
        """Return one cell for each row: a text, or for a number or a truth also ``None`` when nothing is known."""
        return self.column.read.cells(batch, self.words)


class Layout:
    """The columns of a table in one language or in all, with the origin of each text where that is asked for."""

    def __init__(self, table, wordings, *, provenance=False):
        self.table = table
        self.wordings = wordings
        self.columns = [
            placed for column in table.columns for placed in self._in_languages(column, provenance=provenance)
        ]

    def header(self):
        """Return the header row in the active language."""
        return [placed.column.header for placed in self.columns]

    def rows_of(self, practices):
        """Return the batch of this table's rows that belong to a batch of practices."""
        return self.table.rows_of(practices, self._plan)

    @cached_property
    def _plan(self):
        plan = Plan("practice_id")
        for column, words in self.columns:
            plan.add(column.read, words)
        return plan

    def add_to(self, plan):
        """Let the plan of the practices fetch what these columns read of them."""
        for column, words in self.columns:
            reader = column.read if self.table.of_practices else column.read.practice
            if reader:
                plan.add(reader, words)

    def _in_languages(self, column, *, provenance):
        """Yield a column once, or once for each language when its cells differ between them."""
        several = len(self.wordings) > 1
        if several and column.read.origins:
            return  # there are no borrowed texts
        if column.of_origin and not provenance:
            return
        for words in self.wordings if column.read.localized else self.wordings[:1]:
            named = in_language(column, words.language) if several and column.read.localized else column
            yield Placed(named, words)
            if provenance:
                yield from (Placed(origin, words) for origin in self._origins_of(column, named))

    def _origins_of(self, column, named):
        """Yield the columns that say of a translated text in which language it is and how it came to be."""
        reader = column.read.practice or column.read
        if not reader.texts or reader.origins or reader.apart:
            return
        (field,) = reader.texts
        at_its_place = cell_readers.of_practice if column.read.practice else lambda reader: reader
        known = {other.name for other in self.table.columns}
        if len(self.wordings) == 1 and f"{column.name}_language" not in known:
            yield origin_column(
                named,
                "language",
                at_its_place(cell_readers.language_of_text(field)),
                _("Language in which this text is written; if there is no text, the requested language."),
                languages,
            )
        yield origin_column(
            named,
            "status",
            at_its_place(cell_readers.status_of_text(field)),
            _("How this text was produced in its language; “missing” if there is no text."),
            TranslationStatus,
        )


def in_language(column, language):
    """Return a column under a name and a label that say its language."""
    label = format_lazy("{label} ({language})", label=column.label, language=LANGUAGE_NAMES[language])
    return column._replace(name=f"{column.name}_{language}", label=label)


def origin_column(of, what, reader, meaning, codes):
    """Return a column about the text in another column."""
    label = format_lazy("{label}: {what}", label=of.label, what=ORIGINS[what])
    return Column(f"{of.name}_{what}", label, reader, meaning, Kind.CODE, Source.GIVEN, codes)


ORIGINS = {"language": _("language"), "status": _("status of the text")}


def practices_in(keys, layouts):
    """Yield the practices with these keys in batches that hold what the layouts read of a practice."""
    plan = Plan("pk", published=is_published(), code="code", **{status: status for status in STATUSES})
    for layout in layouts:
        layout.add_to(plan)
    return in_batches(keys, plan)
