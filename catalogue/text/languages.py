"""The three languages: their codes in addresses, in columns and in HTML, and the text that stands in for a missing one.

The interface language is ``es``, ``en`` or ``pt-br`` (Django's code); the columns end in ``_es``, ``_en``, ``_pt``.
All other places with a line for each language are listed in CONTRIBUTING.md.
"""

from typing import Any, NamedTuple

from django.conf import settings
from django.utils.translation import get_language

from networks.languages import LANGUAGE_NAMES

CONTENT_LANGUAGES = settings.MODELTRANSLATION_LANGUAGES
HTML_LANGUAGES = {"es": "es", "en": "en", "pt": "pt-BR"}


def content_language(interface_language: str | None = None) -> str:
    """Return ``es``, ``en`` or ``pt`` for an interface language, by default the active one."""
    code = (interface_language or get_language() or settings.LANGUAGE_CODE)[:2]
    return code if code in CONTENT_LANGUAGES else settings.MODELTRANSLATION_DEFAULT_LANGUAGE


def interface_language_of(language: str) -> str:
    """Return Django's code for a content language: ``pt-br`` for ``pt``."""
    return next(code for code, _name in settings.LANGUAGES if code[:2] == language)


def fallback_chain(language: str) -> tuple[str, ...]:
    """Return the languages in which a text is looked for: the reader's, then es, en, pt."""
    return (language, *(other for other in CONTENT_LANGUAGES if other != language))


class Localized(NamedTuple):
    """A text and the language it is really in, which need not be the reader's."""

    text: str
    language: str
    foreign: bool

    @property
    def html_language(self) -> str:
        return HTML_LANGUAGES[self.language]

    @property
    def language_name(self) -> Any:
        return LANGUAGE_NAMES[self.language]


def localized(record: Any, field: str, language: str | None = None) -> Localized:
    """Return the text of a translated ``field`` of ``record`` in ``language`` or the first that has it.

    A text that no language has is the empty text in the reader's language.
    """
    wanted = language or content_language()
    for code in fallback_chain(wanted):
        if text := getattr(record, f"{field}_{code}"):
            return Localized(text, code, code != wanted)
    return Localized("", wanted, False)


def stored_text(facts: dict[str, dict[str, str]], name: str) -> str:
    """Return a text of ``{name: {language: text}}`` in the reader’s language, or in the first that has it."""
    texts = facts.get(name, {})
    return texts.get(content_language()) or next(filter(None, texts.values()), "")
