"""What it takes to do the same: page and documents say the same, name what is missing, and hold nothing hidden."""

import io
import re

import docx
import pypdf
import pytest

from catalogue.choices import State
from catalogue.publication.blocks import document_part, span
from catalogue.publication.html import as_html
from tests.factories import make_practice

pytestmark = pytest.mark.django_db
LISTS = {"es": "/es/practicas", "en": "/en/practices", "pt-br": "/pt-br/praticas"}
WORD = {"es": "replicar", "en": "replicate", "pt-br": "replicar"}
HEADS = {
    "es": [
        "Objetivo y resultados",
        "Base legal",
        "Entidades responsables",
        "Limitaciones y próximos pasos",
        "Contacto",
    ],
    "en": ["Objective and results", "Legal basis", "Implementing entities", "Limits and next steps", "Contact"],
    "pt-br": [
        "Objetivo e resultados",
        "Base legal",
        "Entidades responsáveis",
        "Limitações e próximos passos",
        "Contato",
    ],
}


def headings(page):
    return re.findall(r"<section><h2>(.*?)</h2>", page)


@pytest.mark.parametrize("language", LISTS)
def test_the_brief_tells_what_it_takes_in_every_language_as_page_and_as_document(client, language):
    practice = make_practice(objective_es="Proteger", country="PE")
    address = f"{LISTS[language]}/{practice.slug}/{WORD[language]}"
    shown = headings(client.get(f"{address}/").content.decode())
    assert [head for head in shown if head in HEADS[language]] == HEADS[language]
    pages = pypdf.PdfReader(io.BytesIO(client.get(f"{address}.pdf").content)).pages
    printed = " ".join(" ".join(page.extract_text().split()) for page in pages)
    written = [each.text for each in docx.Document(io.BytesIO(client.get(f"{address}.docx").content)).paragraphs]
    assert all(head in printed and head in written for head in shown)


def test_what_the_source_leaves_out_is_a_question_to_ask(client):
    practice = make_practice(limits_es="", replicability_es="Un municipio puede hacerlo.")
    page = client.get(f"/es/practicas/{practice.slug}/replicar/").content.decode()
    questions = page[page.index("Preguntas que conviene hacer") :]
    assert "<p>Limitaciones y próximos pasos</p>" in questions
    assert "<p>Condiciones para replicarla</p>" not in questions


def test_a_source_that_reports_no_limits_leaves_no_question(client):
    practice = make_practice(limits_none_reported=True)
    page = client.get(f"/es/practicas/{practice.slug}/replicar/").content.decode()
    assert "La fuente no menciona limitaciones." in page
    assert "<p>Limitaciones y próximos pasos</p>" not in page


def test_the_worksheet_holds_the_record_and_says_that_it_is_no_form_of_the_network(client):
    practice = make_practice(title="Ventanilla única", summary_es="Atiende en un solo lugar.", country="PE")
    file = docx.Document(io.BytesIO(client.get(f"/en/practices/{practice.slug}/un-network.docx").content))
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    written = "\n".join([*cells, *(each.text for each in file.paragraphs)])
    assert "This is not the Network’s form." in written
    assert all(text in written for text in ("Ventanilla única", "Peru", "Not documented"))


@pytest.mark.parametrize("state", [state for state in State if state != State.PUBLISHED])
@pytest.mark.parametrize("end", ["replicar/", "replicar.pdf", "replicar.docx", "un-network.docx"])
def test_only_published_practices_have_them(client, state, end):
    practice = make_practice(state=state)
    assert client.get(f"/es/practicas/{practice.slug}/{end}").status_code == 404


def test_a_text_of_an_editor_stays_text_on_the_page(client):
    hostile = "<script>alert(1)</script><img src=x onerror=alert(1)> [x](javascript:alert(1))"
    practice = make_practice(objective_es=hostile, description_es=hostile, title=hostile, replicability_es=hostile)
    page = client.get(f"/es/practicas/{practice.slug}/replicar/").content.decode()
    assert "<script>alert" not in page
    assert "<img" not in page
    assert 'href="javascript' not in page


def test_an_address_that_is_none_is_no_link():
    assert "href" not in as_html(
        [document_part([span("x", url="javascript:alert(1)"), span("y", url="data:text/html,x")])]
    )
