"""The form of a file that a request may ask for: ``shape``, ``lang`` and ``provenance``."""

from typing import NamedTuple

from django.http import QueryDict
from django.utils.translation import get_language, gettext as _

from catalogue.text.languages import CONTENT_LANGUAGES, content_language, interface_language_of

POSSIBLE = {"shape": ("wide", "long"), "lang": (*CONTENT_LANGUAGES, "all"), "provenance": ("0", "1")}
IN_ANY_FILE = {"shape": ("wide",), "lang": CONTENT_LANGUAGES, "provenance": ("0",)}


class Options(NamedTuple):
    """The form of a file. ``language`` is that of its texts, or ``all``; ``interface_language`` that of its headers."""

    language: str
    interface_language: str
    long: bool = False
    provenance: bool = False

    def as_parameters(self) -> dict[str, str]:
        """Return the parameters of a request for this form, at a URL of the interface language."""
        asked = {
            "shape": "long" if self.long else "",
            "lang": "all" if self.language == "all" else "",
            "provenance": "1" if self.provenance else "",
        }
        return {name: value for name, value in asked.items() if value}


def read_options(query: QueryDict, *, tabular: bool) -> tuple[Options, dict[str, list[str]]]:
    """Return the ``Options`` that a query asks for, and the problems: ``{parameter: [message]}``.

    Only tables come in another shape, in all languages at once or with the origin of each text.
    """
    possible = POSSIBLE if tabular else IN_ANY_FILE
    asked = {name: query.get(name, "").strip() for name in POSSIBLE}
    problems = {
        name: [
            _("“%(value)s” is not accepted. Use one of these values: %(values)s.")
            % {"value": value, "values": ", ".join(possible[name])}
        ]
        for name, value in asked.items()
        if value and value not in possible[name]
    }
    language = asked["lang"] if asked["lang"] in possible["lang"] else content_language()
    options = Options(
        language,
        get_language() if language == "all" else interface_language_of(language),
        long=asked["shape"] == "long",
        provenance=asked["provenance"] == "1",
    )
    return options, problems
