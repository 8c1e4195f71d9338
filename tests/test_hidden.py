"""What is not published is seen by nobody outside the desk, nor at the desk by another country's focal point."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from catalogue.choices import State
from catalogue.editorial import workflow
from tests.addresses import DESK, examples, person_of
from tests.crafted import crafted_record
from tests.desk import make_editor, make_record
from tests.test_pages import public_addresses, xlsx_text

pytestmark = pytest.mark.django_db

SENTINEL = "Ocultozentinela"
VISITORS = ["anonymous", "stranger", "other"]  # the last: focal point of another country
HIDDEN = [state for state in State if state != State.PUBLISHED]
OWN = ["/es/practicas/{}/", "/en/practices/{}.json", "/pt-br/praticas/{}.pdf", "/api/v1/practices/{}/", "/p/{}/"]
BOOKS = ["/es/practicas.docx?country=PE", "/en/practices.docx?q=ocultozen*"]


def hidden_records():
    """Return a practice in every state that is not public, and a public one whose revision is none."""
    records = {state: crafted_record(SENTINEL, state=state) for state in HIDDEN}
    copy = workflow.revise(make_record(country="PE", state=State.PUBLISHED), by=make_editor("secretariat"))
    type(copy).objects.filter(pk=copy.pk).update(title_es=SENTINEL, summary_es=SENTINEL, title_en=SENTINEL)
    return {**records, "revision": copy}


def visit(role):
    client, person = Client(), person_of(role)
    if person:
        client.force_login(person)
    return client


@pytest.mark.parametrize("role", [pytest.param("anonymous", marks=pytest.mark.engines), *VISITORS[1:]])
def test_no_surface_shows_a_word_of_what_is_not_published(role):
    """Every state at once, on every address of the resolver, in each language and for questions that would find it."""
    records, client = hidden_records(), visit(role)
    codes = [record.code.encode() for record in records.values()]
    addresses = set()
    for language in ("es", "en", "pt-br"):
        with translation.override(language):
            for record in (records[state] for state in HIDDEN):
                addresses |= {address for address in public_addresses(record) if "preview" not in address}
    asked = [(address, query) for address in sorted(addresses) for query in ("", "?q=ocultozen*&country=PE")]
    for address, query in [*asked, *((book, "") for book in BOOKS)]:
        answer = client.get(address + (query if "?" not in address else ""))
        body = xlsx_text(answer.getvalue())
        own = any(record.code in address or f"/{record.slug}" in address for record in records.values())
        assert SENTINEL.encode() not in body, address
        assert own or not any(code in body for code in codes), address
        assert not own or answer.status_code in (301, 400, 404), (address, answer.status_code)


@pytest.mark.parametrize("role", VISITORS)
@pytest.mark.parametrize("state", [*HIDDEN, "revision"])
def test_the_own_address_of_a_hidden_record_answers_as_if_it_had_never_been(role, state):
    record, client = hidden_records()[state], visit(role)
    for pattern in (
        "/es/practicas/{}/",
        "/en/practices/{}.json",
        "/pt-br/praticas/{}.pdf",
        "/api/v1/practices/{}/",
        "/p/{}/",
    ):
        name = record.record_code if pattern.startswith("/p/") else record.slug
        if pattern.startswith("/p/") and state == "revision":
            continue  # the code leads to the published practice
        invented = "CSM-2098-999" if pattern.startswith("/p/") else "x" * len(name)
        real, none = (client.get(pattern.format(each)) for each in (name, invented))
        assert real.status_code == none.status_code == 404
        assert real.content.replace(name.encode(), b"") == none.content.replace(invented.encode(), b"")
        assert dict(real.headers) == {**none.headers, "Content-Length": real.headers.get("Content-Length")} or (
            set(real.headers) == set(none.headers)
        )


def test_the_desk_shows_another_countrys_focal_point_nothing_of_it():
    records, client, values = hidden_records(), visit("other"), examples()
    for row in DESK.values():
        for record in list(records.values())[: None if "{record}" in row.address else 1]:
            body = client.get(row.address.format(**{**values, "record": record.pk})).content
            assert SENTINEL.encode() not in body, row.address
    for query in ({"q": SENTINEL[:9]}, {"state__exact": "draft"}, {"lacks": "title"}, {"kind": "revisions"}):
        page = client.get(reverse("admin:catalogue_practice_changelist"), query).content.decode()
        assert SENTINEL not in page
    for field in ("keywords", "populations", "contact"):
        query = {"app_label": "catalogue", "model_name": "practice", "field_name": field, "term": SENTINEL}
        assert client.get(reverse("admin:autocomplete"), query).json()["results"] == []


def test_the_sentinel_is_found_where_it_may_be():
    """The tests above would see it: its own editors do."""
    records, client = hidden_records(), visit("own")
    for record in records.values():
        assert SENTINEL in client.get(reverse("admin:catalogue_practice_change", args=[record.pk])).content.decode()
