"""What templates say about records: texts with their language, figures, dates, names of organisations."""

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext as _

from catalogue import markdown, partial_dates
from catalogue.figures import result_in_words
from catalogue.languages import HTML_LANGUAGES, content_language, localized

register = template.Library()


@register.filter
def said(record, field):
    """Show a translated text; one in another language than the page's carries its ``lang`` and says so."""
    return _marked(localized(record, field))


@register.filter
def said_plainly(record, field):
    """Return the bare text, for titles of windows and attributes."""
    return localized(record, field).text


@register.filter
def said_at_length(record, field):
    """Show a long translated text, written in Markdown."""
    text = localized(record, field)
    if not text.foreign:
        return markdown.render(text.text)
    return format_html(
        '<p class="mute sm">{}</p><div lang="{}">{}</div>',
        _in_language(text),
        text.html_language,
        markdown.render(text.text),
    )


@register.filter
def brief_title(practice):
    """Show the short title where there is one, else the title."""
    title = localized(practice, "title")
    short = localized(practice, "short_title")
    return _marked(short if short.text and short.foreign <= title.foreign else title)


@register.filter
def figure(result):
    """Show the figure of a result."""
    return result_in_words(result)


@register.filter
def as_date(value):
    """Show a partial date in words."""
    return partial_dates.in_words(value) if value else ""


@register.filter
def body_name(organisation):
    """Show an organisation: its official name first, then the gloss in the page's language, then the acronym."""
    shown = localized(organisation, "name")
    language = organisation.official_language
    official = getattr(organisation, f"name_{language}") if language else ""
    acronym = organisation.acronym if organisation.acronym not in f"{official} {shown.text}" else ""
    if not official or language == content_language():
        name = _marked(shown)
    elif shown.foreign or shown.text == official:
        name = format_html('<span lang="{}">{}</span>', HTML_LANGUAGES[language], official)
    else:
        name = format_html('<span lang="{}">{}</span> ({})', HTML_LANGUAGES[language], official, shown.text)
    return format_html("{}, {}", name, acronym) if acronym else name


@register.filter
def in_parentheses_if_any(text):
    """Show a text in parentheses, and nothing for no text."""
    return f"({text})" if text else ""


def _marked(text):
    if not text.foreign:
        return text.text
    return format_html(
        '<span lang="{}">{}</span> <small class="mute">{}</small>', text.html_language, text.text, _in_language(text)
    )


def _in_language(text):
    """Say which language a text is in; languages are proper names only in English."""
    name = str(text.language_name)
    return _("(in %(language)s)") % {"language": name if content_language() == "en" else name.lower()}
