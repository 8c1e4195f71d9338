"""A person is erased everywhere, and what was kept long enough is deleted; the page says the same as the code does."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone, translation
from django.utils.html import escape
from django_otp.plugins.otp_totp.models import TOTPDevice

from catalogue.choices import AuditEvent, State
from catalogue.editorial.privacy import erasure, retention
from catalogue.editorial.workflow import completeness, revisions, workflow
from catalogue.models import AuditEntry, CachedFile, Practice
from catalogue.models.search import VocabularyWord
from catalogue.templatetags.records import duration_in_words
from tests.crafted import crafted_record
from tests.desk import make_editor
from tests.tables import checksums

pytestmark = pytest.mark.django_db

ADDRESS = "ana.perez@ministerio.example"
NAME = "Ana Pérez Quispe"


@pytest.fixture
def person():
    person = make_editor("secretariat", username="ana.perez", first_name="Ana", last_name="Pérez Quispe")
    person.email = ADDRESS
    person.save()
    return person


def everywhere(person):
    """Leave traces of a person in every table that can hold one; return a published record that names her."""
    record = crafted_record(f"Pregunte a {NAME} ({ADDRESS.upper()}) ahora", state=State.PUBLISHED)
    record.contact.email, record.contact.consent_note_es = ADDRESS, f"carta de {ADDRESS}"
    record.contact.save()
    revisions.store_version(record, by=person, reason=f"lo pidió {ADDRESS}")
    workflow.revise(record, by=person)
    workflow.move(crafted_record(ADDRESS, state=State.PUBLISHED), "archive", by=person, note=f"{NAME}, {ADDRESS}")
    Client().force_login(person)
    TOTPDevice.objects.create(user=person, name="app")
    for model in (AccessAttempt, AccessFailureLog, AccessLog):
        counted = {"failures_since_start": 1} if model is AccessAttempt else {}
        model.objects.create(username="ana.perez", ip_address="192.0.2.1", attempt_time=timezone.now(), **counted)
    AuditEntry.objects.create(event=AuditEvent.EXPORT, user=person, subject=ADDRESS)
    CachedFile.objects.create(key="1", path=f"/es/practicas.csv?q={ADDRESS}", contents="1", heard_at=timezone.now())
    kind = ContentType.objects.get_for_model(person)
    LogEntry.objects.create(user=person, content_type=kind, object_repr="ana.perez", action_flag=2)
    return record


def tables_with(*texts):
    """Return the tables that hold one of the texts anywhere, whatever its case."""
    found = set()
    for table in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            held = repr(cursor.fetchall()).casefold()
        found |= {table for text in texts if text.casefold() in held}
    return found


def test_every_model_that_can_hold_a_person_says_how_it_is_treated():
    holding = {model._meta.label_lower for model in apps.get_models() if erasure.personal_fields(model)}
    assert holding - set(erasure.DECLARED) == set(), "declare the new model in catalogue/editorial/privacy/erasure.py"
    assert set(erasure.DECLARED) <= {model._meta.label_lower for model in apps.get_models()}


@pytest.mark.parametrize("who", [pytest.param(ADDRESS, marks=pytest.mark.engines), ADDRESS.upper(), "ana.perez"])
def test_a_person_is_erased_from_every_table_and_nothing_else_is(person, who, capsys):
    colleague = make_editor("secretariat", username="ana")
    record = everywhere(person)
    assert len(tables_with(ADDRESS, "ana.perez", NAME)) > 15
    call_command("erase_person", who)
    assert tables_with(ADDRESS, "ana.perez", NAME) == set()
    assert not Session.objects.exists()
    assert not VocabularyWord.objects.filter(word__in=["quispe", "ministerio"]).exists()
    record.refresh_from_db()
    assert record.state == State.PUBLISHED
    assert record.summary_es == f"Pregunte a {erasure.ERASED} ({erasure.ERASED}) ahora"
    assert completeness.missing(record) == []
    assert record.versions.get(number=1).made_by is None
    assert not record.contact.consent_to_publish
    assert get_user_model().objects.filter(pk=colleague.pk, email="ana@example.org").exists()
    assert Client().get(f"/es/practicas/{record.slug}/").status_code == 200
    said = capsys.readouterr().out
    assert "auth.user: 1" in said
    assert "catalogue.practice: " in said
    assert ADDRESS not in said


@pytest.mark.engines
def test_an_address_without_an_account_is_erased_too(capsys):
    record = crafted_record("Escriba a otra@ministerio.example.")
    call_command("erase_person", "otra@ministerio.example")
    record.refresh_from_db()
    assert record.title_es == f"Escriba a {erasure.ERASED}."


@pytest.mark.engines
def test_a_trial_says_the_same_and_changes_nothing(person, capsys):
    everywhere(person)
    before, sessions = checksums(), Session.objects.count()
    call_command("erase_person", ADDRESS, "--dry-run")
    assert "auth.user: 1" in capsys.readouterr().out
    assert checksums() == before
    assert Session.objects.count() == sessions


def test_emails_in_files_are_deleted(person, settings, tmp_path):
    settings.EMAIL_FILE_PATH = str(tmp_path)
    (tmp_path / "1.log").write_text(f"To: {ADDRESS}\n")
    (tmp_path / "2.log").write_text("To: other@example.org\n")
    call_command("erase_person", ADDRESS, verbosity=0)
    assert [letter.name for letter in tmp_path.iterdir()] == ["2.log"]


def test_nobody_is_said_to_be_nobody():
    with pytest.raises(CommandError, match="Nothing in the catalogue"):
        call_command("erase_person", "nadie@example.org")


@pytest.mark.engines
def test_a_word_that_holds_a_user_name_stays():
    make_editor("secretariat", username="ana")
    before = Practice.objects.filter(summary_es__icontains="ana").count()
    erasure.erase("ana")
    assert Practice.objects.filter(summary_es__icontains="ana").count() == before > 0


# How long it is kept


def old(days):
    return timezone.now() - timedelta(days=days)


@pytest.mark.engines
def test_what_was_kept_long_enough_is_deleted_and_the_rest_stays(person, capsys):
    for days in (29, 31):
        attempt = AccessAttempt.objects.create(username=f"x{days}", failures_since_start=1)
        AccessAttempt.objects.filter(pk=attempt.pk).update(attempt_time=old(days))
    for days in (729, 731):
        AuditEntry.objects.create(event=AuditEvent.EXPORT, at=old(days), subject=str(days))
        make_editor(username=f"closed{days}", is_active=False, last_login=old(days))
        LogEntry.objects.create(user=person, action_flag=1, object_repr=str(days), action_time=old(days))
    make_editor(username="open", last_login=old(5000))
    Session.objects.create(session_key="a", session_data="x", expire_date=old(1))
    Session.objects.create(session_key="b", session_data="x", expire_date=timezone.now() + timedelta(hours=1))
    call_command("apply_retention")
    assert list(AccessAttempt.objects.values_list("username", flat=True)) == ["x29"]
    assert list(AuditEntry.objects.filter(event=AuditEvent.EXPORT).values_list("subject", flat=True)) == ["729"]
    assert list(LogEntry.objects.values_list("object_repr", flat=True)) == ["729"]
    closed = get_user_model().objects.filter(username__in=["closed729", "closed731", "open"])
    assert set(closed.values_list("username", flat=True)) == {"closed729", "open"}
    assert list(Session.objects.values_list("session_key", flat=True)) == ["b"]
    assert "attempts: 1 deleted" in capsys.readouterr().out


@pytest.mark.parametrize("address", ["/es/privacidad/", "/en/privacy/", "/pt-br/privacidade/"])
def test_the_privacy_page_shows_every_rule_in_its_language(client, address):
    page = client.get(address).content.decode()
    language = address.split("/")[1]
    for rule in retention.RULES:
        with translation.override(language):
            assert escape(str(rule.what)) in page
            assert escape(str(rule.why)) in page
            assert duration_in_words(rule.how_long) in page
        if language != "en":
            with translation.override("en"):
                assert escape(str(rule.what)) not in page


def test_every_rule_is_executed_or_needs_no_deed():
    assert {rule.name for rule, _rows in retention.apply_rules()} == {
        rule.name for rule in retention.RULES if rule.forget
    }
    assert {rule.name for rule in retention.RULES if not rule.forget} == {"history", "contacts"}
