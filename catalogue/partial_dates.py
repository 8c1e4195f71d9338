"""Dates as people write them, read into EDTF; the rest is that of ``networks.partial_dates``."""

import re
from functools import cache

from babel.dates import get_month_names

from catalogue.text.folding import fold
from networks.partial_dates import *  # noqa: F403 - this module has all its names, and one more
from networks.partial_dates import LOCALES

_DAY = r"(?P<day>[0-9]{1,2})\.?(?:o|st|nd|rd|th)?"
_MONTH, _YEAR = r"(?P<month>[a-z]+)\.?", "(?P<year>[0-9]{4})"
_WRITTEN = re.compile(f"(?:{_DAY} (?:de |of )?)?{_MONTH},? (?:de |del |of )?{_YEAR}")
_MONTH_FIRST = re.compile(f"{_MONTH} {_DAY}, ?{_YEAR}")


@cache
def _months() -> dict[str, int]:
    """Return the number of each month by its folded names, long and short, in the three languages."""
    return {
        fold(name).rstrip("."): number
        for locale in LOCALES.values()
        for width in ("wide", "abbreviated")
        for number, name in get_month_names(width, locale=locale).items()
    }


def from_words(text: str) -> str:
    """Return a date as people write it (15 de septiembre de 2022, Sept. 2022) as EDTF; another text as it is."""
    plain = " ".join(fold(text).split())
    match = _WRITTEN.fullmatch(plain) or _MONTH_FIRST.fullmatch(plain)
    if not match:
        return text.strip()
    month = _months().get(match["month"]) or _months().get(match["month"][:3])
    if not month:
        return text.strip()
    day = f"-{int(match['day']):02d}" if match["day"] else ""
    return f"{match['year']}-{month:02d}{day}"
