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

import re

from catalogue.models.judgements import inference_in_words, is_inferred
from catalogue.text import markdown
from catalogue.text.languages import localized
from catalogue.text.localized_html import language_note
from catalogue.text.safe_links import leads_to_the_web

NOT_SHOWN = re.compile(  # what neither XML nor PDF holds, and what nobody can read
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f"  # control characters but the line end
    r"\ud800-\udfff"  # halves of surrogate pairs
    r"\u202d\u202e\ufeff"  # overrides of the direction of writing; a byte-order mark
    f"{''.join(chr(plane << 16 | 0xFFFE) + chr(plane << 16 | 0xFFFF) for plane in range(17))}]"  # no characters
)
LINE_ENDS = re.compile(r"\r\n|[\r\u2028\u2029]")
MARKS = {"strong_open": "strong", "em_open": "emphasis"}


def clean(text):
    """Return ``text`` without the characters that no document can hold; line ends of any kind become ``\\n``."""
    return NOT_SHOWN.sub("", LINE_ENDS.sub("\n", str(text)))


def span(text, **marks):
    """Return a span of a cleaned text; a ``url`` that is no http, https, mailto or tel address is left out."""
    url = marks.get("url") or ""
    if not (leads_to_the_web(url) or url.startswith(("mailto:", "tel:"))):
        marks["url"] = ""
    return {"text": clean(text), **{name: value for name, value in marks.items() if value}}


def localized_spans(record, field, **marks):
    """Return a translated text as spans; one in another language carries ``lang`` and a note that names it."""
    text = localized(record, field)
    if not text.foreign:
        return [span(text.text, **marks)] if text.text else []
    return [span(text.text, lang=text.html_language, **marks), span(f" {language_note(text.language)}", soft=True)]


def localized_blocks(record, field):
    """Return a translated text in Markdown as blocks; a note before one in another language names it."""
    text = localized(record, field)
    blocks = markdown_blocks(text.text)
    if not text.foreign:
        return blocks
    for block in blocks:
        block["lang"] = text.html_language
    return [paragraph([span(language_note(text.language), soft=True)], "small"), *blocks]


def narrative_blocks(practice, field):
    """Return a long text of a practice as blocks; one inferred by the editors ends with a remark that says so."""
    blocks = localized_blocks(practice, field)
    remark = paragraph([span(f"({inference_in_words()})", soft=True)], "small")
    return [*blocks, remark] if is_inferred(practice, field) else blocks


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
    """Return a table: ``columns`` are texts, cells are lists of blocks, ``widths`` are relative."""
    return {"kind": "table", "caption": clean(caption), "columns": columns, "rows": rows, "widths": widths}


def facts_block(rows):
    """Return labels with their values, given as ``(label, spans)``; a row without spans is left out."""
    facts = [{"label": str(label), "blocks": [paragraph(spans)]} for label, spans in rows if spans]
    return {"kind": "facts", "rows": facts}


def document_part(title, *, anchor="", blocks=(), parts=(), **marks):
    """Return a part of a document; its ``title`` is a text or spans."""
    title = title if isinstance(title, list) else [span(title)]
    return {"title": title, "anchor": anchor, "blocks": list(blocks), "parts": list(parts), **marks}


def join_spans(lists, separator=", "):
    """Return lists of spans as one list, with a separator between those that are not empty."""
    spans = []
    for index, item in enumerate(filter(None, lists)):
        spans += [span(separator)] if index else []
        spans += item
    return spans


def plain_text(spans):
    """Return the bare text of spans."""
    return "".join(item["text"] for item in spans)


def markdown_blocks(text):
    """Return Markdown as blocks: paragraphs, lists, strong and emphasised words, as the pages show it."""
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
