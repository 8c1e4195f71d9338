"""Marking, comparing, copying and printing work in a real browser, with and without JavaScript."""

import csv
import io
import json
import re

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.e2e.conftest import ending

pytestmark = pytest.mark.browser

RECORD = "/es/practicas/migration-pre-registration-brazil/"
LIST = "/es/practicas/"
COMPARE = "/es/practicas/comparar/"
THREE = f"{COMPARE}?id=CSM-2023-007&id=CSM-2023-009&id=CSM-2023-016"
HEADS = ".cmp thead .name"
MARK = "Seleccionar para comparar o guardar"


def slug_of(page, code):
    """The address of a record, by its code."""
    return page.request.get(f"/p/{code}/").url


def mark(page, code):
    page.goto(slug_of(page, code))
    page.get_by_label(MARK).check()


def kept(page):
    """What the browser remembers for the site."""
    return page.evaluate("({...localStorage, ...sessionStorage})")


def tray(page):
    return page.get_by_role("group", name="Prácticas seleccionadas")


def heads(page):
    """What the columns of a comparison are called, as a locator: it is still on its way after a click."""
    return page.locator(HEADS)


def test_nothing_is_kept_before_the_reader_marks_something_nor_after_she_clears(open_page):
    page = open_page(RECORD)
    assert kept(page) == {}
    page.get_by_label(MARK).check()
    assert json.loads(kept(page)["marked"]) == ["CSM-2023-014"]
    page.get_by_role("button", name="Borrar la selección").click()
    assert kept(page) == {}
    expect(page.get_by_label(MARK)).not_to_be_checked()
    assert page.context.cookies() == []


def test_marks_follow_the_reader_through_pages_and_languages_to_the_comparison(open_page):
    page = open_page(RECORD)
    page.get_by_label(MARK).check()
    expect(tray(page)).to_contain_text("1 práctica seleccionada")
    expect(tray(page)).to_contain_text("Seleccione otra para compararlas")
    expect(tray(page).get_by_role("link", name="Comparar")).to_be_hidden()
    mark(page, "CSM-2023-007")
    page.get_by_role("link", name="Português").click()
    bar = page.get_by_role("group", name="Práticas selecionadas")
    expect(bar).to_contain_text("2 práticas selecionadas")
    expect(page.get_by_label("Selecionar para comparar ou salvar")).to_be_checked()
    bar.get_by_role("link", name="Comparar").click()
    expect(page).to_have_url(ending("/pt-br/praticas/comparar/?id=CSM-2023-014&id=CSM-2023-007"))
    expect(heads(page)).to_have_count(2)


def test_a_change_is_announced_politely(open_page):
    page = open_page(RECORD)
    region = page.locator("body > p[role=status]")
    expect(region).to_have_text("")
    page.get_by_label(MARK).check()
    expect(region).to_have_text("1 práctica seleccionada")
    page.get_by_label(MARK).uncheck()
    expect(region).to_have_text("Ninguna práctica seleccionada")


def test_two_tabs_keep_in_step(open_page):
    page = open_page(RECORD)
    other = page.context.new_page()
    other.goto(RECORD)
    page.get_by_label(MARK).check()
    expect(other.get_by_label(MARK)).to_be_checked()
    expect(tray(other)).to_contain_text("1 práctica seleccionada")
    other.get_by_role("button", name="Borrar la selección").click()
    expect(page.get_by_label(MARK)).not_to_be_checked()
    expect(tray(page)).to_be_hidden()


def test_more_than_four_marks_are_said_in_words_and_the_first_four_are_compared(open_page):
    page = open_page("/es/")
    codes = [f"CSM-2023-{number:03d}" for number in range(1, 6)]
    page.evaluate("codes => localStorage.setItem('marked', JSON.stringify(codes))", codes)
    page.goto(RECORD)
    expect(tray(page)).to_contain_text("se muestran las cuatro primeras")
    tray(page).get_by_role("link", name="Comparar").click()
    expect(heads(page)).to_have_count(4)
    expect(page.get_by_text("quedan fuera: CSM-2023-005.")).to_be_visible()


def test_something_else_under_the_same_name_breaks_nothing(open_page):
    page = open_page("/es/")
    page.evaluate("localStorage.setItem('marked', '{not ours')")
    page.goto(RECORD)
    page.get_by_label(MARK).check()
    expect(tray(page)).to_contain_text("1 práctica seleccionada")


def test_marking_works_by_keyboard_alone(open_page):
    page = open_page(RECORD)
    page.get_by_label(MARK).focus()
    page.keyboard.press("Space")
    expect(tray(page)).to_be_visible()
    page.get_by_role("button", name="Borrar la selección").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label(MARK)).to_be_focused()


def box(page, name):
    """The box that marks a practice of the list."""
    return page.locator(".hit", has_text=name).get_by_role("checkbox", name="Seleccionar")


def test_a_mark_on_the_list_filters_nothing_and_survives_filters_and_going_back(open_page):
    page = open_page(LIST)
    page.evaluate("window.stayed = true")
    box(page, "REDAVIT").check()
    expect(tray(page)).to_contain_text("1 práctica seleccionada")
    page.locator(".filters").get_by_label("Argentina").check()
    expect(page).to_have_url(re.compile(r"/es/practicas/\?country=AR$"))
    expect(box(page, "REDAVIT")).to_be_checked()
    page.locator(".filters").get_by_label("Argentina").uncheck()
    expect(page.locator("#count")).to_have_text("19 prácticas")
    box(page, "SiSETP").check()
    page.go_back()
    expect(page.locator("#count")).not_to_have_text("19 prácticas")
    expect(box(page, "REDAVIT")).to_be_checked()
    expect(tray(page)).to_contain_text("2 prácticas seleccionadas")
    assert page.evaluate("window.stayed")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("group", name="Selected practices")).to_contain_text("2 practices selected")


def test_the_marked_ones_are_listed_and_taken_away_exactly(open_page):
    page = open_page(LIST)
    for name in ("REDAVIT", "SiSETP", "Prerregistro"):
        box(page, name).check()
    tray(page).get_by_role("link", name="Verlas").click()
    expect(page.locator("#count")).to_have_text("3 prácticas")
    with page.expect_download() as download:
        tray(page).get_by_role("link", name="CSV").click()
    with open(download.value.path(), encoding="utf-8-sig", newline="") as file:
        assert [row[0] for row in csv.reader(file)][1:] == ["CSM-2023-007", "CSM-2023-009", "CSM-2023-014"]


def test_without_javascript_marks_are_fields_of_the_list(open_page):
    page = open_page(LIST, java_script_enabled=False)
    expect(tray(page)).to_contain_text("Marque la casilla «Seleccionar»")
    box(page, "REDAVIT").check()
    page.locator(".filters").get_by_label("Perú").check()
    page.get_by_role("button", name="Aplicar filtros").click()
    expect(tray(page)).to_contain_text("1 práctica seleccionada")
    box(page, "violencia de género").check()
    page.get_by_role("link", name="Perú: quitar").click()
    expect(box(page, "REDAVIT")).to_be_checked()
    box(page, "SiSETP").check()
    tray(page).get_by_role("button", name="Comparar").click()
    expect(page).to_have_url(ending("/es/practicas/comparar/?id=CSM-2023-007&id=CSM-2023-009"))
    expect(heads(page)).to_have_text(["REDAVIT", "SiSETP"])


def test_without_javascript_the_marked_ones_are_listed_and_the_marks_cleared(open_page):
    page = open_page(f"{LIST}?country=AR&pick=CSM-2023-014", java_script_enabled=False)
    box(page, "REDAVIT").check()
    tray(page).get_by_role("button", name="Ver las seleccionadas").click()
    expect(page).to_have_url(ending("/es/practicas/?id=CSM-2023-014&id=CSM-2023-007"))
    expect(page.locator("#count")).to_have_text("2 prácticas")
    page.go_back()
    tray(page).get_by_role("link", name="Borrar la selección").click()
    expect(page).to_have_url(ending("/es/practicas/?country=AR"))


def test_without_javascript_a_record_is_marked_by_its_form(open_page):
    page = open_page(RECORD, java_script_enabled=False)
    page.get_by_label(MARK).check()
    page.get_by_role("button", name="Continuar").click()
    expect(page).to_have_url(ending("/es/practicas/?pick=CSM-2023-014"))
    expect(box(page, "Prerregistro")).to_be_checked()


@pytest.mark.parametrize("java_script", [True, False])
def test_a_comparison_is_rearranged_by_links(open_page, java_script):
    page = open_page(THREE, java_script_enabled=java_script)
    first, second, third = (heads(page).nth(place).inner_text() for place in range(3))
    page.get_by_role("link", name="Mover a la derecha").first.click()
    expect(heads(page)).to_have_text([second, first, third])
    page.get_by_role("link", name="Quitar", exact=False).locator("visible=true").nth(1).click()
    expect(heads(page)).to_have_text([second, third])
    page.get_by_role("link", name="English").click()
    page.wait_for_url("**/en/practices/compare/?id=CSM-2023-009&id=CSM-2023-016")
    expect(heads(page)).to_have_count(2)


def test_swapping_a_practice_keeps_the_others_marked(open_page):
    page = open_page(THREE)
    page.get_by_role("link", name="Reemplazar").first.click()
    page.wait_for_url("**/es/practicas/?pick=*")
    assert json.loads(kept(page)["marked"]) == ["CSM-2023-009", "CSM-2023-016"]
    expect(tray(page)).to_contain_text("2 prácticas seleccionadas")


def test_heads_stay_in_sight_on_wide_screens(open_page):
    page = open_page(THREE, viewport={"width": 1280, "height": 800})
    page.locator("#b-keywords").scroll_into_view_if_needed()
    page.mouse.wheel(0, 400)
    assert page.locator("#c1").evaluate("head => Math.round(head.getBoundingClientRect().top)") == 0


@pytest.mark.parametrize("width", [320, 375])
def test_on_small_screens_a_named_region_scrolls_and_the_page_does_not(open_page, width):
    page = open_page(THREE, viewport={"width": width, "height": 800})
    region = page.get_by_role("region", name="Tabla comparativa")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert region.evaluate("region => region.scrollWidth > region.clientWidth")
    region.focus()
    region.evaluate("region => void (window.scrolled = new Promise(done => (region.onscroll = () => done(true))))")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("window.scrolled")


def test_a_citation_is_copied(open_page):
    page = open_page(RECORD)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_text("Citar en APA, Chicago o ABNT").click()
    page.get_by_role("button", name="Copiar la cita").first.click()
    expect(page.get_by_text("Cita copiada.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("#citation").inner_text()


def test_without_javascript_there_is_no_button_that_does_nothing(open_page):
    page = open_page(RECORD, java_script_enabled=False)
    page.get_by_text("Citar en APA, Chicago o ABNT").click()
    page.get_by_role("link", name="Citas de esta práctica").click()
    expect(page.locator("#citation")).to_be_visible()
    expect(page.get_by_text("Copiar la cita").locator("visible=true")).to_have_count(0)


def words_of(pdf):
    """The text of each page of a PDF."""
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def test_on_paper_the_heads_are_repeated_and_controls_are_left_out(open_page):
    page = open_page(THREE)
    sheets = words_of(page.pdf(prefer_css_page_size=True))
    assert len(sheets) > 1
    for sheet in sheets[:-1]:
        assert "CSM-2023-007" in sheet
    text = " ".join(sheets)
    assert not re.search("Reemplazar|Agregar una práctica|Descargar", text)
    assert "no implican opinión" in " ".join(text.split())


def test_on_paper_a_record_shows_the_addresses_of_its_links_and_its_citation(open_page):
    page = open_page(RECORD)
    page.get_by_label(MARK).check()
    text = " ".join(" ".join(words_of(page.pdf(prefer_css_page_size=True))).split())
    assert "<https://www.gov.br/" in text.replace("< ", "<")
    assert "/p/CSM-2023-014/" in text
    assert not re.search("Prácticas relacionadas|1 práctica seleccionada|Citar en", text)
