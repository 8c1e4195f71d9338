"""A document of plain data as HTML, so that a page says what the file says; see ``texts`` for the shapes."""

from django.utils.html import escape
from django.utils.safestring import mark_safe

SCHEMES = ("https://", "http://", "mailto:", "tel:")
ELEMENTS = {"strong": "strong", "emphasis": "em"}
CLASSES = {"lead": "lead", "small": "sm", "address": "sm mute"}


def as_html(parts, level=2):
    """Return parts of a document as safe HTML, the first headings at ``level``."""
    return mark_safe("".join(_part(each, level) for each in parts))  # noqa: S308 - every text is escaped


def blocks_as_html(blocks):
    """Return blocks of a document as safe HTML."""
    return mark_safe("".join(BLOCKS[block["kind"]](block) for block in blocks))  # noqa: S308 - as above


def _part(part, level):
    heading = f"<h{level}>{_spans(part['title'])}</h{level}>"
    return f"<section>{heading}{blocks_as_html(part['blocks'])}{as_html(part['parts'], level + 1)}</section>"


def _paragraph(block):
    style = CLASSES.get(block["style"], "")
    return f"<p{_attribute('class', style)}{_attribute('lang', block.get('lang', ''))}>{_spans(block['spans'])}</p>"


def _list(block):
    name = "ol" if block["ordered"] else "ul"
    items = "".join(f"<li>{blocks_as_html(item)}</li>" for item in block["items"])
    return f"<{name}{_attribute('lang', block.get('lang', ''))}>{items}</{name}>"


def _facts(block):
    rows = "".join(
        f"<div><dt>{escape(row['label'])}</dt><dd>{blocks_as_html(row['blocks'])}</dd></div>" for row in block["rows"]
    )
    return f'<dl class="kv">{rows}</dl>'


def _table(block):
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in block["columns"])
    rows = "".join(f"<tr>{''.join(f'<td>{blocks_as_html(cell)}</td>' for cell in row)}</tr>" for row in block["rows"])
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(block["caption"])}"><table>'
        f'<caption class="vh">{escape(block["caption"])}</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody>'
        "</table></div>"
    )


def _note(block):
    return f'<div class="note">{blocks_as_html(block["blocks"])}</div>'


BLOCKS = {"paragraph": _paragraph, "list": _list, "facts": _facts, "table": _table, "note": _note}


def _spans(spans):
    return "".join(map(_span, spans))


def _span(span):
    text = escape(span["text"]).replace("\n", "<br>")
    for mark, element in ELEMENTS.items():
        if span.get(mark):
            text = f"<{element}>{text}</{element}>"
    attributes = _attribute("lang", span.get("lang", "")) + _attribute("class", "mute" if span.get("soft") else "")
    if (address := span.get("url", "")).startswith(SCHEMES):
        return f'<a href="{escape(address)}"{attributes}>{text}</a>'
    return f"<span{attributes}>{text}</span>" if attributes else text


def _attribute(name, value):
    return f' {name}="{escape(value)}"' if value else ""
