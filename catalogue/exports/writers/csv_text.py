"""CSV as RFC 4180 has it, a batch of rows at a time, without a cell that a spreadsheet program takes for a formula.

Python's own writer looks at every character by itself, which takes longer than reading the rows from the database; its
rules for quotation marks are these.
"""

import re
from operator import itemgetter

from catalogue.exports.columns.kinds import Kind

MEDIA_TYPE = "text/csv; charset=utf-8"
BYTE_ORDER_MARK = "\ufeff"  # tells spreadsheet programs that the file is UTF-8
FORMULA = re.compile(r"'* *[=+\-@\t\r\n＝＋－＠]")  # also what has an apostrophe already, so that it can be undone
MAY_BEGIN_ONE = frozenset("' =+-@\t\r\n＝＋－＠")
FIRST = itemgetter(slice(1))
LINE_END = "\r\n"
SPECIAL = (",", '"', "\n", "\r")
TRUTH = {True: "true", False: "false", None: ""}


def holds_any(cells, signs):
    """Whether any of the texts holds any of the signs; asked of all at once."""
    together = "".join(cells)
    return any(sign in together for sign in signs)


def inert(cells):
    """Return texts that no spreadsheet program takes for a formula: a suspicious one is led by an apostrophe."""
    if not MAY_BEGIN_ONE.isdisjoint(map(FIRST, cells)):
        return [f"'{cell}" if FORMULA.match(cell) else cell for cell in cells]
    return cells


def undone(cell):
    """Return a text as it was before ``inert``."""
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell


def quoted(cells):
    """Return texts with quotation marks around those that need them."""
    if not holds_any(cells, SPECIAL):
        return cells
    return [
        '"' + cell.replace('"', '""') + '"' if "," in cell or '"' in cell or "\n" in cell or "\r" in cell else cell
        for cell in cells
    ]


def decimal_text(value):
    """Return a number with a point and without superfluous zeros; nothing is the empty text."""
    if value is None or value == "":
        return ""
    return str(value) if isinstance(value, int) else f"{value.normalize():f}"


def as_text(column, cells):
    """Return the cells of a column as they stand in the file."""
    if column.typed_by_people:
        return quoted(inert(cells))
    if column.kind in (Kind.INTEGER, Kind.NUMBER):
        return list(map(decimal_text, cells))
    if column.kind == Kind.BOOLEAN:
        return list(map(TRUTH.__getitem__, cells))
    return cells  # codes and dates hold no sign that could mean anything else


def table_lines(rows):
    """Yield the lines of a table of texts, the header first, as a whole file."""
    before = BYTE_ORDER_MARK
    for row in rows:
        yield before + ",".join(quoted(inert(row))) + LINE_END
        before = ""


def header_line(layout):
    """Return the header row."""
    return ",".join(quoted(layout.header())) + LINE_END


def lines(layout, rows):
    """Return a batch of rows as bytes; one after the other, most have no character that makes all of them wide."""
    cells = [as_text(placed.column, placed.cells(rows)) for placed in layout.columns]
    return b"".join([f"{','.join(row)}{LINE_END}".encode() for row in zip(*cells, strict=True)])


class Lines:
    """Builds the files of a package; see ``spooled``."""

    def head(self, layout):
        return (BYTE_ORDER_MARK + header_line(layout)).encode()

    def body(self, layout, rows, before):
        return lines(layout, rows)

    def tail(self, layout):
        return b""
