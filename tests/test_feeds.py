"""A feed tells what changed in any list, in its language, and leads on to older entries."""

import pytest
from lxml import etree

from catalogue.choices import State
from catalogue.models import Practice
from catalogue.models.version import current
from tests.factories import make_many, make_practice

pytestmark = pytest.mark.django_db

ATOM = {"a": "http://www.w3.org/2005/Atom"}
FEEDS = {"es": "/es/practicas.atom", "en": "/en/practices.atom", "pt-BR": "/pt-br/praticas.atom"}


def read(client, address):
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
    return etree.fromstring(response.content)


def texts(feed, path):
    return [element.text for element in feed.findall(path, ATOM)]


@pytest.mark.parametrize(("language", "address"), FEEDS.items())
def test_each_language_has_its_feed_with_all_that_atom_asks_for(client, language, address):
    feed = read(client, address)
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == language
    assert len(feed.findall("a:entry", ATOM)) == 19
    for holder in [feed, *feed.findall("a:entry", ATOM)]:
        for name in ("id", "title", "updated"):
            assert holder.find(f"a:{name}", ATOM).text
        assert holder.find("a:author/a:name", ATOM).text
    assert feed.find("a:link[@rel='self']", ATOM).get("href") == f"http://127.0.0.1:8000{address}"
    assert len(set(texts(feed, "a:entry/a:id"))) == 19


@pytest.mark.engines
@pytest.mark.parametrize("query", ["country=PE", "network=gender-and-migration&status=ongoing", "q=niñez"])
def test_a_feed_holds_what_the_page_of_the_same_filters_lists(client, query):
    codes = {
        practice["code"] for practice in client.get(f"/api/v1/practices/?{query}&page_size=200").json()["practices"]
    }
    assert codes
    found = texts(read(client, f"/en/practices.atom?{query}"), "a:entry/a:id")
    assert {address.split("/")[-2] for address in found} == codes


@pytest.mark.engines
def test_the_latest_change_comes_first_and_is_seen_on_the_next_request(client):
    first = client.get("/es/practicas.atom")
    practice = Practice.objects.get(code="CSM-2023-014")
    practice.title_es = "Otro título"
    practice.save()
    again = client.get("/es/practicas.atom", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 200
    feed = etree.fromstring(again.content)
    assert texts(feed, "a:entry/a:title")[0] == "Otro título"
    assert feed.find("a:updated", ATOM).text == feed.find("a:entry/a:updated", ATOM).text


@pytest.mark.engines
def test_older_entries_are_on_the_next_pages(client, monkeypatch):
    monkeypatch.setattr("catalogue.listing.feed.ENTRIES", 5)
    found, address = [], "/es/practicas.atom?country=AR&country=PE&country=BR&country=EC"
    while address:
        feed = read(client, address)
        found += texts(feed, "a:entry/a:id")
        link = feed.find("a:link[@rel='next']", ATOM)
        address = None if link is None else link.get("href").removeprefix("http://127.0.0.1:8000")
    assert len(found) == len(set(found)) == Practice.objects.published().in_countries(["AR", "PE", "BR", "EC"]).count()
    assert client.get("/es/practicas.atom?page=99").status_code == 404


@pytest.mark.engines
def test_an_empty_feed_is_a_feed_that_changes_with_the_catalogue(client):
    feed = read(client, "/es/practicas.atom?country=GY")
    assert feed.findall("a:entry", ATOM) == []
    assert feed.find("a:updated", ATOM).text[:19] == current().changed_at.isoformat()[:19]


def test_no_feed_tells_of_a_draft_and_an_impossible_filter_is_named(client):
    make_practice(title="CENTINELA", state=State.DRAFT)
    assert b"CENTINELA" not in client.get("/es/practicas.atom").content
    refused = client.get("/es/practicas.atom?country=ZZ")
    assert refused.status_code == 400
    assert "ZZ" in refused.content.decode()


@pytest.mark.engines
def test_control_characters_do_not_break_a_feed(client):
    make_practice(title="Uno\x0bdos & <tres>", country="GY")
    assert texts(read(client, "/es/practicas.atom?country=GY"), "a:entry/a:title") == ["Unodos & <tres>"]


@pytest.mark.parametrize(
    ("page", "feed"),
    [
        ("/es/practicas/?country=PE&q=niñez&page=1", "/es/practicas.atom?country=PE&amp;q=ni%C3%B1ez"),
        ("/en/networks/gender-and-migration/", "/en/practices.atom?network=gender-and-migration"),
        ("/pt-br/paises/pe/", "/pt-br/praticas.atom?country=PE"),
        ("/es/", "/es/practicas.atom"),
    ],
)
def test_a_page_leads_to_the_feed_of_what_it_lists(client, page, feed):
    html = client.get(page).content.decode()
    assert '<link rel="alternate" type="application/atom+xml"' in html
    assert f'href="http://127.0.0.1:8000{feed}"' in html


@pytest.mark.engines
def test_a_feed_costs_the_same_queries_whatever_the_rows(client, django_assert_max_num_queries):
    make_many(20)
    with django_assert_max_num_queries(13):
        read(client, "/es/practicas.atom")
