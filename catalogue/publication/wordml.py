"""WordprocessingML that python-docx does not write: links, bookmarks, fields, numberings, thin table rules."""

import re

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import RGBColor
from docx.table import _Cell, _Row

MUTE, LINK = "54686F", "0A5A75"


def set_language(document, language):
    """Set the language of a document, a BCP 47 tag."""
    defaults = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for name in ("val", "eastAsia"):
        defaults.find(qn("w:lang")).set(qn(f"w:{name}"), language)


def bookmark_name(anchor):
    """Return a name that Word accepts for a bookmark: letters, digits and underscores, 40 characters at most."""
    return "r_" + re.sub(r"\W", "_", anchor)[:38]


def add_bookmark(paragraph, name, number):
    """Mark the beginning of a paragraph, so that others can point to it."""
    for tag in ("bookmarkStart", "bookmarkEnd"):
        mark = OxmlElement(f"w:{tag}")
        mark.set(qn("w:id"), str(number))
        if tag == "bookmarkStart":
            mark.set(qn("w:name"), name)
        paragraph._p.append(mark)


def add_text(paragraph, text, **marks):
    """Add a text with the marks of a span."""
    return add_span(paragraph, {"text": text, **marks})


def add_span(paragraph, span, lang="", anchor=""):
    """Add a span as a run: its marks, its language or that of what is around it, and the bookmark it leads to."""
    lang, url = span.get("lang") or lang, span.get("url")
    run = paragraph.add_run(span["text"])
    run.bold, run.italic = span.get("strong"), span.get("emphasis")
    if span.get("soft"):
        run.font.color.rgb = RGBColor.from_string(MUTE)
    if lang:
        lang_element = OxmlElement("w:lang")
        lang_element.set(qn("w:val"), lang)
        run._r.get_or_add_rPr().append(lang_element)
    if url or anchor:
        run.font.color.rgb, run.font.underline = RGBColor.from_string(LINK), True
        link = OxmlElement("w:hyperlink")
        if url:
            link.set(qn("r:id"), paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        else:
            link.set(qn("w:anchor"), anchor)
        paragraph._p.replace(run._r, link)
        link.append(run._r)
    return run


def add_field(paragraph, instruction, shown):
    """Add a field that Word computes; ``shown`` is its text until then."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    run = paragraph.add_run(shown)
    paragraph._p.replace(run._r, field)
    field.append(run._r)


def add_contents(document, lines):
    """Add a table of contents: a field around the lines it has now, given as ``(level, title, bookmark)``."""
    paragraphs = []
    for level, title, anchor in lines:
        paragraph = document.add_paragraph(style=f"TOC {level}")
        paragraphs.append(paragraph)
        add_span(paragraph, {"text": title}, anchor=anchor)
    if not paragraphs:
        return
    opening = [_field_mark("begin"), _instruction('TOC \\o "1-2" \\h \\z \\u'), _field_mark("separate")]
    first = paragraphs[0]._p
    start = first.index(first.pPr) + 1
    for offset, run in enumerate(opening):
        first.insert(start + offset, run)
    paragraphs[-1]._p.append(_field_mark("end"))


def _field_mark(kind):
    return parse_xml(f'<w:r {nsdecls("w")}><w:fldChar w:fldCharType="{kind}"/></w:r>')


def _instruction(text):
    run = parse_xml(f'<w:r {nsdecls("w")}><w:instrText xml:space="preserve"></w:instrText></w:r>')
    run[0].text = text
    return run


def describe_picture(picture, text):
    """Give a picture its alternative text."""
    properties = picture._inline.docPr
    properties.set("descr", text)
    properties.set("title", text)


def add_table(container, widths, width, *, header, caption=""):
    """Add a table without rows; ``widths`` are relative, ``width`` is that of the table in English Metric Units."""
    table = container.add_table(0, len(widths))
    table.style = "Table Grid"
    table.autofit = False
    _thin_rules(table)
    for column, share in zip(table.columns, widths, strict=True):
        column.width = int(width * share / sum(widths))
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    look.set(qn("w:firstRow"), "1" if header else "0")
    look.set(qn("w:firstColumn"), "0" if header else "1")
    if caption:
        element = OxmlElement("w:tblCaption")
        element.set(qn("w:val"), caption)
        table._tbl.tblPr.append(element)
    return table


def _thin_rules(table):
    """Give a table thin grey lines between its rows only."""
    lines = (("top", 4), ("bottom", 4), ("insideH", 4))
    rules = "".join(f'<w:{side} w:val="single" w:sz="{size}" w:color="D2DCDD"/>' for side, size in lines)
    none = "".join(f'<w:{side} w:val="nil"/>' for side in ("left", "right", "insideV"))
    borders = parse_xml(f"<w:tblBorders {nsdecls('w')}>{rules}{none}</w:tblBorders>")
    order = ["top", "left", "bottom", "right", "insideH", "insideV"]
    borders[:] = sorted(borders, key=lambda side: order.index(side.tag.split("}")[1]))
    table._tbl.tblPr.find(qn("w:tblLayout")).addprevious(borders)


def add_row(table, *, repeated=False):
    """Add a row and return its cells; one that is repeated heads the table on every page."""
    row = _Row(table._tbl.add_tr(), table)
    cells = []
    for column in table._tbl.tblGrid.gridCol_lst:
        cell = row._tr.add_tc()
        cell.width = column.w
        cells.append(cell)
    if repeated:
        row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    return [_Cell(cell, table) for cell in cells]


def new_numbering(document, style):
    """Return the number of a new numbering of a list style, which begins at one."""
    numbering = document.part.numbering_part.element
    number_id = document.styles[style].element.pPr.numPr.numId.val
    abstract = next(num for num in numbering.num_lst if num.numId == number_id).abstractNumId.val
    number = numbering.add_num(abstract)
    number.add_lvlOverride(ilvl=0).add_startOverride(1)
    return number.numId


def number_paragraph(paragraph, numbering):
    """Put a paragraph into a numbering."""
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_numId().val = numbering
    properties.get_or_add_ilvl().val = 0
