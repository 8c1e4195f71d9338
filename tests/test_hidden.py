"""What is not published is seen by nobody outside the desk, nor at the desk by another country's focal point."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from catalogue.choices import State
from catalogue.editorial.workflow import workflow
from catalogue.models import derived
from tests.addresses import DESK, examples, person_of
from tests.crafted import crafted_record
from tests.desk import make_editor, make_record
from tests.surfaces import public_addresses, words_of

pytestmark = pytest.mark.django_db

SENTINEL = "Ocultozentinela"  # followed by the state, so that a failure says whose word it was
HIDDEN = [state for state in State if state != State.PUBLISHED]
LANGUAGES = ["es", "en", "pt-br"]
FILES = (".xlsx", ".ods", ".zip")  # the tables of the CSV in another dress, in each language the same rows
BOOKS = ["/es/practicas.docx?country=PE", "/en/practices.docx?q=ocultozen*", "/pt-br/praticas.pdf?country=PE"]
BY_WORD, BY_COUNTRY = "?q=ocultozen*&country=PE", "?country=PE&sort=-updated"  # either would find it
OWN = ["/es/practicas/{}/", "/en/practices/{}.json", "/pt-br/praticas/{}.pdf", "/api/v1/practices/{}/", "/p/{}/"]
OF_THE_REQUEST = {"X-Request-Id", "Expires"}


def hidden_records():
    """Return a practice in every state that is not public, and a public one whose revision is none."""
    with derived.deferred():
        records = {state: crafted_record(f"{SENTINEL}{state}", state=state) for state in HIDDEN}
        copy = workflow.revise(make_record(country="PE", state=State.PUBLISHED), by=make_editor("secretariat"))
        words = dict.fromkeys(("title_es", "summary_es", "title_en"), f"{SENTINEL}revision")
        type(copy).objects.filter(pk=copy.pk).update(**words)
    return {**records, "revision": copy}


def visit(role):
    client, person = Client(), person_of(role)
    if person:
        client.force_login(person)
    return client


def addresses_of(record, language):
    """Return the public addresses in a language; previews are for those who have been given their key."""
    with translation.override(language):
        return {address for address in public_addresses(record) if "preview" not in address}


def is_own(address, record):
    return record.code in address or f"/{record.slug}" in address


def assert_silent(client, records, addresses):
    """Ask addresses: none says a word of a hidden record, nor names it unless it was named by who asks.

    Returns those that answered 200.
    """
    names = "|".join(re.escape(name) for record in records.values() for name in (record.code, record.slug))
    named = re.compile(rf"\b(?:{names})\b".encode())
    answered = []
    for address in addresses:
        answer = client.get(address)
        if answer.status_code == 200:
            answered.append(address)
        said = words_of(answer.getvalue())
        assert not re.findall(rf"{SENTINEL}\w*".encode(), said), address
        if any(is_own(address, record) for record in records.values()):
            assert answer.status_code in (301, 400, 404), (address, answer.status_code)
        else:
            assert not named.search(said), address
    return answered


def assert_never_been(client, records):
    """Ask each record by its own name: the answer is the one for a name that nobody has, header by header."""
    for state, record in records.items():
        for pattern in OWN:
            if pattern.startswith("/p/"):
                if state == "revision":
                    continue  # the code leads to the published practice
                name, invented = record.record_code, f"CSM-2098{record.record_code[8:]}"
            else:
                name, invented = record.slug, "x" * len(record.slug)
            real, none = (client.get(pattern.format(each)) for each in (name, invented))
            assert real.status_code == none.status_code == 404
            assert real.content.replace(name.encode(), b"") == none.content.replace(invented.encode(), b"")
            told, wanted = ({**answer.headers} for answer in (real, none))
            assert {key for key in told if told[key] != wanted.get(key)} <= OF_THE_REQUEST
            assert set(told) == set(wanted)


@pytest.mark.slow  # every public address in three languages
@pytest.mark.engines
def test_no_surface_shows_a_word_of_what_is_not_published():
    """Every state at once: every address of the resolver in each language, and the questions that would find it.

    A file is asked for in one language, and so are the questions: the rows are the same ones in the others.
    """
    records, client = hidden_records(), visit("anonymous")
    asked = set()
    for language in LANGUAGES:
        asked |= {one for one in addresses_of(records[State.DRAFT], language) if not one.endswith(FILES)}
    for number, state in enumerate(HIDDEN):
        addresses = addresses_of(records[state], LANGUAGES[number % 3])
        asked |= {address for address in addresses if is_own(address, records[state])}
    answered = assert_silent(client, records, sorted(asked))
    spanish = addresses_of(records[State.DRAFT], "es")
    lists = [one for one in spanish if (one in answered or one.endswith(FILES)) and "?" not in one]
    assert len(lists) > 60
    queries = [one + query for one in lists for query in (BY_WORD, BY_COUNTRY)]
    assert_silent(client, records, [*sorted(queries), *BOOKS])
    assert_never_been(client, records)


@pytest.mark.parametrize(("role", "language"), [("stranger", "en"), ("other", "pt-br")])
def test_who_is_signed_in_sees_no_more(role, language):
    """Pages do not depend on who reads, so each is asked for once: by a stranger, by another country's focal point."""
    records, client = hidden_records(), visit(role)
    asked = sorted(addresses_of(records[State.DRAFT], language))
    asked = [address if "?" in address else address + BY_COUNTRY for address in asked if not address.endswith(FILES)]
    assert_silent(client, records, asked)
    assert_never_been(client, records)


@pytest.mark.slow  # every address of the desk
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
    listed = client.get(reverse("admin:catalogue_practice_changelist"), {"q": SENTINEL}).content.decode()
    assert {f"{SENTINEL}{state}" for state in records} <= set(re.findall(rf"{SENTINEL}\w*", listed))
    for state in (State.DRAFT, "revision"):
        page = client.get(reverse("admin:catalogue_practice_change", args=[records[state].pk]))
        assert f"{SENTINEL}{state}" in page.content.decode()
