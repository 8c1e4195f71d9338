"""An official, a researcher and the secretariat can do what they come for, in a real browser."""

import csv
import io
import json
import re
from urllib.parse import quote, urlsplit

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.e2e.conftest import ending

pytestmark = pytest.mark.browser

# The ways people come: on a desk, on a telephone at a border post, at night, on a computer without JavaScript.
WAYS = {
    "desk": {},
    "telephone": {"viewport": {"width": 375, "height": 700}, "has_touch": True, "is_mobile": True},
    "dark": {"color_scheme": "dark"},
    "without JavaScript": {"java_script_enabled": False},
}
TITLE = "Prerregistro migratorio en fronteras"
RECORD = "/es/practicas/migration-pre-registration-brazil/"
FILTERED = "/es/practicas/?country=CL&network=gender-and-migration"


def test_an_official_goes_from_the_front_door_to_a_practice_and_changes_the_language(open_page):
    page = open_page("/")
    expect(page).to_have_url(ending("/es/"))
    page.get_by_role("link", name="Redes", exact=True).first.click()
    page.get_by_role("link", name="Gestión integrada de fronteras").first.click()
    page.get_by_role("link", name="Prerregistro migratorio en fronteras").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Prerregistro migratorio en fronteras")
    expect(page.locator("main")).to_contain_text("645,00 [sic]")
    page.get_by_role("link", name="Português").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Pré-cadastro migratório nas fronteiras")


@pytest.mark.parametrize("way", WAYS)
def test_a_researcher_searches_filters_opens_a_practice_and_takes_it_away(open_page, expect_accessible, way):
    page = open_page("/es/", **WAYS[way])
    scripted = WAYS[way].get("java_script_enabled", True)
    expect_accessible(page, scripted=scripted)
    search_for(page, "niñez")
    found = page.locator("#count").inner_text()
    search_for(page, "NINEZ")
    expect(page.locator("#count")).to_have_text(found)
    page.locator("main").get_by_role("link", name="NINEZ: quitar").click()
    expect(page.locator("#count")).to_have_text("19 prácticas")
    tick(page, "Brasil")
    expect(page.locator("#count")).to_have_text("2 prácticas")
    tick(page, "Perú")
    expect(page.locator("#count")).to_have_text("6 prácticas")
    expect_accessible(page, scripted=scripted)
    assert len(rows_of(page)) == 1 + 6
    page.get_by_role("link", name="Perú: quitar este filtro").click()
    expect(page.locator("#count")).to_have_text("2 prácticas")
    page.get_by_role("link", name=TITLE).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect_accessible(page, scripted=scripted)
    assert json.loads(page.request.get(address_of(page, "JSON")).text())["title"] == TITLE
    page.go_back()
    expect(page.locator("#count")).to_have_text("2 prácticas")


def search_for(page, words):
    page.locator("[name=q]").fill(words)
    page.locator("[name=q]").press("Enter")
    page.wait_for_url(f"**q={quote(words)}**")


def tick(page, name):
    """Choose a value of a filter, whether the results change by themselves or not."""
    if page.locator("label[for=fold]").is_visible() and not page.locator("#fold").is_checked():
        page.locator("label[for=fold]").click()
    page.get_by_role("checkbox", name=re.compile(f"^{name} ")).check()
    page.get_by_role("button", name="Aplicar filtros").click()


def rows_of(page):
    """Download the list as CSV and open it."""
    page.locator(".menu summary").click()
    with page.expect_download() as download:
        page.locator(".menu").get_by_role("link", name="CSV").first.click()
    with open(download.value.path(), encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def address_of(page, name):
    return page.locator("main").get_by_role("link", name=re.compile(f"^{name} ?, ")).first.get_attribute("href")


def test_an_official_browses_by_country(open_page):
    page = open_page("/es/")
    page.get_by_role("navigation", name="Menú principal").get_by_role("link", name="Países").click()
    page.locator("main").get_by_role("link", name="Ecuador").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ecuador")
    page.locator("main").get_by_role("link", name=re.compile("VIRTE")).first.click()
    expect(page).to_have_url(ending("/es/practicas/virte-unaccompanied-children-ecuador/"))


def test_a_workbook_opens_and_holds_the_list(open_page):
    page = open_page("/pt-br/praticas/?country=BR")
    page.locator(".menu summary").click()
    with page.expect_download() as download:
        page.locator(".menu").get_by_role("link", name="XLSX").click()
    with open(download.value.path(), "rb") as file:
        titles = [str(row[4].value) for row in load_workbook(file, read_only=True).worksheets[0].rows]
    assert "Pré-cadastro migratório nas fronteiras" in titles


def test_a_citation_leads_back_to_its_practice_in_any_language(open_page):
    page = open_page(RECORD)
    citation = page.locator("main .cite").first.inner_text()
    assert TITLE in citation
    permanent = urlsplit(re.search(r"https?://\S+/p/\S+", citation)[0]).path
    page.goto(permanent)
    expect(page).to_have_url(ending(RECORD))


@pytest.mark.parametrize("java_script", [True, False])
def test_the_second_page_of_a_filtered_list_is_kept_in_another_language_and_on_the_way_back(open_large, java_script):
    page = open_large(FILTERED, java_script_enabled=java_script)
    page.locator("#id_sort").select_option("title")
    page.get_by_role("button", name="Ordenar").click() if not java_script else None
    page.wait_for_url("**sort=title**")
    page.locator(".pager a[rel=next]").click()
    page.wait_for_url("**page=2**")
    expect(page.locator(".pager [aria-current]")).to_have_text("2")
    titles = page.locator("#results h3 a")
    shown = titles.count()
    page.locator(".langs a[lang=pt-BR]").click()
    page.wait_for_url("**/pt-br/praticas/?*page=2*")
    for part in ("country=CL", "network=gender-and-migration", "sort=title"):
        assert part in page.url
    expect(page.locator(".pager [aria-current]")).to_have_text("2")
    expect(titles).to_have_count(shown)
    page.go_back()
    page.wait_for_url("**/es/practicas/?*page=2*")
    page.go_back()
    expect(page.locator(".pager [aria-current]")).to_have_text("1")


def test_the_pages_of_a_list_are_accessible(open_large, expect_accessible):
    page = open_large(f"{FILTERED}&page=2")
    expect_accessible(page)


def test_a_printed_practice_keeps_its_text(open_page):
    page = open_page(RECORD)
    text = " ".join(text_of_pdf(page.pdf(format="A4")).split())
    for printed in (TITLE, "645,00", "CSM-2023-014"):
        assert printed in text
    assert "Saltar al contenido" not in text


def text_of_pdf(printed):
    """Return the text of every page of a PDF."""
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(printed)).pages)


def test_a_search_with_a_mistyped_filter_explains_itself(open_page):
    page = open_page("/pt-br/praticas/?from=ontem")
    field = page.locator("#id_from")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_value(re.compile("^(ontem)?$"))
    expect(page.locator("#id_from_error")).to_be_visible()


def test_the_secretariat_edits_a_practice_in_one_language_and_sees_it_on_the_site(open_page, site):
    page = open_page("/admin/")
    page.get_by_label("usuario").fill(site.user)
    page.get_by_label("Contraseña").fill(site.password)
    page.locator("input[type=submit]").click()
    page.goto("/admin/catalogue/practice/?q=CSM-2023-017")
    page.get_by_role("link", name="CSM-2023-017").click()
    page.get_by_role("button", name="Proponer un cambio").click()
    page.locator(".language-bar button[data-language=pt]").click()
    expect(page.locator("#id_title_pt")).to_be_visible()
    expect(page.locator("#id_title_es")).to_be_hidden()
    page.locator("#id_short_title_pt").fill("Mesa corrigida")
    page.locator("input[name=_continue]").first.click()
    expect(page.locator(".success")).to_be_visible()
    expect(page.locator("#id_title_pt"), "the language chosen is remembered").to_be_visible()
    public = page.context.new_page()
    public.goto("/pt-br/praticas/?country=AR")
    expect(public.locator("#count")).to_be_visible()
    corrected = public.get_by_role("link", name="Mesa corrigida")
    expect(corrected, "readers go on seeing what is published").to_have_count(0)
    for step in ("Enviar a revisión", "Publicar"):
        page.get_by_role("link", name=step, exact=True).click()
        page.get_by_role("button", name=step, exact=True).click()
    page.goto("/pt-br/praticas/?country=AR")
    expect(page.get_by_role("link", name="Mesa corrigida")).to_be_visible()
