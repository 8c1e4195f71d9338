"""A record takes declared steps only, each once, each recorded, each told to those it concerns."""

import json
import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from catalogue.choices import AuditEvent, State, TransitionKind
from catalogue.editorial.workflow import completeness, schedule, workflow
from catalogue.editorial.workflow.roles import MATRIX, Action, Role
from catalogue.errors import Refused
from catalogue.models import AuditEntry, Practice, PracticeCountry, Transition
from tests import prepared
from tests.desk import in_state, make_editor, make_record, undone
from tests.races import SAVERS

pytestmark = pytest.mark.django_db
NOTES = "Falta la fuente de la cifra."


def move(practice, step, by, note=NOTES):
    return workflow.move(practice, step, by=by, note=note)


@pytest.mark.engines
def test_a_draft_goes_the_whole_way_to_the_archive():
    secretariat, practice = make_editor("secretariat"), make_record()
    way = [
        TransitionKind.SUBMIT,
        TransitionKind.REQUEST_CHANGES,
        TransitionKind.SUBMIT,
        TransitionKind.PUBLISH,
        TransitionKind.ARCHIVE,
        TransitionKind.REOPEN,
    ]
    for step in way:
        move(practice, step, secretariat)
    assert practice.state == State.DRAFT
    assert [taken.move for taken in practice.transitions.order_by("pk")] == way


@pytest.mark.engines
def test_a_step_records_who_when_from_to_and_note():
    secretariat, practice = make_editor("secretariat"), make_record(state=State.IN_REVIEW)
    move(practice, TransitionKind.REQUEST_CHANGES, secretariat, note=" Falta la fuente. ")
    taken = practice.transitions.get()
    assert (taken.by, taken.from_state, taken.to_state, taken.note) == (
        secretariat,
        State.IN_REVIEW,
        State.CHANGES_REQUESTED,
        "Falta la fuente.",
    )
    assert timezone.now() - taken.at < timedelta(minutes=1)
    assert AuditEntry.objects.filter(event=AuditEvent.TRANSITION, user=secretariat).count() == 1


@pytest.mark.parametrize("state", State)
def test_only_a_declared_step_leads_on(state):
    practice, administrator = in_state(make_record(), state), make_editor("administrator")
    for step, declared in workflow.TRANSITION_RULES.items():
        with undone():
            asked = Practice.objects.get(pk=practice.pk)
            if state in declared.sources:
                move(asked, step, administrator)
                assert Practice.objects.state_of(practice.pk) == declared.target, step
            else:
                with pytest.raises(Refused):
                    move(asked, step, administrator)
                assert Practice.objects.state_of(practice.pk) == state, step
                assert not Transition.objects.exists(), step


@pytest.mark.parametrize("role", Role)
def test_only_a_declared_role_takes_a_step(role):
    """Whoever calls the workflow; ``test_roles`` asks it through the pages of the desk, from every state."""
    practice, person = make_record(country="PE"), make_editor(role, countries=["PE"])
    for step, declared in workflow.TRANSITION_RULES.items():
        source = declared.sources[0]
        with undone():
            asked = in_state(Practice.objects.get(pk=practice.pk), source)
            if source in MATRIX[role].get(Action(step), ()):
                move(asked, step, person)
                assert Practice.objects.state_of(practice.pk) == declared.target, step
            else:
                with pytest.raises(Refused):
                    move(asked, step, person)
                assert Practice.objects.state_of(practice.pk) == source, step


@pytest.mark.engines
def test_a_role_is_asked_of_what_is_stored_and_not_of_what_was_read_a_while_ago():
    practice = make_record(country="PE")
    read_before = Practice.objects.get(pk=practice.pk)
    in_state(practice, State.IN_REVIEW)
    with pytest.raises(Refused):
        move(read_before, TransitionKind.PUBLISH, make_editor("focal_point", countries=["PE"]))
    assert Practice.objects.state_of(practice.pk) == State.IN_REVIEW


@pytest.mark.parametrize("person", ["anonymous", "without a role", "no longer active", "not of the staff"])
def test_who_has_no_role_takes_no_step(person):
    user = {
        "anonymous": AnonymousUser,
        "without a role": make_editor,
        "no longer active": lambda: make_editor("secretariat", is_active=False),
        "not of the staff": lambda: _reader(make_editor("secretariat")),
    }[person]()
    with pytest.raises(Refused):
        move(make_record(), TransitionKind.SUBMIT, user)


def _reader(user):
    user.is_staff = False
    user.save()
    return user


@pytest.mark.engines
def test_a_focal_point_submits_for_its_own_country_only():
    peru = make_editor("focal_point", countries=["PE"])
    own, other = make_record(country="PE"), make_record(country="CL")
    PracticeCountry.objects.create(
        practice=other, country=own.implementing_countries[0], role="eligible_nationals", order=2
    )
    move(own, TransitionKind.SUBMIT, peru)
    with pytest.raises(Refused):
        move(other, TransitionKind.SUBMIT, peru)
    assert Practice.objects.state_of(other.pk) == State.DRAFT


@pytest.mark.parametrize(
    ("state", "step"),
    [
        (State.IN_REVIEW, TransitionKind.REQUEST_CHANGES),
        (State.PUBLISHED, TransitionKind.ARCHIVE),
        (State.ARCHIVED, TransitionKind.REOPEN),
    ],
)
def test_a_step_that_needs_a_reason_is_refused_without_one(state, step):
    practice = make_record(state=state)
    with pytest.raises(Refused, match=r"\w"):
        move(practice, step, make_editor("secretariat"), note="  ")
    assert Practice.objects.state_of(practice.pk) == state


@pytest.mark.engines
@pytest.mark.parametrize("write", ["save", "update", "bulk_update", "stale save"])
def test_a_state_cannot_be_assigned_past_the_workflow(write):
    practice = make_record()
    if write == "stale save":
        stale = Practice.objects.get(pk=practice.pk)
        in_state(practice, State.IN_REVIEW)
        practice = stale
    else:
        practice.state = State.PUBLISHED
    with pytest.raises(Refused), transaction.atomic():
        if write == "update":
            Practice.objects.filter(pk=practice.pk).update(state=State.PUBLISHED)
        elif write == "bulk_update":
            Practice.objects.bulk_update([practice], ["state"])
        else:
            practice.save()
    assert not Practice.objects.published().filter(pk=practice.pk).exists()


# What publishing requires

INCOMPLETE = {
    "title": {"title_es": "", "title_pt": ""},
    "summary": {"summary_es": ""},
    "period": {"start": "", "end": ""},
    "limits": {"limits_none_reported": False},
    "contact": {"contact": None},
}
ROWS = {
    "network": "practice_networks",
    "country": "practice_countries",
    "entity": "practice_organisations",
    "source": "citations",
}


@pytest.mark.engines
@pytest.mark.parametrize("requirement", [requirement.name for requirement in completeness.REQUIREMENTS])
def test_publishing_is_refused_with_what_is_missing(requirement):
    practice, secretariat = make_record(state=State.IN_REVIEW), make_editor("secretariat")
    for field, value in INCOMPLETE.get(requirement, {}).items():
        setattr(practice, field, value)
    practice.save()
    if requirement in ROWS:
        getattr(practice, ROWS[requirement]).all().delete()
    with pytest.raises(Refused) as refusal:
        move(practice, TransitionKind.PUBLISH, secretariat)
    names = {lacking.name for lacking in refusal.value.missing}
    assert names == ({"title", "summary"} if requirement == "title" else {requirement})
    assert Practice.objects.lacking(requirement).filter(pk=practice.pk).exists()
    assert Practice.objects.state_of(practice.pk) == State.IN_REVIEW


def test_a_summary_in_another_language_than_the_title_is_not_enough():
    practice = make_record(summary_es="", summary_en="What it does.")
    assert [lacking.name for lacking in completeness.missing(practice)] == ["summary"]


def test_a_period_the_source_does_not_state_is_said_to_be_so():
    practice = make_record(start="", end="", period_not_stated=True)
    assert completeness.missing(practice) == []


def test_the_meter_counts_each_language_against_all_that_is_written():
    practice = make_record(title_en="Title", objective_es="Objetivo", objective_en="Objective", summary_es="Resumen")
    assert {meter.language: (meter.written, meter.expected) for meter in completeness.meters(practice)} == {
        "es": (3, 3),
        "en": (2, 3),
        "pt": (0, 3),
    }
    assert completeness.untranslated(practice, "en") == ["summary"]


# Letters


def letters(mailoutbox):
    return [(letter.to[0].split("-")[0], letter.subject) for letter in mailoutbox]


@pytest.fixture
def take(django_capture_on_commit_callbacks):
    def take(*arguments, **options):
        with django_capture_on_commit_callbacks(execute=True):
            return move(*arguments, **options)

    return take


@pytest.mark.engines
def test_a_submitted_record_is_told_to_those_who_review(take, mailoutbox):
    peru = make_editor("focal_point", countries=["PE"])
    make_editor("secretariat"), make_editor("reviewer"), make_editor("translator")
    practice = make_record(country="PE", code="CSM-2024-001")
    take(practice, TransitionKind.SUBMIT, peru)
    assert sorted(person for person, _subject in letters(mailoutbox)) == ["reviewer", "secretariat"]
    assert all(letter.subject.endswith("CSM-2024-001: enviada a revisión") for letter in mailoutbox)
    assert f"/admin/catalogue/practice/{practice.pk}/change/" in mailoutbox[0].body


def test_requested_changes_are_told_to_who_submitted_with_the_note(take, mailoutbox):
    peru = make_editor("focal_point", countries=["PE"], language="pt")
    practice = make_record(country="PE", code="CSM-2024-002")
    move(practice, TransitionKind.SUBMIT, peru)
    take(practice, TransitionKind.REQUEST_CHANGES, make_editor("reviewer"))
    (letter,) = mailoutbox
    assert letter.to == [peru.email]
    assert letter.subject.endswith("CSM-2024-002: alterações solicitadas")
    assert NOTES in letter.body
    assert "“Em revisão”" in letter.body


def test_a_published_record_is_told_to_the_focal_points_of_its_countries(take, mailoutbox):
    make_editor("focal_point", countries=["PE"], language="en"), make_editor("focal_point", countries=["CL"])
    take(make_record(state=State.IN_REVIEW, country="PE"), TransitionKind.PUBLISH, make_editor("secretariat"))
    (letter,) = mailoutbox
    assert letter.subject.endswith(": published")


def test_a_mail_server_that_fails_undoes_nothing(take, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    make_editor("secretariat")
    practice = make_record()
    take(practice, TransitionKind.SUBMIT, make_editor("administrator"))
    assert Practice.objects.state_of(practice.pk) == State.IN_REVIEW


def test_a_refused_step_writes_to_nobody(django_capture_on_commit_callbacks, mailoutbox):
    make_editor("secretariat")
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(Refused):
        move(make_record(), TransitionKind.PUBLISH, make_editor("administrator"))
    assert mailoutbox == []


# At a date


def scheduled(**fields):
    practice, secretariat = make_record(state=State.IN_REVIEW, **fields), make_editor("secretariat")
    schedule.publish_later(practice, timezone.now() + timedelta(days=1), by=secretariat)
    return practice, secretariat


@pytest.mark.engines
def test_a_practice_is_published_when_its_date_has_come_and_not_before():
    practice, secretariat = scheduled()
    assert schedule.publish_due() == ([], [])
    later = timezone.now() + timedelta(days=1, minutes=1)
    assert schedule.publish_due(later) == ([practice.code], [])
    assert schedule.publish_due(later) == ([], [])
    assert Practice.objects.published().filter(pk=practice.pk).exists()
    assert practice.transitions.get().by == secretariat


@pytest.mark.engines
def test_a_practice_is_withdrawn_when_its_date_has_come():
    practice, secretariat = make_record(state=State.PUBLISHED), make_editor("secretariat")
    schedule.withdraw_later(practice, timezone.now() + timedelta(days=1), by=secretariat)
    assert schedule.publish_due(timezone.now() + timedelta(days=2)) == ([], [practice.code])
    assert practice.transitions.get().note


@pytest.mark.engines
def test_what_became_incomplete_is_not_published_and_waits_for_a_person():
    practice, _secretariat = scheduled()
    practice.citations.all().delete()
    assert schedule.publish_due(timezone.now() + timedelta(days=2)) == ([], [])
    practice.refresh_from_db()
    assert (practice.state, practice.publish_at) == (State.IN_REVIEW, None)


def test_a_record_sent_back_loses_its_date():
    practice, secretariat = scheduled()
    move(practice, TransitionKind.REQUEST_CHANGES, secretariat)
    move(practice, TransitionKind.SUBMIT, secretariat)
    assert schedule.publish_due(timezone.now() + timedelta(days=2)) == ([], [])


def test_a_date_is_refused_when_it_is_past_or_the_role_does_not_allow_it():
    practice = make_record(state=State.IN_REVIEW)
    with pytest.raises(Refused):
        schedule.publish_later(practice, timezone.now() - timedelta(minutes=1), by=make_editor("secretariat"))
    with pytest.raises(Refused):
        schedule.publish_later(practice, timezone.now() + timedelta(days=1), by=make_editor("reader"))


@pytest.mark.engines
def test_the_command_says_what_it_did(capsys):
    practice, _secretariat = scheduled()
    Practice.objects.filter(pk=practice.pk).update(publish_at=timezone.now())
    call_command("publish_due")
    call_command("publish_due")
    assert capsys.readouterr().out == f"{practice.code} published\n"


# Many at once


@pytest.fixture(scope="module")
def races(tmp_path_factory):
    """What many threads left behind that asked for the same step at once; see ``tests.races``."""
    with prepared.own_database(tmp_path_factory.mktemp("races")) as address:
        command = [sys.executable, "-m", "tests.races"]
        done = subprocess.run(command, env={**os.environ, "DATABASE_URL": address}, check=True, capture_output=True)
    return json.loads(done.stdout.splitlines()[-1])


# The races run once, for many seconds, in a process and a database of their own: only there several threads commit,
# and what happens seldom shows only when it is tried again and again.
def in_races(test):
    return pytest.mark.engines(pytest.mark.slow(pytest.mark.xdist_group("races")(test)))


@in_races
@pytest.mark.parametrize("kind", ["record", "revision", "date"])
def test_eight_publishers_at_once_make_one_step_one_version_and_one_letter(races, kind):
    outcome = races[kind]
    assert outcome["problems"] == []
    assert outcome["steps"] == [1] * len(outcome["steps"])
    assert outcome["letters"] == [1] * len(outcome["letters"])
    assert outcome["versions"] == [2 if kind == "revision" else 1] * len(outcome["versions"])


@in_races
def test_eight_editors_who_propose_a_change_at_once_share_one_revision(races):
    assert races["revise"] == {"revisions": 1, "steps": 1, "problems": []}


@in_races
def test_of_many_who_save_what_they_opened_together_each_is_kept_or_told(races):
    for outcome in races["saved"]:
        assert outcome["problems"] == []
        assert len(outcome["saved"]) == 1, outcome
        assert [outcome["stored"]] == outcome["saved"] == outcome["history"], outcome
        assert outcome["told"] + outcome["refused"] == SAVERS - 1, outcome
