"""The map of the site names every public page in every language, and nothing else; each page says what it should."""

from html import unescape

import pytest
from django.test import Client
from django.urls import resolve
from django.utils import translation
from lxml import etree

from catalogue.choices import FRAMEWORK_FIELDS, Scheme, State
from catalogue.harvest import sitemaps
from catalogue.models import Practice, Term
from tests.factories import make_many, make_practice

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("every_page")]  # all pages are read once

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
HOST = "http://127.0.0.1:8000"


def read(client, address="/sitemap.xml"):
    response = client.get(address)
    assert response.status_code == 200
    return etree.fromstring(response.getvalue())


def places(tree):
    return [element.text for element in tree.iterfind(".//s:loc", NAMES)]


def path_of(place):
    return place.removeprefix(HOST)


def term_of(address):
    """Return scheme and code if an address is the page of a term: each is read in each language by test_frameworks."""
    with translation.override(address.split("/")[1]):
        found = resolve(address)
    return tuple(found.kwargs[name] for name in ("scheme", "code")) if found.url_name == "framework_term" else None


@pytest.fixture(scope="module")
def pages(django_db_setup, django_db_blocker):
    """Read every page of the map once, but those of terms: ``{address: (status, page)}``."""
    with django_db_blocker.unblock():
        client = Client()
        found = [address for address in map(path_of, places(read(client))) if not term_of(address)]
        answers = ((address, client.get(address)) for address in found)
        return {address: (answer.status_code, answer.content.decode()) for address, answer in answers}


@pytest.mark.slow  # some three hundred pages
def test_every_page_is_there_in_three_languages_and_answers(client, pages):
    found = places(read(client))
    others = 6 + 12 + 1 + 19 + 16 + 18 + Term.objects.of_frameworks().count()
    assert len(found) == len(set(found)) == 3 * (len(sitemaps.PAGES) + others)
    read_there = Term.objects.filter(scheme__in=[*FRAMEWORK_FIELDS, Scheme.SDG])
    terms = set(read_there.values_list("scheme", "code"))
    for address in map(path_of, found):
        if term := term_of(address):
            assert term in terms, address
        else:
            assert pages[address][0] == 200, address


@pytest.mark.slow  # reads them as well, when it comes first
@pytest.mark.parametrize("prefix", ["es/practicas", "en/practices", "pt-br/praticas"])
def test_each_practice_is_readable_in_each_language_with_all_its_facts(pages, prefix):
    language = prefix[:2]
    for practice in Practice.objects.for_detail():
        _status, page = pages[f"/{prefix}/{practice.slug}/"]
        text = unescape(page)
        assert getattr(practice, f"title_{language}") in text
        assert page.count('class="asof"') == practice.results.count()
        for row in [*practice.results.all(), *practice.links.all(), *practice.legal_instruments.all()]:
            label = {"result": "indicator", "link": "label", "legalinstrument": "title"}[row._meta.model_name]
            assert getattr(row, f"{label}_{language}") in text
        for link in practice.links.all():
            assert link.url in text


def test_each_page_names_its_twins_and_itself(client):
    for page in read(client).iterfind("s:url", NAMES):
        twins = {link.get("hreflang"): link.get("href") for link in page.iterfind("x:link", NAMES)}
        assert set(twins) == {"es", "en", "pt-BR", "x-default"}
        assert page.find("s:loc", NAMES).text in twins.values()
        assert twins["x-default"] == twins["es"]


@pytest.mark.engines
def test_a_practice_says_when_it_changed(client):
    practice = make_practice()
    entry = next(each for each in read(client) if practice.slug in each.find("s:loc", NAMES).text)
    assert entry.find("s:lastmod", NAMES).text == practice.updated.date().isoformat()


@pytest.mark.engines
def test_what_is_not_published_is_not_on_the_map(client):
    hidden = make_practice(state=State.DRAFT)
    assert hidden.slug not in client.get("/sitemap.xml").getvalue().decode()


@pytest.mark.engines
def test_a_large_map_comes_in_files_with_an_index(client, monkeypatch):
    whole = places(read(client))
    monkeypatch.setattr(sitemaps, "PER_FILE", 8)
    files = places(read(client))
    assert files == [f"{HOST}/sitemap.xml?p={number}" for number in (1, 2, 3)]
    assert [place for file in files for place in places(read(client, file.removeprefix(HOST)))] == whole
    for number in ("0", "4", "x", "²"):
        assert client.get(f"/sitemap.xml?p={number}").status_code == 404


def test_the_map_costs_the_same_queries_whatever_the_rows(client, django_assert_max_num_queries):
    make_many(20)
    with django_assert_max_num_queries(9):
        read(client)


def test_crawlers_and_language_models_are_shown_the_way(client):
    robots = client.get("/robots.txt").content.decode()
    assert f"Sitemap: {HOST}/sitemap.xml" in robots
    assert "Disallow: /admin/" in robots
    text = client.get("/llms.txt").content.decode()
    assert text.startswith("# ")
    addresses = [part.split(")")[0] for part in text.split("](")[1:]]
    assert len(addresses) > 8
    for address in addresses:
        assert client.get(address.removeprefix(HOST)).status_code == 200, address
