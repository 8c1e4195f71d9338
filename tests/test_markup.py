"""What editors write stays words: no markup, no script, no address but http and https comes out of it."""

import re
from html import unescape
from urllib.parse import urlsplit

import pytest
from django.db import connection, transaction
from django.urls import reverse

from catalogue.choices import State
from catalogue.editorial.workflow import revisions, workflow
from catalogue.models import LegalInstrument, Link, Practice
from catalogue.models.version import bump
from networks.records import translated_fields
from tests.addresses import ROWS, examples
from tests.crafted import crafted_record, write
from tests.desk import make_editor
from tests.surfaces import public_addresses
from tests.test_admin import form_data

pytestmark = pytest.mark.django_db

CRAFTED = (
    "zz<img src=x onerror=alert(1)><script>alert(2)</script><svg/onload=alert(3)><iframe src=//e.example></iframe>"
    "\"'><a href='javascript:alert(4)'>k</a>[l](javascript:alert(5)) ![i](data:text/html,x) <javascript:alert(6)>"
    "{{ 7|add:7 }}{% now %}${7*7}</textarea></title><!--\u2028]]>"
)
HARM = re.compile(
    r"<img src=x|<script>alert|<svg/onload|<iframe"
    r"|<\w[^<>]*\shref=['\"]?\s*(javascript|data|vbscript|file):|<!--\u2028|\"'><a",
    re.I,
)
SCHEMES = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    "java\nscript:alert(1)",
    "\x00javascript:alert(1)",
    "\x01javascript:alert(1)",
    " javascript:alert(1)",
    "javascript&colon;alert(1)",
    "&#106;avascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "DATA:text/html;base64,PHM+",
    "vbscript:msgbox(1)",
    "file:///etc/passwd",
    "ftp://example.org/",
    "blob:https://example.org/x",
    "//evil.example/",
    "https://",
    "http://[::1",
    "javascript://example.org/%0aalert(1)",
)


def text_of(answer):
    body = answer.getvalue()
    return "" if body[:2] == b"PK" or body[:4] == b"%PDF" else body.decode(errors="replace")


@pytest.fixture
def crafted():
    """A published practice with markup in every text, also in the names of what it refers to; and its revision."""
    practice = crafted_record(CRAFTED, state=State.PUBLISHED)
    for record in (practice.contact, *practice.keywords.all(), practice.practice_organisations.first().organisation):
        write(record, CRAFTED)
    revisions.store_version(practice)
    workflow.revise(practice, by=make_editor("secretariat"))
    return practice


def test_no_public_surface_lets_markup_through(client, crafted):
    """Nor is what is no page ever read as one: its type says so and may not be guessed."""
    shown = 0
    for address in sorted(set(public_addresses(crafted))):
        answer = client.get(address)
        if answer.status_code == 200 and "text/html" not in answer["Content-Type"]:
            assert answer["X-Content-Type-Options"] == "nosniff"
            assert re.match(r"(application|text)/", answer["Content-Type"])
        text = text_of(answer)
        if address.endswith((".atom", ".json", ".jsonl", ".jsonld", ".bib", ".ris", ".csv")) or address.startswith(
            "/api/"
        ):
            continue  # no browser runs these
        shown += "zz" in text
        assert not HARM.search(text), (address, HARM.search(text)[0])
    assert shown > 5


def test_no_page_of_the_desk_lets_markup_through(client, crafted):
    client.force_login(make_editor("administrator", first_name=CRAFTED[:150], last_name=CRAFTED[:150]))
    values = examples()
    copy = crafted.open_revision
    for record in (crafted.pk, copy.pk, crafted_record(CRAFTED).pk):
        for name, row in ROWS.items():
            if name.startswith("admin") and (record == crafted.pk or "{record}" in row.address):
                text = text_of(client.get(row.address.format(**{**values, "record": record})))
                assert not HARM.search(text), (name, HARM.search(text)[0])
    for app, model, pk in (("catalogue", "contact", crafted.contact_id), ("catalogue", "practice", crafted.pk)):
        for page in ("change", "delete", "history"):
            text = text_of(client.get(reverse(f"admin:{app}_{model}_{page}", args=[pk])))
            assert not HARM.search(text)


# Addresses


def test_only_http_addresses_are_taken_by_the_form(client):
    """All of them at once, each in a link of its own; what is not refused there is saved alone and read back."""
    client.force_login(make_editor("secretariat"))
    practice = crafted_record("texto")
    link = practice.links.get()
    page = reverse("admin:catalogue_practice_change", args=[practice.pk])
    form = form_data(client.get(page))
    first = {name: value for name, value in form.items() if name.startswith("links-0-")}
    many = {**form, "links-TOTAL_FORMS": len(SCHEMES)}
    for number, address in enumerate(SCHEMES):
        again = {name.replace("links-0-", f"links-{number}-"): value for name, value in first.items()}
        many |= {**again, **({f"links-{number}-id": "", f"links-{number}-order": ""} if number else {})}
        many[f"links-{number}-url"] = address
    answer = client.post(page, many)
    assert answer.status_code == 200
    (links,) = [shown.formset for shown in answer.context["inline_admin_formsets"] if shown.formset.prefix == "links"]
    assert len(links.forms) >= len(SCHEMES)
    passed = [address for address, one in zip(SCHEMES, links.forms, strict=False) if "url" not in one.errors]
    assert len(passed) < len(SCHEMES) / 2
    for address in passed:
        with transaction.atomic():
            answer = client.post(page, {**form, "links-0-url": address})
            stored = Link.objects.get(pk=link.pk).url
            assert answer.status_code == 200 or stored.startswith(("https://", "http://")), stored
            assert stored == "https://example.org/" or re.match(r"https?://[\w.-]+(/|$)", stored)
            transaction.set_rollback(True)


PAST_EVERY_FORM = [address for address in SCHEMES[:14] if "\0" not in address and "ftp" not in address]


def test_an_address_that_came_past_every_form_is_shown_as_text(client):
    practice = crafted_record("texto", state=State.PUBLISHED)
    for model in (Link, LegalInstrument):
        (row,) = model.objects.filter(practice=practice)
        for order, address in enumerate(PAST_EVERY_FORM):
            row.pk, row.order, row.url = None, order, address
            row._state.adding = True
            model.objects.bulk_create([row])
    client.force_login(make_editor("administrator"))
    copy = workflow.revise(practice, by=make_editor("secretariat"))
    change = "admin:catalogue_{}_change"
    assert_no_target(client, f"/es/practicas/{practice.slug}/", f"/es/practicas/comparar/?id={practice.code}")
    assert_no_target(client, *(reverse(change.format("practice"), args=[record.pk]) for record in (practice, copy)))
    for address in PAST_EVERY_FORM:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE catalogue_reference SET url = %s", [address])
            cursor.execute("UPDATE catalogue_edition SET url = %s, licence_url = %s", [address, address])
        bump()
        assert_no_target(client, "/es/acerca/", f"/es/practicas/comparar/?id={practice.code}")
        assert_no_target(client, *(reverse(change.format(model), args=[1]) for model in ("reference", "edition")))


def assert_no_target(client, *pages):
    """No page leads to any of the addresses."""
    for page in pages:
        targets = re.findall(r'(?:href|src|action)="([^"]*)"', client.get(page).content.decode())
        led_to = {urlsplit(unescape(target)).scheme for target in targets}
        assert led_to <= {"", "http", "https", "mailto"}, page
        assert not {unescape(target) for target in targets} & set(PAST_EVERY_FORM), page


def test_the_crafted_record_has_something_in_every_language(crafted):
    for field in translated_fields(Practice):
        assert getattr(crafted, f"{field}_pt").startswith("zz")
