"""The pages about the catalogue: there in three languages, true to what is installed, with examples that work."""

import re
from html import unescape
from importlib.metadata import files
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.urls import resolve, reverse
from django.utils import translation

from catalogue.exports.offered_formats import EXTENSIONS, LIST_FORMATS
from catalogue.listing.filters import practices_for
from catalogue.models import Contact, Edition, Practice
from catalogue.views import pages
from catalogue.views.open_data import KEEPS, USES

pytestmark = pytest.mark.django_db

SLUG = "migration-pre-registration-brazil"
LANGUAGES = {"es": "es", "en": "en", "pt-br": "pt-BR"}
STATEMENTS = {
    "about": ["/es/acerca/", "/en/about/", "/pt-br/sobre/"],
    "accessibility": ["/es/accesibilidad/", "/en/accessibility/", "/pt-br/acessibilidade/"],
    "privacy": ["/es/privacidad/", "/en/privacy/", "/pt-br/privacidade/"],
    "data": ["/es/datos/", "/en/data/", "/pt-br/dados/"],
}
ADDRESSES = [address for addresses in STATEMENTS.values() for address in addresses]


def links_of(page):
    """The addresses a page links to, as a browser reads them."""
    return {unescape(link) for link in re.findall(r'<a [^>]*?href="([^"]+)"', page)}


@pytest.mark.parametrize("address", ADDRESSES)
def test_each_statement_is_there_in_its_language_and_knows_its_twins(client, address):
    response = client.get(address)
    page = response.content.decode()
    assert response.status_code == 200
    assert f'<html lang="{LANGUAGES[address.split("/")[1]]}">' in page
    twins = next(addresses for addresses in STATEMENTS.values() if address in addresses)
    assert set(twins) <= links_of(page)


@pytest.mark.parametrize("address", [*ADDRESSES, "/es/", "/en/practices/"])
def test_every_page_leads_to_every_statement(client, address):
    language = address.split("/")[1]
    with translation.override(language):
        statements = {reverse(name) for name in STATEMENTS}
    assert statements <= links_of(client.get(address).content.decode())


@pytest.mark.parametrize("name", ["accessibility", "privacy", "about"])
def test_a_statement_names_the_office_to_write_to(client, name):
    email = Contact.objects.get(slug=settings.SECRETARIAT_CONTACT).public_email
    for address in STATEMENTS[name]:
        assert f"mailto:{email}" in client.get(address).content.decode()


def test_the_mailbox_on_pages_without_a_database_is_the_one_of_the_secretariat():
    assert Contact.objects.get(slug=settings.SECRETARIAT_CONTACT).public_email == settings.SECRETARIAT_EMAIL


def test_the_about_page_tells_what_the_publication_says_of_itself(client):
    notice = Edition.objects.get(slug="catalog-of-experiences-2023")
    advice = {"es": "midan los efectos", "en": "measure the effects", "pt": "meçam os efeitos"}
    for address, language in zip(STATEMENTS["about"], advice, strict=True):
        page = unescape(client.get(address).content.decode())
        assert getattr(notice, f"notice_{language}") in page
        assert advice[language] in page


def test_the_privacy_page_claims_no_consent_for_an_address_that_its_institution_prints(client):
    words = ("en una publicación propia", "in a publication of its own", "em uma publicação própria")
    for address, word in zip(STATEMENTS["privacy"], words, strict=True):
        assert word in client.get(address).content.decode()


def test_the_accessibility_statement_names_the_tool_that_is_installed(client):
    axe = next(file for file in files("axe-playwright-python") if file.name == "axe.min.js").read_text()
    assert axe.startswith(f"/*! axe v{pages.AXE_VERSION}\n")
    assert f"axe-core {pages.AXE_VERSION}" in client.get("/es/accesibilidad/").content.decode()


def test_the_privacy_page_names_the_cookies_that_editors_get(client):
    page = client.get("/en/privacy/").content.decode()
    assert settings.SESSION_COOKIE_NAME in page
    assert settings.CSRF_COOKIE_NAME in page


DOCUMENTS = (".pdf", ".docx", ".xlsx", ".ods", ".zip")


@pytest.mark.slow  # every example in three languages, a document of each kind among them
def test_every_example_of_the_data_page_works(client):
    """A document is made in the first of the languages; in the others its address has to mean the same."""
    made = set()
    for address in STATEMENTS["data"]:
        page = client.get(address).content.decode()
        main = page.partition("<main")[2].partition("</main>")[0]
        examples = sorted(link for link in links_of(main) if link.startswith("/"))
        assert len(examples) > len(KEEPS)
        for example in examples:
            if urlsplit(example).path.endswith(DOCUMENTS):
                if meaning_of(example) in made:
                    continue
                made.add(meaning_of(example))
            response = client.get(example)
            assert response.status_code == 200, example
            response.getvalue()


def meaning_of(address):
    """Return the view, its arguments and the parameters of an address, whatever its language."""
    parts = urlsplit(address)
    with translation.override(parts.path.split("/")[1]):
        found = resolve(parts.path)
    return found.url_name, tuple(sorted(found.kwargs.items())), parts.query


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_example_of_a_parameter_finds_a_practice(client, language):
    with translation.override(language):
        page = client.get(reverse("data")).content.decode()
        examples = [link for link in links_of(page) if link.startswith(f"{reverse('practice_list')}?")]
    assert len(examples) == len(KEEPS)
    for example in examples:
        assert 'class="hit' in client.get(example).content.decode(), example


@pytest.mark.parametrize("extension", USES)
def test_the_data_page_names_a_format_exactly_when_it_is_answered(client, extension):
    """A format that comes or goes is written into the tables of exports/offered_formats.py."""
    addresses = {
        f"{reverse('practice_list_file', args=[extension])}?country=PY": LIST_FORMATS,  # a short book
        reverse("practice_file", args=[SLUG, extension]): EXTENSIONS,
    }
    for address, formats in addresses.items():
        assert (client.get(address).status_code == 200) == (extension in formats), address


def test_the_data_page_names_every_filter():
    assert set(practices_for({}).filters) | {"page"} == set(KEEPS)


def test_the_data_page_of_an_empty_catalogue_has_no_examples_of_a_practice(client):
    Practice.objects.all().delete()
    assert client.get("/es/datos/").status_code == 200


def test_a_browser_that_shows_a_file_finds_the_mark(client):
    assert client.get("/favicon.ico")["Location"] == "/static/mark.svg"
