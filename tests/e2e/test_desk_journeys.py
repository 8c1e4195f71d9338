"""From a focal point's draft to the public page in three languages, and a published practice changed through review."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.desk import add_row, choose, open_record, save, sign_in, tab, take

pytestmark = pytest.mark.browser

TITLES = {
    "es": "Ventanilla única para migrantes",
    "en": "One-stop office for migrants",
    "pt": "Balcão único para migrantes",
}
SUMMARIES = {
    "es": "Un municipio reúne sus trámites para personas migrantes en una oficina.",
    "en": "A municipality gathers its procedures for migrants in one office.",
    "pt": "Um município reúne em um escritório seus trâmites para pessoas migrantes.",
}
LISTS = {"es": "/es/practicas/?q=ventanilla", "en": "/en/practices/?q=one-stop", "pt": "/pt-br/praticas/?q=balcao"}


def write_a_draft(page):
    page.goto("/admin/catalogue/practice/add/")
    for language, title in TITLES.items():
        tab(page, language)
        page.locator(f"#id_title_{language}").fill(title)
        page.locator(f"#id_summary_{language}").fill(SUMMARIES[language])
    page.locator("#id_scope").select_option("local")
    page.locator("#id_start").fill("15 de septiembre de 2022")
    page.locator("#id_limits_none_reported").check()
    choose(page, "id_contact", "Secretaría")
    page.locator("#id_edition").select_option(index=1)
    page.locator("#id_practice_networks-0-network").select_option(index=1)
    add_row(page, "practice_countries")
    page.locator("#id_practice_countries-0-country").select_option(label="Uruguay")
    page.locator("#id_practice_countries-0-role").select_option("implementing")
    add_row(page, "practice_organisations")
    choose(page, "id_practice_organisations-0-organisation", "OIM")
    page.locator("#id_practice_organisations-0-role").select_option("lead")
    save(page)


def test_a_draft_of_a_focal_point_becomes_a_public_page_in_three_languages(open_desk):
    focal = sign_in(open_desk(), "focal")
    write_a_draft(focal)
    form = focal.url
    take(focal, "Enviar a revisión")

    reviewer = sign_in(open_desk(), "revisora")
    reviewer.goto(form)
    take(reviewer, "Solicitar cambios", "Falta el objetivo.")

    focal.goto(form)
    expect(focal.locator(".admin-panel").first).to_contain_text("Falta el objetivo.")
    tab(focal, "es")
    focal.locator("#id_objective_es").fill("Que nadie recorra cinco oficinas.")
    save(focal)
    take(focal, "Enviar a revisión")

    reader = open_desk("/es/practicas/?q=ventanilla")
    expect(reader.locator("#count")).to_be_visible()
    expect(reader.get_by_role("link", name=TITLES["es"]), "a draft is not public").to_have_count(0)
    secretary = sign_in(open_desk(), "secretaria")
    secretary.goto(form)
    take(secretary, "Publicar")
    for language, address in LISTS.items():
        reader.goto(address)
        reader.locator("main").get_by_role("link", name=TITLES[language]).first.click()
        expect(reader.get_by_role("heading", level=1)).to_have_text(TITLES[language])
        expect(reader.locator("main")).to_contain_text(SUMMARIES[language])
    secretary.goto(form)
    secretary.get_by_role("link", name="Ver en el sitio").click()
    expect(secretary.get_by_role("heading", level=1)).to_have_text(TITLES["es"])


def test_a_published_practice_is_changed_through_a_revision_and_its_review(open_desk):
    focal = sign_in(open_desk(), "focal")
    open_record(focal, "CSM-2023-018")
    published = focal.url
    title = re.search(r"CSM-2023-018 (.*?) \|", focal.title())[1]
    focal.get_by_role("button", name="Proponer un cambio").click()
    tab(focal, "es")
    focal.locator("#id_title_es").fill("Título propuesto")
    focal.locator("#id_limits_none_reported").check()  # the source says nothing of limits, and publishing asks for it
    save(focal)
    focal.get_by_role("button", name="Crear un enlace").click()
    preview = focal.locator(".admin-panel a", has_text="Español").get_attribute("href")
    reader = open_desk(preview)
    expect(reader.get_by_role("heading", level=1)).to_have_text("Título propuesto")
    reader.goto("/p/CSM-2023-018/")
    address = reader.url
    expect(reader.get_by_role("heading", level=1)).to_have_text(title)
    revision = focal.url
    take(focal, "Enviar a revisión")

    reviewer = sign_in(open_desk(), "revisora")
    reviewer.goto(revision)
    reviewer.get_by_role("link", name="Cambios", exact=True).click()
    reviewer.get_by_role("button", name="Comparar las dos versiones seleccionadas").click()
    expect(reviewer.locator(".admin-changes ins", has_text="propuesto").first).to_be_visible()
    reviewer.goto(revision)
    take(reviewer, "Publicar")
    expect(reviewer).to_have_url(published.partition("?")[0])
    reader.goto("/p/CSM-2023-018/")
    expect(reader, "its address never changes").to_have_url(address)
    expect(reader.get_by_role("heading", level=1)).to_have_text("Título propuesto")
