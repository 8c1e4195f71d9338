"""What a page tells machines in its head: linked data, Open Graph, and the feed of what it lists."""

from django import template
from django.conf import settings
from django.http import QueryDict
from django.templatetags.static import static
from django.utils.translation import gettext, gettext_lazy as _

from catalogue.citations.texts import LOCALES
from catalogue.harvest.linked_data import as_script, catalogue_data, page_data
from catalogue.harvest.meetings import meeting_data
from catalogue.listing.feed import feed_url
from catalogue.models.version import current
from catalogue.text.languages import localized

register = template.Library()

NAMES = {
    "practice_list": _("Practices"),
    "network_list": _("Thematic networks"),
    "country_list": _("Member States"),
    "meeting_list": _("Meetings"),
    "forum_list": _("Forums and organisations"),
    "commitment_list": _("Commitments"),
    "about": _("About the catalogue"),
    "codebook": _("Codebook"),
    "glossary": _("Glossary"),
    "api_docs": _("API"),
    "accessibility": _("Accessibility"),
    "privacy": _("Privacy"),
    "data": _("Open data and API"),
    "cite_list": _("Cite this list"),
    "practice_citations": _("Cite this practice"),
}
LISTS = (
    "practice_list",
    "network_list",
    "network_detail",
    "country_list",
    "country_detail",
    "meeting_list",
    "forum_list",
)
OF_THE_WHOLE = ("home", "about", "data")  # pages that describe the catalogue as a whole


@register.inclusion_tag("_for_machines.html", takes_context=True)
def for_machines(context):
    """Show in the head of a page what machines take from it."""
    request = context["request"]
    page = request.resolver_match
    name = name_of(context, page.url_name)
    address = f"{settings.SITE_URL}{request.path}"
    return {
        "linked_data": linked_data(context, page.url_name, name, address),
        "name": name,
        "summary": context.get("record", {}).get("summary", ""),
        "kind": "article" if "record" in context else "website",
        "address": address,
        "image": f"{settings.SITE_URL}{static('card.png')}",
        "site_name": settings.SITE_NAME,
        "locales": locales(context["language_links"]),
        "feed": feed_of(context, page.url_name),
        "feed_name": gettext("Changes in this list"),
    }


def name_of(context, url_name):
    """Return what a page is called."""
    if "record" in context:
        return context["record"]["title"]
    for thing in ("network", "country", "meeting", "forum"):
        if thing in context and url_name == f"{thing}_detail":
            return localized(context[thing], "name").text
    return str(NAMES.get(url_name, settings.SITE_NAME))


def linked_data(context, url_name, name, address):
    """Return the data block of a page: the practice, the whole catalogue, or the page itself."""
    if "record" in context:
        return context["record"]["linked_data"]
    if url_name == "meeting_detail":
        return as_script(meeting_data(context["meeting"]))
    if url_name in OF_THE_WHOLE:
        return as_script(catalogue_data(getattr(context["request"], "version", None) or current(), QueryDict()))
    return as_script(page_data(name, address, is_list=url_name in LISTS))


def feed_of(context, url_name):
    """Return the URL of the feed of what a page lists; that of everything on the other pages.

    The list of practices gives the query of its feed itself: a placeholder of its page template.
    """
    query = QueryDict(mutable=True)
    if url_name == "network_detail":
        query["network"] = context["network"].slug
    elif url_name == "country_detail":
        query["country"] = context["country"].iso2
    return f"{feed_url(query)}{context.get('feed_query', '')}"


def locales(links):
    """Return the languages of a page as Open Graph writes them, the page's own first: ``pt_BR``."""
    ordered = sorted(links, key=lambda link: not link["current"])
    return [LOCALES[link["code"]].replace("-", "_") for link in ordered]
