"""What templates say about records: texts with their language, figures, dates, names of organisations."""

from datetime import datetime

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext as _, ngettext

from catalogue import partial_dates
from catalogue.listing.page import all_of_them
from catalogue.models.judgements import confirmation_in_words, inference_in_words, is_inferred
from catalogue.text import markdown
from catalogue.text.languages import HTML_LANGUAGES, content_language, localized
from catalogue.text.localized_html import language_note, localized_html
from catalogue.text.numbers import figure_parts, number_in_words
from catalogue.text.safe_links import leads_to_the_web

DAYS_OF_A_YEAR = 365

register = template.Library()
register.filter(all_of_them)
register.filter("in_language", language_note)


@register.filter
def said(record, field):
    """Show a translated text; one in another language than the page's carries its ``lang`` and says so."""
    return localized_html(localized(record, field))


@register.filter
def in_days(how_long):
    """Return a length of time in words: whole years, else days, hours below a day; ``None`` lasts with the record."""
    if how_long is None:
        return _("as long as the record exists")
    if how_long.days < 1:
        hours = round(how_long.total_seconds() / 3600)
        return ngettext("%(number)s hour", "%(number)s hours", hours) % {"number": hours}
    years, rest = divmod(how_long.days, DAYS_OF_A_YEAR)
    if years and not rest:
        return ngettext("%(number)s year", "%(number)s years", years) % {"number": years}
    return ngettext("%(number)s day", "%(number)s days", how_long.days) % {"number": how_long.days}


@register.filter
def of_the_web(address):
    """Return an address that may be offered as a link; nothing for any other, which is then shown as text."""
    return address if leads_to_the_web(address) else ""


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
        language_note(text.language),
        text.html_language,
        markdown.render(text.text),
    )


@register.filter
def told_at_length(practice, field):
    """Show a long text of a practice; what its source does not say carries the remark that says so."""
    text = said_at_length(practice, field)
    if not is_inferred(practice, field):
        return text
    return format_html('{}<p class="sm mute">({})</p>', text, inference_in_words())


@register.filter
def standing(practice, scheme):
    """Say how far the classification of a practice by a framework is confirmed."""
    return confirmation_in_words(practice, scheme)


@register.filter
def said_in_lines(record, field):
    """Return the lines of a translated text that holds one item on each."""
    text = localized(record, field)
    return [localized_html(text._replace(text=line.strip())) for line in text.text.splitlines() if line.strip()]


@register.filter
def brief_title(practice):
    """Show the short title where there is one, else the title."""
    title = localized(practice, "title")
    short = localized(practice, "short_title")
    return localized_html(short if short.text and short.foreign <= title.foreign else title)


@register.filter
def figure(result):
    """Show the figure of a result, its unit in smaller letters."""
    qualifier, number, unit = figure_parts(result)
    return format_html("{} {} <small>{}</small>", qualifier, number, unit)


@register.filter
def in_figures(value):
    """Show a number with the separators of the page's language."""
    return number_in_words(value)


@register.filter
def as_date(value):
    """Show a partial date in words."""
    return partial_dates.in_words(value) if value else ""


@register.filter
def as_day(moment):
    """Show a day, or the day of a moment, in words: months in small letters where the language writes them so."""
    day = moment.date() if isinstance(moment, datetime) else moment
    return partial_dates.in_words(day.isoformat()) if day else ""


@register.filter
def body_name(organisation):
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
