"""The acronyms of one body, stored as one text: ``ICRC / CICR / CICV`` is English / Spanish / Portuguese.

Of two, the second is that of both other languages: ``IOM / OIM``. Pages and files show that of their language; the
search and the import know them all.
"""

from django.conf import settings
from django.utils.translation import get_language

SEPARATOR = "/"


def acronyms_in(text):
    """Return all acronyms that a text holds, in its order."""
    return [part.strip() for part in text.split(SEPARATOR) if part.strip()]


def acronym_in(text, language):
    """Return the acronym of a language, ``es``, ``en`` or ``pt``; one that is the same in all needs no other."""
    english, *others = acronyms_in(text) or [""]
    if language == "en" or not others:
        return english
    return others[-1] if language == "pt" else others[0]


class WithAcronyms:
    """A record whose field ``acronym`` holds those of all languages."""

    @property
    def shown_acronym(self):
        """The acronym in the active language."""
        return acronym_in(self.acronym, (get_language() or settings.LANGUAGE_CODE)[:2])
