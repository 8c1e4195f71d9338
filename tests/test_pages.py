"""Every public page: there in three languages, right about its language, silent about drafts."""

import re

import pytest
from django.test import Client

from catalogue.choices import State
from catalogue.models import Practice
from tests.factories import make_many, make_practice

pytestmark = pytest.mark.django_db

SLUG = "migration-pre-registration-brazil"
PAGES = {
    "home": ["/es/", "/en/", "/pt-br/"],
    "list": ["/es/practicas/", "/en/practices/", "/pt-br/praticas/"],
    "practice": [f"/es/practicas/{SLUG}/", f"/en/practices/{SLUG}/", f"/pt-br/praticas/{SLUG}/"],
    "networks": ["/es/redes/", "/en/networks/", "/pt-br/redes/"],
    "network": [f"/{path}/gender-and-migration/" for path in ("es/redes", "en/networks", "pt-br/redes")],
    "countries": ["/es/paises/", "/en/countries/", "/pt-br/paises/"],
    "country": ["/es/paises/cl/", "/en/countries/cl/", "/pt-br/paises/cl/"],
    "codebook": ["/es/libro-de-codigos/", "/en/codebook/", "/pt-br/livro-de-codigos/"],
    "glossary": ["/es/glosario/", "/en/glossary/", "/pt-br/glossario/"],
    "coverage": ["/es/cobertura/", "/en/coverage/", "/pt-br/cobertura/"],
    "about": ["/es/acerca/", "/en/about/", "/pt-br/sobre/"],
}
ADDRESSES = [address for addresses in PAGES.values() for address in addresses]
LANGUAGES = {"es": "es", "en": "en", "pt-br": "pt-BR"}


@pytest.mark.parametrize("address", ADDRESSES)
def test_each_page_is_there_and_knows_its_language_and_its_twins(client, address):
    response = client.get(address)
    page = response.content.decode()
    language = address.split("/")[1]
    assert response.status_code == 200
    assert f'<html lang="{LANGUAGES[language]}">' in page
    twins = next(addresses for addresses in PAGES.values() if address in addresses)
    for twin in twins:
        html = LANGUAGES[twin.split("/")[1]]
        assert re.search(f'<link rel="alternate" hreflang="{html}" href="[^"]*{twin}">', page)
    assert page.count("<h1") == 1


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_reader_gets_no_cookie_and_a_strict_policy(client, address):
    response = client.get(address)
    assert not response.cookies
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "unsafe" not in response["Content-Security-Policy"]
    assert "Cookie" not in response.get("Vary", "")


def test_switching_the_language_keeps_page_and_filters(client):
    make_many(25)
    page = client.get("/es/practicas/?country=CL&sort=title&page=2").content.decode()
    assert 'href="/en/practices/?country=CL&amp;sort=title&amp;page=2"' in page
    assert 'href="/pt-br/praticas/?country=CL&amp;sort=title&amp;page=2"' in page


@pytest.mark.engines
def test_paging_keeps_every_filter(client):
    make_many(25)
    page = client.get("/en/practices/?country=CL&sort=title&utm=x").content.decode()
    assert re.search(r'rel="next" href="\?country=CL&amp;sort=title&amp;utm=x&amp;page=2"', page)


def test_a_text_in_another_language_says_so_and_carries_its_lang(client):
    practice = make_practice(title="Solo en castellano", summary_es="Un resumen.")
    page = client.get(f"/en/practices/{practice.slug}/").content.decode()
    assert '<span lang="es">Solo en castellano</span> <small class="mute">(in Spanish)</small>' in page


@pytest.mark.parametrize(
    ("accepted", "home"), [("pt", "/pt-br/"), ("en-GB,en", "/en/"), ("es-PE", "/es/"), ("qu", "/es/"), ("", "/es/")]
)
def test_the_front_door_opens_in_the_readers_language(client, accepted, home):
    response = client.get("/", headers={"accept-language": accepted})
    assert (response.status_code, response["Location"]) == (302, home)
    assert "Accept-Language" in response["Vary"]


@pytest.mark.engines
def test_the_permanent_link_of_a_record_leads_to_its_page(client):
    response = client.get("/p/CSM-2023-014/", headers={"accept-language": "pt"})
    assert response["Location"] == f"/pt-br/praticas/{SLUG}/"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/pt", "/pt-br/"),
        ("/pt/", "/pt-br/"),
        ("/pt/praticas/?country=PE&page=1", "/pt-br/praticas/?country=PE&page=1"),
    ],
)
def test_short_portuguese_addresses_redirect_for_good(client, old, new):
    response = client.get(old)
    assert (response.status_code, response["Location"]) == (301, new)


@pytest.mark.parametrize(
    "address",
    [
        "/es/practicas/no-existe/",
        "/es/practicas.exe",
        "/es/practicas/?page=99999999",
        "/es/practicas/?page=0",
        "/es/practicas/?page=dos",
        "/es/redes/no-existe/",
        "/es/paises/zz/",
        "/es/paises/PE/",
        "/es/nada/",
        "/p/CSM-2023-999/",
        f"/es/practicas/{SLUG}.exe",
    ],
)
def test_what_does_not_exist_is_not_found_in_the_sites_own_page(client, address):
    response = client.get(address)
    assert response.status_code == 404
    assert "No se encontró esta página" in response.content.decode()


def test_an_unknown_address_answers_in_the_language_of_its_path(client):
    assert "Página não encontrada" in client.get("/pt-br/nada/").content.decode()
    assert "This page was not found" in client.get("/nothing", headers={"accept-language": "en"}).content.decode()


def test_a_failure_is_told_in_the_sites_own_page_without_a_traceback(monkeypatch):
    def fail(*args, **options):
        raise RuntimeError("secret detail")

    monkeypatch.setattr("catalogue.views.pages.figures", fail)
    response = Client(raise_request_exception=False).get("/pt-br/")
    page = response.content.decode()
    assert response.status_code == 500
    assert "erro no servidor" in page
    assert "secret detail" not in page


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "q=" + "x" * 10000,
        "q=%ff%fe",
        "country=ZZ",
        "country=PE&country=%00",
        "from=1&from=2&to=x",
        "page=1&page=2",
        "sort=title&sort=nothing",
        "network=%F0%9F%8C%8E&scope=",
        "updated_since=2023-02-30",
        "from=99999999999999999999",
        "q=%27%22%3Cscript%3Ealert(1)%3C/script%3E",
        "q=%25_%5C",
        "[]=&&=&===",
    ],
)
@pytest.mark.parametrize(
    "address",
    [
        pytest.param("/es/practicas/", marks=pytest.mark.engines),
        "/en/practices.csv",
        "/pt-br/praticas.json",
        "/es/practicas.xlsx",
    ],
)
def test_hostile_parameters_are_answered(client, address, query):
    response = client.get(f"{address}?{query}")
    assert response.status_code in (200, 400, 404, 414)
    if not response.streaming:
        assert "<script>alert" not in response.content.decode(errors="replace")


def test_an_impossible_value_is_said_beside_its_field(client):
    page = client.get("/es/practicas/?country=ZZ").content.decode()
    assert 'id="id_country_error"' in page
    assert "ZZ" in page
    assert "0 prácticas" in page


def test_editors_markup_stays_text(client):
    sentinel = "<img src=x onerror=alert(1)>"
    practice = make_practice(
        title=sentinel,
        summary_es=sentinel,
        description_es=f"{sentinel}\n\n[a](javascript:alert(1))",
        limits_es=sentinel,
    )
    for address in (f"/es/practicas/{practice.slug}/", f"/en/practices/{practice.slug}/", "/es/practicas/", "/es/"):
        page = client.get(address).content.decode()
        assert "<img" not in page
        assert 'href="javascript' not in page


def test_countries_without_a_practice_are_listed_and_say_so(client):
    page = client.get("/en/countries/").content.decode()
    for name in ("Chile", "Guyana", "Suriname", "Uruguay"):
        assert name in page
    assert "no published record in the catalogue yet" in client.get("/en/countries/gy/").content.decode()


@pytest.mark.engines
def test_a_neighbour_is_shown_the_practices_that_concern_it(client):
    page = client.get("/en/countries/cl/").content.decode()
    assert "humanitarian-border-management-peru-chile" in page


@pytest.mark.parametrize("rows", [20, 200])
def test_the_list_costs_the_same_queries_whatever_the_rows(client, django_assert_max_num_queries, rows):
    make_many(rows)
    with django_assert_max_num_queries(11):
        assert client.get("/es/practicas/").status_code == 200


@pytest.mark.engines
def test_a_hidden_practice_answers_like_one_that_never_existed(client):
    hidden = make_practice(state=State.DRAFT)
    real, invented = (client.get(f"/es/practicas/{slug}/") for slug in (hidden.slug, "x" * len(hidden.slug)))
    assert real.status_code == invented.status_code == 404
    assert real.content.replace(hidden.slug.encode(), b"") == invented.content.replace(b"x" * len(hidden.slug), b"")


@pytest.mark.engines
def test_the_machine_can_ask_how_we_are(client):
    assert client.get("/healthz").content == b"ok\n"
    assert client.get("/readyz").content == b"ready\n"
    assert "Disallow: /admin/" in client.get("/robots.txt").content.decode()


def test_pages_answer_only_reading_methods(client):
    for address in ADDRESSES[:6]:
        assert client.post(address).status_code == 405


@pytest.mark.engines
def test_counts_on_the_page_are_the_rows(client):
    assert "19 prácticas" in client.get("/es/practicas/").content.decode()
    assert Practice.objects.published().count() == 19
