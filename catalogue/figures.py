"""Numbers and results as each language writes them."""

from decimal import Decimal

from catalogue.languages import content_language, localized

NO_BREAK_SPACE = "\u00a0"
SEPARATORS = {"es": (NO_BREAK_SPACE, ","), "en": (",", "."), "pt": (".", ",")}  # thousands, decimals


def number_in_words(value):
    """Return a number with the separators of the active language: 1 044 (es), 1,044 (en), 1.044 (pt)."""
    thousands, decimals = SEPARATORS[content_language()]
    plain = f"{Decimal(value).normalize():,f}"
    return plain.translate(str.maketrans({",": thousands, ".": decimals}))


def result_in_words(result):
    """Return the figure of a result; what cannot be a number is shown as printed, marked [sic]."""
    return " ".join(str(part) for part in figure_parts(result) if part)


def figure_parts(result):
    """Return the qualifier, the number and the unit of a result, each as its language writes it.

    Only Spanish parts a number from its per cent sign.
    """
    if result.value is None:
        return "", f"{result.as_printed} [sic]", ""
    number, unit = number_in_words(result.value), localized(result, "unit").text
    if unit == "%":
        number, unit = f"{number}{NO_BREAK_SPACE if content_language() == 'es' else ''}%", ""
    return result.get_qualifier_display(), number, unit
