"""Every PDF meets what a program can check of PDF/UA-1 (ISO 14289-1), clause by clause and without veraPDF.

What only a person can judge, such as whether an alternative text is a good one, is not here.
"""

import io
from itertools import pairwise

import pikepdf
import pytest
from django.db import transaction
from django.test import Client
from pikepdf import Array, Dictionary, Name

from catalogue.models import Practice

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("pdf_ua")]  # each document is typeset once

UA = "{http://www.aiim.org/pdfua/ns/id/}part"
SHOWS_TEXT = {"Tj", "TJ", "'", '"'}
PARENTS = {  # structure element -> what it may stand in
    "/LI": {"/L"},
    "/Lbl": {"/LI", "/Note", "/TOCI", "/Reference"},
    "/LBody": {"/LI"},
    "/TOCI": {"/TOC"},
    "/TR": {"/Table", "/THead", "/TBody", "/TFoot"},
    "/TH": {"/TR"},
    "/TD": {"/TR"},
    "/THead": {"/Table"},
    "/TBody": {"/Table"},
}


ADDRESSES = {
    "book-es": "/es/practicas.pdf?country=PE",
    "book-pt": "/pt-br/praticas.pdf?country=BR",
    "brief": "/en/practices/{slug}.pdf",
    "comparison": "/es/practicas/comparar.pdf?id=CSM-2023-001&id=CSM-2023-002",
}


@pytest.fixture(scope="module")
def documents(django_db_setup, django_db_blocker):
    """Typeset each document once, and keep none of them for other tests."""
    with django_db_blocker.unblock(), transaction.atomic():
        slug = Practice.objects.get(code="CSM-2023-001").slug
        made = {name: Client().get(address.format(slug=slug)).content for name, address in ADDRESSES.items()}
        transaction.set_rollback(True)
    return made


@pytest.fixture(params=list(ADDRESSES))
def pdf(request, documents):
    with pikepdf.open(io.BytesIO(documents[request.param])) as opened:
        yield opened


def elements(pdf):
    """Yield ``(element, its kind, kinds of those it stands in)`` of the structure tree, in reading order."""
    roles = {str(name): str(role) for name, role in pdf.Root.StructTreeRoot.get("/RoleMap", {}).items()}

    def walk(item, path):
        if isinstance(item, Array):
            for part in item:
                yield from walk(part, path)
        elif isinstance(item, Dictionary):
            if "/S" in item:
                kind = roles.get(str(item.S), str(item.S))
                yield item, kind, path
                path = (*path, kind)
            if "/K" in item:
                yield from walk(item.K, path)

    yield from walk(pdf.Root.StructTreeRoot.K, ())


def links(pdf):
    return [note for page in pdf.pages for note in page.get("/Annots", []) if note.Subtype == Name.Link]


def test_5_it_says_that_it_conforms(pdf):
    assert pdf.open_metadata()[UA] == "1"


def test_7_1_it_is_tagged_has_a_title_to_be_shown_and_a_language(pdf):
    root = pdf.Root
    assert root.MarkInfo.Marked
    assert not root.MarkInfo.get("/Suspects", False)
    assert root.ViewerPreferences.DisplayDocTitle
    assert pdf.open_metadata()["{http://purl.org/dc/elements/1.1/}title"]
    assert str(root.Lang) in ("es", "en", "pt-BR")
    assert {str(page.Tabs) for page in pdf.pages} == {"/S"}, "7.18.3: the keyboard goes in the order of the structure"


def test_7_1_every_text_is_tagged_or_an_artifact(pdf):
    tree = numbers_of(pdf.Root.StructTreeRoot.ParentTree)
    for page in pdf.pages:
        tagged, open_marks = tree[int(page.StructParents)], []
        for operands, operator in pikepdf.parse_content_stream(page):
            name = str(operator)
            if name in ("BDC", "BMC"):
                open_marks.append(operands)
            elif name == "EMC":
                open_marks.pop()
            elif name in SHOWS_TEXT:
                assert any(is_known(mark, tagged) for mark in open_marks), "text outside of the structure"
        assert not open_marks


def is_known(mark, tagged):
    """Whether marked content is decoration, or the content of an element of the structure."""
    if mark[0] == Name.Artifact:
        return True
    properties = mark[1] if len(mark) > 1 else {}
    return "/MCID" in properties and isinstance(tagged[int(properties["/MCID"])], Dictionary)


def numbers_of(tree):
    """Return a number tree as a dictionary."""
    found = {}
    for kid in tree.get("/Kids", []):
        found |= numbers_of(kid)
    pairs = list(tree.get("/Nums", []))
    return found | {int(key): value for key, value in zip(pairs[::2], pairs[1::2], strict=True)}


def test_7_2_elements_stand_where_they_may(pdf):
    seen = set()
    for _item, kind, path in elements(pdf):
        seen.add(kind)
        if kind in PARENTS:
            assert path[-1] in PARENTS[kind], (kind, path)
    assert {"/H1", "/P", "/Link"} <= seen


def test_7_3_every_figure_has_an_alternative(pdf):
    for item, kind, _path in elements(pdf):
        if kind in ("/Figure", "/Formula"):
            assert str(item.get("/Alt", "")) or str(item.get("/ActualText", ""))


def test_7_4_headings_go_down_without_a_jump(pdf):
    levels = [int(kind[2:]) for _item, kind, _path in elements(pdf) if kind[1:2] == "H" and kind[2:].isdigit()]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels)), levels


def test_7_5_table_headings_say_of_what(pdf):
    for item, kind, _path in elements(pdf):
        if kind == "/TH":
            attributes = item.A if isinstance(item.A, Array) else [item.A]
            assert any("/Scope" in one for one in attributes)


def test_7_17_there_are_bookmarks_to_every_heading(pdf):
    with pdf.open_outline() as outline:
        assert outline.root
        assert all(entry.title for entry in outline.root)


def test_7_18_links_say_where_they_lead_and_stand_in_the_structure(pdf):
    tree = numbers_of(pdf.Root.StructTreeRoot.ParentTree)
    assert links(pdf)
    for link in links(pdf):
        assert str(link.Contents).strip()
        assert str(tree[int(link.StructParent)].S) == "/Link"


def test_7_21_fonts_are_in_the_file_and_their_signs_are_characters(pdf):
    fonts = [item for item in pdf.objects if isinstance(item, Dictionary) and item.get("/Type") == Name.Font]
    assert fonts
    for font in fonts:
        if font.Subtype == Name.Type0:
            assert "/ToUnicode" in font
        else:
            descriptor = font.FontDescriptor
            assert any(f"/FontFile{kind}" in descriptor for kind in ("", "2", "3"))
        if font.Subtype == Name.CIDFontType2:
            assert "/CIDToGIDMap" in font
