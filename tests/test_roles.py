"""Who may do what: the one matrix, walked through the admin as every role meets it."""

from importlib import import_module
from itertools import product
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.db import connection
from django.urls import reverse

from catalogue.choices import State
from catalogue.editorial import workflow
from catalogue.editorial.roles import MATRIX, Action, Role, may, practices_for_editor
from catalogue.models import Contact, EditorProfile, Practice, Term
from networks.models import Country
from tests.desk import in_state, make_editor, make_record

pytestmark = pytest.mark.django_db

WHO = [None, *Role]  # an account of the staff without a role first
# who may everything, on both engines
EACH = [pytest.param(who, marks=pytest.mark.engines if who == Role.ADMINISTRATOR else ()) for who in WHO]
COUNTRIES = {"own": "PE", "other": "CL"}


def allowed(role, action, state, country):
    if role is None or state not in MATRIX[role].get(action, ()):
        return False
    return role != Role.FOCAL_POINT or country == "own"


@pytest.fixture
def at_desk(client):
    """Return a client at which a person with a role of Peru is signed in, writing Portuguese."""

    def sign_in(role):
        person = make_editor(role, countries=["PE"], translates=["pt"])
        client.force_login(person)
        return client

    return sign_in


def records():
    """A practice in every state, of the person's own country and of another."""
    return {
        (state, country): make_record(state=state, country=iso2)
        for state in State
        for country, iso2 in COUNTRIES.items()
    }


def address(name, practice, *arguments):
    return reverse(f"admin:catalogue_practice_{name}", args=[practice.pk, *arguments])


@pytest.mark.parametrize("role", EACH)
def test_a_role_finds_what_it_may_see_and_nothing_else_exists_for_it(at_desk, role):
    desk, practices = at_desk(role), records()
    hidden = make_record(country="CL").pk + 10_000
    missing = desk.get(reverse("admin:catalogue_practice_change", args=[hidden]))
    for (state, country), practice in practices.items():
        page = desk.get(address("change", practice))
        if allowed(role, Action.VIEW, state, country):
            assert page.status_code == 200, (state, country)
        else:
            assert page.status_code == missing.status_code, (state, country)
            assert page.status_code in (403, 404)
            assert practice.title_es not in page.content.decode()


@pytest.mark.parametrize("role", EACH)
def test_the_list_shows_a_role_what_it_may_see(at_desk, role):
    desk, practices = at_desk(role), records()
    page = desk.get(reverse("admin:catalogue_practice_changelist"), {"q": "CSM-2099"})
    text = page.content.decode()
    for (state, country), practice in practices.items():
        shown = allowed(role, Action.VIEW, state, country)
        assert (practice.code in text) == shown, (state, country)


@pytest.mark.parametrize("role", EACH)
def test_a_role_edits_what_it_may_edit(at_desk, role):
    desk, practices = at_desk(role), records()
    for (state, country), practice in practices.items():
        edits = allowed(role, Action.EDIT, state, country)
        translates = allowed(role, Action.TRANSLATE, state, country)
        page = desk.get(address("change", practice)).content.decode()
        assert ('name="title_es"' in page) == edits, (state, country)
        assert ('name="title_pt"' in page) == (edits or translates), (state, country)
        answer = desk.post(address("change", practice), {"title_es": "Forzado"})
        assert answer.status_code == 200 if edits or translates else answer.status_code in (403, 404)
        assert Practice.objects.get(pk=practice.pk).title_es == practice.title_es


@pytest.mark.parametrize("role", EACH)
def test_a_role_adds_where_it_may_add(at_desk, role):
    desk = at_desk(role)
    may_add = role is not None and Action.ADD in MATRIX[role]
    assert (desk.get(reverse("admin:catalogue_practice_add")).status_code == 200) == may_add
    before = Practice.objects.count()
    answer = desk.post(reverse("admin:catalogue_practice_add"), {"title_es": "Sin filas", "state": "published"})
    assert answer.status_code == (200 if may_add else 403)
    assert Practice.objects.count() == before


@pytest.mark.parametrize("role", EACH)
def test_a_role_deletes_what_it_may_delete(at_desk, role):
    desk, practices = at_desk(role), records()
    for (state, country), practice in practices.items():
        desk.get(address("delete", practice))
        assert Practice.objects.filter(pk=practice.pk).exists()
        desk.post(address("delete", practice), {"post": "yes"})
        gone = not Practice.objects.filter(pk=practice.pk).exists()
        assert gone == allowed(role, Action.DELETE, state, country), (state, country)


@pytest.mark.parametrize("role", EACH)
def test_the_list_deletes_only_what_a_role_may_delete(at_desk, role):
    desk, practices = at_desk(role), records()
    asked = {"action": "delete_selected", "_selected_action": [p.pk for p in practices.values()], "post": "yes"}
    desk.post(reverse("admin:catalogue_practice_changelist"), asked)
    assert Practice.objects.filter(pk__in=[p.pk for p in practices.values()]).count() == len(practices)
    draft = practices[State.DRAFT, "own"]
    desk.post(reverse("admin:catalogue_practice_changelist"), {**asked, "_selected_action": [draft.pk]})
    gone = not Practice.objects.filter(pk=draft.pk).exists()
    assert gone == allowed(role, Action.DELETE, State.DRAFT, "own")


@pytest.mark.parametrize("role", EACH)
def test_a_role_reads_the_history_of_what_it_may_see(at_desk, role):
    desk, practices = at_desk(role), records()
    for (state, country), practice in practices.items():
        version = practice.versions.create(number=1, content={"fields": {}, "terms": {}, "rows": {}})
        for page in (
            desk.get(address("history", practice)),
            desk.get(address("compare", practice), {"from": version.number, "to": version.number}),
        ):
            assert (page.status_code == 200) == allowed(role, Action.VIEW, state, country), (state, country)


@pytest.mark.parametrize(("role", "step"), list(product(WHO, workflow.STEPS)))
def test_a_role_takes_the_steps_it_may_take(at_desk, role, step):
    desk, practices = at_desk(role), records()
    for (state, country), practice in practices.items():
        desk.get(address("move", practice, step))
        assert Practice.objects.state_of(practice.pk) == state
        desk.post(address("move", practice, step), {"note": "Por una razón."})
        takes = state in workflow.STEPS[step].sources and allowed(role, Action(step), state, country)
        expected = workflow.STEPS[step].target if takes else state
        assert Practice.objects.state_of(practice.pk) == expected, (state, country)


@pytest.mark.parametrize("role", EACH)
def test_a_role_proposes_and_verifies_what_it_may(at_desk, role):
    desk, practices = at_desk(role), records()
    for (state, country), practice in practices.items():
        assert desk.get(address("revise", practice)).status_code == 405
        assert desk.get(address("verify", practice)).status_code == 405
        desk.post(address("verify", practice))
        desk.post(address("revise", practice))
        practice.refresh_from_db()
        assert bool(practice.last_verified) == allowed(role, Action.VERIFY, state, country), (state, country)
        assert bool(practice.open_revision) == allowed(role, Action.REVISE, state, country), (state, country)


@pytest.mark.parametrize("role", EACH)
def test_a_role_discards_and_restores_what_it_may(at_desk, role):
    desk = at_desk(role)
    for country, iso2 in COUNTRIES.items():
        practice = make_record(state=State.PUBLISHED, country=iso2)
        copy = workflow.revise(practice, by=make_editor("secretariat"))
        Practice.objects.filter(pk=copy.pk).update(title_es="Otro título")
        desk.post(address("restore", copy, 1))
        copy.refresh_from_db()
        assert (copy.title_es == practice.title_es) == allowed(role, Action.EDIT, State.DRAFT, country), country
        desk.post(address("move", copy, "discard"))
        discards = allowed(role, Action.DISCARD, State.DRAFT, country)
        assert Practice.objects.filter(pk=copy.pk).exists() != discards, country


def test_a_focal_point_that_empties_its_countries_keeps_nothing(at_desk):
    desk = at_desk(Role.FOCAL_POINT)
    practice = make_record(country="PE")
    EditorProfile.objects.get(countries__iso2="PE").countries.clear()
    assert desk.get(address("change", practice)).status_code == 404


@pytest.mark.engines
def test_a_focal_point_sees_its_first_notes_before_they_have_a_country():
    author, colleague = make_editor(Role.FOCAL_POINT, countries=["PE"]), make_editor(Role.FOCAL_POINT, countries=["PE"])
    practice = make_record(created_by=author)
    practice.practice_countries.all().delete()
    assert practices_for_editor(author, Practice.objects.all()).filter(pk=practice.pk).exists()
    assert not practices_for_editor(colleague, Practice.objects.all()).filter(pk=practice.pk).exists()


@pytest.mark.engines
def test_a_revision_belongs_to_the_countries_of_its_practice():
    """Naming one's own country in a revision gives no right to the practice of another."""
    practice = make_record(state=State.PUBLISHED, country="CL")
    copy = workflow.revise(practice, by=make_editor("secretariat"))
    copy.practice_countries.update(country=Country.objects.get(iso2="PE"))
    assert not may(make_editor(Role.FOCAL_POINT, countries=["PE"]), Action.VIEW, copy)
    assert may(make_editor(Role.FOCAL_POINT, countries=["CL"]), Action.VIEW, copy)


def test_a_revision_is_not_deleted_but_discarded(at_desk):
    copy = workflow.revise(make_record(state=State.PUBLISHED), by=make_editor("secretariat"))
    at_desk(Role.SECRETARIAT).post(address("delete", copy), {"post": "yes"})
    assert Practice.objects.filter(pk=copy.pk).exists()


def test_what_was_public_once_is_never_deleted(at_desk):
    practice = in_state(make_record(version=1), State.DRAFT)
    at_desk(Role.SECRETARIAT).post(address("delete", practice), {"post": "yes"})
    assert Practice.objects.filter(pk=practice.pk).exists()


# What stands beside the practices

SUPPORTING = ["term", "organisation", "contact", "reference", "edition", "synonymset"]
EDITORIAL = (Role.ADMINISTRATOR, Role.SECRETARIAT)


@pytest.mark.parametrize(("role", "model"), list(product(WHO, [*SUPPORTING, "network", "country"])))
def test_supporting_records_are_edited_by_the_secretariat_and_read_by_the_others(at_desk, role, model):
    desk = at_desk(role)
    app = "networks" if model in ("network", "country") else "catalogue"
    pages = {
        name: desk.get(reverse(f"admin:{app}_{model}_{name}", args=arguments)).status_code
        for name, arguments in (("changelist", []), ("add", []), ("change", [1]), ("delete", [1]), ("history", [1]))
    }
    edits = role in EDITORIAL
    adds = edits or (role == Role.FOCAL_POINT and model in ("organisation", "contact"))
    expected = {
        "changelist": 200 if role else 403,
        "add": 200 if adds else 403,
        "change": 200 if role else 403,
        "delete": 200 if edits else 403,
        "history": 200 if role else 403,
    }
    assert pages == expected
    before = Contact.objects.count(), Term.objects.count(), Country.objects.count()
    if not edits:
        for name in ("change", "delete"):
            answer = desk.post(reverse(f"admin:{app}_{model}_{name}", args=[1]), {"post": "yes"})
            assert answer.status_code == 403
    assert (Contact.objects.count(), Term.objects.count(), Country.objects.count()) == before


@pytest.mark.parametrize("role", EACH)
def test_autocomplete_answers_who_has_a_role(at_desk, role):
    query = {"app_label": "catalogue", "model_name": "practice", "field_name": "keywords", "term": "e"}
    assert at_desk(role).get(reverse("admin:autocomplete"), query).status_code == (200 if role else 403)


@pytest.mark.parametrize("role", WHO)
@pytest.mark.parametrize("name", ["auth_user_changelist", "auth_user_add", "catalogue_auditentry_changelist"])
def test_accounts_and_the_audit_log_are_for_administrators(at_desk, role, name):
    answer = at_desk(role).get(reverse(f"admin:{name}"))
    assert answer.status_code == (200 if role == Role.ADMINISTRATOR else 403)


def test_an_administrator_without_the_key_of_the_house_cannot_take_it(at_desk):
    desk = at_desk(Role.ADMINISTRATOR)
    keeper = make_editor(is_superuser=True)
    assert desk.get(reverse("admin:auth_user_change", args=[keeper.pk])).status_code == 302
    assert desk.get(reverse("admin:auth_user_password_change", args=[keeper.pk])).status_code in (302, 404)
    person = make_editor()
    form = {"username": person.username, "is_active": "on", "is_staff": "on", "is_superuser": "on", "groups": []}
    form |= {"editor_profile-TOTAL_FORMS": "0", "editor_profile-INITIAL_FORMS": "0"}
    desk.post(reverse("admin:auth_user_change", args=[person.pk]), form)
    person.refresh_from_db()
    assert not person.is_superuser


@pytest.mark.engines
def test_the_groups_are_there_once_however_often_they_are_made():
    migration = import_module("catalogue.migrations.0007_roles")
    for _time in range(2):
        migration.make_groups(apps, SimpleNamespace(connection=connection))
    assert list(Group.objects.order_by("name").values_list("name", flat=True)) == sorted(Role.values)


# Every address of the admin is known here: a new one fails until it is given a line
