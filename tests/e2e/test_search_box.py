"""The search box suggests while one types, and results change in place; without JavaScript both are plain forms."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import ending

pytestmark = pytest.mark.browser

LIST = "/es/practicas/"


def active(page):
    return page.evaluate("document.activeElement.id")


def combobox(page):
    return page.get_by_role("combobox", name="Buscar en las prácticas")


def options_of(page, **features):
    """The suggestions, not the options of the select that sorts."""
    return page.get_by_role("listbox").get_by_role("option", **features)


def box(page, name):
    return page.get_by_role("checkbox", name=re.compile(f"^{name} "))  # its count follows


def stay(page):
    """Mark the document; the mark is lost when the page is loaded anew."""
    page.evaluate("window.stayed = true")


def stayed(page):
    return page.evaluate("window.stayed === true")


def test_the_arrows_choose_a_suggestion_and_enter_goes_there(open_page):
    page = open_page("/es/")
    field = combobox(page)
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press_sequentially("per")
    options = options_of(page)
    expect(options.first).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".search [role=status]")).to_have_text(re.compile(r"\d+ sugerencias;"))
    field.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", options.first.get_attribute("id"))
    field.press("End")
    expect(options.last).to_have_attribute("aria-selected", "true")
    field.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    field.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    field.press("Home")
    field.press("Enter")
    page.wait_for_url("**/es/paises/pe/")


def test_escape_closes_and_keeps_the_text_and_tab_closes(open_page):
    page = open_page("/es/")
    field = combobox(page)
    field.press_sequentially("chi")
    expect(page.get_by_role("listbox")).to_be_visible()
    field.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(field).to_have_value("chi")
    field.press("ArrowDown")
    expect(options_of(page, selected=True)).to_have_count(1)
    field.press("Tab")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(field).not_to_have_attribute("aria-activedescendant", re.compile("."))


def test_enter_without_a_choice_searches(open_page):
    page = open_page("/es/")
    combobox(page).press_sequentially("registro")
    expect(page.get_by_role("listbox")).to_be_visible()
    combobox(page).press("Enter")
    page.wait_for_url("**/es/practicas/?q=registro*")


def test_a_click_chooses_and_nothing_found_is_said(open_page):
    page = open_page("/pt-br/")
    field = page.get_by_role("combobox")
    field.press_sequentially("zzzz")
    expect(page.locator(".search [role=status]")).to_have_text("Nenhuma sugestão")
    field.fill("gênero")
    options_of(page, name="Rede").first.click()
    page.wait_for_url("**/pt-br/redes/gender-and-migration/")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_suggestions_fit_a_small_screen_and_a_thumb(open_page, scheme):
    page = open_page(LIST, viewport={"width": 320, "height": 700}, color_scheme=scheme)
    combobox(page).press_sequentially("mi")
    expect(options_of(page).first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert all(option.bounding_box()["height"] >= 24 for option in options_of(page).all())


def test_a_filter_changes_the_results_in_place_and_keeps_the_focus(open_page):
    page = open_page(LIST)
    stay(page)
    page.evaluate("window.count = document.getElementById('count')")
    page.locator("#filters summary", has_text="Palabra clave").click()
    box(page, "Perú").focus()
    page.keyboard.press("Space")
    ticked = active(page)
    expect(page.locator("#count")).to_have_text("4 prácticas")
    expect(page).to_have_url(re.compile(r"/es/practicas/\?country=PE$"))
    expect(page.locator("#results .hit")).to_have_count(4)
    assert stayed(page)
    assert active(page) == ticked
    expect(box(page, "Perú")).to_be_checked()
    assert page.evaluate("window.count.isConnected"), "the region that announces the count stays"
    expect(page.locator("#filters details", has_text="Palabra clave")).to_have_attribute("open", "")
    expect(page.locator(".langs a[lang=en]")).to_have_attribute("href", ending("/en/practices/?country=PE"))


def test_ticks_in_quick_succession_are_all_kept(open_page):
    page = open_page("/es/")
    page.clock.install()
    page.goto(LIST)
    stay(page)
    for name in ("Perú", "Brasil", "Argentina", "Ecuador"):
        box(page, name).check()
        page.clock.run_for(200)
    page.clock.resume()
    expect(page).to_have_url(re.compile(r"country=AR&country=BR&country=EC&country=PE$"))
    expect(page.locator(".chips a.chip")).to_have_count(4)
    assert stayed(page)


def test_removing_chips_moves_the_focus_to_the_next_one_and_then_to_the_results(open_page):
    page = open_page(f"{LIST}?q=registro&country=PE&country=BR")
    stay(page)
    page.get_by_role("link", name="registro: quitar").click()
    expect(page.locator(".chips a.chip")).to_have_count(2)
    expect(combobox(page)).to_have_value("")
    assert page.evaluate("document.activeElement.className") == "chip"
    page.locator(".chips a.chip").first.click()
    expect(page.locator(".chips a.chip")).to_have_count(1)
    page.locator(".chips a.chip").first.click()
    expect(page.locator("#count")).to_have_text("19 prácticas")
    assert active(page) == "h-results"
    assert stayed(page)


def test_searching_and_sorting_happen_in_place(open_page):
    page = open_page(LIST)
    stay(page)
    combobox(page).fill("niñez")
    combobox(page).press("Enter")
    expect(page).to_have_url(re.compile(r"/es/practicas/\?q=ni%C3%B1ez$"))
    assert active(page) == "id_q"
    page.locator("#id_sort").select_option("title")
    expect(page).to_have_url(re.compile(r"\?q=ni%C3%B1ez&sort=title$"))
    page.get_by_role("link", name="Quitar todo").click()
    expect(page.locator("#count")).to_have_text("19 prácticas")
    expect(combobox(page)).to_have_value("")
    assert stayed(page)


def test_paging_happens_in_place_and_leads_to_the_results(open_large):
    page = open_large(LIST)
    stay(page)
    page.locator(".pager a[rel=next]").click()
    expect(page).to_have_url(re.compile(r"\?page=2$"))
    expect(page.locator(".pager [aria-current]")).to_have_text("2")
    assert active(page) == "h-results"
    assert page.locator("#h-results").evaluate("heading => Math.abs(heading.getBoundingClientRect().top)") < 200
    assert stayed(page)


def test_back_and_forward_restore_filters_and_results(open_page):
    page = open_page(LIST)
    stay(page)
    box(page, "Perú").check()
    expect(page.locator("#count")).to_have_text("4 prácticas")
    page.go_back()
    expect(page.locator("#count")).to_have_text("19 prácticas")
    expect(page).to_have_url(re.compile(f"{LIST}$"))
    expect(box(page, "Perú")).not_to_be_checked()
    assert active(page) == "h-results"
    page.go_forward()
    expect(page.locator("#count")).to_have_text("4 prácticas")
    expect(box(page, "Perú")).to_be_checked()
    box(page, "Perú").uncheck()
    expect(page.locator("#count")).to_have_text("19 prácticas")
    assert stayed(page)


def test_an_answer_without_results_leads_to_the_plain_page(open_page):
    page = open_page(LIST)
    stay(page)
    answer = {"body": "<p>Sign in to the network</p>", "content_type": "text/html"}
    page.route(
        "**/*country=PE*",
        lambda route: route.fulfill(**answer) if route.request.resource_type == "xhr" else route.continue_(),
    )
    box(page, "Perú").check()
    expect(page.locator("#count")).to_have_text("4 prácticas")
    assert not stayed(page)


def test_who_saves_data_gets_no_results_before_asking(open_page):
    page = open_page("/es/")
    page.clock.install()
    page.add_init_script("Object.defineProperty(navigator, 'connection', {value: {saveData: true}})")
    page.goto(LIST)
    requests = []
    page.on("request", lambda request: requests.append(request.url) if "/static/" not in request.url else None)
    box(page, "Perú").check()
    page.clock.run_for(5_000)
    assert requests == []
    page.get_by_role("button", name="Aplicar filtros").click()
    page.wait_for_url("**country=PE**")
    expect(page.locator("#count")).to_have_text("4 prácticas")


def test_without_javascript_the_box_and_the_filters_are_plain_forms(open_page):
    page = open_page("/es/", java_script_enabled=False)
    field = page.get_by_role("searchbox")
    field.fill("registro")
    field.press("Enter")
    page.wait_for_url("**/es/practicas/?q=registro*")
    box(page, "Brasil").check()
    page.get_by_role("button", name="Aplicar filtros").click()
    page.wait_for_url("**country=BR**")
    expect(page.get_by_role("link", name="Brasil: quitar este filtro")).to_be_visible()


def test_all_scripts_together_weigh_less_than_40_kilobytes(open_page):
    sizes = {}
    page = open_page("/es/")
    page.on("response", lambda response: sizes.update({response.url: response.request.sizes()["responseBodySize"]}))
    page.goto(LIST, wait_until="networkidle")
    scripts = {url: size for url, size in sizes.items() if url.endswith(".js")}
    assert len(scripts) >= 2
    assert sum(scripts.values()) < 40_000
