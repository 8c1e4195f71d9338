"""Numbers and results as each language writes them."""

from decimal import Decimal

from django.utils.translation import gettext as _

from catalogue.languages import content_language, localized

NO_BREAK_SPACE = "\u00a0"
SEPARATORS = {"es": (NO_BREAK_SPACE, ","), "en": (",", "."), "pt": (".", ",")}  # thousands, decimals


def number_in_words(value, language=None):
    """Return a number with the separators of a language: 1 044 (es), 1,044 (en), 1.044 (pt)."""
    thousands, decimals = SEPARATORS[language or content_language()]
    plain = f"{Decimal(value).normalize():,f}"
    return plain.translate(str.maketrans({",": thousands, ".": decimals}))


def with_unit(number, unit, language):
    """Return a number with its unit, kept together; only Spanish parts a number from its per cent sign."""
    space = "" if unit == "%" and language != "es" else NO_BREAK_SPACE
    return f"{number}{space}{unit}" if unit else number


def result_in_words(result):
    """Return the figure of a result; what cannot be a number is shown as printed, marked [sic]."""
    if result.value is None:
        return f"{result.as_printed} [sic]"
    language = content_language()
    figure = with_unit(number_in_words(result.value, language), localized(result, "unit").text, language)
    if not result.qualifier:
        return figure
    return _("%(qualifier)s %(figure)s") % {"qualifier": result.get_qualifier_display(), "figure": figure}
