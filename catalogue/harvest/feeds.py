"""Atom feeds (RFC 4287) that lead to their older entries (RFC 5005)."""

from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from catalogue.harvest.linked_data import LICENCE_URL
from catalogue.harvest.xml import xml_text
from catalogue.text.languages import HTML_LANGUAGES, content_language

LICENCE = f"CC BY 4.0 {LICENCE_URL}"


class Feed(Atom1Feed):
    """An Atom feed in the active language, by the Technical Secretariat.

    ``next`` is the URL of the older entries, ``changed`` the time of the last change, also of an empty feed.
    """

    def __init__(self, title, link, description=None, **elements):
        defaults = {
            "language": HTML_LANGUAGES[content_language()],
            "author_name": _("South American Conference on Migration, Technical Secretariat"),
            "feed_guid": elements["feed_url"],
            "feed_copyright": LICENCE,
            "next": None,
        }
        super().__init__(xml_text(title), link, description, **defaults | elements)

    def add_root_elements(self, handler):
        super().add_root_elements(handler)
        if self.feed["next"]:
            handler.addQuickElement("link", "", {"rel": "next", "href": self.feed["next"]})

    def latest_post_date(self):
        return self.feed["changed"]
