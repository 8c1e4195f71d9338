"""The map of the site names every public page in every language, and nothing else."""

import pytest
from lxml import etree

from catalogue.choices import State
from catalogue.harvest import sitemaps
from catalogue.models import Term
from tests.factories import make_practice

pytestmark = pytest.mark.django_db

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
HOST = "http://127.0.0.1:8000"


def read(client, address="/sitemap.xml"):
    response = client.get(address)
    assert response.status_code == 200
    return etree.fromstring(response.getvalue())


def places(tree):
    return [element.text for element in tree.iterfind(".//s:loc", NAMES)]


def test_every_page_is_there_in_three_languages_and_answers(client):
    found = places(read(client))
    others = 6 + 12 + 1 + 19 + 16 + 18 + Term.objects.of_frameworks().count()
    assert len(found) == len(set(found)) == 3 * (len(sitemaps.PAGES) + others)
    for address in found:
        assert client.get(address.removeprefix(HOST)).status_code == 200, address


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
    for _number in range(20):
        make_practice()
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
