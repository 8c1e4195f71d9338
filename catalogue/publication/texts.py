"""Texts as plain data that a typesetter draws and never runs.

A *span* is ``{"text": …}`` with marks: ``strong``, ``emphasis``, ``soft`` (less ink), ``lang`` (BCP 47, where it is
not the document's), ``url`` (http, https, mailto, tel), ``to`` (the anchor of a part of the same document) or
``page_of`` (an anchor, whose page number is shown in brackets).

A *block* is one of::

    {"kind": "paragraph", "spans": […], "style": "lead" | "small" | "address" | ""}
    {"kind": "list", "ordered": bool, "items": [[block, …], …]}
    {"kind": "facts", "rows": [{"label": text, "blocks": [block, …]}, …]}
    {"kind": "table", "caption": text, "columns": [text, …], "rows": [[[block, …], …], …], "widths": [number, …]}
    {"kind": "note", "blocks": [block, …]}

Any block may carry ``lang``. A *part* is ``{"title": [span, …], "anchor": text, "blocks": […], "parts": […]}``.
"""

import unicodedata

from catalogue.models.judgements import inference_in_words, is_inferred
from catalogue.text import markdown
from catalogue.text.languages import HTML_LANGUAGES, localized
from catalogue.text.localized_html import language_note
from catalogue.text.safe_links import leads_to_the_web

UNPRINTABLE = {"Cc", "Cs"}  # control characters and halves of surrogate pairs: neither XML nor PDF holds them
UNREADABLE = "\u202d\u202e\ufeff"  # letters shown in another order than read; a byte-order mark
MARKS = {"strong_open": "strong", "em_open": "emphasis"}


def clean(text):
    """Return ``text`` without characters that no document can hold; line ends of any kind become ``\\n``."""
    text = str(text).replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    return "".join(character for character in text if _printable(character))


def _printable(character):
    if character in UNREADABLE or ord(character) & 0xFFFE == 0xFFFE:
        return False
    return character == "\n" or unicodedata.category(character) not in UNPRINTABLE


def span(text, **marks):
    """Return a span; a text of the interface or of a record, cleaned. What is no address of the web is no link."""
    address = marks.get("url") or ""
    if not (leads_to_the_web(address) or address.startswith(("mailto:", "tel:"))):
        marks["url"] = ""
    return {"text": clean(text), **{name: value for name, value in marks.items() if value}}


def said(record, field, **marks):
    """Return a translated text as spans; one in another language carries it and says so."""
    text = localized(record, field)
    if not text.foreign:
        return [span(text.text, **marks)] if text.text else []
    return [
        span(text.text, lang=text.html_language, **marks),
        span(f" {language_note(text.language)}", soft=True),
    ]


def said_at_length(record, field):
    """Return a long translated text, written in Markdown, as blocks; the language of a foreign one goes before it."""
    text = localized(record, field)
    blocks = from_markdown(text.text)
    if not text.foreign:
        return blocks
    for block in blocks:
        block["lang"] = text.html_language
    return [paragraph([span(language_note(text.language), soft=True)], "small"), *blocks]


def told_at_length(practice, field):
    """Return a long text of a practice as blocks; what its source does not say ends with the remark that says so."""
    blocks = said_at_length(practice, field)
    return [*blocks, remark(inference_in_words())] if is_inferred(practice, field) else blocks


def remark(words):
    """Return a small paragraph in brackets on what stands before it."""
    return paragraph([span(f"({words})", soft=True)], "small")


def paragraph(spans, style=""):
    """Return a paragraph of spans."""
    return {"kind": "paragraph", "spans": spans, "style": style}


def sentence(text, style=""):
    """Return a paragraph of one plain text."""
    return paragraph([span(text)], style)


def bullets(items, *, ordered=False):
    """Return a list whose items are lists of blocks."""
    return {"kind": "list", "ordered": ordered, "items": items}


def table(caption, columns, rows, widths):
    """Return a table: texts as headings, cells of blocks, widths as parts of the line."""
    return {"kind": "table", "caption": clean(caption), "columns": columns, "rows": rows, "widths": widths}


def part(title, *, anchor="", blocks=(), parts=(), **marks):
    """Return a part of a document with its heading."""
    return {"title": title, "anchor": anchor, "blocks": list(blocks), "parts": list(parts), **marks}


def joined(lists, separator=", "):
    """Return lists of spans as one, with a separator between them."""
    spans = []
    for index, item in enumerate(filter(None, lists)):
        spans += [span(separator)] if index else []
        spans += item
    return spans


def plain(spans):
    """Return the bare text of spans."""
    return "".join(item["text"] for item in spans)


def language_tag(language):
    """Return the BCP 47 tag of a content language."""
    return HTML_LANGUAGES[language]


def from_markdown(text):
    """Return Markdown as blocks: what the pages show of it, which is paragraphs, lists, strong and emphasised words."""
    root = []
    containers = [root]
    for token in markdown.tokens(clean(text)):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            block = bullets([], ordered=token.type == "ordered_list_open")
            containers[-1].append(block)
            containers.append(block["items"])
        elif token.type == "list_item_open":
            item = []
            containers[-1].append(item)
            containers.append(item)
        elif token.type in ("bullet_list_close", "ordered_list_close", "list_item_close"):
            containers.pop()
        elif token.type == "inline":
            containers[-1].append(paragraph(_inline(token.children)))
        elif token.content:  # code and anything else the pages show as bare text
            containers[-1].append(sentence(token.content.rstrip("\n")))
    return root


def _inline(tokens):
    """Return the tokens of a line as spans."""
    spans, marks = [], []
    for token in tokens:
        if token.type in MARKS:
            marks.append(MARKS[token.type])
        elif token.type in ("strong_close", "em_close"):
            marks.pop()
        elif token.type == "hardbreak":
            spans.append(span("\n"))
        else:
            text = " " if token.type == "softbreak" else token.content
            if text:
                spans.append(span(text, **dict.fromkeys(marks, True)))
    return spans
