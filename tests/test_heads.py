"""The head of every answer is short, whatever is asked; what is too long is refused before anything repeats it."""

import io
import re
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.conf import settings as site
from django.core.handlers.wsgi import WSGIHandler
from django.http import FileResponse, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.test import Client, RequestFactory
from lxml import etree

from catalogue.api.paging import link_header
from catalogue.middleware.empty_body import empty_body_middleware
from catalogue.middleware.url_length import MAX_HEAD_LENGTH, MAX_URL_LENGTH, url_length_middleware
from tests.addresses import DESK, PAGES, examples
from tests.desk import make_editor
from tests.surfaces import written_once
from tests.test_headers import settings_for_https
from tests.test_hostile import HEAVY

pytestmark = pytest.mark.django_db

SERVER = (
    "Server: gunicorn\r\nDate: Tue, 01 Dec 2026 00:00:00 GMT\r\nConnection: keep-alive\r\n"
    "Transfer-Encoding: chunked\r\n"
)
HOST = ".".join(["a" * 60] * 4)  # almost as long as a name may be
MARK = "zzyzx"
PIECES = (
    "a",
    "%ff",
    "=",
    "/",
    "%F0%9F%8C%8E",
    "%C3%9F",
    "%2B",
    "&xx",
    '"',
    "\xff",
)  # some grow when they are written anew
NAMES = ("x", "q", "pick", "id", "from", "fields", "next", "updated_since", "country")
ACCEPTED = ("q=" + "%F0%9F%8C%8E" * 200, "&".join(f"id=CSM-2023-{number:03}" for number in range(1, 140)))


@pytest.fixture(autouse=True)
def over_https(settings):
    """A site whose public address begins with https, and that may be reached by a long name."""
    for name, value in settings_for_https().items():
        setattr(settings, name, value)
    settings.ALLOWED_HOSTS = [HOST]
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")


def ask(client, address, method="GET", *, plain=False, **options):
    """Return an answer, read to its end, that was asked for by a long name."""
    headers = {"host": HOST, "x-forwarded-proto": "http" if plain else "https", **options.pop("headers", {})}
    answer = client.generic(method, address, headers=headers, **options)
    answer.getvalue()
    return answer


def head_of(answer):
    """Return the head of an answer as gunicorn sends it."""
    cookies = [("Set-Cookie", cookie.OutputString()) for cookie in answer.cookies.values()]
    lines = "".join(f"{name}: {value}\r\n" for name, value in (*answer.items(), *cookies))
    return f"HTTP/1.1 {answer.status_code} {answer.reason_phrase}\r\n{SERVER}{lines}\r\n"


def as_long_as(address, length, piece="a"):
    """Return an address that ends with a query, drawn out until it is so many bytes long as a link writes it."""
    client = RequestFactory()
    each = len(client.get(f"/?{piece}").get_full_path()) - 2
    return address + piece * ((length - len(address)) // each) + "a" * ((length - len(address)) % each)


def longest(row, values, name, piece):
    address = row.address.format(**values)
    return as_long_as(f"{address}{'&' if '?' in address else '?'}{name}={MARK}", MAX_URL_LENGTH, piece)


@pytest.mark.slow  # every public address, three times
def test_the_head_of_every_public_address_is_short_for_the_longest_query_it_accepts():
    client, values, found = Client(raise_request_exception=False), examples(), []
    with written_once("docx", "kind", "title"):
        for number, row in enumerate(PAGES.values()):
            for turn in range(2):
                name, piece = NAMES[(number + turn) % len(NAMES)], PIECES[(number + turn) % len(PIECES)]
                if HEAVY.search(row.address):
                    name = "q"  # refused before the document is made
                answer = ask(client, longest(row, values, name, piece))
                found.append((answer.status_code, len(head_of(answer)), row.address, name, piece))
    assert [each for each in found if each[0] in (414, 500) or each[1] > MAX_HEAD_LENGTH] == []


@pytest.mark.slow  # every public address
def test_one_byte_more_is_refused_by_every_public_address_and_repeated_by_none():
    client, values, found = Client(raise_request_exception=False), examples(), []
    for row in PAGES.values():
        answer = ask(client, longest(row, values, "x", "a") + "a")
        if answer.status_code != 414 or len(head_of(answer)) > MAX_HEAD_LENGTH or MARK in answer.content.decode():
            found.append((answer.status_code, len(head_of(answer)), row.address))
    assert found == []


@pytest.mark.slow  # every address of the desk
def test_nobody_is_led_to_the_sign_in_page_by_a_long_head():
    client, values, found = Client(), examples(), []
    for row in DESK.values():
        answer = ask(client, longest(row, values, "_changelist_filters", "="))
        if answer.status_code not in (200, 302, 405, 414) or len(head_of(answer)) > MAX_HEAD_LENGTH:
            found.append((answer.status_code, len(head_of(answer)), row.address))
    assert found == []


LEADING = (  # addresses that lead to another and repeat what was asked
    "/es/practicas?",
    "/practices/?",
    "/practicas?",
    "/pt?",
    "/pt/praticas/?",
    "/api/v1/practices?",
    "/es/practicas/comparar/?pick=",
    "/es/practicas/seleccion/?pick=",
    "/admin/?",
    "/admin/catalogue/practice/?q=",
    "/admin/catalogue/practice?",
    "/admin/catalogue/practice/1/?",
    "/p/CSM-2023-001/?",
    "/api/v1/docs/?",
    "/?",
    "//x?",
)


@pytest.mark.parametrize("plain", [True, False], ids=["http", "https"])
@pytest.mark.parametrize("piece", PIECES)
def test_no_redirect_has_a_long_head(piece, plain):
    client, found = Client(), []
    for address in LEADING:
        for length in (1500, MAX_URL_LENGTH):
            answer = ask(client, as_long_as(address, length, piece), plain=plain)
            if answer.status_code not in (301, 302, 400, 404, 414) or len(head_of(answer)) > MAX_HEAD_LENGTH:
                found.append((answer.status_code, len(head_of(answer)), address))
    assert found == []


@pytest.mark.parametrize("path", ["/pt/", "/es/practicas/", "/api/v1/", "/admin/", "/static/", "/", "/es/practicas/x."])
@pytest.mark.parametrize("piece", ["a", "%C3%A9", "%ff", "%25", "a/", "%22"])
def test_a_long_path_is_led_on_or_refused_with_a_short_head(path, piece):
    for length in (MAX_URL_LENGTH - 9, MAX_URL_LENGTH, MAX_URL_LENGTH + 9, 7000):
        for end in ("", "/", "?x"):
            answer = ask(Client(), path + piece * (length // len(piece)) + end)
            assert answer.status_code in (301, 302, 404, 414), length
            assert len(head_of(answer)) <= MAX_HEAD_LENGTH
            assert length < 7000 or answer.status_code == 414


HEADERS = (
    "accept-language",
    "cookie",
    "if-none-match",
    "x-request-id",
    "referer",
    "origin",
    "accept",
    "range",
    "user-agent",
)


@pytest.mark.parametrize("path", ["/", "/es/acerca/", "/es/practicas", "/api/v1/networks/", "/admin/", "/metrics"])
def test_no_header_that_is_sent_makes_the_head_longer(path):
    before = len(head_of(ask(Client(), path)))
    for name in HEADERS:
        for value in ("en-" + "a" * 7000, "sessionid=" + "a" * 7000, 'W/"' + "é" * 3000 + '"'):
            assert len(head_of(ask(Client(), path, headers={name: value}))) < before + 400, (name, value[:9])


def test_who_signs_in_is_led_no_further_than_a_head_can_say():
    person = make_editor("secretariat", username="ana")
    person.set_password("mate con hierba y menta")
    person.save()
    form = {"username": "ana", "password": "mate con hierba y menta"}
    for further, led in (("/es/?x=" + "a" * 9000, "/admin/"), ("/" + "a" * 90_000, "/admin/"), ("/es/?x", "/es/?x")):
        headers = {"host": HOST, "x-forwarded-proto": "https"}
        answer = Client().post("/admin/login/", {**form, "next": further}, headers=headers)
        assert (answer.status_code, answer["Location"]) == (302, led)
        assert len(head_of(answer)) <= MAX_HEAD_LENGTH


@pytest.mark.parametrize(
    ("location", "led"), [("/x/?" + "=" * 9000, "/x/"), ("/" + "x" * 9000 + "?", "/"), ("/x/?y", "/x/?y")]
)
def test_what_was_done_is_not_refused_but_leads_to_an_address_without_its_query(location, led):
    answer = url_length_middleware(lambda request: HttpResponseRedirect(location))(RequestFactory().post("/"))
    assert (answer.status_code, answer["Location"]) == (302, led)


# What a refusal says


@pytest.mark.parametrize("plain", [True, False], ids=["http", "https"])
@pytest.mark.parametrize(
    ("path", "html", "words"),
    [
        ("/es/practicas/", "es", "La dirección es demasiado larga"),
        ("/en/practices/", "en", "The address is too long"),
        ("/pt-br/praticas/", "pt-BR", "O endereço é longo demais"),
        ("/admin/", "en", "The address is too long"),
        ("/static/catalogue.css", "en", "The address is too long"),
    ],
)
def test_an_address_that_is_too_long_is_refused_in_the_language_of_the_reader(path, html, words, plain):
    for address in (as_long_as(f"{path}?{MARK}", 3000), f"{path}{'b' * 3000}?{MARK}"):
        answer = ask(Client(), address, plain=plain, headers={"accept-language": "en"})
        page = answer.content.decode()
        assert (answer.status_code, "no-store" in answer["Cache-Control"]) == (414, True)
        assert f'<html lang="{html}">' in page
        assert words in page
        assert MARK not in page
        assert "bbb" not in page
        for name in ("Content-Security-Policy", "X-Request-Id", "Referrer-Policy", "X-Frame-Options"):
            assert name in answer
        assert ("Strict-Transport-Security" in answer) is not plain


@pytest.mark.parametrize(
    ("language", "title"), [("es", "La dirección es demasiado larga."), ("en", "The address is too long.")]
)
def test_programs_are_told_so_in_the_form_they_read(language, title):
    headers = {"accept-language": language}
    ask(Client(), "/pt-br/")  # the language of the request before is no reason
    answer = ask(Client(), as_long_as("/api/v1/practices/?x=", 3000), headers=headers)
    problem = answer.json()
    assert (answer.status_code, answer["Content-Type"]) == (414, "application/problem+json")
    assert (problem["status"], problem["title"], problem["instance"]) == (414, title, "/api/v1/practices/")
    assert answer["Access-Control-Allow-Origin"] == "*"
    files = ask(Client(), as_long_as(f"/{language}/practicas.json?x=", 3000))
    assert (files.status_code, files["Content-Type"], files.json()) == (414, "application/json", {"error": title})


def test_harvesters_are_told_so_in_the_words_of_their_protocol():
    answer = ask(Client(), as_long_as("/oai?verb=ListRecords&x=", 3000))
    error = etree.fromstring(answer.content).find("{*}error")
    assert (answer.status_code, answer["Content-Type"], error.get("code")) == (
        414,
        "text/xml; charset=utf-8",
        "badArgument",
    )


@pytest.mark.parametrize("query", ACCEPTED)
def test_the_longest_search_and_a_long_selection_are_accepted_everywhere(query):
    client = Client()
    for path in ("/es/practicas/", "/pt-br/praticas/", "/en/practices.csv", "/api/v1/practices/", "/pt/praticas/"):
        assert ask(client, f"{path}?{query}").status_code in (200, 301)


# The pages beside a page of the API


def links_of(address):
    answer = ask(Client(), address)
    return answer.json()["links"], answer


@pytest.mark.parametrize(
    "path", ["practices", "results", "networks", "countries", "meetings", "forums", "commitments", "vocabularies"]
)
def test_links_of_the_api_repeat_nothing_that_it_does_not_know(path):
    links, answer = links_of(f"/api/v1/{path}/?x={MARK}&page_size=1&{MARK}=1&page=1&q=&lang=es")
    assert MARK not in answer.content.decode()
    assert MARK not in head_of(answer)
    assert links["self"] == f"{site.SITE_URL}/api/v1/{path}/?lang=es&page_size=1&page=1"


@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        ("sort=title&country=pe&country=PE&country=cl", "country=PE&country=CL&sort=title"),
        ("from=2010.000&to=%202020&updated_since=2001-01-01", "from=2010&to=2020&updated_since=2001-01-01"),
        ("q=a&q=%20migra%20&x=1", "q=migra"),
        ("fields=title,code&fields=code&page_size=020&page=1", "fields=code%2Ctitle&page_size=20"),
    ],
)
def test_links_of_the_api_say_the_same_question_in_one_way(query, canonical):
    assert links_of(f"/api/v1/practices/?{query}")[0]["self"] == f"{site.SITE_URL}/api/v1/practices/?{canonical}&page=1"


def test_the_header_of_links_leaves_out_what_is_needed_least():
    links, answer = links_of("/api/v1/practices/?page_size=2&page=2")
    told = re.findall(r'<([^>]+)>; rel="(\w+)"', answer["Link"])
    assert told == [(links[name], name) for name in ("next", "prev", "first", "last", "self")]
    long = dict.fromkeys(links, "x" * 1200)
    assert re.findall(r'rel="(\w+)"', link_header(long)) == ["next", "prev"]
    assert link_header(dict.fromkeys(links, "x" * 5000)) == ""


@pytest.mark.parametrize("query", [*ACCEPTED, "q=" + "/" * 200, "q=" + "%ff" * 200, "from=2000." + "0" * 2000])
def test_the_next_page_of_the_longest_question_is_told_in_the_answer_and_the_head_stays_short(query):
    links, answer = links_of(f"/api/v1/networks/?{query}&page_size=2")
    assert links["next"].endswith("?page_size=2&page=2")
    links, answer = links_of(f"/api/v1/practices/?{query}&page_size=2")
    assert len(head_of(answer)) <= MAX_HEAD_LENGTH
    asked = dict(parse_qsl(urlsplit(links["self"]).query))
    assert asked.get("q", "") == dict(parse_qsl(query)).get("q", "")


# Answers without a body


def sent(path, method, **headers):
    """Return status, headers and body as the web server gets them; it sends files by itself if it is given one."""
    environ = (
        RequestFactory().generic(method, path, headers={"host": HOST, "x-forwarded-proto": "https", **headers}).environ
    )
    environ["wsgi.file_wrapper"] = lambda file, size=0: iter([file.read()])
    told = []
    pieces = WSGIHandler()(environ, lambda status, headers, info=None: told.extend((status, dict(headers))))
    try:
        return told[0], told[1], b"".join(pieces)
    finally:
        getattr(pieces, "close", lambda: None)()


@pytest.mark.slow  # every public address, twice
def test_head_has_no_body_and_the_length_that_get_tells():
    values = examples()
    for name, row in PAGES.items():
        if HEAVY.search(row.address):
            continue
        address = row.address.format(**values)
        status, headers, body = sent(address, "GET")
        same, of_head, nothing = sent(address, "HEAD")
        assert (same, nothing) == (status, b""), name
        assert of_head.get("Content-Length") == headers.get("Content-Length"), name
        assert "Content-Length" not in headers or int(headers["Content-Length"]) == len(body), name


def test_a_page_that_is_known_and_a_preflight_have_neither_body_nor_length():
    known = {"if-none-match": sent("/es/", "GET")[1]["ETag"]}
    for path, method, code in (("/es/", "GET", "304"), ("/es/", "HEAD", "304"), ("/api/v1/", "OPTIONS", "204")):
        status, told, body = sent(path, method, **known)
        assert (status[:3], body) == (code, b"")
        assert "Content-Length" not in told


def test_what_a_body_is_made_of_is_closed_also_when_it_is_not_sent():
    def pieces():
        try:
            yield b"x"
        finally:
            closed.append("pieces")

    closed, file, made = [], io.BytesIO(b"x"), pieces()
    next(made)
    for response in (FileResponse(file), StreamingHttpResponse(made), HttpResponse(b"x")):
        answer = empty_body_middleware(lambda request, response=response: response)(RequestFactory().head("/"))
        assert b"".join(answer) == b""
        assert getattr(answer, "file_to_stream", None) is None
        answer.close()
    assert file.closed
    assert closed == ["pieces"]
