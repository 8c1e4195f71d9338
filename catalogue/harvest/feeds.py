"""Atom feeds (RFC 4287) that lead to their older entries (RFC 5005)."""

from django.utils.feedgenerator import Atom1Feed

LICENCE = "CC BY 4.0 https://creativecommons.org/licenses/by/4.0/"


class Feed(Atom1Feed):
    """An Atom feed that leads to its older entries and says when the list changed, also when it is empty."""

    def add_root_elements(self, handler):
        super().add_root_elements(handler)
        if self.feed["next"]:
            handler.addQuickElement("link", "", {"rel": "next", "href": self.feed["next"]})

    def latest_post_date(self):
        return self.feed["changed"]
