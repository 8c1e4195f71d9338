"""A document as plain data: ``{"kind", "title", "lines", "details", "labels", "parts", …}``; its parts: ``blocks``."""

from datetime import UTC, datetime

from django.conf import settings
from django.utils.translation import gettext as _, ngettext

from catalogue.models.version import current
from catalogue.partial_dates import date_in_words
from catalogue.publication.blocks import clean
from catalogue.text.languages import HTML_LANGUAGES, content_language


def new_document(kind, *, title, lines, parts, details=None, **marks):
    """Return a document in the active language.

    ``lines`` stand under the name of the Conference on the cover; ``details`` are pairs of label and text, by default
    the ``issue_details``, the last of which is repeated in the footer.
    """
    conference, site_name = _("South American Conference on Migration"), str(settings.SITE_NAME)
    details = [(clean(label), clean(text)) for label, text in details or issue_details()]
    return {
        "kind": kind,
        "language": HTML_LANGUAGES[content_language()],
        "title": clean(title),
        "lines": [clean(line) for line in (conference, *lines)],
        "details": [{"label": label, "text": text} for label, text in details],
        "author": conference,
        "catalogue": site_name,
        "address": settings.SITE_URL,
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "footer": clean(" · ".join([site_name, ": ".join(details[-1])])),
        "labels": {"contents": _("Contents"), "page": _("page"), "mark": _("Logo of the catalogue: woven bands")},
        "parts": parts,
        **marks,
    }


def issue_details():
    """Return when the document is made, and of which version of the contents."""
    version = current()
    words = {"number": version.number, "date": date_in_words(version.changed_at.date().isoformat())}
    return [
        (_("Date"), date_in_words(datetime.now(UTC).date().isoformat())),
        (_("Version of the catalogue"), _("%(number)s, last changed on %(date)s") % words),
    ]


def practice_count(total):
    """Return in words how many practices a document holds."""
    return ngettext("%(total)s practice", "%(total)s practices", total) % {"total": total}
