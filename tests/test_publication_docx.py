"""The book and the briefs as DOCX, read back: real styles, a table of contents, languages, alternative texts."""

import io
import re
import zipfile

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree

from catalogue.models import Practice, PracticeNetwork
from networks.models import Network
from tests.factories import make_practice

pytestmark = pytest.mark.django_db

LISTS = {"es": "/es/practicas", "en": "/en/practices", "pt-BR": "/pt-br/praticas"}


def read_docx(response):
    assert response.status_code == 200, response.content[:500]
    return docx.Document(io.BytesIO(response.content))


def headings(document, level):
    return [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == f"Heading {level}"]


def all_text(document):
    return "\n".join(document.element.body.itertext())


@pytest.mark.parametrize("language", LISTS)
def test_the_document_knows_its_language_title_and_author(client, language):
    document = read_docx(client.get(f"{LISTS[language]}.docx?country=PE"))
    spoken = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    assert spoken.get(qn("w:val")) == language
    properties = document.core_properties
    assert properties.language == language
    assert properties.title and properties.author and properties.subject


def test_the_whole_edition_has_headings_of_real_styles(client):
    document = read_docx(client.get("/es/practicas.docx"))
    first = headings(document, 1)
    assert first[0] == "Introducción"
    assert first[-4:] == ["Cobertura", "Siglas", "Bibliografía", "Licencia y cómo citar"]
    titles = list(Practice.objects.published().values_list("title_es", flat=True))
    assert sorted(title for title in headings(document, 2) if title in titles) == sorted(titles)
    assert {"Objetivo", "Qué hace", "Cifras", "Enlaces", "Contacto"} <= set(headings(document, 3))


def test_the_contents_are_a_field_that_is_filled_already(client):
    document = read_docx(client.get("/es/practicas.docx?country=PE"))
    instructions = [node.text for node in document.element.body.iter(qn("w:instrText"))]
    assert instructions == ['TOC \\o "1-2" \\h \\z \\u']
    kinds = [node.get(qn("w:fldCharType")) for node in document.element.body.iter(qn("w:fldChar"))]
    assert kinds == ["begin", "separate", "end"]
    lines = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name in ("TOC 1", "TOC 2")]
    assert lines == [text for text in lines if text in headings(document, 1) + headings(document, 2)]
    assert len(lines) == len(headings(document, 1)) + len(headings(document, 2))


def test_every_link_inside_leads_to_a_bookmark(client):
    practice = make_practice(title="Una sola vez", country="GY", network="gender-and-migration")
    PracticeNetwork.objects.create(
        practice=practice, network=Network.objects.get(slug="integrated-border-management"), order=2
    )
    body = read_docx(client.get("/es/practicas.docx?country=GY")).element.body
    marks = [node.get(qn("w:name")) for node in body.iter(qn("w:bookmarkStart"))]
    targets = [node.get(qn("w:anchor")) for node in body.iter(qn("w:hyperlink")) if node.get(qn("w:anchor"))]
    assert len(marks) == len(set(marks))
    assert targets
    assert set(targets) <= set(marks)


def test_tables_have_a_heading_row_that_is_repeated(client):
    document = read_docx(client.get("/es/practicas.docx?country=PE"))
    matrix = document.tables[-2]
    assert matrix.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None
    assert matrix.rows[0].cells[0].text == "País"
    assert len(matrix.rows) == 1 + 12 + 1


def test_pictures_have_an_alternative_text(client):
    body = read_docx(client.get("/en/practices.docx?country=PE")).element.body
    pictures = [node for node in body.iter() if etree.QName(node).localname == "docPr"]
    assert pictures
    assert all(picture.get("descr") for picture in pictures)


def test_a_text_in_another_language_carries_it_and_says_so(client):
    make_practice(title="Só em português", language="pt", country="GY", description_pt="- um\n- dois")
    document = read_docx(client.get("/en/practices.docx?country=GY"))
    heading = next(paragraph for paragraph in document.paragraphs if paragraph.text.startswith("Só em"))
    assert heading.text == "Só em português (in Portuguese)"
    spoken = {node.get(qn("w:val")) for node in document.element.body.iter(qn("w:lang"))}
    assert "pt-BR" in spoken
    item = next(paragraph for paragraph in document.paragraphs if paragraph.text == "dois")
    assert item.style.name == "List Bullet"
    assert item._p.find(f".//{qn('w:lang')}").get(qn("w:val")) == "pt-BR"


def test_numbered_lists_begin_at_one_each(client):
    make_practice(title="Pasos", country="GY", description_es="1. uno\n2. dos\n\ntexto\n\n1. otro\n2. más")
    document = read_docx(client.get("/es/practicas.docx?country=GY"))
    numbers = {
        paragraph.text: paragraph._p.pPr.numPr.numId.val
        for paragraph in document.paragraphs
        if paragraph.style.name == "List Number" and paragraph._p.pPr.numPr is not None
    }
    assert numbers["uno"] == numbers["dos"] != numbers["otro"] == numbers["más"]


def test_every_part_of_the_file_is_well_formed(client):
    make_practice(title="a\x01b]]>&<w:p>", country="GY", description_es="<w:t>\x0b &amp;")
    response = client.get("/es/practicas.docx?country=GY")
    with zipfile.ZipFile(io.BytesIO(response.content)) as package:
        assert package.testzip() is None
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(package.read(name))


@pytest.mark.engines
@pytest.mark.parametrize("extension", ["docx"])
def test_the_docx_holds_the_same_practices_as_the_list(client, extension):
    text = all_text(read_docx(client.get(f"/es/practicas.{extension}?network=gender-and-migration")))
    assert set(re.findall(r"CSM-2023-\d{3}", text)) == set(
        Practice.objects.published().in_networks(["gender-and-migration"]).values_list("code", flat=True)
    )
