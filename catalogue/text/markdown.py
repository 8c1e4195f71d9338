"""Editors' Markdown as HTML that cannot carry code: raw HTML stays text, and only a few elements come out."""

from functools import cache

import nh3
from django.utils.safestring import mark_safe

ALLOWED = {"p", "br", "ul", "ol", "li", "strong", "em"}


@cache
def _parser():
    from markdown_it import MarkdownIt  # takes long to import, and no list needs it

    return MarkdownIt("commonmark", {"html": False})


def tokens(text):
    """Return a text in Markdown as the parser's tokens, for what is not HTML: books and briefs."""
    return _parser().parse(text)


def render(text):
    """Return safe HTML for a text in Markdown: paragraphs, lists, strong and emphasised words."""
    html = nh3.clean(_parser().render(text), tags=ALLOWED, attributes={})
    return mark_safe(html)  # noqa: S308 - the sanitiser lets through seven elements and no attribute
