"""What is wrong with a row, so that people find it: sheet, row, column and one sentence."""

from typing import NamedTuple

from catalogue.imports.cells import WrongCell


class Problem(NamedTuple):
    """One sentence about one cell; ``column`` is empty when it concerns the row."""

    sheet: str
    row: int
    column: str
    sentence: str


class Problems(list):
    """Collects what is wrong with one practice and its rows."""

    def note(self, header, row, column, sentence):
        """Note a sentence; of a cell that is wrong already no more is told."""
        problem = Problem(header.sheet, row.number, header.at(column) if column else "", str(sentence))
        if not column or all(problem[:3] != known[:3] for known in self):
            self.append(problem)

    def of(self, header, row, column):
        """Return a block that notes a ``WrongCell`` and goes on."""
        return _Noting(self, header, row, column)


class _Noting:
    def __init__(self, problems, *place):
        self.problems, self.place = problems, place

    def __enter__(self):
        return self

    def __exit__(self, kind, wrong, trace):
        if isinstance(wrong, WrongCell):
            self.problems.note(*self.place, wrong.sentence)
            return True
        return False
