"""The typesetter: documents of plain data as PDF, in a process of its own: ``python -m catalogue.publication.typeset``.

Reads ``{"documents": […], "pages": number or null}`` as JSON and writes the PDF of the first document that has no more
than ``pages`` pages, or of the last. The process knows neither settings nor database; it ends when the file is made,
and gives its memory back.
"""

import json
import re
import sys
from pathlib import Path

import typst

HERE = Path(__file__).parent
TEMPLATES = HERE / "templates"  # all that the typesetter may open
STANDARD = "ua-1"  # it refuses to write a file that breaks PDF/UA-1 where it can tell
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
NOT_SHOWN = re.compile(r'the text `"(.+?)"` could not be displayed')


def typeset(documents, pages=None):
    """Return the PDF of the first of ``documents`` that fits into ``pages``, or of the last."""
    compiler = typst.Compiler(
        str(TEMPLATES / "document.typ"),
        root=str(TEMPLATES),
        font_paths=typst.Fonts(include_system_fonts=False, font_paths=[str(HERE / "fonts")]),
        package_path=str(TEMPLATES),
        package_cache_path=str(TEMPLATES),
    )
    for document in documents:
        pdf = compile_document(compiler, json.dumps(document, ensure_ascii=False))
        if pages is None or json.loads(compiler.query("<last-page>", field="value", one=True)) <= pages:
            break
    return pdf


def compile_document(compiler, document):
    """Return a document as PDF; a character that no font has is shown by its number, ``[U+1F999]``."""
    try:
        return compiler.compile(format="pdf", pdf_standards=STANDARD, sys_inputs={"document": document})
    except typst.TypstError as problem:
        unshown = {character for text in NOT_SHOWN.findall(problem.diagnostic) for character in _non_ascii(text)}
        if not unshown:
            raise
    numbered = {ord(character): f"[U+{ord(character):04X}]" for character in unshown}
    return compiler.compile(format="pdf", pdf_standards=STANDARD, sys_inputs={"document": document.translate(numbered)})


def _non_ascii(text):
    """Return the characters of a text as the typesetter's messages write it, without those every font has."""
    decoded = ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), text)
    return {character for character in decoded if ord(character) > 0x7F}


if __name__ == "__main__":
    job = json.load(sys.stdin.buffer)
    sys.stdout.buffer.write(typeset(job["documents"], job["pages"]))
