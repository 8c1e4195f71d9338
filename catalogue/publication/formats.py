"""The formats of a document, by the extension of the file."""

from collections.abc import Callable
from typing import NamedTuple

from catalogue.publication.briefs import PAGES
from catalogue.publication.pdf import typeset_pdf


class DocumentFormat(NamedTuple):
    """How a document becomes a file, and what kind of file it is."""

    write: Callable
    media_type: str


def write_pdf(document):
    """Return the PDF of a document, or of the first of several that fits on the pages of a brief."""
    return typeset_pdf(document) if isinstance(document, dict) else typeset_pdf(*document, pages=PAGES)


def write_docx(document):
    """Return the DOCX of a document; of several the first, which is the fullest: Word has no end of pages."""
    from catalogue.publication.docx import docx_file  # only when it is needed: it would take a tenth of every start

    return docx_file(document if isinstance(document, dict) else next(iter(document)))


FORMATS = {
    "pdf": DocumentFormat(write_pdf, "application/pdf"),
    "docx": DocumentFormat(write_docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}
