"""The few things of a Word document that python-docx has no word for."""

import re
from typing import NamedTuple

from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor
from docx.table import _Cell, _Row

INK, MUTE, BRAND, LINK = "12242B", "54686F", "0D4353", "0A5A75"
SERIF, SANS = "Georgia", "Calibri"


def prepare(document, language):
    """Give a new document its language and the styles of the catalogue."""
    _speak(document, language)
    _dress_headings(document)
    for name, size, colour in (
        ("Lead", 12, INK),
        ("Small", 9, MUTE),
        ("Note", 9.5, INK),
        ("Table Text", 9.5, INK),
        ("Table Heading", 9, BRAND),
        ("TOC 1", 11, INK),
        ("TOC 2", 10, INK),
    ):
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        _dress(style, Face(SANS, size, colour), after=3)
    _dress(document.styles["TOC Heading"], Face(SERIF, 20, BRAND), after=8)
    document.styles["Table Heading"].font.bold = document.styles["TOC 1"].font.bold = True
    document.styles["TOC 2"].paragraph_format.left_indent = Pt(14)
    _frame(document.styles["Note"])


def _speak(document, language):
    defaults = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    spoken = defaults.find(qn("w:lang"))
    for name in ("val", "eastAsia"):
        spoken.set(qn(f"w:{name}"), language)


def _dress_headings(document):
    _dress(document.styles["Normal"], Face(SANS, 10.5, INK), after=6)
    for level, size in ((1, 20), (2, 16), (3, 12), (4, 11)):
        _dress(document.styles[f"Heading {level}"], Face(SERIF, size, BRAND), before=14, after=4)
    _dress(document.styles["Title"], Face(SERIF, 34, BRAND), after=6)
    _dress(document.styles["Subtitle"], Face(SANS, 14, MUTE), after=6)


class Face(NamedTuple):
    """How letters look: their family, size in points and colour."""

    family: str
    size: float
    colour: str


def _dress(style, face, *, before=0, after=0):
    style.font.name, style.font.size = face.family, Pt(face.size)
    style.font.color.rgb = RGBColor.from_string(face.colour)
    style.font.italic = False
    fonts = style.element.rPr.rFonts
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for name in ("eastAsia", "cs"):
        fonts.set(qn(f"w:{name}"), face.family)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)


def _frame(style):
    """Give a style the rule and the ground of an editor's note."""
    properties = style.element.get_or_add_pPr()
    rule = '<w:pBdr {}><w:left w:val="single" w:sz="18" w:space="6" w:color="B98A2E"/></w:pBdr>'
    ground = '<w:shd {} w:val="clear" w:color="auto" w:fill="FDF6E6"/>'
    spacing = properties.find(qn("w:spacing"))
    for xml in (rule, ground):
        spacing.addprevious(parse_xml(xml.format(nsdecls("w"))))


def bookmark_name(anchor):
    """Return a name that Word takes for a bookmark: letters, digits and underscores, 40 characters at most."""
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
        spoken = OxmlElement("w:lang")
        spoken.set(qn("w:val"), lang)
        run._r.get_or_add_rPr().append(spoken)
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
    """Add a field that Word fills in; ``shown`` stands until then."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    run = paragraph.add_run(shown)
    paragraph._p.replace(run._r, field)
    field.append(run._r)


def add_contents(document, lines):
    """Add a table of contents: a field over the lines it has now, given as level, title and bookmark."""
    paragraphs = []
    for level, title, anchor in lines:
        paragraph = document.add_paragraph(style=f"TOC {level}")
        paragraphs.append(paragraph)
        add_span(paragraph, {"text": title}, anchor=anchor)
    if not paragraphs:
        return
    opening = [_field_mark("begin"), _instruction('TOC \\o "1-2" \\h \\z \\u'), _field_mark("separate")]
    first = paragraphs[0]._p
    place = first.index(first.pPr) + 1
    for offset, run in enumerate(opening):
        first.insert(place + offset, run)
    paragraphs[-1]._p.append(_field_mark("end"))


def _field_mark(kind):
    return parse_xml(f'<w:r {nsdecls("w")}><w:fldChar w:fldCharType="{kind}"/></w:r>')


def _instruction(text):
    run = parse_xml(f'<w:r {nsdecls("w")}><w:instrText xml:space="preserve"></w:instrText></w:r>')
    run[0].text = text
    return run


def describe_picture(picture, text):
    """Give a picture the text that stands for it."""
    properties = picture._inline.docPr
    properties.set("descr", text)
    properties.set("title", text)


def add_table(container, widths, width, *, header, caption=""):
    """Add a table without rows; ``widths`` are parts of ``width``, which is given in English Metric Units."""
    table = container.add_table(0, len(widths))
    table.style = "Table Grid"
    table.autofit = False
    _lighten(table)
    for column, share in zip(table.columns, widths, strict=True):
        column.width = int(width * share / sum(widths))
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    look.set(qn("w:firstRow"), "1" if header else "0")
    look.set(qn("w:firstColumn"), "0" if header else "1")
    if caption:
        said = OxmlElement("w:tblCaption")
        said.set(qn("w:val"), caption)
        table._tbl.tblPr.append(said)
    return table


def _lighten(table):
    """Rule a table with thin grey lines between its rows only."""
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
    known = document.styles[style].element.pPr.numPr.numId.val
    abstract = next(num for num in numbering.num_lst if num.numId == known).abstractNumId.val
    number = numbering.add_num(abstract)
    number.add_lvlOverride(ilvl=0).add_startOverride(1)
    return number.numId


def number(paragraph, numbering):
    """Put a paragraph into a numbering."""
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_numId().val = numbering
    properties.get_or_add_ilvl().val = 0
