"""Every address has its row, and each row holds: by method and role; reading changes nothing, nor does a stranger."""

import logging
import re
from collections import Counter, deque
from contextlib import nullcontext
from html import unescape
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import Resolver404, resolve, reverse

from catalogue.choices import State, TransitionKind
from catalogue.editorial.workflow import revisions, workflow
from catalogue.models import Citation, Practice
from tests.addresses import DESK, PAGES, ROLES, ROWS, examples, expected, patterns, person_of
from tests.desk import form_data, make_editor, make_record, unrendered
from tests.effort import MANY
from tests.surfaces import written_once
from tests.tables import checksums

pytestmark = pytest.mark.django_db

OF_A_KIND = 2  # how many pages of each kind are walked; of those that are asked for something one for each thing
# What is drawn, for whom: of the desk what everybody may see, what a focal point may, and where each is refused
DRAWN = {"anonymous": ("GET",), "stranger": ("GET",), "own": ("GET",), "administrator": ("GET", "POST")}
METHODS = ("GET", "POST", "HEAD", "PUT")
WRITTEN = ("GET", "POST")  # the methods for which addresses are written: another one is refused, or asks as GET does
READERS = ("anonymous", "stranger", "administrator")  # for whom pages are tried: nothing on them depends on a role


def on_both(role):
    """Return a role as a parameter; who may everything asks both engines."""
    return pytest.param(role, marks=pytest.mark.engines if role == "administrator" else ())


def elsewhere():
    """Whether the tests run on PostgreSQL, where a query may answer differently, but no account and no method."""
    return connection.vendor == "postgresql" and not MANY


@pytest.fixture(autouse=True)
def without_refusals_in_the_log(caplog):
    """Refusals are what is asked for here; to write each with its traceback takes longer than to refuse."""
    caplog.set_level(logging.ERROR, logger="django.request")


@pytest.fixture
def each_document_once():
    """Whoever asks for a document again, and by whatever method, gets the same bytes."""
    with written_once("docx", "kind", "title"):
        yield


class Visitor:
    """A browser of somebody, whose requests leave neither rows nor cookies behind."""

    def __init__(self, role):
        self.drawn = WRITTEN if MANY else DRAWN.get(role, ())
        self.client = Client(raise_request_exception=False)
        person = person_of(role)
        if person:
            self.client.force_login(person)
        self.cookies = {name: morsel.value for name, morsel in self.client.cookies.items()}

    def ask(self, method, address, *, undo=True):
        """Return the status of an answer; what ``DRAWN`` does not name is not drawn."""
        self.client.cookies.clear()
        for name, value in self.cookies.items():
            self.client.cookies[name] = value
        mark = transaction.savepoint()
        try:
            with nullcontext() if method in self.drawn else unrendered():
                return self.client.generic(method, address).status_code
        finally:
            if undo:
                transaction.savepoint_rollback(mark)


def wrong(rows, role, methods, visitor, values):
    """Return what an answer of some rows is that is not as declared."""
    asked = [(name, row, method) for name, row in rows.items() for method in methods]
    found = []
    for name, row, method in asked:
        undo = rows is DESK or method not in ("GET", "HEAD")
        answer = visitor.ask(method, row.address.format(**values), undo=undo)
        if answer != declared(row, method, role):
            found.append(f"{role}: {name} {method}: {answer}, declared {declared(row, method, role)}")
    return found


def test_every_address_has_its_row_and_every_row_its_address():
    assert set(patterns()) == set(ROWS)


# Every address by four methods for each of those who read.
@pytest.mark.slow
@pytest.mark.engines
@pytest.mark.usefixtures("each_document_once")
def test_every_page_answers_readers_as_declared_and_reading_it_changes_nothing():
    values, visitors = examples(), {role: Visitor(role) for role in (READERS[:1] if elsewhere() else READERS)}
    before = checksums()
    for role, visitor in visitors.items():
        methods = METHODS if MANY or (role == "anonymous" and not elsewhere()) else WRITTEN
        assert wrong(PAGES, role, methods, visitor, values) == []
    assert checksums() == before


# Every address of the desk as a person of the role meets it: some three hundred requests.
@pytest.mark.slow
@pytest.mark.parametrize("role", [on_both(role) for role in ROLES])
def test_every_address_of_the_desk_answers_each_role_as_declared(role):
    methods = METHODS if role in READERS and not elsewhere() else WRITTEN
    assert wrong(DESK, role, methods, Visitor(role), examples()) == []


def declared(row, method, role):
    """Return the status of a cell; one that is left out is as GET."""
    if method == "HEAD" and row is DESK["admin:login"]:
        return 200  # Django leads who is signed in on by GET alone
    cell = {"GET": row.get, "HEAD": row.get, "POST": row.post, "OPTIONS": row.options}.get(method, row.put)
    return expected(row.get if cell is None else cell, role)


# Every address by three methods, each as costly as reading it.
@pytest.mark.slow
def test_methods_that_nothing_uses_are_refused_by_the_pages_and_do_no_more_than_reading_at_the_desk():
    values, reader, administrator = examples(), Visitor("anonymous"), Visitor("administrator")
    before, unexpected = checksums(), []
    for method in ("PATCH", "DELETE", "OPTIONS"):
        for name, row in PAGES.items():
            answer = reader.ask(method, row.address.format(**values), undo=False)
            if answer != declared(row, method, "anonymous"):
                unexpected.append(f"{name} {method}: {answer}")
        for name, row in DESK.items():
            answer = administrator.ask(method, row.address.format(**values), undo=False)
            if answer not in (200, 405, declared(row, "GET", "administrator"), declared(row, "PUT", "administrator")):
                unexpected.append(f"{name} {method}: {answer}")
    assert not unexpected
    assert checksums() == before


# Reading is safe


def links_of(answer, address):
    """Return the addresses of this site that a page leads to."""
    if answer.streaming or "html" not in answer.get("Content-Type", ""):
        return []
    targets = re.findall(r'(?:href|src)="([^"]+)"', answer.content.decode())
    found = (urlsplit(urljoin(f"http://testserver{address}", unescape(target))) for target in targets)
    return [f"{url.path}?{url.query}" if url.query else url.path for url in found if url.netloc == "testserver"]


def kinds_of(address):
    """Return of which kinds a page is: its pattern with each thing that it is asked for, or with nothing.

    The filters of a list are no kind in every combination: those are many thousands.
    """
    url = urlsplit(address)
    try:
        match = resolve(url.path)
    except Resolver404:
        return [("no address", "")]
    return [(match.view_name or match.route, name) for name in parse_qs(url.query) or [""]]


# Every address, and what else its page leads to.
@pytest.mark.slow
def test_reading_every_address_of_the_desk_with_the_key_of_the_house_changes_nothing(client):
    """The rows of the desk, and what its pages lead to, a few of each kind; of the other pages it is said above."""
    client.force_login(make_editor(is_superuser=True))
    values = examples()
    make_record(state=State.IN_REVIEW)
    workflow.revise(make_record(state=State.PUBLISHED), by=make_editor("secretariat"))
    waiting = deque(row.address.format(**values) for row in DESK.values())
    seen, failed = set(waiting), []
    kinds = Counter(kind for address in waiting for kind in kinds_of(address))
    before = checksums()
    while waiting:
        address = waiting.popleft()
        answer = client.get(address)
        if answer.status_code >= 500:
            failed.append(address)
        for link in links_of(answer, address):
            is_rare = any(kinds[kind] < (1 if kind[1] else OF_A_KIND) for kind in kinds_of(link))
            if link.startswith("/admin/") and link not in seen and is_rare:
                kinds.update(kinds_of(link))
                seen.add(link)
                waiting.append(link)
    assert not failed
    assert len(kinds) > 100, "the pages of the desk lead to one another"
    assert checksums() == before


# What belongs to another country


STATES = [*State, "revision"]


def record_of_peru(state):
    """Return a practice of Peru in a state, or the open revision of one."""
    if state != "revision":
        return make_record(country="PE", state=state)
    return workflow.revise(make_record(country="PE", state=State.PUBLISHED), by=make_editor("secretariat"))


@pytest.mark.parametrize("state", STATES)
def test_a_focal_point_of_another_country_can_do_nothing_with_a_record(client, state):
    """Whole, well-formed requests for every action: each is refused, and every table stays as it was."""
    record = record_of_peru(state)
    revisions.store_version(record)
    client.force_login(make_editor("secretariat"))
    with unrendered():
        page = client.get(reverse("admin:catalogue_practice_change", args=[record.pk]))
    form = {**form_data(page), "title_es": "Forzado"}
    client.force_login(make_editor("focal_point", countries=["CL"]))
    changelist = reverse("admin:catalogue_practice_changelist")
    asked = [
        ("change", [], form),
        ("delete", [], {"post": "yes"}),
        ("revise", [], {}),
        ("verify", [], {}),
        ("restore", [1], {}),
        *(
            ("move", [move], {"note": "Por una razón.", "at": at})
            for move in TransitionKind
            for at in ("", "2099-01-01T10:00")
        ),
    ]
    before, statuses = checksums(), set()
    for name, arguments, data in asked:
        address = reverse(f"admin:catalogue_practice_{name}", args=[record.pk, *arguments])
        statuses.add(client.post(address, data).status_code)
        assert record.title_es not in client.get(address).content.decode(), name
    for name in ("history", "compare"):
        statuses.add(client.get(reverse(f"admin:catalogue_practice_{name}", args=[record.pk])).status_code)
    chosen = {"action": "delete_selected", "_selected_action": [record.pk], "post": "yes"}
    assert record.title_es not in client.post(changelist, chosen, follow=True).content.decode()
    assert record.title_es not in client.get(changelist, {"q": record.title_es}).content.decode().replace(
        f'value="{record.title_es}"', ""
    )
    assert statuses <= {403, 404, 405}
    assert checksums() == before


# What a form may not say

FORGED = {
    "state": "published",
    "code": "CSM-1999-001",
    "slug": "forged",
    "version": "9",
    "revision_of": "1",
    "created_by": "1",
    "submitted_by": "1",
    "published_at_0": "2020-01-01",
    "published_at_1": "00:00",
    "published_at": "2020-01-01",
    "publish_at": "2020-01-01",
    "last_verified": "2020-01-01",
    "verified_by": "1",
    "scheduled_by": "1",
    "created": "2001-01-01",
    "updated": "2001-01-01",
    "runs_from": "1900-01-01",
    "id": "1",
    "pk": "1",
}
KEPT = [name for name in FORGED if name not in ("published_at_0", "published_at_1", "pk", "updated")]


@pytest.mark.parametrize("role", ["focal_point", "secretariat", "administrator"])
def test_fields_that_no_form_shows_cannot_be_slipped_into_it(client, role):
    record, other = make_record(country="PE"), make_record(country="CL")
    client.force_login(make_editor(role, countries=["PE"]))
    address = reverse("admin:catalogue_practice_change", args=[record.pk])
    with unrendered():
        form = form_data(client.get(address))
    rows = {name.replace("-0-id", "-0-practice"): other.pk for name in form if name.endswith("-0-id")}
    assert "citations-0-practice" in rows
    citations = list(Citation.objects.order_by("pk").values("pk", "practice", "as_printed"))
    before = Practice.objects.filter(pk=record.pk).values(*(name for name in KEPT if name != "pk")).get()
    forged = client.post(address, {**form, **rows, **FORGED, "title_es": "Forzado con filas ajenas"})
    assert forged.status_code == 200, "rows of another practice are refused as a whole"
    answer = client.post(address, {**form, **FORGED, "title_es": "Otro título"})
    assert answer.status_code == 302, answer.context["errors"]
    record.refresh_from_db()
    assert record.title_es == "Otro título"
    assert Practice.objects.filter(pk=record.pk).values(*before).get() == before
    assert list(Citation.objects.order_by("pk").values("pk", "practice", "as_printed")) == citations
    assert [country.iso2 for country in other.implementing_countries] == ["CL"]
    assert record.practice_countries.get().country.iso2 == "PE"


def test_a_list_is_never_edited_as_a_whole(client):
    """No admin has ``list_editable``: a forged list form changes nothing."""
    record = make_record(country="PE")
    client.force_login(make_editor("administrator"))
    forged = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-id": record.pk, "form-0-state": "published"}
    before = checksums()
    client.post(reverse("admin:catalogue_practice_changelist"), {**forged, "_save": "Save"})
    assert checksums() == before


@pytest.mark.parametrize("role", ["focal_point", "translator", "secretariat"])
def test_an_account_gives_itself_no_power(client, role):
    person = make_editor(role, countries=["PE"])
    client.force_login(person)
    forged = {
        "username": person.username,
        "is_staff": "on",
        "is_superuser": "on",
        "is_active": "on",
        "groups": ["1", "2"],
    }
    before = checksums()
    assert client.post(reverse("admin:auth_user_change", args=[person.pk]), forged).status_code == 403
    client.post(reverse("admin:password_change"), {**forged, "old_password": "x"})
    client.post(reverse("admin:second_factor"), {"remove": "1", **forged})
    before.pop("otp_totp_totpdevice"), (after := checksums()).pop("otp_totp_totpdevice")
    assert after == before
