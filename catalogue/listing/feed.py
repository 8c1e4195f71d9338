"""A list as an Atom feed (RFC 4287): what changed last comes first, older entries on the next page (RFC 5005)."""

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from catalogue.harvest.feeds import LICENCE, Feed
from catalogue.harvest.xml import xml_text
from catalogue.listing.facets import Facets
from catalogue.listing.paging import full_url, page_of
from catalogue.models import Practice
from catalogue.server.absolute_urls import list_url, permanent_url, public_url
from catalogue.text.languages import HTML_LANGUAGES, content_language, localized

ENTRIES = 50


def atom_file(filterset, _language):
    """Return the response with the feed of a list, in the order asked for, else with the latest change first."""
    order = filterset.order if "sort" in filterset.data else "-updated"
    page = page_of(Facets(filterset).listed_by(order), filterset.data.get("page"), ENTRIES)
    practices = Practice.objects.published().for_listing().listed(list(page))
    query = filterset.known_query()
    address = feed_url(query)
    feed = Feed(
        title=xml_text(title_of(filterset)),
        link=list_url(query),
        description=None,
        language=HTML_LANGUAGES[content_language()],
        author_name=_("South American Conference on Migration, Technical Secretariat"),
        feed_url=address,
        feed_guid=address,
        feed_copyright=LICENCE,
        changed=max((practice.updated for practice in practices), default=filterset.version.changed_at),
        next=feed_url(query, page=page.next_page_number()) if page.has_next() else None,
    )
    for practice in practices:
        feed.add_item(**entry_of(practice))
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def entry_of(practice):
    """Return the entry of a practice, in the active language."""
    networks = [localized(row.network, "name").text for row in practice.practice_networks.all()]
    countries = [localized(country, "name").text for country in practice.implementing_countries]
    return {
        "title": xml_text(localized(practice, "title").text),
        "link": public_url(practice),
        "description": xml_text(localized(practice, "summary").text),
        "unique_id": permanent_url(practice),
        "author_name": _("South American Conference on Migration"),
        "categories": [xml_text(name) for name in networks + countries],
        "pubdate": practice.created,
        "updateddate": practice.updated,
    }


def title_of(filterset):
    """Return the name of the catalogue and the filters in words."""
    name = str(settings.SITE_NAME)
    return f"{name} – {filterset.in_words()}" if filterset.chosen() else name


def feed_url(query, *, page=None):
    """Return the full URL of the feed of a list, in the active language."""
    return full_url(reverse("practice_list_file", args=["atom"]), query, page=page)
