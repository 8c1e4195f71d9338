"""Addresses of the desk: lists take the lookups that they declare, and nothing asked of an address fails or is dear."""

import re
import time
from contextlib import contextmanager
from html import unescape
from itertools import cycle, product
from urllib.parse import parse_qsl, quote

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import connection, transaction
from django.http import QueryDict
from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLResolver

from catalogue.admin_site.declared_lookups import MOST_WORDS
from catalogue.errors import Refused
from catalogue.middleware.url_length import MAX_URL_LENGTH
from networks.models import Meeting
from tests.desk import confirmed, form_data, make_editor, undone, unrendered
from tests.effort import MANY, tries
from tests.factories import make_adaptation, make_enquiry

pytestmark = [pytest.mark.django_db, pytest.mark.engines]

EDITED = list(admin.site._registry.values())
MOST_PROCESSOR = 0.5  # seconds of a request; the issue asks for it, and a refusal takes a fiftieth of it
NAMES = ["contains", "istartswith", "year", "in", "gt", "range", "isnull", "date", "length", "nothing", "", "iregex"]
CATASTROPHE = r"^(\w+\s?)+!$"  # of a summary: SQLite looks for more than a minute
LOOKUPS = [*NAMES, "regex"]  # last: who lets lookups in fails before it hangs
HOSTILE = [
    "x",
    "99999",
    "-1",
    "9" * 30,
    "9" * 199,
    "(",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59-14:00",
    "²",
]
IMPOSSIBLE = ["\0", "a\0b", "x" * 201, "a" * 2000, "a " * 1000]
TOO_LONG = "a" * 4000
HARMLESS = ["'", '"', '" " \\', "%_%", "-1", "0", "9" * 30, "-", ".", "1.-1.99.-x", "²", "-" * 200, "1." * 100]
KEYS = ["9" * 30, "x", "-1", "²", "٣", "1_0", "_3A", "a\0b", "9" * (MAX_URL_LENGTH - 200)]


def name_of(editing):
    return editing.opts.model_name


each_list = pytest.mark.parametrize("editing", EDITED, ids=name_of)


@pytest.fixture
def desk(client):
    """An administrator at a desk that is warm: what is made once for a process is not counted."""
    client.force_login(make_editor("administrator"))
    confirmed(client).raise_request_exception = False
    _warm(client)
    return client


_warmed = []  # once for a process


def _warm(client):
    if not _warmed:
        client.get("/admin/catalogue/practice/?state__exact=draft&q=a")
        client.get("/admin/catalogue/practice/add/")
        _warmed.append(True)


@pytest.fixture
def records(db):
    """What the prepared catalogue has none of: without records a list shows no filters."""
    make_enquiry()
    make_adaptation()


def list_of(editing):
    return reverse(f"admin:{editing.opts.app_label}_{editing.opts.model_name}_changelist")


@contextmanager
def cheap():
    begun = time.process_time()
    yield
    assert time.process_time() - begun < MOST_PROCESSOR


def asked(client, address, data=None, *, method="get"):
    """Return the answer to a request, which has been cheap; what the database refuses does not end the test."""
    with cheap(), undone():
        return getattr(client, method)(address, data)


def paths_from(model, depth):
    """Return the names of the fields of a model, and of what they lead to, as ``filter`` takes them."""
    names = ["pk"]
    for field in model._meta.get_fields():
        names.append(field.name)
        if depth and field.related_model:
            names += [f"{field.name}__{name}" for name in paths_from(field.related_model, depth - 1)]
    return names


def is_declared(editing, name):
    """Whether a name is one that the links of the list hold; the test below follows them."""
    declared = {
        each[0] if isinstance(each, tuple) else each for each in editing.list_filter if isinstance(each, (str, tuple))
    }
    return any(name.startswith(f"{each}__") or name == each for each in {*declared, editing.date_hierarchy} if each)


def attacks_on(editing):
    """Return names of lookups that the list does not declare: of its fields, then of relations two and three deep."""
    near, far = paths_from(editing.model, 0), sorted(set(paths_from(editing.model, 2)))
    chosen = [*near, *far[:: max(1, len(far) // tries(30, 1000))]]
    names = [f"{path}__{lookup}".removesuffix("__") for path, lookup in zip(chosen, cycle(LOOKUPS), strict=False)]
    return sorted((name for name in names if not is_declared(editing, name)), key=lambda name: name.endswith("regex"))


def some_of(cases, editing, few):
    """Return a part of the cases, another for each list; all of them in a whole run."""
    step = 1 if MANY else max(1, len(cases) // few)
    return cases[EDITED.index(editing) % step :: step]


@each_list
def test_a_list_takes_no_lookup_that_it_does_not_declare(desk, editing):
    names = attacks_on(editing)
    request = desk.get("/admin/jsi18n/").wsgi_request  # of who is signed in; to send each name costs five times as much
    for name in names:
        request.GET = QueryDict(mutable=True)
        request.GET[name] = CATASTROPHE if name.endswith("regex") else "99999"
        with cheap(), pytest.raises(Refused):
            editing.get_changelist_instance(request)
    with unrendered():
        for name in some_of(names, editing, few=4):
            assert asked(desk, list_of(editing), {name: CATASTROPHE}).status_code == 400, name


def test_the_attacks_of_the_review_are_refused_whoever_signs_in(client):
    client.force_login(make_editor("reader"))
    client.get("/admin/catalogue/practice/")
    for address, name, value in (
        ("practice", "updated__year", "99999"),
        ("practice", "updated__year", "0"),
        ("contact", "consent_date__year", "99999"),
        ("practice", "code__iregex", "("),
        ("practice", "created_by__password__startswith", "m"),
        ("practice", "summary_es__regex", CATASTROPHE),
    ):
        assert asked(client, f"/admin/catalogue/{address}/", {name: value}).status_code == 400, name


# What is declared


def links_on(page):
    """Return the queries that a list offers: of its filters, its dates, its columns and its pages."""
    text = page.content.decode().partition('id="changelist"')[2]
    return {unescape(query) for query in re.findall(r'href="\?([^"]*)"', text)} - {""}


def names_in(query):
    return tuple(name for name, _value in parse_qsl(query, keep_blank_values=True))


@each_list
def test_every_link_that_a_list_offers_works(desk, records, editing):
    address = list_of(editing)
    page = desk.get(address)
    links = links_on(page)
    offered = {name for query in links for name in names_in(query)}
    for spec in page.context_data["cl"].filter_specs:
        assert offered & set(spec.expected_parameters()), spec.title
    few = {names_in(query): query for query in sorted(links)}.values()
    with unrendered():
        for query in links if MANY else few:
            assert desk.get(f"{address}?{query}").status_code == 200, query


@each_list
def test_a_declared_lookup_finds_nothing_for_a_value_that_is_hostile(desk, records, editing):
    address = list_of(editing)
    links = links_on(desk.get(address))
    names = sorted({name for query in links for name in names_in(query)} - {"o", "p", "all"})
    if editing.date_hierarchy:
        names += [f"{editing.date_hierarchy}__{part}" for part in ("year", "month", "day")]
    with unrendered():
        for name, value in some_of(list(product(names, [*HOSTILE, *IMPOSSIBLE])), editing, few=8):
            answer = asked(desk, address, {name: value})
            assert answer.status_code in {200, 400}, (name, value)
            assert answer.status_code == 400 or not answer.context_data["cl"].result_count, (name, value)
        for name in names:
            assert asked(desk, f"{address}?{name}=1&{name}=2").status_code == 400, name


@pytest.mark.parametrize(
    "query",
    [
        "year=99999",
        "year=0",
        "year=9999",
        "year=9999&month=12&day=31",
        "year=2023&month=13",
        "year=2023&month=2&day=31",
        "year=2023&month=0",
        "year=x",
        "month=2",
        "day=99999",
        "year=2022&month=1&year=2023",
    ],
)
def test_a_day_that_does_not_exist_is_refused(desk, query):
    for place, field in (("auditentry", "at"), ("enquiry", "asked_at")):
        dates = "&".join(f"{field}__{part}" for part in query.split("&"))
        assert asked(desk, f"/admin/catalogue/{place}/?{dates}").status_code == 400


@each_list
def test_a_search_a_page_and_an_order_never_fail(desk, editing):
    address = list_of(editing)
    refused = list(product(["q", "p", "o", "_to_field", "_popup", "all", "e", "_facets", "x"], IMPOSSIBLE))
    refused += product(["_to_field"], ["password", "slug", "x__y"])
    taken = list(product(["q", "o", "_facets"], HARMLESS))
    if editing.search_fields:
        refused.append(("q", "a " * (MOST_WORDS + 1)))
        taken.append(("q", "a " * MOST_WORDS))
    with unrendered():
        assert asked(desk, address, {"q": TOO_LONG}).status_code == 414
        for name, value in some_of(refused, editing, few=8):
            assert asked(desk, address, {name: value}).status_code == 400, (name, value)
        for name, value in some_of(taken, editing, few=8):
            assert asked(desk, address, {name: value}).status_code == 200, (name, value)


def test_a_page_behind_the_last_one_is_refused(desk, monkeypatch):
    monkeypatch.setattr(admin.site.get_model_admin(apps.get_model("catalogue.term")), "list_per_page", 20)
    assert asked(desk, "/admin/catalogue/term/?p=2").status_code == 200
    for page in ("99999", "0", "-1", "9" * 30):
        assert asked(desk, f"/admin/catalogue/term/?p={page}").status_code == 400


@pytest.mark.parametrize(
    ("language", "words"),
    [("es", "no se puede filtrar"), ("en", "cannot be filtered"), ("pt-br", "não pode ser filtrada")],
)
def test_a_refusal_says_what_is_wrong_and_leads_to_the_whole_list(desk, language, words):
    page = desk.get("/admin/catalogue/term/?name_es__regex=<b>", headers={"accept-language": language})
    text = page.content.decode()
    assert page.status_code == 400
    assert words in text
    assert "name_es__regex" in text
    assert 'href="/admin/catalogue/term/"' in text
    assert "no-store" in page["Cache-Control"]


# What forms ask for, and what is sent to them


def relations():
    """Yield application, model and name of every relation of every model, and whether a form completes it."""
    declared = {
        (form.model, name)
        for editing in EDITED
        for form in (editing, *editing.inlines)
        for name in form.autocomplete_fields
    }
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if field.is_relation:
                opts = model._meta
                yield (model, field.name) in declared, (opts.app_label, opts.model_name, field.name)


def completed(client, names, **more):
    query = dict(zip(("app_label", "model_name", "field_name"), names, strict=True))
    return asked(client, "/admin/autocomplete/", {**query, **more})


def test_only_what_a_form_declares_is_completed_while_one_types(desk):
    every = list(relations())
    declared, others = ([names for is_so, names in every if is_so is wanted] for wanted in (True, False))
    assert len(declared) > 10
    for names in declared:
        assert completed(desk, names, term="a").status_code == 200, names
    for names in others[:: tries(6, 1)]:
        assert completed(desk, names, term="a").status_code == 403, names
    for names in (
        ("x", "practice", "keywords"),
        ("catalogue", "\0", "keywords"),
        ("catalogue", "practice", "x" * 2000),
    ):
        assert completed(desk, names, term="a").status_code in {400, 403}
    with unrendered():
        terms = cycle(["a " * (MOST_WORDS + 1), "x" * 201, "a\0"])
        for names, term in zip(declared, terms, strict=False):
            assert completed(desk, names, term=term).status_code == 400, names
    assert completed(desk, declared[0], term="a", page="9" * 30).status_code == 404


@each_list
def test_an_address_fills_nothing_into_a_new_record(desk, editing):
    address = reverse(f"admin:{editing.opts.app_label}_{editing.opts.model_name}_add")
    fields = [field.name for field in editing.model._meta.get_fields()]
    for first in range(0, len(fields), 60):  # as many as an address has room for
        answer = asked(
            desk, address, dict(zip(fields[first : first + 60], cycle(["abcdefg", "9" * 30, "²"]), strict=False))
        )
        assert answer.status_code == 403 or (answer.status_code == 200 and b"abcdefg" not in answer.content)


@each_list
def test_a_forged_choice_of_records_is_refused(desk, editing):
    for key in some_of(["x", "-1", "9" * 30, "²", "１", "a\0b", "1_0", ""], editing, few=3):
        answer = asked(desk, list_of(editing), {"action": "delete_selected", "_selected_action": key}, method="post")
        assert answer.status_code == 400 or not editing.get_actions(answer.wsgi_request), key


@pytest.mark.parametrize("key", ["9" * 30, "x", "²"])
def test_a_key_that_cannot_be_one_is_refused_in_a_form_too(desk, key):
    address = reverse("admin:networks_meeting_change", args=[Meeting.objects.first().pk])
    with unrendered():
        data = form_data(desk.get(address))
    for name in ("countries", "host"):  # chosen from a list, and found while one types
        with undone():
            answer = desk.post(address, {**data, name: [key]})
        assert answer.status_code == 400 or answer.context["errors"], name


# Every address with a key in it, and those that are our own


def keyed_patterns(resolver=None, route=""):
    """Yield the routes of the desk in which a key, a number or a word stands."""
    for pattern in (resolver or get_resolver()).url_patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from keyed_patterns(pattern, here)
        elif here.startswith("admin/") and "<" in here and "?P<" not in here:
            yield here


def test_no_key_in_an_address_is_a_failure(desk):
    routes = list(keyed_patterns())
    assert len(routes) > 80
    with unrendered():
        for route, key in list(product(routes, KEYS))[:: tries(7, 1)]:
            address = "/" + re.sub(r"<(path|str):\w+>", quote(key, safe=""), re.sub(r"<int:\w+>", "9" * 30, route))
            answer = asked(desk, address)
            assert answer.status_code < 500, address[:200]


@pytest.mark.parametrize(
    ("address", "names"),
    [
        ("catalogue/practice/similar/", ["title", "practice"]),
        ("catalogue/practice/translations/", ["language", "wanted", "network", "country", "code", "page"]),
        ("catalogue/practice/translations/texts.po", ["language", "wanted", "network", "country", "code"]),
        ("", ["x"]),
        ("catalogue/term/add/", ["_changelist_filters", "_popup", "_to_field"]),
        ("login/", ["next"]),
    ],
)
def test_no_parameter_of_our_own_pages_is_a_failure(desk, address, names):
    values = [*IMPOSSIBLE, *HOSTILE, "registro " * 40, "a=1&" * 200]
    with unrendered():
        for name, value in list(product(names, values))[:: tries(7, 1)]:
            assert asked(desk, f"/admin/{address}", {name: value}).status_code in {200, 302, 400, 404}, (
                name,
                value[:50],
            )


def test_who_is_not_signed_in_is_led_to_sign_in_whatever_the_address_asks():
    with transaction.atomic():
        for asked_for in ("a=%00", "code__regex=x"):
            assert Client().get(f"/admin/catalogue/practice/?{asked_for}").status_code == 302
    assert connection.is_usable()
