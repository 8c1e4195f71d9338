"""The book and the briefs as PDF: accessible, complete, in the reader's language; nothing an editor writes is run."""

import io
import re

import pikepdf
import pypdf
import pytest
from django.core.management import CommandError, call_command
from django.http import QueryDict

from catalogue.choices import State
from catalogue.listing.filters import practices_for
from catalogue.models import Practice, PracticeNetwork
from catalogue.publication import books as publication_books
from catalogue.publication.books import book, book_volumes
from networks.models import Network
from tests.factories import make_many, make_practice
from tests.surfaces import words_of

pytestmark = pytest.mark.django_db

LISTS = {"es": "/es/practicas", "en": "/en/practices", "pt-BR": "/pt-br/praticas"}
HOSTILE = [
    '#read("/etc/passwd")',
    '#import "@preview/cetz:0.3.0"',
    '#include "document.typ"',
    "#{ panic() }",
    '#eval("1+1")',
    "$ integral_0^1 x $",
    "@ref <label> #<label> @CSM-2023-001",
    "= heading\n== another\n+ one\n/ term: text",
    "\\ \\u{1F600} \\n *bold* _emphasis_ `raw` ```raw```",
    "<script>alert(1)</script> &amp; </w:t></w:r>",
    'sys.inputs.document", "x": "',
    "// comment /* comment */ ~ -- --- ...",
]


def read_pdf(response):
    assert response.status_code == 200, response.content[:500]
    assert response["Content-Type"] == "application/pdf"
    return pypdf.PdfReader(io.BytesIO(response.content))


def text_of(pdf):
    """Return the text of a PDF as one line."""
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pdf.pages))


def bookmarks_of(outline):
    return [title for item in outline for title in (bookmarks_of(item) if isinstance(item, list) else [item.title])]


def squeezed(text):
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("language", LISTS)
def test_the_book_is_an_accessible_pdf_in_the_language_of_the_address(client, language):
    response = client.get(f"{LISTS[language]}.pdf?country=PE")
    pdf = read_pdf(response)
    catalog = pdf.trailer["/Root"]
    assert catalog["/Lang"] == language
    assert catalog["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in catalog
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in catalog["/Metadata"].get_data()
    assert pdf.metadata.title


def test_every_font_of_the_book_is_in_the_file(client):
    with pikepdf.open(io.BytesIO(client.get("/es/practicas.pdf?country=PE").content)) as pdf:
        descriptors = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/FontName" in item]
        assert descriptors
        assert all(any(f"/FontFile{kind}" in item for kind in ("", "2", "3")) for item in descriptors)


def test_tags_tell_headings_lists_tables_and_links_apart(client):
    with pikepdf.open(io.BytesIO(client.get("/es/practicas.pdf?country=PE").content)) as pdf:
        kinds = {str(item.get("/S")) for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/S" in item}
    assert {"/H1", "/H2", "/H3", "/P", "/L", "/LI", "/Table", "/TH", "/TD", "/Link", "/TOC"} <= kinds


def test_the_whole_edition_has_every_part_and_every_practice_once(client):
    pdf = read_pdf(client.get("/es/practicas.pdf"))
    marks = bookmarks_of(pdf.outline)
    assert marks[0] == "Introducción"
    assert marks[-5:] == ["Cobertura", "Siglas", "Bibliografía", "Licencia y cómo citar", "Cómo citar"]
    for title in Practice.objects.published().values_list("title_es", flat=True):
        assert marks.count(title) == 1, title
    text = text_of(pdf)
    for said in ("19 prácticas", "Todas las prácticas publicadas", "Versión del catálogo", "CC BY 4.0", "© IOM 2022"):
        assert said in text
    for head in ("País", "Entidad responsable", "Alcance", "Período", "Qué hace", "Enlaces", "Contacto"):
        assert head in text
    assert "645,00 [sic]" in text
    assert "Notas editoriales" in text


def test_the_cover_tells_the_filter_in_words(client):
    cover = read_pdf(client.get("/pt-br/praticas.pdf?country=PE&country=CL&status=ongoing")).pages[0].extract_text()
    assert re.search(r"País: (Peru ou Chile|Chile ou Peru)", cover)
    assert "Em andamento" in cover


@pytest.mark.engines
def test_the_book_holds_the_rows_of_the_page(client):
    text = text_of(read_pdf(client.get("/en/practices.pdf?country=PE")))
    codes = set(re.findall(r"CSM-2023-\d{3}", text))
    wanted = set(practices_for({"country": "PE"}).qs.values_list("code", flat=True))
    assert codes == wanted


def test_a_practice_of_two_networks_stands_once_and_the_other_section_points_to_it(client):
    practice = make_practice(title="Una sola vez", country="GY", network="gender-and-migration")
    PracticeNetwork.objects.create(
        practice=practice, network=Network.objects.get(slug="integrated-border-management"), order=2
    )
    pdf = read_pdf(client.get("/es/practicas.pdf?country=GY"))
    marks = bookmarks_of(pdf.outline)
    assert marks.count("Una sola vez") == 1
    assert (
        marks.index("Género y migración") < marks.index("Una sola vez") < marks.index("Gestión integrada de fronteras")
    )
    page = next(page for page in pdf.pages if "Gestión integrada de fronteras" in page.extract_text()[:60])
    assert "Una sola vez (página 5)" in re.sub(r"\s+", " ", page.extract_text())
    assert page["/Annots"]


def test_a_text_in_another_language_says_so_and_is_tagged_with_it(client):
    make_practice(title="Só em português", language="pt", country="GY", description_pt="Um parágrafo em português.")
    response = client.get("/en/practices.pdf?country=GY")
    assert "Só em português (in Portuguese)" in text_of(read_pdf(response))
    with pikepdf.open(io.BytesIO(response.content)) as pdf:
        tagged = [
            str(item["/Lang"]) for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/Lang" in item
        ]
    assert "pt-BR" in tagged


@pytest.mark.parametrize("extension", ["pdf", "docx"])
def test_what_editors_write_is_shown_and_never_run(client, extension):
    """In a book where each text is a practice, and in a brief that has all of them in its texts."""
    for hostile in HOSTILE:
        make_practice(title=hostile, country="GY", summary_es=hostile, innovation_es=hostile, acronym=hostile[:9])
    every = "\n\n".join(HOSTILE)
    practice = make_practice(title=HOSTILE[0], summary_es=every, innovation_es=every, acronym=HOSTILE[3][:9])
    for address in (f"/es/practicas.{extension}?country=GY", f"/es/practicas/{practice.slug}.{extension}"):
        response = client.get(address)
        assert response.status_code == 200
        if extension == "pdf":
            shown = squeezed(text_of(read_pdf(response)))
            assert [hostile for hostile in HOSTILE if squeezed(hostile) not in shown] == []
            assert "root:x:" not in shown


CHARACTERS = {
    "control": "a\x02b\x01c\x0bd\x1be\x7ff\x85g",
    "arabic": "سياسة الهجرة في أمريكا الجنوبية",
    "hebrew": "מדיניות הגירה",
    "emoji": "Llama 🦙, familia 👨‍👩‍👧‍👦 y bandera 🇵🇪",
    "japanese": "移住者のための良い実践",
    "bidi": "\u202eabc\u2066def\ufeff\u200b\ufffe",
    "scripts": "ĀĒĪŌŪ Ωμέγα Привет ŵ ǣ",
    "one-word": "w" * 5000,
}


@pytest.mark.parametrize("extension", ["pdf", "docx"])
def test_any_characters_make_a_file(client, extension):
    """A book where each is a practice, and two briefs: a word without an end leaves no room for the others."""
    for text in CHARACTERS.values():
        make_practice(title=f"Título {text}"[:300], country="GY", description_es=text, limits_es=text)
    *short, endless = CHARACTERS.values()
    every = "\n\n".join(short)
    briefs = [
        make_practice(title=f"Título {' '.join(short)}"[:300], description_es=every, limits_es=every),
        make_practice(title=f"Título {endless}"[:300], description_es=endless, limits_es=endless),
    ]
    assert client.get(f"/es/practicas.{extension}?country=GY").status_code == 200
    for practice in briefs:
        assert client.get(f"/es/practicas/{practice.slug}.{extension}").status_code == 200


def test_a_character_without_a_glyph_is_shown_by_its_number(client):
    practice = make_practice(title="Llama 🦙")
    assert "Llama [U+1F999]" in text_of(read_pdf(client.get(f"/es/practicas/{practice.slug}.pdf")))


def test_a_text_of_thirty_thousand_characters_is_in_the_book_whole(client):
    text = " ".join(f"palabra{number}" for number in range(2700))
    assert len(text) > 30_000
    make_practice(title="T" * 300, country="GY", description_es=text)
    shown = squeezed(text_of(read_pdf(client.get("/es/practicas.pdf?country=GY"))))
    assert "palabra0" in shown
    assert "palabra2699" in shown


@pytest.mark.parametrize("address", ["/es/practicas", "/en/practices"])
def test_a_brief_has_two_pages_whatever_the_record_holds(client, address):
    slug = max(Practice.objects.published(), key=lambda practice: len(practice.description_es)).slug
    pdf = read_pdf(client.get(f"{address}/{slug}.pdf"))
    assert len(pdf.pages) <= 2
    long = make_practice(title="Larga " * 49, description_es="Muy larga. " * 2800, summary_es="Resumen.")
    pdf = read_pdf(client.get(f"{address}/{long.slug}.pdf"))
    assert len(pdf.pages) <= 2
    assert long.code in text_of(pdf)


def test_a_brief_says_what_it_leaves_out_and_where_the_whole_record_is(client):
    practice = make_practice(description_es="Muy larga. " * 2800)
    text = text_of(read_pdf(client.get(f"/es/practicas/{practice.slug}.pdf")))
    assert "Para que la ficha quepa en 2 páginas, aquí se omite:" in text
    assert "Qué hace" in text
    assert f"/p/{practice.code}/" in text


@pytest.mark.parametrize("extension", ["pdf", "docx"])
def test_practices_stand_side_by_side_in_the_order_asked_for(client, extension):
    response = client.get(f"/en/practices/compare.{extension}?id=CSM-2023-013&id=CSM-2023-001")
    assert response.status_code == 200
    if extension == "pdf":
        text = text_of(read_pdf(response))
        assert text.index("CSM-2023-013") < text.index("CSM-2023-001")


FIVE = "&".join(f"id=CSM-2023-00{number}" for number in range(1, 6))


@pytest.mark.parametrize(
    "query", ["", "id=CSM-2023-001", "id=CSM-2023-001&id=CSM-2023-001", "id=CSM-2023-001&id=CSM-2099-999", FIVE]
)
def test_a_comparison_that_cannot_be_made_is_answered_400_and_names_the_parameter(client, query):
    response = client.get(f"/es/practicas/comparar.pdf?{query}")
    assert response.status_code == 400
    assert "<code>id</code>" in response.content.decode()


@pytest.mark.parametrize("extension", ["pdf", "docx"])
def test_only_published_practices_are_in_books_and_briefs(client, extension):
    for state in [state for state in State if state != State.PUBLISHED]:
        practice = make_practice(title=f"Escondida {state}", state=state, country="GY")
        assert client.get(f"/es/practicas/{practice.slug}.{extension}").status_code == 404
        assert client.get(f"/es/practicas/comparar.{extension}?id={practice.code}&id=CSM-2023-001").status_code == 400
    assert b"Escondida" not in words_of(client.get(f"/es/practicas.{extension}?country=GY").content)


@pytest.mark.parametrize("address", ["/es/practicas.pdf?country=ZZ", "/es/practicas.docx?from=ayer"])
def test_an_impossible_parameter_is_answered_400(client, address):
    assert client.get(address).status_code == 400


def test_a_list_without_practices_makes_a_book_that_says_so(client):
    assert "0 prácticas" in text_of(read_pdf(client.get("/es/practicas.pdf?q=nadaquesepamos")))


def test_a_long_list_comes_in_volumes_that_hold_every_practice_once(client, monkeypatch):
    monkeypatch.setattr(publication_books, "VOLUME", 8)
    response = client.get("/es/practicas.pdf?sort=title")
    assert response.status_code == 300
    addresses = re.findall(r'href="(\?sort=title&amp;volume=\d)"', response.content.decode())
    assert len(addresses) == 3
    codes = []
    for address in addresses:
        text = text_of(read_pdf(client.get("/es/practicas.pdf" + address.replace("&amp;", "&"))))
        codes += set(re.findall(r"CSM-2023-\d{3}", text))
        assert "Tomo" in text
    assert sorted(codes) == [f"CSM-2023-{number:03d}" for number in range(1, 20)]


@pytest.mark.parametrize("volume", ["0", "2", "x", "-1", "99999999999999999999"])
def test_a_volume_that_does_not_exist_is_answered_400(client, volume):
    response = client.get(f"/es/practicas.pdf?volume={volume}")
    assert response.status_code == 400
    assert "<code>volume</code>" in response.content.decode()


@pytest.mark.engines
def test_a_book_costs_the_same_queries_whatever_the_practices(django_assert_max_num_queries):
    make_many(40, country="GY")
    filterset = practices_for(QueryDict("country=GY"))
    with django_assert_max_num_queries(40):
        book(filterset, book_volumes(filterset), 1)


def test_the_command_writes_every_volume_and_tells_its_progress(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(publication_books, "VOLUME", 2)
    call_command("make_book", tmp_path, "--language", "pt", "--filter", "country=PE")
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["csm-praticas-001.pdf", "csm-praticas-002.pdf"]
    assert "Volume 2 de 2: práticas 3 a 4" in capsys.readouterr().out


def test_the_command_names_an_impossible_parameter(tmp_path):
    with pytest.raises(CommandError, match="country"):
        call_command("make_book", tmp_path, "--filter", "country=ZZ")
