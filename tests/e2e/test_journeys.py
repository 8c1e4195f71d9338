"""What people come to do, in a real browser: an official, a researcher, the secretariat."""

import csv

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

WIDTHS = [320, 375, 1280]
PAGES = [
    "/es/",
    "/es/practicas/",
    "/es/practicas/?country=ZZ",
    "/es/practicas/?q=nadaquesepamos",
    "/pt-br/praticas/migration-pre-registration-brazil/",
    "/en/practices/assistance-migrant-refugee-children-peru/",
    "/es/redes/",
    "/pt-br/redes/human-trafficking-and-migrant-smuggling/",
    "/es/paises/",
    "/en/countries/cl/",
    "/pt-br/sobre/",
]


def test_an_official_goes_from_the_front_door_to_a_practice_and_changes_the_language(open_page):
    page = open_page("/")
    assert page.url.endswith("/es/")
    page.get_by_role("link", name="Redes", exact=True).first.click()
    page.get_by_role("link", name="Gestión integrada de fronteras").first.click()
    page.get_by_role("link", name="Preregistro migratorio en fronteras").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Preregistro migratorio en fronteras"
    assert "645,00 [sic]" in page.locator("main").inner_text()
    page.get_by_role("link", name="Português").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Pré-cadastro migratório nas fronteiras"


@pytest.mark.parametrize("java_script", [True, False])
def test_a_researcher_filters_and_takes_the_same_rows_away(open_page, java_script):
    page = open_page("/es/practicas/", java_script_enabled=java_script)
    page.locator("#filters").get_by_label("Perú").check()
    page.get_by_role("button", name="Aplicar filtros").click()
    expect(page.locator(".count")).to_have_text("4 prácticas")
    page.locator(".menu summary").click()
    with page.expect_download() as download:
        page.locator(".menu").get_by_role("link", name="CSV").click()
    with open(download.value.path(), encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert len(rows) == 1 + 4
    page.get_by_role("link", name="Perú: quitar este filtro").click()
    expect(page.locator(".count")).to_have_text("19 prácticas")


def test_a_search_with_a_mistyped_filter_explains_itself(open_page):
    page = open_page("/pt-br/praticas/?from=ontem")
    field = page.locator("#id_from")
    assert field.get_attribute("aria-invalid") == "true"
    assert field.input_value() == "" or field.input_value() == "ontem"
    assert page.locator("#id_from_error").is_visible()


def test_the_secretariat_edits_a_practice_in_one_language_and_sees_it_on_the_site(open_page, site):
    page = open_page("/admin/")
    page.get_by_label("usuario").fill(site.user)
    page.get_by_label("Contraseña").fill(site.password)
    page.locator("input[type=submit]").click()
    page.goto("/admin/catalogue/practice/?q=CSM-2023-017")
    page.get_by_role("link", name="CSM-2023-017").click()
    page.locator(".language-bar button[data-language=pt]").click()
    assert page.locator("#id_title_pt").is_visible()
    assert not page.locator("#id_title_es").is_visible()
    page.locator("#id_short_title_pt").fill("Mesa corrigida")
    page.locator("input[name=_continue]").first.click()
    assert page.locator(".success").is_visible()
    assert page.locator("#id_title_pt").is_visible(), "the language chosen is remembered"
    page.goto("/pt-br/praticas/?country=AR")
    assert page.get_by_role("link", name="Mesa corrigida").is_visible()


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_scrolls_sideways(open_page, width):
    for path in PAGES:
        page = open_page(path, viewport={"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        page.close()


def test_the_keyboard_reaches_the_content_first(open_page):
    page = open_page("/es/practicas/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
