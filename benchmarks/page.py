"""docs/performance.md: ``benchmarks.run`` writes it anew, other programs each keep a section of theirs at its end."""

from benchmarks.dataset import ROOT

PAGE = ROOT / "docs" / "performance.md"
SECTIONS = ("Load", "Imports", "Large files")  # in this order; each is written by its own program


def write(text):
    """Write the page anew; the sections of other programs stay as they are."""
    sections = sections_of(PAGE.read_text(encoding="utf-8")) if PAGE.exists() else {}
    _write(text, sections)


def put(heading, text):
    """Write one section; everything else stays as it is."""
    page = PAGE.read_text(encoding="utf-8")
    _write(page.partition(_start_of_sections(page))[0], {**sections_of(page), heading: text})


def sections_of(page):
    """Return ``{heading: text}`` of the sections of other programs."""
    parts = (part.partition("\n") for part in f"\n{page}".split("\n## ")[1:])
    return {heading: text.strip("\n") for heading, _newline, text in parts if heading in SECTIONS}


def _start_of_sections(page):
    return next((f"\n## {name}\n" for name in SECTIONS if f"\n## {name}\n" in page), "\0")


def _write(text, sections):
    ordered = [f"## {name}\n\n{sections[name]}\n" for name in SECTIONS if name in sections]
    PAGE.write_text("\n".join([f"{text.rstrip()}\n", *ordered]), encoding="utf-8")
