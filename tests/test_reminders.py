"""What is due is told to who can verify it, once and not every day; verifying says whether a practice still runs."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import reverse
from django.utils import timezone

from catalogue.choices import State
from catalogue.editorial.mail.verification_reminders import remind_due
from catalogue.editorial.workflow import workflow
from catalogue.editorial.workflow.verification import verify
from catalogue.errors import Refused
from catalogue.models import Practice, PracticeCountry
from catalogue.models.version import current
from networks.models import Country
from tests.desk import in_state, make_editor, make_record

pytestmark = pytest.mark.django_db

DAY = date(2026, 5, 4)
WEEK = timedelta(weeks=1)


def due(country="PE", next_review=DAY, **fields):
    return make_record(state=State.PUBLISHED, country=country, next_review=next_review, **fields)


def on(day):
    return remind_due(today=day)


def test_a_focal_point_gets_one_letter_in_its_language_about_all_that_is_due(mailoutbox):
    peru = make_editor("focal_point", countries=["PE"], language="pt")
    practices = [due(next_review=DAY - WEEK), due()]
    due(next_review=DAY + WEEK)
    on(DAY)
    (letter,) = mailoutbox
    assert letter.to == [peru.email]
    assert "2 práticas" in letter.subject
    for practice in practices:
        assert practice.code in letter.body
        assert f"/admin/catalogue/practice/{practice.pk}/change/" in letter.body


@pytest.mark.engines
def test_only_the_focal_points_of_the_implementing_countries_are_written_to(mailoutbox):
    make_editor("secretariat"), make_editor("focal_point", countries=["CL"])
    bolivia, peru = (make_editor("focal_point", countries=[code]) for code in ("BO", "PE"))
    practice = due()
    for code, role in (("BO", "implementing"), ("CL", "border")):
        country = Country.objects.get(iso2=code)
        PracticeCountry.objects.create(practice=practice, country=country, role=role, order=len(code + role))
    on(DAY)
    assert {letter.to[0] for letter in mailoutbox} == {bolivia.email, peru.email}


def test_the_secretariat_is_written_to_where_there_is_no_focal_point(mailoutbox):
    secretariat = make_editor("secretariat", language="en")
    make_editor("focal_point", countries=["PE"], is_active=False)
    due()
    on(DAY)
    (letter,) = mailoutbox
    assert letter.to == [secretariat.email]
    assert "1 practice to verify" in letter.subject


@pytest.mark.engines
def test_a_date_is_told_once_and_again_after_some_weeks(mailoutbox):
    make_editor("focal_point", countries=["PE"])
    due()
    told = [day for day in range(60) if on(DAY + timedelta(days=day))]
    assert told == [0, 28, 56]
    assert len(mailoutbox) == 3


@pytest.mark.engines
def test_a_new_date_is_told_anew_and_a_verified_practice_is_not(mailoutbox):
    peru = make_editor("focal_point", countries=["PE"])
    practice = due()
    on(DAY)
    verify(practice, by=peru, today=DAY)
    assert not on(DAY + 4 * WEEK)
    assert on(DAY + timedelta(days=365))


def test_nothing_is_told_of_what_is_not_public(mailoutbox):
    make_editor("focal_point", countries=["PE"])
    in_state(due(), State.ARCHIVED)
    assert on(DAY) == []
    assert mailoutbox == []


def test_a_letter_that_does_not_go_out_is_tried_again(settings, mailoutbox):
    make_editor("focal_point", countries=["PE"])
    practice = due()
    working, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert on(DAY) == []
    settings.EMAIL_BACKEND = working
    assert [codes for _account, codes in on(DAY)] == [[practice.code]]


@pytest.mark.engines
def test_a_reminder_is_no_change_of_the_catalogue():
    make_editor("focal_point", countries=["PE"])
    practice = due()
    before = current(), Practice.objects.get(pk=practice.pk).updated
    on(DAY)
    assert (current(), Practice.objects.get(pk=practice.pk).updated) == before


@pytest.mark.engines
def test_the_command_says_what_it_told(capsys):
    peru = make_editor("focal_point", countries=["PE"])
    practice = due()
    call_command("remind_due")
    call_command("remind_due")
    assert capsys.readouterr().out == f"account {peru.pk}: {practice.code}\n"
    with pytest.raises(CommandError):
        call_command("remind_due", again_after=0)


# Is the practice still running?


@pytest.fixture
def running():
    return due(status="ongoing", code="CSM-2024-001")


def test_a_practice_verified_as_recorded_gets_no_revision(running):
    peru = make_editor("focal_point", countries=["PE"])
    assert verify(running, by=peru) is None
    assert verify(running, by=peru, running="ongoing") is None
    running.refresh_from_db()
    assert (running.last_verified, running.verified_by, running.open_revision) == (timezone.now().date(), peru, None)


@pytest.mark.engines
def test_a_practice_that_ended_is_verified_and_its_new_status_submitted_for_review(running):
    peru = make_editor("focal_point", countries=["PE"])
    revision = verify(running, by=peru, running="ended")
    running.refresh_from_db()
    assert (running.status, bool(running.last_verified)) == ("ongoing", True)
    revision.refresh_from_db()
    assert (revision.status, revision.state, revision.revision_of) == ("ended", State.IN_REVIEW, running)
    secretariat = make_editor("secretariat")
    workflow.move(revision, "publish", by=secretariat)
    running.refresh_from_db()
    assert running.status == "ended"


def test_an_answer_joins_the_revision_that_is_being_written_and_does_not_submit_it(running):
    secretariat = make_editor("secretariat")
    copy = workflow.revise(running, by=secretariat)
    verify(running, by=secretariat, running="ended")
    copy.refresh_from_db()
    assert (copy.status, copy.state) == ("ended", State.DRAFT)


def test_an_answer_that_cannot_be_written_down_verifies_nothing(running):
    peru = make_editor("focal_point", countries=["PE"])
    in_state(workflow.revise(running, by=peru), State.IN_REVIEW)
    for answer in ("ended", "nonsense"):
        with pytest.raises(Refused):
            verify(running, by=peru, running=answer)
    running.refresh_from_db()
    assert running.last_verified is None


def test_the_form_asks_whether_it_still_runs(client, running):
    client.force_login(make_editor("secretariat"))
    page = client.get(reverse("admin:catalogue_practice_change", args=[running.pk])).content.decode()
    assert '<select id="running" name="running">' in page
    client.post(reverse("admin:catalogue_practice_verify", args=[running.pk]), {"running": "unknown"})
    assert Practice.objects.get(revision_of=running).status == "unknown"
