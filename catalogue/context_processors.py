"""What every template knows: the site's name, the page's URL in other languages, the Secretariat's e-mail address."""

from django.conf import settings
from django.http import Http404
from django.urls import Resolver404, resolve, reverse, translate_url
from django.utils import translation
from django.utils.encoding import iri_to_uri
from django.utils.html import escape

from catalogue.text.languages import HTML_LANGUAGES, content_language


def site(request):
    """Return the names and the language links for the page of ``request``."""
    translated = is_known(request)
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "content_language": content_language(),
        "html_language": HTML_LANGUAGES[content_language()],
        "language_links": language_links(request.path if translated else None),
        "query_string": query_string(request) if translated else "",
        "canonical_path": request.path,
        "secretariat_email": settings.SECRETARIAT_EMAIL,
    }


def query_string(request):
    """Return the query with its question mark, for the links to the other languages; safe HTML."""
    query = request.META.get("QUERY_STRING", "")
    return escape(f"?{iri_to_uri(query)}") if query else ""


def is_known(request):
    """Whether the URL of the request is one of the site's; only such a page exists in other languages."""
    try:
        return bool(resolve(request.path_info))
    except (Resolver404, Http404):
        return False


def language_links(path):
    """Return the URL of a page in each language, without its query; that of the home page without a path."""
    return [
        {
            "code": code,
            "html": HTML_LANGUAGES[content_language(code)],
            "name": name,
            "path": translate_url(path, code) if path else _home(code),
            "current": code == translation.get_language(),
        }
        for code, name in settings.LANGUAGES
    ]


def _home(language):
    with translation.override(language):
        return reverse("home")
