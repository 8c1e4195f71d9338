"""Who may do what: the one matrix, walked through the admin as every role meets it."""

import logging
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from catalogue.choices import State
from catalogue.editorial.workflow import workflow
from catalogue.editorial.workflow.roles import MATRIX, Action, Role, may, practices_for_editor
from catalogue.models import EditorProfile, Practice
from networks.models import Country
from tests.desk import confirmed, in_state, make_editor, make_record, undone, unrendered
from tests.effort import MANY
from tests.tables import checksums

pytestmark = pytest.mark.django_db

WHO = [None, *Role]  # an account of the staff without a role first
# each test walks its cells for every role on the same records; who may everything is tried on both engines
EACH = [
    pytest.param([Role.ADMINISTRATOR], id="administrator", marks=pytest.mark.engines),
    pytest.param([who for who in WHO if who != Role.ADMINISTRATOR], id="the others"),
]
COUNTRIES = {"own": "PE", "other": "CL"}


def allowed(role, action, state, country):
    if role is None or state not in MATRIX[role].get(action, ()):
        return False
    return role != Role.FOCAL_POINT or country == "own"


def at_desk(role):
    """Return a client at which a person with a role of Peru is signed in, writing Portuguese."""
    client = Client()
    client.force_login(make_editor(role, countries=["PE"], translates=["pt"]))
    return client


@pytest.fixture
def practices(db):
    """A practice in every state, of the person's own country and of another."""
    return {
        (state, country): make_record(state=state, country=iso2)
        for state in State
        for country, iso2 in COUNTRIES.items()
    }


def cells(roles, practices):
    """Yield, for each role and practice: role, a client of such a person, state, country and practice.

    What a test does with a practice is undone before the next. Only a focal point has countries of its own; the others
    are asked about each state once, with either country in turn.
    """
    for role in roles:
        desk = at_desk(role)
        asked = list(practices.items())
        if role != Role.FOCAL_POINT and not MANY:
            asked = [pair for number, pair in enumerate(asked) if number % 4 in (0, 3)]
        for (state, country), practice in asked:
            mark = transaction.savepoint()
            yield role, desk, state, country, practice
            transaction.savepoint_rollback(mark)


@pytest.fixture(autouse=True)
def without_refusals_in_the_log(caplog):
    """Refusals are what is asked for here; to write each with its traceback takes longer than to refuse."""
    caplog.set_level(logging.ERROR, logger="django.request")


def address(name, practice, *arguments):
    return reverse(f"admin:catalogue_practice_{name}", args=[practice.pk, *arguments])


@pytest.mark.parametrize("roles", EACH)
def test_the_list_shows_a_role_what_it_may_see(practices, roles):
    for role in roles:
        page = at_desk(role).get(reverse("admin:catalogue_practice_changelist"), {"q": "CSM-2099"})
        text = page.content.decode()
        for (state, country), practice in practices.items():
            shown = allowed(role, Action.VIEW, state, country)
            assert (practice.code in text) == shown, (role, state, country)


def writable(page):
    """Return the names of the fields that the form of a page lets somebody write."""
    form = page.context_data["adminform"]
    return form.form.fields.keys() - set(form.readonly_fields)


@pytest.mark.slow  # every state for each role
@pytest.mark.parametrize("roles", EACH)
def test_a_role_finds_what_it_may_see_and_edits_what_it_may_edit(practices, roles):
    """Of what a role may not see it learns as much as of a number that was never given."""
    never = reverse("admin:catalogue_practice_change", args=[make_record(country="CL").pk + 10_000])
    missing = {role: at_desk(role).get(never).status_code for role in roles}
    for role, desk, state, country, practice in cells(roles, practices):
        sees = allowed(role, Action.VIEW, state, country)
        edits = allowed(role, Action.EDIT, state, country)
        translates = allowed(role, Action.TRANSLATE, state, country)
        with unrendered():
            page = desk.get(address("change", practice))
            answer = desk.post(address("change", practice), {"title_es": "Forzado"})
        assert page.status_code == (200 if sees else missing[role]), (role, state, country)
        if not sees:
            assert page.status_code in (403, 404)
            assert practice.title_es not in page.content.decode()
        fields = writable(page) if sees else set()
        assert ("title_es" in fields) == edits, (role, state, country)
        assert ("title_pt" in fields) == (edits or translates), (role, state, country)
        assert answer.status_code in ((200,) if edits or translates else (403, 404)), (role, state, country)
        assert Practice.objects.get(pk=practice.pk).title_es == practice.title_es


@pytest.mark.parametrize("roles", EACH)
def test_a_page_has_an_input_for_what_a_role_may_write_and_no_other(roles):
    """The form drawn for each role, with the whole page around it; the test above asks the form itself."""
    practice = make_record(state=State.DRAFT, country="PE")
    for role in roles:
        page = at_desk(role).get(address("change", practice)).content.decode()
        edits = allowed(role, Action.EDIT, State.DRAFT, "own")
        translates = allowed(role, Action.TRANSLATE, State.DRAFT, "own")
        assert ('name="title_es"' in page) == edits, role
        assert ('name="title_pt"' in page) == (edits or translates), role


@pytest.mark.parametrize("roles", EACH)
def test_a_role_adds_where_it_may_add(roles):
    before = Practice.objects.count()
    forged = {"title_es": "Sin filas", "state": "published"}
    for role in roles:
        desk, may_add = at_desk(role), role is not None and Action.ADD in MATRIX[role]
        with unrendered():
            assert (desk.get(reverse("admin:catalogue_practice_add")).status_code == 200) == may_add, role
            answer = desk.post(reverse("admin:catalogue_practice_add"), forged)
        assert answer.status_code == (200 if may_add else 403), role
        assert Practice.objects.count() == before, role


@pytest.mark.slow  # every state for each role
@pytest.mark.parametrize("roles", EACH)
def test_a_role_deletes_what_it_may_delete(practices, roles):
    for role, desk, state, country, practice in cells(roles, practices):
        desk.get(address("delete", practice))
        assert Practice.objects.filter(pk=practice.pk).exists()
        desk.post(address("delete", practice), {"post": "yes"})
        gone = not Practice.objects.filter(pk=practice.pk).exists()
        assert gone == allowed(role, Action.DELETE, state, country), (role, state, country)


@pytest.mark.parametrize("roles", EACH)
def test_the_list_deletes_only_what_a_role_may_delete(practices, roles):
    keys, draft = [practice.pk for practice in practices.values()], practices[State.DRAFT, "own"]
    asked = {"action": "delete_selected", "post": "yes"}
    for role in roles:
        with undone():
            desk = at_desk(role)
            desk.post(reverse("admin:catalogue_practice_changelist"), {**asked, "_selected_action": keys})
            assert Practice.objects.filter(pk__in=keys).count() == len(keys), role
            desk.post(reverse("admin:catalogue_practice_changelist"), {**asked, "_selected_action": [draft.pk]})
            gone = not Practice.objects.filter(pk=draft.pk).exists()
            assert gone == allowed(role, Action.DELETE, State.DRAFT, "own"), role


@pytest.mark.slow  # every state for each role
@pytest.mark.parametrize("roles", EACH)
def test_a_role_reads_the_history_of_what_it_may_see(practices, roles):
    for practice in practices.values():
        practice.versions.create(number=1, content={"fields": {}, "terms": {}, "rows": {}})
    for role, desk, state, country, practice in cells(roles, practices):
        for page in (
            desk.get(address("history", practice)),
            desk.get(address("compare", practice), {"from": 1, "to": 1}),
        ):
            assert (page.status_code == 200) == allowed(role, Action.VIEW, state, country), (role, state, country)


@pytest.mark.slow  # every state for each role
@pytest.mark.parametrize("roles", EACH)
def test_a_role_takes_the_steps_it_may_take(practices, roles):
    """Each cell of role × step × state × country: looking takes no step, and a step leads where it is declared to."""
    for role, desk, state, country, practice in cells(roles, practices):
        for step, declared in workflow.TRANSITION_RULES.items():
            with undone():
                takes = state in declared.sources and allowed(role, Action(step), state, country)
                if takes:
                    with unrendered():
                        desk.get(address("move", practice, step))
                    assert Practice.objects.state_of(practice.pk) == state
                desk.post(address("move", practice, step), {"note": "Por una razón."})
                expected = declared.target if takes else state
                assert Practice.objects.state_of(practice.pk) == expected, (role, step, state, country)


@pytest.mark.slow  # every state for each role
@pytest.mark.parametrize("roles", EACH)
def test_a_role_proposes_and_verifies_what_it_may(practices, roles):
    for role, desk, state, country, practice in cells(roles, practices):
        assert desk.get(address("revise", practice)).status_code == 405
        assert desk.get(address("verify", practice)).status_code == 405
        desk.post(address("verify", practice))
        desk.post(address("revise", practice))
        stored = Practice.objects.get(pk=practice.pk)
        assert bool(stored.last_verified) == allowed(role, Action.VERIFY, state, country), (role, state, country)
        assert bool(stored.open_revision) == allowed(role, Action.REVISE, state, country), (role, state, country)


@pytest.mark.parametrize("roles", EACH)
def test_a_role_discards_and_restores_what_it_may(roles):
    secretariat = make_editor("secretariat")
    published = {country: make_record(state=State.PUBLISHED, country=iso2) for country, iso2 in COUNTRIES.items()}
    copies = {
        (State.DRAFT, country): workflow.revise(practice, by=secretariat) for country, practice in published.items()
    }
    Practice.objects.filter(pk__in=[copy.pk for copy in copies.values()]).update(title_es="Otro título")
    for role, desk, state, country, copy in cells(roles, copies):
        desk.post(address("restore", copy, 1))
        restored = Practice.objects.get(pk=copy.pk).title_es == published[country].title_es
        assert restored == allowed(role, Action.EDIT, state, country), (role, country)
        desk.post(address("move", copy, "discard"))
        discards = allowed(role, Action.DISCARD, state, country)
        assert Practice.objects.filter(pk=copy.pk).exists() != discards, (role, country)


def test_a_focal_point_that_empties_its_countries_keeps_nothing():
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


def test_a_revision_is_not_deleted_but_discarded():
    copy = workflow.revise(make_record(state=State.PUBLISHED), by=make_editor("secretariat"))
    at_desk(Role.SECRETARIAT).post(address("delete", copy), {"post": "yes"})
    assert Practice.objects.filter(pk=copy.pk).exists()


def test_what_was_public_once_is_never_deleted():
    practice = in_state(make_record(version=1), State.DRAFT)
    at_desk(Role.SECRETARIAT).post(address("delete", practice), {"post": "yes"})
    assert Practice.objects.filter(pk=practice.pk).exists()


# What stands beside the practices; ``tests.addresses`` declares what else each role may open


EDITORIAL = (Role.ADMINISTRATOR, Role.SECRETARIAT)
SUPPORTING = ["term", "organisation", "contact", "reference", "edition", "synonymset"]


def test_supporting_records_are_changed_and_deleted_by_nobody_but_the_secretariat():
    """What is asked with the word that confirms it is refused, and every table stays as it was."""
    places = [f"admin:catalogue_{model}" for model in SUPPORTING] + ["admin:networks_network", "admin:networks_country"]
    addresses = [reverse(f"{place}_{name}", args=[1]) for place in places for name in ("change", "delete")]
    for role in WHO:
        if role not in EDITORIAL:
            desk, before = at_desk(role), checksums()
            assert {desk.post(address, {"post": "yes"}).status_code for address in addresses} == {403}, role
            assert checksums() == before, role


@pytest.mark.engines
def test_autocomplete_answers_who_has_a_role():
    query = {"app_label": "catalogue", "model_name": "practice", "field_name": "keywords", "term": "e"}
    for role in WHO:
        assert at_desk(role).get(reverse("admin:autocomplete"), query).status_code == (200 if role else 403), role


def test_an_administrator_without_the_key_of_the_house_cannot_take_it():
    desk = confirmed(at_desk(Role.ADMINISTRATOR))
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
