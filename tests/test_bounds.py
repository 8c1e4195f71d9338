"""What an account can hand in or cause to be written is bounded: imports, files of translations, notes of exports."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from catalogue.choices import AuditEvent, Stage
from catalogue.editorial.translation import file_import
from catalogue.editorial.translation.file_import import Line
from catalogue.imports import runs
from catalogue.models import AuditEntry, ImportRun, TranslationUpload
from tests.desk import make_editor

pytestmark = [pytest.mark.django_db, pytest.mark.engines]

LINE = Line(2, "CSM-2023-001", "title", "pt", "x", "Título", still_right=False)


def hand_in(person):
    return runs.hand_in(SimpleUploadedFile("x.csv", b"code,title_es\n"), "x.csv", by=person)


def test_imports_that_nobody_carries_out_make_room_and_what_is_carried_out_stays(monkeypatch):
    monkeypatch.setattr(runs, "MOST_WAITING", 2)
    person, other = make_editor("secretariat"), make_editor("secretariat")
    done, at_work, of_other = hand_in(person), hand_in(person), hand_in(other)
    ImportRun.objects.filter(pk=done.pk).update(stage=Stage.APPLIED, applied_at=timezone.now())
    ImportRun.objects.filter(pk=at_work.pk).update(stage=Stage.CHECKING, heard_at=timezone.now())
    waiting = [hand_in(person) for _number in range(5)]
    assert set(ImportRun.objects.all()) == {done, at_work, of_other, *waiting[-2:]}
    ImportRun.objects.filter(pk=at_work.pk).update(heard_at=timezone.now() - timedelta(minutes=5))
    hand_in(person)
    assert not ImportRun.objects.filter(pk=at_work.pk).exists(), "its process is gone"


def test_files_of_translations_make_room_for_the_newest():
    person, other = make_editor("translator"), make_editor("translator")
    of_other = file_import.store_upload([LINE], by=other)
    kept = [file_import.store_upload([LINE], by=person) for _number in range(8)]
    assert set(TranslationUpload.objects.all()) == {of_other, *kept[-file_import.MOST_KEPT :]}


def test_a_file_that_an_account_takes_again_and_again_is_noted_once_an_hour(client):
    person = make_editor("secretariat")
    client.force_login(person)
    template = reverse("admin:catalogue_importrun_template")
    taken = AuditEntry.objects.filter(event=AuditEvent.EXPORT, user=person)
    for _number in range(3):
        client.get(template)
    assert taken.count() == 1
    taken.update(at=timezone.now() - timedelta(minutes=61))
    client.get(template)
    assert taken.count() == 2
