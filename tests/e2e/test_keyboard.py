"""The whole way by keyboard alone: every stop can be seen, everything can be reached, nothing holds fast."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.test_walk import pages, unfold

pytestmark = pytest.mark.browser

STOPS = 200  # more than any page has before what is looked for
HAS_FOCUS = "element => element === document.activeElement"
# The ring of what has the focus: its own, that of the area it covers, or that of the label which stands for it.
RING = """() => {
  const focused = document.activeElement;
  const rings = [getComputedStyle(focused), getComputedStyle(focused, "::after")];
  if (focused.nextElementSibling) rings.push(getComputedStyle(focused.nextElementSibling));
  return rings.some(style => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2);
}"""

# What can have the focus in the content, each marked until it had it; of radio buttons in a group one has.
STILL_TO_REACH = """() => {
  const all = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  for (const element of document.querySelectorAll("main"))
    for (const stop of element.querySelectorAll(all))
      if (!stop.disabled && stop.checkVisibility({visibilityProperty: true}) && stop.type !== "radio")
        stop.dataset.unreached = "";
  return document.querySelectorAll("[data-unreached]").length;
}"""
# Note from now on what the focus meets: stops without a ring, and whether it leaves the content.
WATCH = f"""() => {{
  window.met = {{left: false, unseen: []}};
  const ring = {RING};
  document.addEventListener("focusin", ({{target}}) => {{
    delete target.dataset.unreached;
    if (target.closest("main") === null) window.met.left = true;
    else if (!ring()) window.met.unseen.push(target.outerHTML.slice(0, 200));
  }});
  document.addEventListener("focusout", ({{relatedTarget}}) => {{
    if (relatedTarget === null) window.met.left = true;  // past the last stop of the page
  }});
}}"""
UNREACHED = "[...document.querySelectorAll('[data-unreached]')].map(element => element.outerHTML.slice(0, 200))"


def go_to(page, target):
    """Press Tab until ``target`` has the focus; every stop on the way must show that it has it."""
    for _stop in range(STOPS):
        page.keyboard.press("Tab")
        assert page.evaluate(RING), page.evaluate("document.activeElement.outerHTML")
        if target.evaluate(HAS_FOCUS):
            return
    raise AssertionError(f"the keyboard does not reach {target}")


@pytest.mark.parametrize("way", [{}, {"viewport": {"width": 375, "height": 700}}, {"java_script_enabled": False}])
def test_a_reader_searches_filters_opens_and_downloads_without_a_mouse(open_page, way):
    page = open_page("/es/", **way)
    go_to(page, page.locator("main [name=q]"))
    page.keyboard.type("registro")
    page.keyboard.press("Enter")
    page.wait_for_url("**/es/practicas/?q=registro**")
    if "viewport" in way:
        go_to(page, page.locator("#fold"))
        page.keyboard.press("Space")
    go_to(page, page.get_by_role("checkbox", name=re.compile("^Brasil ")))
    page.keyboard.press("Space")
    go_to(page, page.get_by_role("button", name="Aplicar filtros"))
    page.keyboard.press("Enter")
    page.wait_for_url("**country=BR**")
    expect(page.locator("#results .chip")).to_have_count(2)
    go_to(page, page.get_by_role("link", name="Prerregistro migratorio en fronteras"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/es/practicas/migration-pre-registration-brazil/")
    link = page.locator("main").get_by_role("link", name=re.compile("^JSON ?, ")).first
    go_to(page, link)
    page.keyboard.press("Enter")
    page.wait_for_url("**.json")
    expect(page.locator("pre")).to_contain_text('"code": "CSM-2023-014"')


def test_the_menu_of_formats_opens_and_downloads_without_a_mouse(open_page):
    page = open_page("/es/practicas/?country=PE")
    go_to(page, page.locator("#results .menu summary"))
    page.keyboard.press("Enter")
    go_to(page, page.locator("#results .menu").get_by_role("link", name="CSV").first)
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename.endswith(".csv")


def test_the_language_is_changed_without_a_mouse(open_page):
    page = open_page("/es/redes/gender-and-migration/")
    go_to(page, page.locator(".langs a[lang=en]"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/networks/gender-and-migration/")


def test_everything_on_every_kind_of_page_is_reached_and_left_by_the_tabulator(open_page):
    page = open_page("/es/")
    for _name, address in sorted(pages("es")):
        if "html" in page.request.head(address).headers["content-type"]:
            page.goto(address)
            unfold(page)
            expect_reached(page)


def expect_reached(page):
    """Press Tab from the skip link through the content, as often as it has something to reach, and past its end."""
    stops = page.evaluate(STILL_TO_REACH)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # skips to the content
    page.evaluate(WATCH)
    for _stop in range(stops + 5):
        page.keyboard.press("Tab")
    assert page.evaluate(UNREACHED) == [], page.url
    assert page.evaluate("window.met") == {"left": True, "unseen": []}, page.url


@pytest.mark.parametrize("barrier", ["<a href='#x' style='outline: none'>sin marco</a>", "<button tabindex='-1'>nunca"])
def test_a_planted_barrier_for_the_keyboard_is_found(chromium, barrier):
    page = chromium.new_page()
    page.set_content(f"<a href='#main'>Saltar</a><main id='main'><a href='#y'>uno</a>{barrier}</main>")
    with pytest.raises(AssertionError, match=r"sin marco|nunca"):
        expect_reached(page)
    page.close()
