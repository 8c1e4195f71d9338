"""A localized text as HTML: what is not in the reader's language carries its ``lang`` and says which it is in."""

from django.utils.html import format_html
from django.utils.translation import gettext as _

from catalogue.text.languages import LANGUAGE_NAMES, content_language


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
