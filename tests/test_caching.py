"""A repeated request costs one question, and nobody ever sees a stale page."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalogue.caching import etags
from catalogue.caching.lru import clear_all
from catalogue.listing.filters import prepared_filters
from catalogue.models import Practice
from catalogue.models.version import current
from networks.models import Network
from tests.desk import in_state
from tests.factories import make_practice
from tests.test_pages import ADDRESSES, PAGES, SLUG

pytestmark = pytest.mark.django_db

FILES = ["/en/practices.csv", "/en/practices.xlsx", "/en/practices.json", f"/en/practices/{SLUG}.json"]


def again(client, address, response, **headers):
    return client.get(address, headers={"if-none-match": response["ETag"], **headers})


@pytest.mark.parametrize(
    "address", [*ADDRESSES, *FILES, pytest.param("/es/practicas/?country=PE&q=niñez", marks=pytest.mark.engines)]
)
def test_a_repeated_request_is_answered_304_from_the_version_alone(client, django_assert_num_queries, address):
    first = client.get(address)
    assert first["Cache-Control"] == "public, no-cache"
    with django_assert_num_queries(1):
        response = again(client, address, first)
    assert response.status_code == 304
    assert response.content == b""
    for name in ("ETag", "Last-Modified", "Cache-Control", "Vary"):
        assert response[name] == first[name]


@pytest.mark.engines
@pytest.mark.parametrize(
    "address", [*PAGES["list"], *PAGES["practice"], f"/es/practicas/{SLUG}.json", "/es/practicas.csv"]
)
def test_an_edit_is_seen_by_who_has_the_page_already(client, address):
    first = client.get(address)
    practice = Practice.objects.get(slug=SLUG)
    for language in ("es", "en", "pt"):
        setattr(practice, f"title_{language}", "Otro título")
        setattr(practice, f"short_title_{language}", "")
    practice.save()
    response = again(client, address, first)
    assert response.status_code == 200
    assert response["ETag"] != first["ETag"]
    assert "Otro título" in response.getvalue().decode()


def test_an_editor_who_has_the_page_gets_it_made_for_her(client, editor):
    first = client.get("/es/practicas/")
    assert "ETag" not in first
    anonymous = Client().get("/es/practicas/")
    assert again(client, "/es/practicas/", anonymous).status_code == 200


def card_of(client, practice):
    page = client.get(f"/es/practicas/?id={practice.code}").content.decode()
    return page.partition('<ol class="hits">')[2].partition("</ol>")[0]


@pytest.mark.engines
def test_a_card_follows_a_row_that_was_given_to_another_practice(client):
    one, other = make_practice(), make_practice()
    row = one.practice_organisations.get()
    name = row.organisation.shown_acronym
    assert name in card_of(client, one)
    other.practice_organisations.all().delete()
    row.practice, row.order = other, 9
    row.save()
    assert name not in card_of(client, one)


@pytest.mark.engines
def test_a_card_shows_the_change_of_its_practice(client):
    practices = [make_practice() for _ in range(3)]
    address = "/es/practicas/?" + "&".join(f"id={practice.code}" for practice in practices)
    client.get(address)
    practices[1].title_es = "Título nuevo"
    practices[1].save()
    assert "Título nuevo" in client.get(address).content.decode()


@pytest.mark.engines
def test_a_change_of_one_practice_leaves_the_cards_of_others(client):
    practices = [make_practice() for _ in range(3)]
    address = "/es/practicas/?" + "&".join(f"id={practice.code}" for practice in practices)
    client.get(address)
    practices[1].save()
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    of_cards = [query["sql"] for query in queries if "summary_es" in query["sql"]]
    assert len(of_cards) == 1
    assert [practice.pk for practice in practices if re.search(rf"\b{practice.pk}\b", of_cards[0])] == [practices[1].pk]


@pytest.mark.engines
def test_a_card_shows_a_new_name_of_its_network(client):
    practice = make_practice()
    address = f"/es/practicas/?id={practice.code}"
    client.get(address)
    network = practice.primary_network
    network.name_es = "Red renombrada"
    network.save()
    assert client.get(address).content.decode().count("Red renombrada") == 2  # the filter and the card


def test_prepared_filters_last_until_a_shared_name_changes_or_everything_is_evicted():
    prepared = prepared_filters(current())
    make_practice()
    assert prepared_filters(current()) is prepared
    Network.objects.first().save()
    renamed = prepared_filters(current())
    assert renamed is not prepared
    clear_all()
    assert prepared_filters(current()) is not renamed


@pytest.mark.engines
def test_citations_follow_the_title(client):
    practice = make_practice(title="Título primero")
    address = f"/es/practicas/{practice.slug}/citar/"
    client.get(address)
    practice.title_es = "Título segundo"
    practice.save()
    page = client.get(address).content.decode()
    assert "Título primero" not in page
    assert page.count("Título segundo") > 3  # the link to the practice, and the citations in three styles


@pytest.mark.engines
def test_a_practice_that_is_withdrawn_is_not_found_by_who_has_its_page(client):
    practice = make_practice()
    address = f"/es/practicas/{practice.slug}/"
    first = client.get(address)
    in_state(practice, "archived")
    gone = again(client, address, first)
    assert gone.status_code == 404
    assert "ETag" not in gone


@pytest.mark.parametrize("addresses", PAGES.values(), ids=PAGES)
def test_no_two_languages_share_an_etag(client, addresses):
    assert len({client.get(address)["ETag"] for address in addresses}) == len(addresses)


def test_no_two_filters_share_an_etag(client):
    addresses = ["/es/practicas/", "/es/practicas/?country=PE", "/es/practicas/?country=AR", "/es/practicas.csv"]
    assert len({client.get(address)["ETag"] for address in addresses}) == len(addresses)


def test_a_new_release_is_another_answer(client, monkeypatch):
    first = client.get("/es/")
    monkeypatch.setattr(etags, "release_fingerprint", lambda: "the next one")
    assert again(client, "/es/", first).status_code == 200


@pytest.mark.parametrize("address", ["/es/", "/en/practices.csv"])
def test_head_tells_the_same_without_the_page(client, address):
    full, head = client.get(address), client.head(address)
    assert (head.status_code, head["ETag"]) == (200, full["ETag"])
    assert client.head(address, headers={"if-none-match": full["ETag"]}).status_code == 304


@pytest.mark.parametrize("form", ["pdf", "docx", "xlsx", "ods", "zip", "csv", "json"])
def test_what_is_packed_by_its_own_form_is_not_packed_again_for_each_reader(client, form):
    file = client.get(f"/es/practicas.{form}", headers={"accept-encoding": "gzip"})
    assert file.status_code == 200
    assert file.has_header("Content-Encoding") == (form in ("csv", "json"))


def test_a_compressed_page_is_known_again_and_varies_as_the_plain_one(client):
    compressed = client.get("/es/practicas/", headers={"accept-encoding": "gzip"})
    assert compressed["Content-Encoding"] == "gzip"
    assert compressed["Vary"] == client.get("/es/practicas/")["Vary"]
    assert again(client, "/es/practicas/", compressed, **{"accept-encoding": "gzip"}).status_code == 304


@pytest.mark.parametrize("headers", [{"if-none-match": "*"}, {"if-modified-since": "Fri, 01 Jan 2100 00:00:00 GMT"}])
def test_only_the_answer_itself_is_known_again(client, headers):
    assert client.get("/es/", headers=headers).status_code == 200
    assert client.get("/es/practicas/no-existe/", headers=headers).status_code == 404


def test_who_is_logged_in_gets_every_page_made_anew(client):
    first = client.get("/es/practicas/")
    client.force_login(get_user_model().objects.create_user("somebody"))
    response = again(client, "/es/practicas/", first)
    assert response.status_code == 200
    assert "ETag" not in response
    assert "private" in response["Cache-Control"]


@pytest.mark.parametrize("address", ["/es/nada/", "/es/practicas.csv?country=ZZ", "/es/practicas/?page=99"])
def test_an_error_is_not_kept(client, address):
    response = client.get(address)
    assert response.status_code in (400, 404)
    assert "ETag" not in response
