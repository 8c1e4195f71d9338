"""A citation says the same in every form, and independent programs read back what was written."""

import io
import json
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware
from django.urls import reverse
from django.utils import translation

from catalogue.caching.lru import clear_all
from catalogue.citations import citations_of_catalogue, citations_of_practice, items, references
from catalogue.models import Organisation, Practice, PracticeOrganisation
from catalogue.models.version import current
from tests.factories import make_many, make_practice

pytestmark = pytest.mark.django_db

LIST = {"es": "/es/practicas", "en": "/en/practices", "pt-br": "/pt-br/praticas"}
NASTY = 'Ñandú & {llaves} \\ 50% de $1 #2 "a_b" ~c^d: «niñez» – ção'


def body_of(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return response.getvalue().decode()


def read_bib(text):
    layers = [LatexDecodingMiddleware()]
    library = bibtexparser.parse_string(text, append_middleware=layers)
    assert not library.failed_blocks
    return [{field.key: field.value for field in entry.fields} | {"ID": entry.key} for entry in library.entries]


def page_of(client, practice, language="es"):
    return body_of(client, f"{LIST[language]}/{practice.slug}/")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("es", ["En Catálogo de prácticas", "«Prerregistro migratorio en fronteras»", "Disponible en: http"]),
        ("en", ["In Catalogue of practices", "“Migration Pre-registration at Borders”", "Available at: http"]),
        ("pt-br", ["Em Catálogo de práticas", "“Pré-cadastro migratório nas fronteiras”", "Disponível em: http"]),
    ],
)
def test_a_practice_is_cited_in_three_styles_in_the_language_of_the_page(client, language, words):
    practice = Practice.objects.get(code="CSM-2023-014")
    with translation.override(language):
        page = body_of(client, reverse("practice_citations", args=[practice.slug]))
    for style in ("APA", "Chicago", "ABNT"):
        assert f"{style}</dt>" in page
    for word in words:
        assert word in page
    assert page.count(f"/p/{practice.code}/") >= 3


CONFERENCE = {
    "es": "Conferencia Suramericana sobre Migraciones",
    "en": "South American Conference on Migration",
    "pt-br": "Conferência Sul-Americana sobre Migrações",
}


@pytest.mark.parametrize("language", LIST)
def test_a_text_of_the_catalogue_is_credited_to_the_conference_in_every_style(language):
    practice = Practice.objects.published().for_detail().get(code="CSM-2023-001")
    with translation.override(language):
        entity = practice.lead_organisations[0].name
        citations = [*citations_of_practice(practice), *citations_of_catalogue(current())]
    assert len(citations) == 6
    for citation in citations:
        assert citation.text.upper().startswith(f"{CONFERENCE[language].upper()}. ")
        assert citation.text.upper().count(CONFERENCE[language].upper()) == 1
        assert entity not in citation.text


def test_the_implementing_entity_is_named_as_what_it_is(client):
    practice = make_practice()
    body = Organisation.objects.get(slug="ar-incaa")
    PracticeOrganisation.objects.create(practice=practice, organisation=body, role="lead", order=2)
    item = json.loads(body_of(client, f"/en/practices/{practice.slug}.csl.json"))[0]
    assert item["author"] == [{"literal": CONFERENCE["en"]}]
    entities = "International Organization for Migration; National Institute of Cinema and Audiovisual Arts"
    assert item["note"] == f"Implementing entity: {entities}"
    (entry,) = read_bib(body_of(client, f"/en/practices/{practice.slug}.bib"))
    assert (entry["author"], entry["note"]) == (CONFERENCE["en"], item["note"])
    (told,) = rispy.load(io.StringIO(body_of(client, f"/en/practices/{practice.slug}.ris")))
    assert item["note"] in told["notes"]


@pytest.mark.parametrize(
    ("language", "expected"),
    [("es", "Conjunto de datos. Disponible en: "), ("en", "Data set. "), ("pt-br", "Conjunto de dados. ")],
)
def test_what_follows_a_full_stop_begins_with_a_capital(language, expected):
    with translation.override(language):
        abnt = citations_of_catalogue(current())[-1].text
    assert f"2026. {expected}" in abnt or f". {expected}" in abnt
    assert not re.search(r"\. [a-z]", abnt.replace("nov. 2", "").replace("http", ""))


def test_a_list_is_cited_with_its_filters_in_words_and_the_address_that_asks_again(client):
    page = body_of(client, "/es/practicas/citar/?country=PE&status=ongoing&page=2")
    assert "Prácticas (País: Perú; Situación: En curso)" in page
    assert "/es/practicas/?country=PE&amp;status=ongoing" in page
    assert client.get("/es/practicas/citar/?country=ZZ").status_code == 400


def test_a_citation_states_the_day_of_access_also_to_who_has_the_page_already(client, monkeypatch):
    address = f"/es/practicas/{Practice.objects.get(code='CSM-2023-014').slug}/citar/"
    first = client.get(address)
    monkeypatch.setattr("django.utils.timezone.now", lambda: first_day)
    first_day = Practice.objects.get(code="CSM-2023-014").updated.replace(year=2031, month=5, day=3)
    later = client.get(address, headers={"if-none-match": first["ETag"]})
    assert later.status_code == 200
    assert re.search("Acceso en: 3 may[^ ]* 2031", later.content.decode())


@pytest.mark.engines
@pytest.mark.parametrize("extension", ["bib", "ris", "csl.json"])
def test_a_list_as_references_has_every_practice_in_the_order_of_the_list(client, extension):
    text = body_of(client, f"/pt-br/praticas.{extension}?country=PE&sort=-start")
    codes = [p["code"] for p in json.loads(body_of(client, "/pt-br/praticas.json?country=PE&sort=-start"))["practices"]]
    read = {
        "bib": lambda: [entry["ID"] for entry in read_bib(text)],
        "ris": lambda: [entry["id"] for entry in rispy.load(io.StringIO(text))],
        "csl.json": lambda: [item["id"] for item in json.loads(text)],
    }[extension]()
    assert len(codes) > 1
    assert read == codes


@pytest.mark.parametrize("extension", ["bib", "ris", "csl.json"])
def test_a_list_as_references_is_in_the_language_asked_for(client, extension):
    assert "Conferência Sul-Americana" in body_of(client, f"/en/practices.{extension}?country=PE&lang=pt")


def test_bibtex_read_back_has_lost_nothing(client):
    practice = make_practice(title=NASTY, summary_es=NASTY, start="2022-10", end="..")
    (entry,) = read_bib(body_of(client, f"/es/practicas/{practice.slug}.bib"))
    item = json.loads(body_of(client, f"/es/practicas/{practice.slug}.csl.json"))[0]
    assert entry["author"] == " and ".join(author["literal"] for author in item["author"])
    assert entry["title"].replace("ˆ", "^") == NASTY
    assert (entry["ID"], entry["url"]) == (practice.code, item["URL"])
    assert entry["eventdate"] == "2022-10/.."
    assert entry["urldate"] == items.today().isoformat()
    assert entry["date"] == practice.updated.date().isoformat()
    assert item["title"] == NASTY


@pytest.mark.parametrize("text", ["Ñandú – ção «é» 🦙", "50% de A & B #1 $2 a_b", "{a} b} \\ ~ ^"])
def test_signs_of_latex_are_text_in_bibtex(text):
    practice = make_practice(title=text)
    with translation.override("es"):
        (entry,) = read_bib(references.bibtex(items.practice_item(practice)))
    assert entry["title"].replace("ˆ", "^") == text  # the decoder’s own sign for a circumflex alone


def test_ris_read_back_has_lost_nothing(client):
    practice = make_practice(title=NASTY, summary_es=f"Uno\r\ndos {NASTY}", start="2015", end="2022-09-15")
    (entry,) = rispy.load(io.StringIO(body_of(client, f"/es/practicas/{practice.slug}.ris")))
    assert entry["type_of_reference"] == "RPRT"
    assert entry["title"] == NASTY
    assert entry["abstract"] == f"Uno dos {NASTY}"
    assert entry["authors"] == ["Conferencia Suramericana sobre Migraciones"]
    assert entry["note"] == practice.code
    assert entry["urls"] == [f"http://127.0.0.1:8000/p/{practice.code}/"]
    entity = "Entidad responsable: Organización Internacional para las Migraciones"
    assert entry["notes"] == ["event-date: 2015/2022-09-15", entity]
    assert entry["access_date"] == f"{items.today():%Y/%m/%d}"
    assert entry["date"] == f"{practice.updated:%Y/%m/%d}"


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2015", "", {"date-parts": [[2015]], "raw": "2015/"}),
        ("2015", "..", {"date-parts": [[2015]], "raw": "2015/.."}),
        ("2022-10", "2023-04-30", {"date-parts": [[2022, 10], [2023, 4, 30]], "raw": "2022-10/2023-04-30"}),
        ("", "2020", {"raw": "/2020"}),
        ("", "", None),
        ("", "..", None),
    ],
)
def test_a_period_keeps_its_precision_and_what_is_unknown(start, end, expected):
    assert items.csl_period(start, end) == expected


def test_a_title_in_another_language_says_so(client):
    practice = make_practice(title="Só em português", language="pt")
    (item,) = json.loads(body_of(client, f"/en/practices/{practice.slug}.csl.json"))
    assert (item["title"], item["language"]) == ("Só em português", "pt-BR")


def test_a_record_without_an_entity_names_none():
    practice = make_practice()
    practice.practice_organisations.all().delete()
    with translation.override("en"):
        item = items.practice_item(practice, accessed=date(2026, 1, 2))
    assert item["author"] == [{"literal": "South American Conference on Migration"}]
    assert "note" not in item
    assert item["accessed"] == {"date-parts": [[2026, 1, 2]]}


def test_a_list_of_references_costs_the_same_queries_whatever_the_rows(client, django_assert_max_num_queries):
    make_many(20)
    for extension in ("bib", "ris", "csl.json"):
        clear_all()
        with django_assert_max_num_queries(10, info=extension):
            body_of(client, f"/es/practicas.{extension}")


@pytest.mark.parametrize("extension", ["bib", "ris", "csl.json"])
def test_an_impossible_filter_is_named_and_an_unknown_format_is_not_found(client, extension):
    assert client.get(f"/es/practicas.{extension}?country=ZZ").status_code == 400
    assert client.get(f"/es/practicas/x.{extension}").status_code == 404


def test_a_citation_does_not_depend_on_those_written_before_it():
    practices = list(Practice.objects.published().for_detail()[:6])

    def written():
        with translation.override("pt-br"):
            backwards = [citations_of_practice(practice) for practice in reversed(practices)]
        with translation.override("es"):
            forwards = [citations_of_practice(practice) for practice in practices]
        return forwards, backwards

    alone = [in_a_thread_of_its_own(practice) for practice in practices]
    first, second = written(), written()
    assert first[0]
    assert first == second
    assert first[0] == alone


def in_a_thread_of_its_own(practice):
    """Return the Spanish citations of a practice from a thread that has written none before."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(translation.override("es")(citations_of_practice), practice).result()
