"""What becomes of the editions as an Atom feed: a call opens, it closes, an edition is published for good."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from catalogue.harvest.feeds import LICENCE, Feed
from catalogue.harvest.xml import xml_text
from catalogue.models import Edition
from catalogue.models.version import current
from catalogue.partial_dates import in_words
from catalogue.text.languages import HTML_LANGUAGES, content_language, localized


def announcements():
    """Return the feed in the active language, the latest announcement first."""
    address = f"{settings.SITE_URL}{reverse('edition_feed')}"
    entries = sorted(
        (entry for edition in Edition.objects.announced().select_related("frozen") for entry in entries_of(edition)),
        key=lambda entry: entry["updateddate"],
        reverse=True,
    )
    feed = Feed(
        title=xml_text(_("%(site)s – editions") % {"site": settings.SITE_NAME}),
        link=f"{settings.SITE_URL}{reverse('edition_list')}",
        description=None,
        language=HTML_LANGUAGES[content_language()],
        author_name=_("South American Conference on Migration, Technical Secretariat"),
        feed_url=address,
        feed_guid=address,
        feed_copyright=LICENCE,
        changed=max((entry["updateddate"] for entry in entries), default=current().changed_at),
        next=None,
    )
    for entry in entries:
        feed.add_item(**entry)
    return feed.writeString("utf-8")


def entries_of(edition):
    """Yield an entry for each step that readers know of."""
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
        [_("Deadline: midnight (UTC) at the end of %(day)s.") % {"day": in_words(edition.deadline.isoformat())}, call]
    )
