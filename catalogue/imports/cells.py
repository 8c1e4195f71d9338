"""The value of a cell as the content of a practice has it; an impossible one is refused in one sentence."""

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from catalogue import partial_dates
from catalogue.exports.columns.base import Column
from catalogue.exports.columns.cell_readers import EMAIL, WITHHELD
from catalogue.exports.columns.kinds import Kind
from catalogue.exports.labels import SEPARATOR
from catalogue.exports.writers.xlsx import CELL_LIMIT
from catalogue.text.folding import fold

TRUTHS = {
    **dict.fromkeys(("true", "verdadero", "verdadeiro", "yes", "si", "sim", "1"), True),
    **dict.fromkeys(("false", "falso", "no", "nao", "0"), False),
}
# control characters but for tabulator and line end, halves of pairs, and what Unicode says is no character
NO_CHARACTERS = "".join(chr(plane + last) for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF))
FORBIDDEN = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{NO_CHARACTERS}]")
LISTED = 12  # allowed codes that a sentence names


class Unreadable(NamedTuple):
    """A cell without a value of its own, and why."""

    sentence: str


Cell = str | int | bool | Unreadable | None  # as it was read; days and other numbers come as texts


class WrongCell(Exception):
    """A cell is not accepted; ``sentence`` says why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def as_text(cell: Cell) -> str:
    """Return a cell as text with the line ends of the catalogue. Raises ``WrongCell`` for what cannot be a text."""
    if isinstance(cell, Unreadable):
        raise WrongCell(cell.sentence)
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    text = str(cell).replace("\r\n", "\n").replace("\r", "\n")
    if found := FORBIDDEN.search(text):
        raise WrongCell(
            _("It contains a character that cannot be displayed: U+%(number)04X.") % {"number": ord(found[0])}
        )
    return text


def value_of(column: Column, cell: Cell, stored: Any, places: int | None = None) -> Any:
    """Return the value of a cell as the content of a practice has it. ``stored`` is what stands there now.

    ``places`` are the decimal places of a number. Raises ``WrongCell``.
    """
    text, kind = as_text(cell), column.kind
    if kind == Kind.NUMBER:
        return decimal_number(text, places)
    if kind == Kind.CODE:
        return code(text.strip(), column.codes)
    return READERS[kind](text) if kind in READERS else prose(text, stored)


def prose(text: str, stored: str) -> str:
    """Return a text without white space around it; the stored one if it is that as a file has it."""
    if text == as_exported(stored):
        return stored
    if WITHHELD in text:
        raise WrongCell(_("The file hides an e-mail address: change this text in the form of the practice."))
    return text if text == stored else text.strip()


def as_exported(stored: str) -> str:
    """Return a stored text as a file has it: cut to what a cell can hold, e-mail addresses withheld."""
    text = EMAIL.sub(WITHHELD, stored) if "@" in stored else stored
    return text[:CELL_LIMIT]


def truth(text: str) -> bool:
    """Return whether a cell says yes. An empty one never means no."""
    try:
        return TRUTHS[fold(text).strip()]
    except KeyError:
        raise WrongCell(_("“%(value)s” is not a valid value. Write true or false.") % {"value": text}) from None


def whole(text: str) -> int | None:
    """Return a whole number; ``None`` for an empty cell."""
    text = text.strip()
    if not text:
        return None
    if not re.fullmatch(r"-?[0-9]{1,9}", text):
        raise WrongCell(_("“%(value)s” is not a whole number.") % {"value": text})
    return int(text)


def decimal_number(text: str, places: int | None) -> str | None:
    """Return a number with a point and all its decimal places; ``None`` for an empty cell."""
    text = text.strip()
    if not text:
        return None
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or abs(value.adjusted()) > 30:
        raise WrongCell(
            _("“%(value)s” is not a number. Write 1234.5, without a thousands separator.") % {"value": text}
        )
    full = f"{value:.{places}f}"
    return full if Decimal(full) == value else f"{value:f}"


READERS = {Kind.BOOLEAN: truth, Kind.INTEGER: whole, Kind.PARTIAL_DATE: partial_dates.from_words}


def code(text: str, choices: Any) -> str:
    """Return a code of a closed list, or the empty text. Codes of records are looked up elsewhere."""
    if text and hasattr(choices, "values") and text not in choices.values:
        raise WrongCell(
            _("“%(value)s” is not a code of this list. Use one of these: %(codes)s.")
            % {"value": text, "codes": some_of(filter(None, choices.values))}
        )
    return text


def codes(cell: Cell) -> list[str]:
    """Return the codes of a cell that may hold several. Raises ``WrongCell`` when one stands there twice."""
    found = [part.strip() for part in as_text(cell).split(SEPARATOR.strip()) if part.strip()]
    if twice := {name for name in found if found.count(name) > 1}:
        raise WrongCell(_("It contains the same code twice: %(codes)s.") % {"codes": ", ".join(sorted(twice))})
    return found


def some_of(names: Iterable[str]) -> str:
    """Return the first names of a list as text."""
    names = list(names)
    return ", ".join(names[:LISTED]) + (", …" if len(names) > LISTED else "")
