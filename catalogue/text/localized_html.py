"""A localized text as HTML: what is not in the reader's language carries its ``lang`` and says which it is in."""

from django.utils.html import format_html
from django.utils.translation import gettext as _

from catalogue.text.languages import HTML_LANGUAGES, LANGUAGE_NAMES, content_language, localized


def localized_html(text):
    """Return a ``Localized`` text as safe HTML."""
    if not text.foreign:
        return text.text
    return format_html(
        '<span lang="{}">{}</span> <small class="mute">{}</small>',
        text.html_language,
        text.text,
        language_note(text.language),
    )


def language_note(language):
    """Return the words that say which language (``es``, ``en`` or ``pt``) a text is in, in the reader's language."""
    name = str(LANGUAGE_NAMES[language])
    return _("(in %(language)s)") % {"language": name if content_language() == "en" else name.lower()}


def brief_title(practice):
    """Show the short title where there is one, else the title."""
    title = localized(practice, "title")
    short = localized(practice, "short_title")
    return localized_html(short if short.text and short.foreign <= title.foreign else title)


def organisation_name(organisation):
    """Show an organisation: its official name first, then the gloss in the page's language, then the acronym."""
    shown = localized(organisation, "name")
    language = organisation.official_language
    official = getattr(organisation, f"name_{language}") if language else ""
    acronym = organisation.shown_acronym if organisation.shown_acronym not in f"{official} {shown.text}" else ""
    if not official or language == content_language():
        name = localized_html(shown)
    elif shown.foreign or shown.text == official:
        name = format_html('<span lang="{}">{}</span>', HTML_LANGUAGES[language], official)
    else:
        name = format_html('<span lang="{}">{}</span> ({})', HTML_LANGUAGES[language], official, shown.text)
    return format_html("{}, {}", name, acronym) if acronym else name
