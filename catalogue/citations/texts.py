"""Citations as text, by the Citation Style Language: the rules are in ``styles/``, none is written here."""

import io
import threading
from pathlib import Path
from typing import NamedTuple

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from django.utils.translation import get_language

STYLES = Path(__file__).parent / "styles"
LOCALES = {"es": "es-ES", "en": "en-US", "pt-br": "pt-BR"}
# ABNT has terms of its own in Portuguese alone; those of the other languages say "Accedido en" and "Accessed at"
TERMS_OF_ABNT = b"""<locale xml:lang="es"><terms><term name="accessed">acceso</term></terms></locale>
<locale xml:lang="en"><terms><term name="at">on</term></terms></locale>
"""
FOR_PROGRAMS = ("abstract", "title-short", "event-date")  # not part of any printed citation


class Style(NamedTuple):
    """A citation style: its name, its file, and the CSL types under which it treats a part and a whole."""

    name: str
    file: str
    part: str
    whole: str


CITATION_STYLES = (
    Style("APA", "apa.csl", part="report", whole="report"),
    Style("Chicago", "chicago-author-date.csl", part="report", whole="report"),
    # its rule for reports forgets a full stop and asks for a publisher; these two read well without one
    Style("ABNT", "abnt.csl", part="post-weblog", whole="manuscript"),
)


class _Rules(threading.local):
    """The styles that a thread has read, by language: they hold what is being written, so no two threads share one."""

    def __init__(self):
        self.known = {}

    def of(self, style):
        """Return a style for the active language; to read it takes longer than to follow it."""
        language = get_language()
        if (style, language) not in self.known:
            file = io.BytesIO(rules_of(style))
            self.known[style, language] = CitationStylesStyle(file, validate=False, locale=LOCALES[language])
        return self.known[style, language]


_rules = _Rules()


class FormattedCitation(NamedTuple):
    """A citation as text and the name of its style."""

    style: str
    text: str


def formatted_citations(item):
    """Return a CSL-JSON item as text in every style, in the active language."""
    return [FormattedCitation(style.name, formatted(item, style)) for style in CITATION_STYLES]


def formatted(item, style=CITATION_STYLES[0]):
    """Return a CSL-JSON item as text in one style, in the active language."""
    kind = style.part if "container-title" in item else style.whole
    shown = {name: value for name, value in item.items() if name not in FOR_PROGRAMS} | {"type": kind}
    bibliography = CitationStylesBibliography(_rules.of(style), CiteProcJSON([shown]), formatter.plain)
    bibliography.register(Citation([CitationItem(item["id"])]))
    return " ".join(str(bibliography.bibliography()[0]).split())


def rules_of(style):
    """Return the file of a style; outside English, the last two authors are joined by a word, not by an ampersand."""
    rules = (STYLES / style.file).read_bytes()
    if style.name == "ABNT":
        own = b'<locale xml:lang="pt-BR">'
        rules = rules.replace(own, TERMS_OF_ABNT + own, 1)
    return rules if get_language() == "en" else rules.replace(b'and="symbol"', b'and="text"')
