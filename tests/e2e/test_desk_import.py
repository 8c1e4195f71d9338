"""A spreadsheet goes through the desk in a real browser: handed in, looked at, carried out, taken back."""

import pytest
from playwright.sync_api import expect

from tests.e2e.desk import ADMIN, sign_in
from tests.e2e.test_walk import assert_fits
from tests.spreadsheets import ADDRESSES, Book

pytestmark = pytest.mark.browser

HAND_IN = f"{ADMIN}catalogue/importrun/add/"
SUMMARY = "Um resumo de outra maneira."
LOOKS = [("light", 1280), ("dark", 375)]


@pytest.fixture
def look(open_desk, request):
    """Return a page of the secretariat; light and wide or dark and narrow."""
    scheme, width = request.param
    page = open_desk("/", color_scheme=scheme, viewport={"width": width, "height": 900})
    return sign_in(page, "secretaria")


def changed(page, code, **values):
    """Return what the site exports, with other values in the row of one practice."""
    book = Book(page.request.get(ADDRESSES["xlsx"]).body())
    book.put("Practices", code, **values)
    return book.content()


def hand_in(page, content):
    page.goto(HAND_IN)
    file = {"name": "practicas.xlsx", "mimeType": "application/octet-stream", "buffer": content}
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Revisar el archivo").click()


def look_over(page, expect_accessible):
    width = page.viewport_size["width"]
    expect_accessible(page)
    assert_fits(page)
    page.set_viewport_size({"width": width, "height": 900})


@pytest.mark.parametrize("look", LOOKS, indirect=True, ids=["light", "dark"])
def test_a_spreadsheet_is_handed_in_looked_at_carried_out_and_taken_back(look, open_desk, expect_accessible):
    page = look
    page.goto(HAND_IN)
    look_over(page, expect_accessible)
    hand_in(page, changed(page, "CSM-2023-009", summary_pt=SUMMARY))
    expect(page.get_by_role("button", name="Importar: 0 nuevas, 1 modificadas")).to_be_visible(timeout=60_000)
    page.get_by_role("link", name="cambiado (1)").click()
    page.locator(".import-rows summary").click()
    expect(page.locator(".import-rows ins").first).to_be_visible()
    look_over(page, expect_accessible)

    page.get_by_role("button", name="Importar: 0 nuevas, 1 modificadas").click()
    expect(page.get_by_role("button", name="Deshacer esta importación")).to_be_visible(timeout=60_000)
    look_over(page, expect_accessible)
    page.locator(".import-rows a", has_text="CSM-2023-009").click()
    expect(page.locator("#id_summary_pt")).to_have_value(SUMMARY)
    reader = open_desk("/pt-br/praticas/?q=CSM-2023-009")
    expect(reader.locator("main")).not_to_contain_text(SUMMARY)

    page.go_back()
    page.get_by_role("button", name="Deshacer esta importación").click()
    expect(page.locator(".admin-panel")).to_contain_text("Deshecha por secretaria", timeout=60_000)
    look_over(page, expect_accessible)


@pytest.mark.parametrize("look", LOOKS[1:], indirect=True, ids=["dark"])
def test_what_is_wrong_in_a_spreadsheet_is_named_and_nothing_can_be_imported(look, expect_accessible):
    page = look
    hand_in(page, changed(page, "CSM-2023-009", scope="mundial"))
    expect(page.locator(".import-rows")).to_contain_text("mundial", timeout=60_000)
    expect(page.get_by_role("button", name="Importar")).to_have_count(0)
    look_over(page, expect_accessible)
    hand_in(page, b"no spreadsheet")
    expect(page.get_by_role("alert")).to_contain_text("no tiene la columna", timeout=60_000)
    look_over(page, expect_accessible)
