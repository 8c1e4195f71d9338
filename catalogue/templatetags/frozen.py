"""How templates show what an edition has frozen: plain data, not records."""

from django import template
from django.utils.safestring import mark_safe

from catalogue.text.languages import HTML_LANGUAGES, content_language, stored_text

register = template.Library()


@register.filter
def fact(frozen, name):
    """Return a text of the edition itself in the reader's language, or in the first that has it."""
    return stored_text(frozen.facts, name)


@register.filter
def lang_of_record(record):
    """Return the attribute that names the language of a record's texts where it is not the reader's."""
    language = record["title_language"]
    if language == content_language() or language not in HTML_LANGUAGES:
        return ""
    return mark_safe(f' lang="{HTML_LANGUAGES[language]}"')  # noqa: S308 - from the list of languages
