"""The offline copy: every page and file in a folder, every link inside it relative, its search without a server."""

import re
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings

from catalogue.choices import State
from catalogue.models import Practice, Term
from tests.factories import make_practice
from tests.surfaces import written_once

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,  # the first of them writes the copy: every page and file in three languages
    pytest.mark.xdist_group("offline"),
]

HOST = "catalogue.example.org"
KEPT = {"CSM-2023-001": "de-alla-para-aca-series", "CSM-2023-014": "migration-pre-registration-brazil"}
LISTS = {"es": "es/practicas", "en": "en/practices", "pt-BR": "pt-br/praticas"}
LINK = re.compile(r'<(?!link)[a-z]+[^>]*\s(?:href|src|action)="([^"]*)"')


@pytest.fixture(scope="module")
def copy(django_db_setup, django_db_blocker, tmp_path_factory):
    """Write the copy of a small catalogue once; what was changed for it is undone."""
    folder = tmp_path_factory.mktemp("offline") / "copy"
    plain = {**settings.STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    here = override_settings(SITE_URL=f"https://{HOST}", ALLOWED_HOSTS=[HOST], STORAGES=plain)
    with django_db_blocker.unblock(), transaction.atomic(), here, written_once("pdf", "kind", "language"):
        Practice.objects.exclude(code__in=KEPT).delete()
        Term.objects.of_frameworks().filter(classifications=None, narrower=None).delete()  # their pages are alike
        make_practice(title="Escondida", slug="escondida", state=State.DRAFT)
        call_command("export_site", folder, "--without", "docx", verbosity=0)
        transaction.set_rollback(True)
    return folder


def pages(copy):
    return sorted(copy.rglob("*.html"))


def test_every_page_and_file_is_in_the_copy_in_three_languages(copy):
    for folder in LISTS.values():
        assert (copy / folder / "index.html").is_file()
        assert (copy / folder / "search-index.js").is_file()
        for slug in KEPT.values():
            assert (copy / folder / slug / "index.html").is_file()
            assert (copy / folder / f"{slug}.json").is_file()
            assert (copy / folder / f"{slug}.pdf").read_bytes().startswith(b"%PDF")
        for extension in ("csv", "xlsx", "json", "pdf"):
            assert (copy / f"{folder}.{extension}").stat().st_size > 1000
    assert (copy / "es/redes/gender-and-migration/index.html").is_file()
    assert (copy / "pt-br/paises/cl/index.html").is_file()


def test_every_link_leads_to_a_file_of_the_copy_or_to_a_permanent_address(copy):
    for page in pages(copy):
        for address in LINK.findall(page.read_text(encoding="utf-8")):
            parts = urlsplit(address)
            if parts.scheme in ("https", "http", "mailto", "tel"):
                permanent = re.search(r"org/(p/CSM-[0-9-]+/|api/v1/.*|oai.*|sitemap.xml)?$", address)
                assert parts.hostname != HOST or permanent, f"{page}: {address}"
            elif parts.path:
                assert not address.startswith("/"), f"{page}: {address}"
                assert (page.parent / parts.path).resolve().is_file(), f"{page}: {address}"
                assert (page.parent / parts.path).resolve().is_relative_to(copy)


def test_the_style_sheet_finds_its_fonts(copy):
    for sheet in copy.rglob("*.css"):
        for address in re.findall(r"url\(([^)]+)\)", sheet.read_text(encoding="utf-8")):
            assert (sheet.parent / address).is_file()


def test_no_draft_is_in_the_copy(copy):
    assert not list(copy.rglob("*escondida*"))
    assert not [page for page in (*pages(copy), *copy.rglob("*.js")) if "Escondida" in page.read_text(encoding="utf-8")]


def test_a_folder_that_is_not_empty_is_refused(tmp_path):
    (tmp_path / "old.html").write_text("old")
    with pytest.raises(CommandError, match="not empty"):
        call_command("export_site", tmp_path)


@pytest.mark.parametrize(("folder", "forums"), [("es", "foros"), ("en", "forums"), ("pt-br", "foros")])
def test_meetings_are_reached_by_their_forum(copy, folder, forums):
    """The filters of the list of meetings need a server; the pages of the forums do the same without one."""
    folder = copy / folder
    quito = (folder / forums / "quito-process" / "index.html").read_text()
    links = [link for link in LINK.findall(quito) if "buenos-aires" in link]
    assert links and all((folder / forums / "quito-process" / link).resolve().is_file() for link in links)
    listed = (folder / forums / "index.html").read_text()
    assert "quito-process/index.html" in listed
