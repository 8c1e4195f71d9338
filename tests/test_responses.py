"""Whole responses are cached: the second request runs no query but that of the version, and gets the same bytes."""

import gzip

import brotli
import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from prometheus_client import REGISTRY

from catalogue.caching import etags, lru, responses
from catalogue.middleware.anonymous_requests import JUST_LEFT
from catalogue.models import Practice
from tests.test_pages import SLUG

pytestmark = pytest.mark.django_db

LIST = "/es/practicas/?country=PE"
ADDRESSES = [
    "/es/",
    LIST,
    "/pt-br/praticas/?q=criança",
    f"/en/practices/{SLUG}/",
    "/es/practicas.atom",
    f"/es/practicas/{SLUG}.json",
    "/api/v1/practices/?country=PE",
    f"/api/v1/practices/{SLUG}/",
    "/api/v1/schema/",
    "/en/coverage/",
]


def headers_of(response):
    return {name: value for name, value in response.items() if name != "X-Request-Id"}


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_second_request_asks_for_the_version_alone(client, django_assert_num_queries, address):
    first = client.get(address)
    with django_assert_num_queries(1):
        second = client.get(address)
    assert second.content == first.content
    assert headers_of(second) == headers_of(first)


@pytest.mark.parametrize("address", [LIST, "/api/v1/practices/?country=PE"])
@pytest.mark.parametrize(("accepted", "unpack"), [("gzip", gzip.decompress), ("gzip;q=0.5, br", brotli.decompress)])
def test_it_is_sent_compressed_to_those_who_accept_it(client, address, accepted, unpack):
    plain = client.get(address)
    for _cold_then_cached in range(2):
        packed = client.get(address, headers={"accept-encoding": accepted})
        assert unpack(packed.content) == plain.content
        assert packed["Content-Length"] == str(len(packed.content))
        assert "Accept-Encoding" in packed["Vary"]
    assert client.get(address)["Content-Length"] == str(len(plain.content))
    assert "Content-Encoding" not in client.get(address, headers={"accept-encoding": "br;q=0"})


@pytest.mark.parametrize("first", ["head", "get"])
def test_head_tells_what_get_would_send(client, first):
    getattr(client, first)(LIST)
    head = client.head(LIST, headers={"accept-encoding": "br"})
    full = client.get(LIST, headers={"accept-encoding": "br"})
    assert head.content == b""
    assert headers_of(head) == headers_of(full)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (LIST, "/en/practices/?country=PE"),
        (LIST, "/es/practicas/?country=AR"),
        (LIST, f"{LIST}&page=1"),
        ("/es/practicas.json?country=PE", "/es/practicas.bib?country=PE"),
        ("/api/v1/practices/", "/api/v1/practices/?lang=en"),
    ],
)
def test_another_url_is_another_response(client, one, other):
    first, second = client.get(one), client.get(other)
    assert first["ETag"] != second["ETag"]
    assert first.getvalue() != second.getvalue()


def test_the_language_of_the_api_may_come_from_a_header(client):
    spanish, english = (client.get("/api/v1/practices/", headers={"accept-language": code}) for code in ("es", "en"))
    assert (spanish["Content-Language"], english["Content-Language"]) == ("es", "en")
    assert spanish.content != english.content


def test_what_the_api_cannot_send_is_refused_also_when_it_is_cached(client):
    assert client.get("/api/v1/practices/").status_code == 200
    assert client.get("/api/v1/practices/", headers={"accept": "application/xml"}).status_code == 406


def test_a_cached_response_counts_as_a_request_of_the_api(client, settings):
    settings.API_REQUESTS_PER_MINUTE = 2
    cache.clear()  # what other tests have counted
    assert [client.get("/api/v1/practices/").status_code for _ in range(3)] == [200, 200, 429]


def test_a_change_is_seen_at_once(client):
    client.get(f"/es/practicas/{SLUG}/")
    practice = Practice.objects.get(slug=SLUG)
    practice.title_es = "Otro título"
    practice.save()
    assert "Otro título" in client.get(f"/es/practicas/{SLUG}/").content.decode()


def test_who_is_signed_in_gets_a_page_of_her_own(client, editor):
    Client().get(LIST)
    page = client.get(LIST)
    assert "private" in page["Cache-Control"]
    assert "ETag" not in page


def test_a_refusal_is_not_cached(client):
    for _ in range(2):
        assert client.get("/es/practicas.csv?country=XX").status_code == 400
        assert client.get("/es/practicas/?page=99").status_code == 404


def test_the_bytes_are_bounded(monkeypatch, client):
    small = lru.ProcessCache(100_000, getsizeof=responses.size_of)
    monkeypatch.setattr(responses, "_entries", small)
    for code in ("PE", "AR", "BR", "CL", "CO", "EC"):
        client.get(f"/es/practicas/?country={code}")
    assert 0 < small._entries.currsize <= 100_000


def test_the_bound_is_that_of_the_settings_and_counts_more_than_bodies():
    assert responses._entries._entries.maxsize == django_settings.RESPONSE_CACHE_BYTES
    entry = responses.Entry({"Content-Type": "text/html"}, {"": b"x" * 100, "br": b"x" * 10})
    assert responses.size_of(entry) > 1000


def test_processes_share_what_one_has_made(client, settings, django_assert_num_queries):
    settings.CACHE_IS_SHARED = True
    cache.clear()
    first = client.get(LIST, headers={"accept-encoding": "gzip"})
    lru.clear_all()
    with django_assert_num_queries(1):
        second = client.get(LIST, headers={"accept-encoding": "gzip"})
    assert second.content == first.content


def test_a_form_with_a_signed_time_is_made_for_each_request(client):
    responses._entries.clear()
    assert client.get(reverse("ask", args=[SLUG])).status_code == 200
    assert not len(responses._entries._entries)


def test_a_hit_is_sent_before_the_url_is_resolved(client, monkeypatch):
    first = client.get(LIST)
    monkeypatch.setattr("django.core.handlers.base.BaseHandler.resolve_request", None)
    assert client.get(LIST).content == first.content


def test_a_hit_and_a_304_are_counted_under_the_name_of_their_page(client, settings):
    settings.METRICS_TOKEN = "token"

    def counted(status):
        labels = {"page": "practice_list", "method": "GET", "status": str(status)}
        return REGISTRY.get_sample_value("catalogue_answers_seconds_count", labels) or 0

    before = counted(200), counted(304)
    first = client.get(LIST)
    client.get(LIST)
    client.get(LIST, headers={"if-none-match": first["ETag"]})
    assert (counted(200) - before[0], counted(304) - before[1]) == (2, 1)


def test_a_hit_is_refused_to_who_asks_another_host(client):
    client.get(LIST)
    assert client.get(LIST, headers={"host": "evil.example"}).status_code == 400


def test_a_database_that_does_not_tell_the_version_is_asked_once(client, monkeypatch):
    asked = []

    def fail(*args):
        asked.append(args)
        raise OperationalError("connection refused")

    client.get(LIST)
    monkeypatch.setattr(etags, "current", fail)
    assert client.get(LIST).status_code == 503
    assert len(asked) == 1


@pytest.mark.parametrize("cookie", [django_settings.SESSION_COOKIE_NAME, django_settings.CSRF_COOKIE_NAME, JUST_LEFT])
def test_who_may_have_written_gets_no_hit_from_the_middleware(client, monkeypatch, cookie):
    client.get(LIST)
    client.cookies[cookie] = "x"
    assert client.get(LIST).status_code == 200
    monkeypatch.setattr("django.core.handlers.base.BaseHandler.resolve_request", None)
    with pytest.raises(TypeError):
        client.get(LIST)


def test_a_hit_writes_nothing_into_the_cache_that_is_shared(client, settings, monkeypatch):
    settings.CACHE_IS_SHARED = True
    client.get(LIST)
    written = []
    monkeypatch.setattr(responses.cache, "set", lambda *args, **options: written.append(args))
    client.get(LIST)
    assert written == []
