"""An e-mail address that may not be shown is seen in the admin by who edits practices, and by nobody else there."""

import pytest
from django.contrib import admin
from django.db.models.constants import LOOKUP_SEP
from django.test import Client
from django.urls import NoReverseMatch, reverse

from catalogue.choices import State
from catalogue.editorial.workflow import workflow
from catalogue.editorial.workflow.roles import Role
from catalogue.models import Contact, Practice
from tests.addresses import DESK, examples
from tests.desk import make_editor, make_record
from tests.effort import MANY

pytestmark = pytest.mark.django_db

HIDDEN, PROOF, SHOWN = "ocultozentinela@oficina.example", "pruebazentinela", "visible@oficina.example"
SENTINELS = ("ocultozentinela", PROOF)
WHO_EDITS = {Role.ADMINISTRATOR, Role.SECRETARIAT, Role.FOCAL_POINT}
THE_OTHERS = [role for role in Role if role not in WHO_EDITS]
LIST = "admin:catalogue_contact_changelist"


@pytest.fixture
def contact():
    """An office that has not consented; those of its record, of its revision and of an adaptation are the same."""
    contact = Contact.objects.get(pk=1)
    Contact.objects.filter(pk=1).update(
        email=HIDDEN, consent_note=PROOF, consent_to_publish=False, consent_date=None, printed_in="", via=None
    )
    return contact


def at_desk(role):
    client = Client()
    client.force_login(make_editor(role, countries=["PE"], translates=["pt"]))
    return client


def told(answer):
    """Return which of the sentinels an answer holds, whatever it is packed in."""
    return [word for word in SENTINELS if word.encode() in answer.getvalue()]


def can_hold_it(name):
    """Whether an address belongs to a form with a way to a contact, or to none at all."""
    forms = [address.removeprefix("/admin/").replace("/", "_") for address, _way in paths_to_contacts()]
    return MANY or name.startswith(tuple(f"admin:{form}" for form in forms)) or "_" not in name


@pytest.mark.slow  # every such address, drawn
def test_the_lowest_role_meets_no_such_mailbox_at_any_address_of_the_desk(contact):
    values, client = examples(), at_desk(Role.READER)
    record = Practice.objects.get(pk=values["record"])
    record.contact = contact
    record.save()
    workflow.revise(make_record(state=State.PUBLISHED, contact=contact), by=make_editor("secretariat"))
    walked = {name: row.address.format(**values) for name, row in DESK.items() if can_hold_it(name)}
    assert len(walked) > 30
    assert {name: words for name, address in walked.items() if (words := told(client.get(address)))} == {}


@pytest.mark.parametrize("role", Role)
def test_a_role_sees_it_in_list_and_form_or_not_at_all(contact, role):
    client, sees = at_desk(role), role in WHO_EDITS
    assert bool(told(client.get(reverse(LIST)))) == sees
    assert bool(told(client.get(reverse("admin:catalogue_contact_change", args=[1])))) == sees


@pytest.mark.parametrize("role", THE_OTHERS)
def test_a_mailbox_with_consent_is_seen_by_every_role(contact, role):
    Contact.objects.filter(pk=1).update(email=SHOWN, consent_to_publish=True, consent_date="2026-01-01")
    client = at_desk(role)
    for answer in (client.get(reverse(LIST)), client.get(reverse("admin:catalogue_contact_change", args=[1]))):
        assert SHOWN in answer.content.decode()
        assert told(answer) == []


@pytest.mark.parametrize("role", THE_OTHERS)
def test_a_mailbox_that_its_institution_prints_is_seen_by_every_role(contact, role):
    Contact.objects.filter(pk=1).update(email=SHOWN, printed_in="Imprint of a publication")
    client = at_desk(role)
    for answer in (client.get(reverse(LIST)), client.get(reverse("admin:catalogue_contact_change", args=[1]))):
        assert SHOWN in answer.content.decode()
        assert told(answer) == []


def found(client, **query):
    """Return how many contacts a question to the list finds; ``None`` when it is refused."""
    answer = client.get(reverse(LIST), query)
    return answer.context_data["cl"].result_count if answer.status_code == 200 else None


@pytest.mark.engines
@pytest.mark.parametrize("role", Role)
def test_it_cannot_be_found_out_by_searching_either(contact, role):
    client, sees = at_desk(role), role in WHO_EDITS
    assert found(client, q="ocultozentinela") == (1 if sees else 0)
    if not sees:
        assert found(client, q="@") == 0
        for field, value in (("email", "ocultozentinela"), ("consent_note", PROOF)):
            for lookup in ("", "exact", "startswith", "contains", "regex", "gt", "in"):
                name = LOOKUP_SEP.join(filter(None, (field, lookup)))
                answer = client.get(reverse(LIST), {name: value})
                assert answer.status_code in (302, 400), name
    query = {"app_label": "catalogue", "model_name": "practice", "field_name": "contact", "term": "ocultozentinela"}
    results = client.get(reverse("admin:autocomplete"), query).json()["results"]
    assert len(results) == (1 if sees else 0)


def paths_to_contacts():
    """Yield the list of every model that has a way to a contact, and the way."""
    for model in admin.site._registry:
        for field in model._meta.get_fields():
            if field.related_model is Contact:
                try:
                    yield reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"), field.name
                except NoReverseMatch:
                    continue


def test_no_list_beside_tells_it_by_what_it_finds(contact):
    client, paths = at_desk(Role.READER), list(paths_to_contacts())
    assert len(paths) >= 4  # practices, adaptations, organisations, and offices reached through another
    for address, name in paths:
        answer = client.get(address, {f"{name}__email__startswith": "ocultozentinela"})
        assert answer.status_code in (302, 400), address


def test_the_order_of_the_list_does_not_tell_it(contact):
    """Sorted by mailboxes, a known one put beside it would tell it letter by letter."""
    client = at_desk(Role.READER)
    columns = client.get(reverse(LIST)).context_data["cl"].list_display
    place = columns.index("shown_email")
    by_mailbox = client.get(reverse(LIST), {"o": str(place)}).context_data["cl"].queryset
    assert "email" not in str(by_mailbox.query.order_by)
