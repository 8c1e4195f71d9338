"""What templates show of records: texts with their language, figures, dates, names of organisations."""

from datetime import datetime

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _, ngettext

from catalogue import partial_dates
from catalogue.listing.cards import practice_card
from catalogue.listing.page import whole_list_in_words
from catalogue.models.judgements import confirmation_in_words, inference_in_words, is_inferred
from catalogue.text import languages, markdown
from catalogue.text.localized_html import brief_title, language_note, localized_html, organisation_name
from catalogue.text.numbers import figure_parts, number_in_words
from catalogue.text.safe_links import leads_to_the_web

DAYS_OF_A_YEAR = 365

register = template.Library()
register.filter("whole_list_in_words", whole_list_in_words)
register.filter("brief_title", brief_title)
register.filter("language_note", language_note)
register.filter("localized_number", number_in_words)
register.filter("confirmation", confirmation_in_words)
register.filter("organisation_name", organisation_name)
register.simple_tag(practice_card)


@register.simple_tag
def partial(template, **context):
    """Show a Jinja2 template, with what is given to it and nothing else, in one of Django's."""
    return mark_safe(render_to_string(template, context, using="jinja2"))  # noqa: S308 - a template has escaped it


@register.filter
def localized(record, field):
    """Show a translated text; one in another language than the page's carries its ``lang`` and names it."""
    return localized_html(languages.localized(record, field))


@register.filter
def localized_text(record, field):
    """Return the bare text, for titles of windows and attributes."""
    return languages.localized(record, field).text


@register.filter
def localized_markdown(record, field, remark=""):
    """Show a long translated text, written in Markdown."""
    text = languages.localized(record, field)
    html = markdown.render(text.text)
    if text.foreign:
        note = language_note(text.language)
        html = format_html('<p class="mute sm">{}</p><div lang="{}">{}</div>', note, text.html_language, html)
    return format_html('{}<p class="sm mute">({})</p>', html, remark) if remark else html


@register.filter
def practice_markdown(practice, field):
    """Show a long text of a practice; what its source does not state carries the remark that says so."""
    return localized_markdown(practice, field, inference_in_words() if is_inferred(practice, field) else "")


@register.filter
def localized_lines(record, field):
    """Return the lines of a translated text that holds one item on each."""
    text = languages.localized(record, field)
    return [localized_html(text._replace(text=line.strip())) for line in text.text.splitlines() if line.strip()]


@register.filter
def duration_in_words(how_long):
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
def web_url(url):
    """Return a URL that may be offered as a link; nothing for any other, which is then shown as text."""
    return url if leads_to_the_web(url) else ""


@register.filter
def figure(result):
    """Show the figure of a result, its unit in smaller letters."""
    qualifier, number, unit = figure_parts(result)
    return format_html("{} {} <small>{}</small>", qualifier, number, unit)


@register.filter
def date_in_words(value):
    """Show a partial date in words."""
    return partial_dates.date_in_words(value) if value else ""


@register.filter
def day_in_words(moment):
    """Show a day, or the day of a moment, in words: months in lower case where the language writes them so."""
    day = moment.date() if isinstance(moment, datetime) else moment
    return partial_dates.date_in_words(day.isoformat()) if day else ""
