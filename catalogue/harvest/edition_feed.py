"""The editions as an Atom feed: a call opens, it closes, an edition is frozen."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from catalogue.harvest.feeds import Feed
from catalogue.harvest.xml import xml_text
from catalogue.models import Edition
from catalogue.models.version import current
from catalogue.partial_dates import date_in_words
from catalogue.text.languages import localized


def announcements():
    """Return the feed in the active language, the latest announcement first."""
    editions = Edition.objects.announced().select_related("frozen")
    entries = sorted(
        (entry for edition in editions for entry in _edition_entries(edition)),
        key=lambda entry: entry["updateddate"],
        reverse=True,
    )
    feed = Feed(
        title=_("%(site)s – editions") % {"site": settings.SITE_NAME},
        link=f"{settings.SITE_URL}{reverse('edition_list')}",
        feed_url=f"{settings.SITE_URL}{reverse('edition_feed')}",
        changed=max((entry["updateddate"] for entry in entries), default=current().changed_at),
    )
    for entry in entries:
        feed.add_item(**entry)
    return feed.writeString("utf-8")


def _edition_entries(edition):
    """Yield an entry for each announced transition of an edition."""
    link = f"{settings.SITE_URL}{edition.get_absolute_url()}"
    frozen = getattr(edition, "frozen", None)
    for name, moment, title, text in (
        ("opened", edition.opened_at, _("Call for practices: %(edition)s"), _call_in_words(edition)),
        ("closed", edition.closed_at, _("Call closed: %(edition)s"), _("Practices are no longer accepted.")),
        ("frozen", frozen and frozen.at, _("Edition frozen: %(edition)s"), localized(edition, "citation").text),
    ):
        if moment:
            yield {
                "title": xml_text(title % {"edition": edition}),
                "link": link,
                "description": xml_text(text),
                "unique_id": f"{link}#{name}",
                "pubdate": moment,
                "updateddate": moment,
            }


def _call_in_words(edition):
    call = localized(edition, "call").text
    if not edition.deadline:
        return call
    return " ".join(
        [
            _("Deadline: midnight (UTC) at the end of %(day)s.") % {"day": date_in_words(edition.deadline.isoformat())},
            call,
        ]
    )
