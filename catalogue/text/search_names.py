"""Names as suggestions look for them: folded, and cut off at the beginning of each word."""

import re
from collections.abc import Iterable

from catalogue.text.folding import fold

LENGTH = 24  # letters that the index of names holds of a name from the beginning of each of its words
_WORD_START = re.compile(r"(?<!\w)\S")  # also a sign after a space: who types it means it


def folded_name(text: str) -> str:
    """Return a name, or what is typed of one, without accents and capitals and with single spaces."""
    return " ".join(fold(text).split())


def word_starts(names: Iterable[str]) -> set[str]:
    """Return folded names from the beginning of each of their words to the end."""
    folded = [folded_name(name) for name in names]
    return {name[match.start() :] for name in folded for match in _WORD_START.finditer(name)}


def indexed_starts(starts: Iterable[str]) -> list[bytes]:
    """Return the first letters of ``starts``, sorted, without those that others begin with as well.

    They are bytes, since both databases put bytes into one order whatever their language.
    """
    cut = sorted({start[:LENGTH].encode() for start in starts})
    return [start for start, following in zip(cut, [*cut[1:], b""], strict=False) if not following.startswith(start)]
