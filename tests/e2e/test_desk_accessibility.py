"""The desk is as accessible as the public pages: every rule of WCAG A and AA for axe-core, light and dark."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import COLOURS
from tests.e2e.desk import ADMIN, confirm, open_record, save, sign_in
from tests.e2e.test_walk import assert_fits

pytestmark = pytest.mark.browser

# Lists, forms, questions and steps of what belongs to no practice; the site has an edition and adaptations
BESIDE = [
    "catalogue/practice/translations/",
    "catalogue/enquiry/",
    "catalogue/importrun/",
    "catalogue/adaptation/",
    "catalogue/adaptation/add/",
    "catalogue/adaptation/1/change/",
    "catalogue/adaptation/1/move/archive/",
    "catalogue/edition/2/change/",
    "catalogue/edition/2/propose/",
    "catalogue/edition/2/move/close/",
    "networks/meeting/",
    "networks/meeting/1/change/",
    "networks/commitment/1/change/",
]
LOOKS = [("light", 1280), ("dark", 375)]


@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_every_page_of_the_desk_is_accessible(open_desk, expect_accessible, scheme, width):
    """Wide, with the colours of light and dark; then dark and narrow, where colours are the same.

    Of a form that was looked at whole, what is added to it is looked at alone.
    """

    def expect_accessible(page, part=None, every_rule=expect_accessible):
        every_rule(page, but=() if scheme == "light" else COLOURS, part=part)
        if scheme == "light":
            page.emulate_media(color_scheme="dark")
            every_rule(page, only=COLOURS, part=part)
            page.emulate_media(color_scheme="light")

    page = open_desk(ADMIN, color_scheme=scheme, viewport={"width": width, "height": 900})
    expect_accessible(page)  # the door
    for address in ("password_reset/", "password_reset/done/", "password_reset/MQ/c0ffee-0/"):
        page.goto(f"{ADMIN}{address}")
        expect_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
    sign_in(page, "secretaria", anew=True)  # so that nothing is confirmed yet
    page.goto(f"{ADMIN}second-factor/")
    expect_accessible(page)
    confirm(page, "secretaria")
    for address in ("", "second-factor/", "password_change/", "catalogue/practice/", "catalogue/practice/add/"):
        page.goto(f"{ADMIN}{address}")
        page.wait_for_load_state("load")
        expect_accessible(page)
    open_record(page, "CSM-2023-016")
    expect_accessible(page)  # a published practice, only shown
    if page.get_by_role("button", name="Proponer un cambio").count():
        page.get_by_role("button", name="Proponer un cambio").click()
    else:
        page.get_by_role("link", name="Ir a la propuesta de cambio").click()
    expect(page.locator("[name=_save]").first).to_be_visible()
    page.locator(".language-bar button[data-language=all]").click()
    expect_accessible(page)
    form = page.url
    page.locator("#id_acronym").fill("X")
    expect(page.locator("#admin-kept")).to_be_visible()
    for address in ("history/", "move/submit/", "move/discard/"):
        page.once("dialog", lambda dialog: dialog.accept())
        page.goto(form.replace("change/", address))
        expect_accessible(page)
    page.goto(form)
    expect(page.locator("#unsaved-heading")).to_be_visible()
    expect_accessible(page, part=".admin-panel")
    page.get_by_role("button", name="Continuar con él").first.click()
    expect(page.locator("#admin-resumed")).to_be_visible()
    expect_accessible(page, part="#admin-resumed")


@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_the_pages_beside_those_of_practices_are_accessible_and_fit(open_desk, expect_accessible, scheme, width):
    page = sign_in(open_desk(color_scheme=scheme, viewport={"width": width, "height": 900}), "secretaria")
    for address in BESIDE:
        page.goto(f"{ADMIN}{address}")
        expect(page.locator("#content h1").first).to_be_visible()
        expect_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url


def test_the_classifications_to_confirm_are_accessible(open_desk, expect_accessible):
    page = sign_in(open_desk(color_scheme="dark", viewport={"width": 375, "height": 900}), "secretaria")
    page.goto(f"{ADMIN}catalogue/practice/?q=CSM-2023-0")
    for place in range(2):
        page.locator("input[name=_selected_action]").nth(place).check()
    page.locator("select[name=action]").select_option("bulk_confirm")
    page.locator("button[name=index]").click()
    expect(page.get_by_role("group", name="Clasificaciones propuestas").get_by_role("checkbox").first).to_be_checked()
    expect_accessible(page)
    assert_fits(page)


def test_a_conflict_is_accessible(open_desk, expect_accessible):
    pages = [sign_in(open_desk(), name) for name in ("secretaria", "secretaria")]
    open_record(pages[0], "CSM-2023-015")
    pages[0].get_by_role("button", name="Proponer un cambio").click()
    expect(pages[0].locator("[name=_save]").first).to_be_visible()
    pages[1].goto(pages[0].url)
    for page, text in zip(pages, ("UNA", "OTRA"), strict=True):
        page.locator("#id_acronym").fill(text)
    save(pages[0])
    pages[1].locator("[name=_continue]").first.click()
    expect(pages[1].locator("#choices-heading")).to_be_visible()
    expect_accessible(pages[1], part=".admin-panel")


@pytest.mark.parametrize("address", ["", "catalogue/practice/add/", "second-factor/"])
def test_the_desk_fits_a_narrow_screen(open_desk, address):
    page = sign_in(open_desk(), "secretaria")
    page.goto(f"{ADMIN}{address}")
    assert_fits(page)
