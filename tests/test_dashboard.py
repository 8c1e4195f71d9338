"""The first page of the desk: each role sees what concerns it, and each list leads to the whole of it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from catalogue.choices import State
from catalogue.link_checker import schedule
from catalogue.models import Edition, Link, Practice
from tests.desk import make_editor, make_record
from tests.test_links_checks import broken, linking

pytestmark = pytest.mark.django_db
LIST = reverse("admin:catalogue_practice_changelist")


@pytest.fixture
def at_desk(client):
    def sign_in(role, **profile):
        person = make_editor(role, **profile)
        client.force_login(person)
        return person

    return sign_in


def board(client):
    return client.get("/admin/").context["dashboard"]


def listed(client, query):
    """Return the codes on the list of practices that a section links to."""
    return {practice.code for practice in client.get(LIST + query).context["cl"].result_list}


@pytest.mark.engines
def test_a_practice_with_a_reviewer_waits_for_that_person_alone(client, at_desk):
    mine = at_desk("reviewer")
    own = make_record(state=State.IN_REVIEW, reviewer=mine)
    free = make_record(state=State.IN_REVIEW)
    left = make_record(state=State.IN_REVIEW, reviewer=make_editor("reviewer", is_active=False))
    make_record(state=State.IN_REVIEW, reviewer=make_editor("reviewer"))
    assert set(board(client)["waiting"]) == {own, free, left}
    assert listed(client, "?waiting=me") == {own.code, free.code, left.code}


def test_what_one_wrote_waits_again_when_changes_are_requested(client, at_desk):
    writer = at_desk("secretariat")
    own = make_record(state=State.CHANGES_REQUESTED, created_by=writer)
    make_record(state=State.CHANGES_REQUESTED)
    assert board(client)["waiting"] == [own]


@pytest.mark.engines
def test_a_focal_point_is_waited_for_in_its_own_countries(client, at_desk):
    at_desk("focal_point", countries=["PE"])
    own = make_record(country="PE")
    make_record(country="CL")
    assert board(client)["waiting"] == [own]
    assert listed(client, "?waiting=me") == {own.code}


@pytest.mark.engines
def test_the_review_shows_the_longest_waiting_first_and_for_how_long(client, at_desk):
    at_desk("secretariat")
    now = timezone.now()
    short = make_record(state=State.IN_REVIEW, state_since=now - timedelta(days=2))
    long = make_record(state=State.IN_REVIEW, state_since=now - timedelta(days=20))
    page = client.get("/admin/", headers={"accept-language": "en"})
    assert page.context["dashboard"]["in_review"] == [long, short]
    assert "2\xa0weeks" in page.content.decode()
    assert listed(client, "?state__exact=in_review") == {short.code, long.code}


@pytest.mark.engines
def test_what_is_due_for_verification_leads_to_its_list(client, at_desk):
    at_desk("secretariat")
    due = make_record(state=State.PUBLISHED, next_review="2020-01-01")
    assert board(client)["due"] == [due]
    assert listed(client, "?verification=due") == {due.code}


@pytest.mark.engines
def test_broken_links_are_told_with_the_reason_and_lead_to_their_list(client, at_desk):
    at_desk("secretariat")
    practice = linking()
    linking("https://there.example/")
    broken()
    page = client.get("/admin/", headers={"accept-language": "en"}).content.decode()
    assert "https://gone.example/: not found (4xx)" in page
    assert "https://there.example/" not in page
    assert listed(client, "?links=broken") == {practice.code}


@pytest.mark.engines
def test_a_broken_link_of_an_edition_is_told_to_the_secretariat(client, at_desk):
    at_desk("secretariat")
    edition = Edition.objects.first()
    Edition.objects.filter(pk=edition.pk).update(url="https://gone.example/")
    broken()
    assert [record for record, _check in board(client)["broken_on_pages"]] == [edition]


def test_a_focal_point_is_told_of_its_own_broken_links_only(client, at_desk):
    at_desk("focal_point", countries=["PE"])
    linking()  # of Chile
    broken()
    assert board(client)["broken"] == []


def test_the_form_tells_beside_the_link_what_came_of_the_last_visit(client, at_desk):
    at_desk("secretariat")
    practice = make_record(country="PE")
    Link.objects.create(
        practice=practice,
        label_es="Página",
        url="https://gone.example/",
        kind="official",
        status="printed",
        language="es",
    )
    broken()
    address = reverse("admin:catalogue_practice_change", args=[practice.pk])
    page = client.get(address, headers={"accept-language": "en"}).content.decode()
    assert "not found (4xx) (404), May 12, 2026" in page or "12 May 2026" in page
    assert "admin-broken" in page


@pytest.mark.engines
def test_the_gaps_lead_to_what_is_prepared_for_them(client, at_desk):
    at_desk("secretariat")
    draft = make_record(country="GY")
    guyana = next(country for country in board(client)["gaps"]["countries"] if country.iso2 == "GY")
    query = f"?practice_countries__country__id__exact={guyana.pk}"
    assert query in client.get("/admin/").content.decode()
    assert listed(client, query) == {draft.code}


@pytest.mark.engines
def test_more_than_ten_are_counted_and_linked(client, at_desk):
    at_desk("secretariat")
    for _number in range(12):
        make_record(state=State.IN_REVIEW)
    shown = board(client)
    assert len(shown["in_review"]) == 10
    assert shown["totals"]["in_review"] == 12


SECTIONS = {
    "administrator": {"waiting", "in_review", "due", "broken", "untranslated", "gaps", "last"},
    "secretariat": {"waiting", "in_review", "due", "broken", "untranslated", "gaps", "last"},
    "reviewer": {"waiting", "in_review", "gaps", "last"},
    "translator": {"waiting", "in_review", "broken", "untranslated", "last"},
    "focal_point": {"waiting", "in_review", "due", "broken", "untranslated", "last"},
    "reader": {"in_review", "last"},
}


@pytest.mark.parametrize("role", SECTIONS)
def test_a_role_sees_the_sections_that_concern_it(client, at_desk, role):
    at_desk(role, countries=["PE"], translates=["pt"])
    shown = board(client)
    sections = set.union(*SECTIONS.values())
    assert {name for name in sections if shown[name] is not None} == SECTIONS[role]


@pytest.mark.parametrize("role", SECTIONS)
def test_an_empty_section_says_so(client, at_desk, role):
    Practice.objects.all().delete()
    at_desk(role, countries=["PE"], translates=["pt"])
    page = client.get("/admin/", headers={"accept-language": "en"}).content.decode()
    assert page.count('<p class="quiet">') >= 2
    assert "There is nothing in review." in page


@pytest.mark.engines
def test_the_page_costs_the_same_queries_whatever_the_rows(client, at_desk, django_assert_max_num_queries):
    at_desk("secretariat")
    for _number in range(10):
        make_record(state=State.IN_REVIEW, reviewer=make_editor("reviewer"))
        linking()
    broken()
    schedule.broken_links()
    with django_assert_max_num_queries(88):
        client.get("/admin/")
