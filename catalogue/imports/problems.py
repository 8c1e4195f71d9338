"""What is wrong with a row, so that people find it: sheet, row, column and one sentence."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from django.utils.functional import Promise

from catalogue.imports.cells import WrongCell
from catalogue.imports.spool import Row

if TYPE_CHECKING:
    from catalogue.imports.reading import Header


class Problem(NamedTuple):
    """One sentence about one cell; ``column`` is empty when it concerns the row."""

    sheet: str
    row: int
    column: str
    sentence: str


class Problems(list[Problem]):
    """Collects what is wrong with one practice and its rows."""

    def note(self, header: "Header", row: Row, column: str, sentence: str | Promise) -> None:
        """Note a sentence, only the first one of a cell."""
        problem = Problem(header.sheet, row.number, header.at(column) if column else "", str(sentence))
        if not column or all(problem[:3] != known[:3] for known in self):
            self.append(problem)

    @contextmanager
    def of(self, header: "Header", row: Row, column: str) -> Iterator[None]:
        """Note a ``WrongCell`` that the block raises, and go on."""
        try:
            yield
        except WrongCell as wrong:
            self.note(header, row, column, wrong.sentence)
