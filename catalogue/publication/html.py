"""A document of plain data as HTML, so that a page says what the file says; see ``blocks`` for the shapes."""

from django.template.loader import render_to_string


def as_html(parts, level=2):
    """Return parts of a document as safe HTML, the first headings at ``level``."""
    return render_to_string("catalogue/document/_parts.html", {"parts": parts, "level": level})


def blocks_as_html(blocks):
    """Return blocks of a document as safe HTML."""
    return render_to_string("catalogue/document/_blocks.html", {"blocks": blocks})
