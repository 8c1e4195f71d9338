"""What every page knows: the site's name, its address in the other languages, and the way to write to us."""

from django.conf import settings
from django.http import Http404
from django.urls import Resolver404, resolve, reverse, translate_url
from django.utils import translation

from catalogue.languages import HTML_LANGUAGES, content_language


def site(request):
    """Return the names and the language links for the page of ``request``."""
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "content_language": content_language(),
        "html_language": HTML_LANGUAGES[content_language()],
        "language_links": language_links(request),
        "canonical_path": request.path,
    }


def language_links(request):
    """Return the same page in each language, with its filters; the home page where this page has no twin."""
    return [
        {
            "code": code,
            "html": HTML_LANGUAGES[content_language(code)],
            "name": name,
            "path": _twin(request, code),
            "current": code == translation.get_language(),
        }
        for code, name in settings.LANGUAGES
    ]


def _twin(request, language):
    try:
        resolve(request.path_info)
    except (Resolver404, Http404):
        with translation.override(language):
            return reverse("home")
    return translate_url(request.get_full_path(), language)
