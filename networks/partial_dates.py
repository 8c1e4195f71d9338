"""Dates as sources give them: a year, a month or a day, open or unknown, written in EDTF.

``2015``, ``2023-04`` and ``2022-09-15`` are EDTF level 0; an end may also be ``..`` (it goes on). The empty text means
that the source does not say. Specification: https://www.loc.gov/standards/datetime/
"""

import calendar
import re
from datetime import date
from typing import NamedTuple

from babel.dates import format_date, format_interval, format_skeleton
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy as _, pgettext, pgettext_lazy

OPEN = ".."
LOCALES = {"es": "es", "en": "en_GB", "pt-br": "pt_BR"}  # the United Nations write 15 September 2022
FAR_FUTURE = date.max  # the last day of an open end
_EDTF = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


class PartialDate(NamedTuple):
    """The first and last day that a partial date can mean, and how exactly it was given."""

    earliest: date
    latest: date
    precision: str  # "year", "month" or "day"


def parse(value: str) -> PartialDate:
    """Return the ``PartialDate`` that ``value`` means.

    Raises ``ValueError`` when it is not a year, a month or a day of the calendar written as EDTF.
    """
    match = _EDTF.fullmatch(value)
    if not match:
        raise ValueError(value)
    year, month, day = (int(part or 0) for part in match.groups())
    if day:
        exact = date(year, month, day)
        return PartialDate(exact, exact, "day")
    if month:
        return PartialDate(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]), "month")
    return PartialDate(date(year, 1, 1), date(year, 12, 31), "year")


def validate_partial_date(value: str) -> None:
    """Refuse what is not a partial date, with a sentence that shows how to write one."""
    try:
        parse(value)
    except ValueError:
        raise ValidationError(
            _("“%(value)s” is not a date. Write a year (2015), a month (2023-04) or a day (2022-09-15)."),
            code="invalid_partial_date",
            params={"value": value},
        ) from None


def validate_end(value: str) -> None:
    """Refuse what is neither a partial date nor the sign for "it goes on"."""
    if value != OPEN:
        validate_partial_date(value)


def bounds(start: str, end: str) -> tuple[date | None, date | None]:
    """Return the first and last day on which something can be said to have run; ``None`` where nothing is known.

    An open end runs for ever; an unknown end runs at least as long as its start.
    """
    first = parse(start) if start else None
    if end == OPEN:
        last_day: date | None = FAR_FUTURE
    elif end:
        last_day = parse(end).latest
    else:
        last_day = first.latest if first else None
    return (first.earliest if first else None), last_day


def date_in_words(value: str) -> str:
    """Return a partial date in the active language: ``abril de 2023``."""
    day, _latest, precision = parse(value)
    if precision == "year":
        return str(day.year)
    if precision == "month":
        return format_skeleton("yMMMM", day, locale=active_locale())
    return f"{day_number(day)} {format_date(day, format='long', locale=active_locale()).partition(' ')[2]}"


def active_locale() -> str:
    """Return the locale of the active language."""
    return LOCALES.get(get_language() or "", "es")


def day_number(day: date) -> str:
    """Return the day of the month as the active language writes it: in Portuguese the first is ``1º``."""
    return "1º" if day.day == 1 and get_language() == "pt-br" else str(day.day)


_SINCE = {
    "year": pgettext_lazy("a year", "Since %(start)s"),
    "month": pgettext_lazy("a month", "Since %(start)s"),
    "day": pgettext_lazy("a day", "Since %(start)s"),
}
_PLANNED = {
    "year": pgettext_lazy("a year", "Planned for %(start)s"),
    "month": pgettext_lazy("a month", "Planned for %(start)s"),
    "day": pgettext_lazy("a day", "Planned for %(start)s"),
}


def period_in_words(start: str, end: str, *, planned: bool = False) -> str:
    """Return a period as a sentence in the active language: ``Desde abril de 2023``."""
    if not start:
        if end in ("", OPEN):
            return pgettext("period", "Start not stated")
        return pgettext("period", "Until %(end)s; start not stated") % {"end": date_in_words(end)}
    words = {"start": date_in_words(start)}
    if planned:
        return _PLANNED[parse(start).precision] % words
    if end == OPEN:
        return _SINCE[parse(start).precision] % words
    if not end:
        return pgettext("period", "From %(start)s; end not stated") % words
    return pgettext("period", "%(start)s to %(end)s") % {**words, "end": date_in_words(end)}


def days_in_words(start: str, end: str) -> str:
    """Return the days of an event in the active language; empty when no day is known.

    Two days are joined by a word (``27 y 28 de marzo de 2019``), more by a dash (``18–20 de agosto de 2015``).
    """
    if not start:
        return ""
    if end in ("", OPEN, start):
        return date_in_words(start)
    first, last = parse(start), parse(end)
    precisions = {first.precision, last.precision}
    if precisions == {"day"} and first.earliest.replace(day=1) == last.earliest.replace(day=1):
        if last.earliest.day - first.earliest.day == 1:
            words = {"first": day_number(first.earliest), "last": date_in_words(end)}
            return pgettext("two days", "%(first)s and %(last)s") % words
        return f"{day_number(first.earliest)}–{date_in_words(end)}"
    if precisions == {"month"} and first.earliest.year == last.earliest.year:
        return format_interval(first.earliest, last.earliest, "yMMMM", locale=active_locale())
    return f"{date_in_words(start)} – {date_in_words(end)}"
