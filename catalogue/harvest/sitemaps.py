"""The sitemap: every public page in every language, each with its translations.

https://www.sitemaps.org/protocol.html
"""

from html import escape

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from catalogue.models import Edition, Practice, Term
from catalogue.text.languages import HTML_LANGUAGES
from networks.models import Country, Forum, Meeting, Network

PER_FILE = 10_000  # practices; three URLs each, of the 50,000 that a file may hold
PAGES = (
    "home",
    "practice_list",
    "network_list",
    "country_list",
    "framework_list",
    "result_list",
    "coverage",
    "meeting_list",
    "forum_list",
    "commitment_list",
    "adaptation_list",
    "edition_list",
    "about",
    "accessibility",
    "privacy",
    "data",
    "codebook",
    "glossary",
    "api_docs",
)
SLOT = "slug-goes-here"  # placeholder for a slug in a URL that is reversed once
NAMESPACES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def file_count():
    """Return how many files the sitemap needs; when there are several, an index lists them."""
    return max(1, -(-Practice.objects.published().count() // PER_FILE))


def sitemap_index(count):
    """Return the index of ``count`` files."""
    url = f"{settings.SITE_URL}{reverse('sitemap')}"
    entries = "".join(f"<sitemap><loc>{url}?p={number}</loc></sitemap>\n" for number in range(1, count + 1))
    return f'{HEAD}<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{entries}</sitemapindex>\n'


def sitemap_file(number):
    """Yield the file with this number, from 1; the pages that are no practices stand in the first."""
    yield f"{HEAD}<urlset {NAMESPACES}>\n"
    if number == 1:
        yield from _pages()
    translations = _urls("practice_detail", SLOT)
    start = (number - 1) * PER_FILE
    for row in Practice.objects.published().for_sitemap()[start : start + PER_FILE].iterator():
        urls = {code: url.replace(SLOT, row["slug"]) for code, url in translations.items()}
        yield _entry(urls, row["updated"].date().isoformat())
    yield "</urlset>\n"


def _pages():
    pages = [
        *((name,) for name in PAGES),
        *(("network_detail", network.slug) for network in Network.objects.all()),
        *(("framework_term", *term) for term in Term.objects.of_frameworks().values_list("scheme", "code")),
        *(("country_detail", country.iso2.lower()) for country in Country.objects.all()),
        *(("meeting_detail", meeting.slug) for meeting in Meeting.objects.all()),
        *(("forum_detail", forum.slug) for forum in Forum.objects.all()),
        *(("edition_detail", edition.address) for edition in Edition.objects.announced()),
    ]
    return (_entry(_urls(name, *arguments)) for name, *arguments in pages)


def _urls(name, *arguments):
    """Return the full URL of a page by language."""
    urls = {}
    for code, _language in settings.LANGUAGES:
        with translation.override(code):
            urls[code] = f"{settings.SITE_URL}{reverse(name, args=arguments)}"
    return urls


def _entry(urls, changed=None):
    """Return one page: an entry for each language, all with the same translations."""
    links = "".join(_link(HTML_LANGUAGES[code[:2]], url) for code, url in urls.items())
    links += _link("x-default", urls[settings.LANGUAGE_CODE])
    lastmod = f"<lastmod>{changed}</lastmod>" if changed else ""
    return "".join(f"<url><loc>{escape(url)}</loc>{lastmod}{links}</url>\n" for url in urls.values())


def _link(language, url):
    return f'<xhtml:link rel="alternate" hreflang="{language}" href="{escape(url)}"/>'
