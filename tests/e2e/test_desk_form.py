"""The form of a practice in a real browser: languages side by side, places, unsaved work, two people, doubles."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.e2e.desk import ADMIN, add_row, open_record, save, sign_in, tab

pytestmark = pytest.mark.browser

WIDE = {"viewport": {"width": 1280, "height": 900}}
NARROW = {"viewport": {"width": 375, "height": 800}}
DRAFTS = {}  # where the form of a revision is, by the code of its practice, once a test has proposed one
ORIGINAL = "Migration pre-registration at borders"  # CSM-2023-014 was written in English


@pytest.fixture
def open_draft(open_desk):
    """Return a function that opens the form of a revision as one of the people."""

    def opened(name="secretaria", code="CSM-2023-014", **options):
        page = sign_in(open_desk(**options), name)
        if code in DRAFTS:
            page.goto(DRAFTS[code])
            expect(page.locator("[name=_save]").first).to_be_visible()
            return page
        open_record(page, code)
        if page.get_by_role("button", name="Proponer un cambio").count():
            page.get_by_role("button", name="Proponer un cambio").click()
        elif page.get_by_role("link", name="Ir a la propuesta de cambio").count():
            page.get_by_role("link", name="Ir a la propuesta de cambio").click()
        expect(page.locator("[name=_save]").first).to_be_visible()
        DRAFTS[code] = urlsplit(page.url).path
        return page

    return opened


@pytest.mark.parametrize("way", [WIDE, NARROW], ids=["wide", "narrow"])
def test_the_original_stands_beside_its_translation_or_below_it(open_draft, way):
    page = open_draft(**way)
    tab(page, "pt")
    row = page.locator("fieldset.language-pt .form-row.field-title_pt")
    expect(row.locator(".admin-original-text")).to_have_text(ORIGINAL)
    expect(row.locator(".admin-original-text")).to_have_attribute("lang", "en")
    field, original = page.locator("#id_title_pt").bounding_box(), row.locator(".admin-original").bounding_box()
    if way is WIDE:
        assert original["x"] >= field["x"] + field["width"]
    else:
        assert original["y"] >= field["y"] + field["height"]
    tab(page, "en")
    expect(page.locator("fieldset.language-en .admin-original").first).to_be_hidden()


def test_a_text_is_copied_from_the_original_and_the_copy_undone_by_keyboard(open_draft):
    page = open_draft(**WIDE)
    tab(page, "pt")
    field = page.locator("#id_short_title_pt")
    before = field.input_value()
    button = page.locator(".form-row.field-short_title_pt .admin-small")
    expect(button).to_have_accessible_name(re.compile("^Copiar del original.*Título breve"))
    button.focus()
    page.keyboard.press("Enter")
    expect(field).to_have_value(page.locator("#id_short_title_en").input_value())
    expect(page.locator("#admin-status")).to_contain_text("Copiado del original")
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    expect(field).to_have_value(before)
    button.click()
    field.press_sequentially("!")
    expect(button).to_contain_text("Copiar del original")  # what was typed since is not undone


def test_a_counter_says_how_much_is_written_and_when_it_is_too_much(open_draft):
    page = open_draft(**WIDE)
    tab(page, "es")
    page.locator("#id_summary_es").fill("a" * 319)
    expect(page.locator("#id_summary_es_count")).to_have_text("319 de 320 caracteres")
    page.locator("#id_summary_es").fill("a" * 321)
    expect(page.locator("#admin-status")).to_have_text("Demasiado largo: 321 de 320 caracteres.")
    expect(page.locator("#id_summary_es")).to_have_attribute("aria-describedby", re.compile("id_summary_es_count"))


def test_the_language_shown_is_remembered_also_after_an_error(open_draft):
    page = open_draft(**WIDE)
    tab(page, "pt")
    page.locator("#id_start").fill("ayer")
    page.locator("[name=_continue]").first.click()
    expect(page.locator("#id_title_es")).to_be_visible()  # with an error every language is shown
    page.goto(page.url)
    expect(page.locator("#id_title_pt")).to_be_visible()
    expect(page.locator("#id_title_es")).to_be_hidden()


def test_rows_are_moved_by_keyboard_and_keep_their_new_places(open_draft):
    page = open_draft(**WIDE)
    labels = page.locator("#results-group .inline-related:not(.empty-form) [id$=-as_printed]")
    first, second = (labels.nth(place).input_value() for place in range(2))
    page.locator("#results-group").get_by_role("button", name=re.compile("^Bajar")).first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#admin-status")).to_contain_text("Ahora ocupa la posición 2 de")
    save(page)
    for place, label in enumerate([second, first]):
        expect(labels.nth(place)).to_have_value(label)


def test_work_lost_with_its_tab_is_offered_and_continued(open_draft):
    page = open_draft(**WIDE)
    tab(page, "es")
    page.locator("#id_hotline").fill("145")
    row = add_row(page, "places")
    with page.expect_response(lambda answer: "Paso+de+prueba" in (answer.request.post_data or "")):
        row.locator("[name$=-name_es]").fill("Paso de prueba")
    expect(page.locator("#admin-kept")).to_contain_text("copia de respaldo hecha a las")
    address, work = page.url, page.locator("#practice_form [name=work]").input_value()
    again = page.context.new_page()
    page.close(run_before_unload=False)
    again.goto(address)
    again.locator(f"button[name=_resume][value='{work}']").click()
    expect(again.locator("#admin-resumed")).to_be_visible()
    expect(again.locator("#id_hotline")).to_have_value("145")
    save(again)
    expect(again.locator("#id_hotline")).to_have_value("145")
    expect(again.locator("[name^=places-][name$=-name_es][value='Paso de prueba']")).to_have_count(1)
    again.goto(address)
    expect(again.locator("#admin-kept")).to_be_attached()
    expect(again.locator(f"button[name=_resume][value='{work}']")).to_have_count(0)


def test_a_session_that_ended_loses_nothing(open_draft):
    page = open_draft(**WIDE)
    address = page.url
    page.context.clear_cookies(name="sessionid")
    page.locator("#id_acronym").fill("SESION")
    expect(page.locator("#admin-kept")).to_contain_text("Su sesión terminó", timeout=15000)
    page.locator("[name=_continue]").first.click()
    expect(page, "it is not sent while it would be lost").to_have_url(address)
    other = page.context.new_page()
    sign_in(other, "secretaria", anew=True)
    page.locator("[name=_continue]").first.click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    expect(page.locator("#id_acronym")).to_have_value("SESION")


def test_two_people_on_one_practice_choose_where_both_wrote(open_draft, open_desk):
    first, second = open_draft(code="CSM-2023-012", **WIDE), sign_in(open_desk(**WIDE), "secretaria")
    second.goto(first.url)
    for page, text in ((first, "El objetivo de una."), (second, "El objetivo de la otra.")):
        tab(page, "es")
        page.locator("#id_objective_es").fill(text)
    first.locator("#id_hotline").fill("100")
    save(first)
    second.locator("[name=_continue]").first.click()
    expect(second.get_by_role("alert")).to_contain_text("secretaria")
    expect(second.locator("#id_hotline")).to_have_value("100")
    second.get_by_role("radio", name=re.compile("^Conservar la otra versión")).check()
    expect(second.locator("#id_objective_es")).to_have_value("El objetivo de una.")
    second.get_by_role("radio", name=re.compile("^Conservar mi versión")).check()
    expect(second.locator("#id_objective_es")).to_have_value("El objetivo de la otra.")
    save(second)
    expect(second.locator("#id_objective_es")).to_have_value("El objetivo de la otra.")


def test_a_double_is_named_while_its_title_is_typed(open_desk):
    page = sign_in(open_desk(**WIDE), "focal")
    page.goto(f"{ADMIN}catalogue/practice/add/")
    tab(page, "es")
    page.locator("#id_title_es").press_sequentially("Procedimiento de regularización")
    box = page.locator(".form-row.field-title_es .admin-similar")
    expect(box.get_by_role("link").first).to_be_visible()
    expect(box.get_by_role("status")).to_contain_text("parecido")
    expect(box.get_by_role("link").first).to_have_attribute("target", "_blank")


def test_unsaved_work_is_not_left_without_a_warning(open_draft):
    page = open_draft(**WIDE)
    page.locator("#id_acronym").fill("X")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(ADMIN)
    assert asked == ["beforeunload"]
