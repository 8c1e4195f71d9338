"""Some 1,800 hostile requests over every address: none is answered 500, none learns anything of the inside."""

import random
import re
from copy import deepcopy
from itertools import chain

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from catalogue.models import Practice
from networks.records import clean_text
from tests.addresses import DESK, PAGES, examples
from tests.crafted import crafted_record, is_text
from tests.desk import make_editor
from tests.effort import MANY
from tests.test_admin import form_data

pytestmark = pytest.mark.django_db

PARAMETERS = (
    "q",
    "page",
    "country",
    "network",
    "sort",
    "from",
    "to",
    "updated_since",
    "id",
    "pick",
    "lang",
    "shape",
    "provenance",
    "fields",
    "limit",
    "offset",
    "format",
    "p",
    "verb",
    "metadataPrefix",
    "resumptionToken",
    "set",
    "until",
    "identifier",
    "e",
    "o",
    "_popup",
    "_to_field",
    "_changelist_filters",
    "lacks",
    "kind",
    "state__exact",
    "untranslated",
    "term",
    "app_label",
    "model_name",
    "field_name",
    "next",
    "csrfmiddlewaretoken",
    "at__gte",
    "groups__id__exact",
    "pk__in",
)
VALUES = (
    "%00",
    "%ff%fe",
    "%ed%a0%80",
    "%f4%90%80%80",
    "x" * 5000,
    "-1",
    "0",
    "9" * 40,
    "1e309",
    "NaN",
    "Infinity",
    "1_0",
    "%D9%A1",
    "%C2%B2",
    "'",
    "%22",
    "%27%20OR%201%3D1--",
    "%3Cscript%3E",
    "{{7*7}}",
    "${7*7}",
    "../../etc/passwd",
    "%2e%2e%2f",
    "%0d%0aX:y",
    "%E2%80%AE",
    "[]",
    "a" * 199 + "%CC%81" * 40,
    "(",
    ")(",
    "%22%22%22",
    "*",
    "-",
    "OR",
    "%5C",
    "%25s%25n",
    "2023-02-30",
    "9999-99-99",
    "0001-01-01",
    "%F0%9F%8C%8E" * 60,
    "null",
    "true",
    "%7B%7D",
    "=",
    "&&&",
    ";",
    "%26",
)
HEADERS = (
    {"accept-language": "x" * 5000},
    {"accept-language": "es;q=NaN,\x7f"},
    {"accept": "application/x-\x00"},
    {"accept": "*/*;q=2"},
    {"cookie": "sessionid=\x01; csrftoken='"},
    {"cookie": "sessionid=" + "A" * 4000},
    {"if-none-match": 'W/"' + "x" * 3000},
    {"if-modified-since": "Thu, 99 Foo 0000"},
    {"range": "bytes=5-1,-,x"},
    {"x-forwarded-for": "'--, ::1%eth0, \u0130"},
    {"referer": "javascript:alert(1)"},
    {"content-length": "-1"},
    {"x-forwarded-proto": "gopher"},
    {"accept-encoding": "gzip;q=x"},
)
BODIES = (
    (b"", "application/json"),
    (b"{", "application/json"),
    (b"a=%ff&a=%00&=&&", "application/x-www-form-urlencoded"),
    (
        b'--x\r\nContent-Disposition: form-data; name="a"; filename="../b"\r\n\r\n\x00',
        "multipart/form-data; boundary=x",
    ),
    (b"--\r\n", "multipart/form-data; boundary=" + "y" * 300),
    (b"\xff" * 2000, "text/plain; charset=nonsense"),
    (b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', "application/xml"),
)
PATHS = (
    "/%00",
    "/%ff",
    "/es/%00/",
    "/es/practicas/%ed%a0%80/",
    "/es//",
    "//",
    "/es/../admin/",
    "/es/practicas/..%2f..%2fetc/",
    "/" + "a" * 8000,
    "/es/practicas/" + "a" * 3000 + "/",
    "/es/practicas/x.csv%00",
    "/es/practicas.%0a",
    "/es/practicas/x/versiones/" + "9" * 30 + "/",
    "/es/vista-previa/:::/",
    "/es/vista-previa/" + "A" * 2000 + "/",
    "/api/v1/practices/%00/",
    "/api/v1/vocabularies/..%2f/",
    "/api/v1/x",
    "/admin/catalogue/practice/%00/change/",
    "/admin/catalogue/practice/99999999999999999999999/change/",
    "/admin/catalogue/practice/-1/change/",
    "/admin/catalogue/practice/_3A/change/",
    "/admin/catalogue/practice/1/move/%00/",
    "/admin/catalogue/practice/1/restore/99999999999999999999/",
    "/admin/r/99999999999999999999/1/",
    "/admin/auth/user/x/password/",
    "/admin/jsi18n/%00",
    "/p/CSM-99999999999999999999-001/",
    "/pt/%0d%0aX:y",
    "/es/paises/%C4%B0/",
    "/es/cobertura/..csv",
    "/.git/config",
    "/.env",
    "/static/../catalogue/settings.py",
    "/static/%2e%2e/manage.py",
    "/favicon.ico%00",
    "/sitemap.xml?p=%C2%B2",
    "/" + "x" * 200 + "-" * 400 + "/",
    "/es-" + "x" * 600 + "/",
    "/zz/",
    "/es-AR/",
    "/i18n/setlang/",
)
LEAKS = re.compile(
    rb"Traceback|/site-packages/|psycopg|sqlite3\.|SELECT .* FROM|SECRET_KEY|DJANGO_SETTINGS|root:x:0|\bline \d+, in "
)
# a document, a form of a hundred fields, a long page that reads no parameter: many times the work of other answers
HEAVY = re.compile(
    r"\.docx|/vista-previa/|/ediciones/2023/C|/es/(datos|api|libro-de-codigos)/$"
    r"|/(practice|meeting|commitment)/(add|\d+/change|\d+/restore/1)/$"
)
NARROWING = ("q", "country", "id", "from", "to", "volume", "lang", "network")  # most refuse a document unmade
METHODS = ("GET", "POST", "HEAD", "PUT", "OPTIONS", "TRACE", "PROPFIND", "get", "FOO")


def hostile_requests(rows, each, bodies):
    """Yield method, address and options of some 900 requests, the same on every run; few of what is heavy."""
    chance, values = random.Random(7), examples()
    for row in rows.values():
        address = row.address.format(**values)
        heavy = HEAVY.search(address)
        names = NARROWING if heavy else PARAMETERS
        for _number in range(2 if heavy else each):
            query = "&".join(f"{chance.choice(names)}={chance.choice(VALUES)}" for _part in range(chance.randint(1, 5)))
            yield "GET", f"{address}{'&' if '?' in address else '?'}{query}", {}
        yield chance.choice(METHODS), address, {"headers": chance.choice(HEADERS)}
        for body, kind in chance.sample(BODIES, 1 if heavy else bodies):
            yield "POST", address, {"data": body, "content_type": kind}
    for path in PATHS:
        yield from ((method, path, {}) for method in ("GET", "POST"))


def hostile_parameters():
    """Yield some 300 requests to the list with one parameter each; who is signed in gets the same list."""
    for parameter in PARAMETERS:
        for value in VALUES[:7]:
            yield "GET", f"/es/practicas/?{parameter}={value}", {}


@pytest.mark.slow  # some 1,800 requests
@pytest.mark.parametrize(
    ("role", "rows", "each", "bodies"),
    [
        pytest.param(None, PAGES, 8, 3, id="site", marks=pytest.mark.engines),
        pytest.param("administrator", DESK, 2, 2, id="desk"),
    ],
)
def test_no_hostile_request_is_a_failure_or_learns_anything(role, rows, each, bodies):
    client, failed, leaked, total = Client(raise_request_exception=False), [], [], 0
    if connection.vendor == "postgresql" and not MANY:
        each, bodies = each // 2, 1  # what a method, a header or a body does before it asks is the same there
    asked = [hostile_requests(rows, each, bodies)]
    if role:
        client.force_login(make_editor(role))
    else:
        asked.append(hostile_parameters())
    signed_in = deepcopy(client.cookies)
    for method, address, options in chain(*asked):
        client.cookies = deepcopy(signed_in)  # the session itself comes back with the savepoint
        mark = transaction.savepoint()
        answer = client.generic(method, address, **options)
        body = answer.getvalue()
        transaction.savepoint_rollback(mark)
        total += 1
        if answer.status_code >= 500:
            failed.append((method, address[:200], options))
        if LEAKS.search(body) or LEAKS.search(str(answer.headers).encode()):
            leaked.append((method, address[:200]))
    assert total > (650 if role else 800 if connection.vendor == "postgresql" else 1_150)
    assert not failed, failed[:10]
    assert not leaked, leaked[:10]


# Characters that files cannot hold

CONTROLS = [chr(point) for point in (*range(0x20), *range(0x7F, 0xA0)) if chr(point) not in "\t\n\r"]
KEPT = "🌎 👩🏽‍🌾 שלום مرحبا e\u0301 Ñandú – «¿?» \u200f\u202b\ufeff ﷽"


def test_controls_surrogates_and_noncharacters_go_and_everything_else_stays():
    assert len(CONTROLS) == 62
    for character in [*CONTROLS, "\ud800", "\udfff", "\ufffe", "\uffff", "\ufdd0", "\U0001fffe", "\U0010ffff"]:
        assert clean_text(f"a{character}b") == "ab"
    assert clean_text(KEPT) == KEPT
    assert clean_text("a\r\nb\rc\td") == "a\nb\nc\td"


@pytest.mark.engines
def test_a_form_refuses_or_cleans_every_control_character_and_keeps_the_rest(client):
    client.force_login(make_editor("secretariat"))
    practice = crafted_record("texto")
    page = reverse("admin:catalogue_practice_change", args=[practice.pk])
    form = form_data(client.get(page))
    soiled = {name: f"{KEPT} {''.join(CONTROLS)[1:]} fin" for name in ("title_es", "summary_es", "places-0-name_es")}
    assert client.post(page, {**form, **soiled}).status_code == 302
    practice.refresh_from_db()
    assert practice.title_es == f"{KEPT}  fin"
    refused = client.post(page, {**form, "title_es": "a\0b", "seen": ""})
    assert refused.status_code == 200
    for field in Practice._meta.concrete_fields:
        if is_text(field) and (value := getattr(practice, field.attname)):
            assert value == clean_text(value)
    assert practice.places.first().name_es == f"{KEPT}  fin"


@pytest.mark.parametrize("length", [201, 2400])  # what is longer is refused as an address: tests/test_heads.py
def test_a_query_is_at_most_200_characters(client, length):
    page = client.get("/es/practicas/", {"q": "a" * length})
    assert page.status_code == 200
    assert "id_q_error" in page.content.decode()
    assert client.get("/es/practicas.csv", {"q": "a" * length}).status_code == 400
    assert client.get("/api/v1/practices/", {"q": "a" * length}).status_code == 400
    assert client.get("/es/practicas.csv", {"q": "a" * 200}).status_code == 200


@pytest.mark.parametrize("size", ["201", "10000", "-1", "0", "x"])
def test_a_page_of_the_api_holds_at_most_200(client, size):
    assert client.get("/api/v1/practices/", {"page_size": size}).status_code == 400
    assert client.get("/api/v1/practices/", {"page_size": "200"}).status_code == 200
