"""Citations as text, by the Citation Style Language; its styles are in ``styles/``."""

import io
import threading
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from django.utils.translation import get_language

STYLES = Path(__file__).parent / "styles"
LOCALES = {"es": "es-ES", "en": "en-US", "pt-br": "pt-BR"}
# not part of any printed citation: the publisher of a record is its author, whom styles do not print twice
FOR_PROGRAMS = ("abstract", "title-short", "event-date", "note", "publisher")
# Terms that the language files of CSL have differently from citations in that language
OWN_TERMS = b"""<locale xml:lang="es"><terms><term name="accessed">acceso</term></terms></locale>
  <locale xml:lang="en"><terms><term name="at">on</term></terms></locale>
  <locale xml:lang="pt-BR">"""


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


class _ParsedStyles(threading.local):
    """The parsed styles of a thread, by language; each stores what it is formatting, so threads must not share one."""

    def __init__(self) -> None:
        self.cache: dict[tuple[Style, str], CitationStylesStyle] = {}

    def parsed(self, style: Style) -> CitationStylesStyle:
        """Return a style for the active language; parsing takes longer than formatting with it."""
        language = str(get_language())
        if (style, language) not in self.cache:
            file = io.BytesIO(_style_file(style))
            parsed = CitationStylesStyle(file, validate=False, locale=LOCALES[language])
            parsed.root.xpath_search = cache(parsed.root.xpath_search)  # half of each citation: where its macros stand
            self.cache[style, language] = parsed
        return self.cache[style, language]


_styles = _ParsedStyles()


class FormattedCitation(NamedTuple):
    """A citation as text and the name of its style."""

    style: str
    text: str


def formatted_citations(item: dict[str, Any]) -> list[FormattedCitation]:
    """Return a CSL-JSON item as text in every style, in the active language."""
    return [FormattedCitation(style.name, formatted(item, style)) for style in CITATION_STYLES]


def formatted(item: dict[str, Any], style: Style = CITATION_STYLES[0]) -> str:
    """Return a CSL-JSON item as text in one style, in the active language."""
    kind = style.part if "container-title" in item else style.whole
    shown = {name: value for name, value in item.items() if name not in FOR_PROGRAMS} | {"type": kind}
    bibliography = CitationStylesBibliography(_styles.parsed(style), CiteProcJSON([shown]), formatter.plain)
    bibliography.register(Citation([CitationItem(item["id"])]))
    return " ".join(str(bibliography.bibliography()[0]).split())


def _style_file(style: Style) -> bytes:
    """Return the file of a style; that of ABNT, which has only Portuguese terms, with terms of ours."""
    return (STYLES / style.file).read_bytes().replace(b'<locale xml:lang="pt-BR">', OWN_TERMS)
