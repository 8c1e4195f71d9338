"""Numbers and results as each language writes them."""

from decimal import Decimal
from typing import Any

from catalogue.text.languages import content_language, localized

NO_BREAK_SPACE = "\u00a0"
FIVE_DIGITS = 10_000
SEPARATORS = {"es": (NO_BREAK_SPACE, ","), "en": (",", "."), "pt": (".", ",")}  # thousands, decimals


def number_in_words(value: Decimal | int | str) -> str:
    """Return a number with the separators of the active language: 1044 and 10 440 (es), 1,044 (en), 1.044 (pt).

    Spanish separates the thousands from five digits on: Ortografía de la lengua española, 2010, chapter VIII.
    """
    thousands, decimals = SEPARATORS[content_language()]
    if content_language() == "es" and abs(Decimal(value)) < FIVE_DIGITS:
        thousands = ""
    written = f"{Decimal(value).normalize():,f}"
    return written.translate({ord(","): thousands, ord("."): decimals})


def result_in_words(result: Any) -> str:
    """Return the figure of a ``Result``; what cannot be a number is shown as printed, marked [sic]."""
    return " ".join(str(part) for part in figure_parts(result) if part)


def figure_in_words(qualifier: str, value: Decimal | None, as_printed: str, unit: str) -> str:
    """Return a figure as ``result_in_words`` does, from its parts in the active language."""
    return " ".join(part for part in _localized_figure(qualifier, value, as_printed, unit) if part)


def figure_parts(result: Any) -> tuple[str, str, str]:
    """Return the qualifier, the number and the unit of a ``Result``, each as its language writes it."""
    unit = localized(result, "unit").text
    return _localized_figure(result.get_qualifier_display(), result.value, result.as_printed, unit)


def _localized_figure(qualifier: str, value: Decimal | None, as_printed: str, unit: str) -> tuple[str, str, str]:
    """Return qualifier, number and unit; only Spanish separates a number from its per cent sign."""
    if value is None:
        return "", f"{as_printed} [sic]", ""
    number = number_in_words(value)
    if unit == "%":
        number, unit = f"{number}{NO_BREAK_SPACE if content_language() == 'es' else ''}%", ""
    return qualifier, number, unit
