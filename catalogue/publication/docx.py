"""A document as DOCX to go on working with: real styles, headings, a table of contents, tables, languages.

Draws the same tree of plain data as the typesetter (see ``blocks``); python-docx writes the file.
"""

import io
from datetime import datetime
from itertools import count
from pathlib import Path

import docx
from docx.enum.section import WD_ORIENT
from docx.shared import Mm

from catalogue.publication import wordml
from catalogue.publication.blocks import plain_text

TEMPLATES = Path(__file__).parent / "templates"  # the styles of ``document.docx`` are edited in Word
DEEPEST_LIST = 3  # Word has styles for three levels
STYLES = {"lead": "Lead", "small": "Small", "address": "Small"}


def docx_file(data):
    """Return a document of plain data as the bytes of a DOCX."""
    file = io.BytesIO()
    DocxWriter(data).write().save(file)
    return file.getvalue()


class DocxWriter:
    """Writes one document from top to bottom."""

    def __init__(self, data):
        self.data = data
        self.document = docx.Document(str(TEMPLATES / "document.docx"))
        self.bookmarks = count(1)
        self.anchors = {}

    def write(self):
        """Return the finished document."""
        wordml.set_language(self.document, self.data["language"])
        self.styles = {style.name: style.style_id for style in self.document.styles}
        self.set_properties()
        self.set_page()
        anchors = filter(None, (part["anchor"] for part in self.all_parts()))
        self.anchors = {anchor: wordml.bookmark_name(anchor) for anchor in anchors}
        if self.data["kind"] == "book":
            self.cover()
            self.contents()
        for part in self.data["parts"]:
            self.part(part, 1)
        return self.document

    def all_parts(self):
        """Yield every part of the two levels that the contents list."""
        for part in self.data["parts"]:
            yield part
            yield from part["parts"]

    def set_properties(self):
        properties, data = self.document.core_properties, self.data
        properties.title, properties.author = data["title"][:255], data["author"][:255]
        properties.subject = "; ".join(f"{row['label']}: {row['text']}" for row in data["details"])[:255]
        properties.language, properties.category = data["language"], data["catalogue"]
        properties.comments = data["address"]
        properties.created = properties.modified = datetime.fromisoformat(data["made"]).replace(tzinfo=None)
        properties.last_modified_by = data["author"][:255]

    def set_page(self):
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        if self.data.get("wide"):
            section.orientation = WD_ORIENT.LANDSCAPE
            section.page_width, section.page_height = section.page_height, section.page_width
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(22)
        self.width = section.page_width - section.left_margin - section.right_margin
        footer = section.footer.paragraphs[0]
        wordml.add_text(footer, f"{self.data['footer']} · ")
        wordml.add_field(footer, "PAGE", "1")

    def cover(self):
        picture = self.document.add_picture(str(TEMPLATES / "mark.png"), width=Mm(30))
        wordml.describe_picture(picture, self.data["labels"]["mark"])
        first, *others = self.data["lines"]
        self.document.add_paragraph(first, "Subtitle")
        self.document.add_paragraph(self.data["title"], "Title")
        for line in others:
            self.document.add_paragraph(line, "Subtitle")
        for row in self.data["details"]:
            paragraph = self.document.add_paragraph()
            wordml.add_text(paragraph, f"{row['label']}: ", strong=True)
            wordml.add_text(paragraph, row["text"])
        self.document.add_page_break()

    def contents(self):
        """Write the table of contents as a field: filled in already, and brought up to date by Word."""
        self.document.add_paragraph(self.data["labels"]["contents"], "TOC Heading")
        lines = [
            (level, plain_text(part["title"]), self.anchors.get(part["anchor"], ""))
            for outer in self.data["parts"]
            for level, part in [(1, outer), *((2, inner) for inner in outer["parts"])]
        ]
        wordml.add_contents(self.document, lines)
        self.document.add_page_break()

    def part(self, part, level):
        heading = self.new_paragraph(self.document, f"Heading {min(level, 4)}")
        heading.paragraph_format.page_break_before = bool(part.get("opens"))
        if part["anchor"]:
            wordml.add_bookmark(heading, self.anchors.get(part["anchor"]), next(self.bookmarks))
        self.spans(heading, part["title"])
        for block in part["blocks"]:
            self.block(self.document, block)
        for inner in part["parts"]:
            self.part(inner, level + 1)

    def block(self, container, block, **context):
        """Write a block into the document or a cell; ``context``: style, list level and language of what is around."""
        context = {**context, "lang": block.get("lang") or context.get("lang", "")}
        getattr(self, block["kind"])(container, block, **context)

    def new_paragraph(self, container, style=""):
        """Add a paragraph; its style is written at once, for python-docx looks through all styles each time."""
        paragraph = container.add_paragraph()
        if style:
            paragraph._p.style = self.styles[style]
        return paragraph

    def paragraph(self, container, block, *, style="", lang="", **_context):
        paragraph = self.new_paragraph(container, style or STYLES.get(block["style"], ""))
        self.spans(paragraph, block["spans"], lang)
        return paragraph

    def note(self, container, block, *, lang="", **_context):
        for inner in block["blocks"]:
            self.block(container, inner, style="Note", lang=lang)

    def list(self, container, block, *, level=1, lang="", **_context):
        name = "List Number" if block["ordered"] else "List Bullet"
        depth = min(level, DEEPEST_LIST)
        style = name if depth == 1 else f"{name} {depth}"
        numbering = wordml.new_numbering(self.document, style) if block["ordered"] else None
        for item in block["items"]:
            for index, inner in enumerate(item):
                if inner["kind"] == "paragraph":
                    entry = style if index == 0 else f"List Continue{'' if depth == 1 else f' {depth}'}"
                    paragraph = self.paragraph(container, inner, style=entry, lang=inner.get("lang") or lang)
                    if numbering and index == 0:
                        wordml.number_paragraph(paragraph, numbering)
                else:
                    self.block(container, inner, level=level + 1, lang=lang)

    def facts(self, container, block, *, lang="", **_context):
        table = wordml.add_table(container, [1, 3], self.width, header=False)
        for row in block["rows"]:
            label, value = wordml.add_row(table)
            label.paragraphs[0]._p.style = self.styles["Table Heading"]
            wordml.add_text(label.paragraphs[0], row["label"])
            self.cell(value, row["blocks"], lang)

    def table(self, container, block, *, lang="", **_context):
        table = wordml.add_table(container, block["widths"], self.width, header=True, caption=block["caption"])
        for cell, column in zip(wordml.add_row(table, repeated=True), block["columns"], strict=True):
            cell.paragraphs[0]._p.style = self.styles["Table Heading"]
            wordml.add_text(cell.paragraphs[0], str(column))
        for row in block["rows"]:
            for cell, blocks in zip(wordml.add_row(table), row, strict=True):
                self.cell(cell, blocks, lang)

    def cell(self, cell, blocks, lang):
        """Write blocks into a cell, whose first paragraph is there already."""
        empty = cell.paragraphs[0]
        for block in blocks:
            self.block(cell, block, style="" if block.get("style") else "Table Text", lang=lang)
        if blocks:
            empty._element.getparent().remove(empty._element)

    def spans(self, paragraph, spans, lang=""):
        for item in spans:
            if "page_of" in item:
                self.page_of(paragraph, item["page_of"])
            else:
                target = self.anchors.get(item.get("to", ""), "")
                wordml.add_span(paragraph, item, lang, target)

    def page_of(self, paragraph, anchor):
        wordml.add_text(paragraph, f" ({self.data['labels']['page']} ", soft=True)
        wordml.add_field(paragraph, f"PAGEREF {self.anchors[anchor]} \\h", "–")
        wordml.add_text(paragraph, ")", soft=True)
