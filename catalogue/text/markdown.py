"""Editors' Markdown as HTML that cannot carry code: raw HTML stays text, and only a few elements come out."""

import re
from functools import cache

import nh3
from django.utils.safestring import mark_safe

ALLOWED = {"p", "br", "ul", "ol", "li", "strong", "em"}
# A paragraph, or a list of items, in which no character means anything to Markdown or HTML but in ``_ESCAPES``
_LINE = r"(?![\s#>+=~|-]|\d+[.)])[^\\`*_\[\]<&\x00-\x1f\x7f-\xa0\ud800-\udfff]+(?<!\s)"
_PARAGRAPH = re.compile(rf"{_LINE}(?:\n{_LINE})*")
_LIST = re.compile(rf"- {_LINE}(?:\n- {_LINE})*")


@cache
def _parser():
    from markdown_it import MarkdownIt  # takes long to import, and no list needs it

    return MarkdownIt("commonmark", {"html": False})


def tokens(text):
    """Return a text in Markdown as the parser's tokens, for what is not HTML: books and briefs."""
    return _parser().parse(text)


def render(text):
    """Return safe HTML for a text in Markdown: paragraphs, lists, strong and emphasised words."""
    html = _rendered_plain(text)
    if html is None:
        html = nh3.clean(_parser().render(text), tags=ALLOWED, attributes={})
    return mark_safe(html)  # noqa: S308 - the sanitiser lets through seven elements and no attribute


def _rendered_plain(text):
    """Return the same HTML for paragraphs and lists without any other mark, a tenth of the work; else ``None``."""
    blocks, was_list = [], False
    for block in filter(None, re.split(r"\n{2,}", text.strip("\n"))):
        is_list = bool(_LIST.fullmatch(block))
        if (is_list and was_list) or not (is_list or _PARAGRAPH.fullmatch(block)):
            return None
        html = block.replace(">", "&gt;")
        if is_list:
            html = "".join(f"<li>{line[2:]}</li>\n" for line in html.split("\n"))
        blocks.append(f"<ul>\n{html}</ul>\n" if is_list else f"<p>{html}</p>\n")
        was_list = is_list
    return "".join(blocks)
