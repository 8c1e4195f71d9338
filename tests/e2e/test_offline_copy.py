"""The offline copy in a real browser, opened from a folder as from a memory stick."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests import prepared
from tests.e2e.conftest import ROOT

pytestmark = pytest.mark.browser


KEPT = ("CSM-2023-001", "CSM-2023-003", "CSM-2023-009", "CSM-2023-014")  # the last two are Brazil's
LEAVE_FEW = f"""
from catalogue.models import Practice, Term
Practice.objects.exclude(code__in={KEPT}).delete()
Term.objects.of_frameworks().filter(classifications=None, narrower=None).delete()  # their pages are alike
"""
FILES = (
    "pdf",
    "docx",
    "xlsx",
    "ods",
    "csv",
    "json",
    "jsonl",
    "jsonld",
    "bib",
    "ris",
    "zip",
)  # no browser opens them here
WITHOUT = [part for extension in FILES for part in ("--without", extension)]


@pytest.fixture(scope="session")
def stick(tmp_path_factory):
    """Write the copy of a catalogue of four practices, and move it to another place than it was made in."""
    folder = tmp_path_factory.mktemp("offline")
    environment = {**os.environ, "DATABASE_URL": prepared.copy_to(folder / "catalogue.sqlite3")}
    for arguments in (["shell", "-c", LEAVE_FEW], ["export_site", str(folder / "copy"), *WITHOUT]):
        command = [sys.executable, "manage.py", *arguments]
        subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
    return shutil.move(folder / "copy", folder / "una memoria")


@pytest.fixture
def open_copy(stick, chromium):
    """Return a function that opens a page of the copy; nothing may be asked of a server or be missing."""
    context, problems = chromium.new_context(), []

    def opened(path):
        page = context.new_page()
        page.on(
            "request", lambda request: problems.append(request.url) if urlsplit(request.url).scheme == "https" else None
        )
        page.on("requestfailed", lambda request: problems.append(f"not found: {request.url}"))
        page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.goto(Path(stick, path).as_uri())
        return page

    yield opened
    context.close()
    assert problems == []


def test_a_reader_without_a_connection_searches_filters_and_changes_the_language(open_copy):
    page = open_copy("index.html")
    page.get_by_role("link", name="Español").click()
    page.get_by_role("searchbox").fill("PRE-REGISTRATION uruguaiana")
    page.get_by_role("button", name="Buscar").click()
    expect(page.locator("#count")).to_have_text("1 práctica")
    page.locator(".hit h3 a").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Prerregistro migratorio en fronteras")
    page.get_by_role("link", name="Português").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Pré-cadastro migratório nas fronteiras")
    page.get_by_role("link", name="Práticas", exact=True).first.click()
    expect(page.locator(".hit")).to_have_count(len(KEPT))
    page.locator(".facet summary").click()
    page.get_by_label("País").select_option("BR")
    expect(page.locator("#count")).to_have_text("2 práticas")
    page.get_by_role("searchbox").fill("nadaquesepamos")
    expect(page.locator("#none")).to_be_visible()
    page.get_by_role("button", name="Limpar").click()
    expect(page.locator(".hit")).to_have_count(len(KEPT))


@pytest.mark.parametrize("width", [320, 1280])
def test_the_list_of_the_copy_fits_its_screen_and_wears_its_fonts(open_copy, width):
    page = open_copy("es/practicas/index.html")
    page.set_viewport_size({"width": width, "height": 800})
    page.locator(".facet summary").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.fonts.ready.then(() => [...document.fonts].some((f) => f.status === 'loaded'))")
