"""The lane of costly work: made once for all, a bounded number at a time, kept until the contents change."""

import re
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from catalogue.choices import Stage, TransitionKind
from catalogue.costly_files import generate, slots
from catalogue.editorial.workflow import workflow
from catalogue.imports.progress import is_interrupted
from catalogue.models import CachedFile, ImportRun, Practice
from catalogue.models.cached_file import LONGEST_WAIT, SILENCE, TRIED_AGAIN, FileState
from catalogue.views import files
from tests.addresses import PAGES
from tests.desk import make_editor
from tests.spreadsheets import exported

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

BOOK = "/es/practicas.xlsx"
BY_A_BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
MADE_WHOLE = re.compile("wordprocessingml|spreadsheetml|opendocument|application/(pdf|zip)")
DATABASE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["files", "imports"]}}


@pytest.fixture
def impatient(monkeypatch):
    """Nobody waits for a file that is not there."""
    monkeypatch.setattr(files, "PATIENCE", 0)
    monkeypatch.setattr(files, "PATIENCE_OF_PROGRAMS", 0)


@pytest.fixture
def with_a_worker(impatient, settings):
    """Costly work waits in the database for a worker."""
    settings.TASKS, settings.WORKER = DATABASE, True


def work(queue):
    """Do all that waits in a queue, as ``manage.py db_worker --batch`` does."""
    options = {"interval": 0, "batch": True, "startup_delay": False, "max_tasks": None, "excluded_queue_names": []}
    with patch("django_tasks_db.management.commands.db_worker.close_old_connections"):  # that of the test goes on
        Worker(queue_names=[queue], backend_name="default", worker_id="of-a-test", **options).run()


def leave_waiting(client, address=BOOK):
    """Ask for a file, and take it back to where nobody has begun to make it."""
    client.get(address)
    CachedFile.objects.update(state=FileState.WAITING, heard_at=timezone.now())
    return CachedFile.objects.get()


# Made once


@pytest.mark.engines
@pytest.mark.parametrize(
    ("first", "others"),
    [
        ("", ["?z=1", "?page=2", "?shape=&lang=es", "?utm_source=x&q="]),
        ("?country=CL&country=PE", ["?country=pe&country=cl", "?country=PE&country=CL&country=PE"]),
        ("?q=registro", ["?q=nada&q=registro", "?q=+registro+"]),
    ],
)
def test_whoever_asks_for_the_same_gets_what_was_made_once(client, first, others):
    body = client.get(BOOK + first).getvalue()
    for other in others:
        assert client.get(BOOK + other).getvalue() == body
    assert CachedFile.objects.count() == 1


@pytest.mark.engines
def test_another_list_form_or_language_is_another_file(client):
    asked = [
        BOOK,
        f"{BOOK}?country=PE",
        f"{BOOK}?shape=long",
        f"{BOOK}?lang=all",
        f"{BOOK}?lang=pt",
        "/es/practicas.ods",
    ]
    assert len({client.get(address).getvalue() for address in asked}) == len(asked)
    assert CachedFile.objects.count() == len(asked)


@pytest.mark.engines
def test_a_change_of_the_contents_makes_the_file_anew_and_the_old_one_goes(client):
    before = client.get(BOOK).getvalue()
    workflow.move(
        Practice.objects.get(code="CSM-2023-001"), TransitionKind.ARCHIVE, by=make_editor("secretariat"), note="A test."
    )
    after = client.get(BOOK).getvalue()
    assert after != before
    assert CachedFile.objects.count() == 1


@pytest.mark.engines
def test_a_file_that_tells_of_newer_contents_than_asked_for_is_let_go(client):
    file = leave_waiting(client)
    CachedFile.objects.update(contents="of yesterday")
    generate.make_file.enqueue(file.pk)
    assert not CachedFile.objects.exists()


@pytest.mark.parametrize("name", sorted(PAGES))
def test_every_file_that_is_made_whole_is_made_in_the_lane(client, name):
    """Whatever address answers with one: a lane that one address goes past bounds nothing."""
    practice = Practice.objects.get(code="CSM-2023-001")
    row = PAGES[name].address.format(code=practice.code, second="CSM-2023-002", slug=practice.slug, token="x")
    address = row.replace(".csv", ".xlsx") if ".csv" in row else row
    response = client.get(address)
    if response.status_code == 404:
        response = client.get(row)
    if MADE_WHOLE.search(response["Content-Type"]):
        assert CachedFile.objects.filter(state=FileState.READY).count() == 1


# Bounded


@pytest.mark.engines
def test_a_full_lane_says_when_to_come_again_and_pages_go_on(client, monkeypatch):
    client.get("/es/practicas.docx?country=PY")
    monkeypatch.setattr(slots, "_job_slots", slots.BoundedSemaphore(1))
    with slots._job_slots:
        for language, address in (("es", BOOK), ("en", "/en/practices.pdf"), ("pt-br", "/pt-br/praticas.zip")):
            busy = client.get(address, headers=BY_A_BROWSER)
            assert (busy.status_code, busy["Retry-After"], busy["Refresh"]) == (503, "20", "20")
            assert f'lang="{language}"' in busy.content.decode().lower()
            assert "no-store" in busy["Cache-Control"]
        assert client.get("/es/practicas/").status_code == 200
        assert client.get("/es/practicas.csv").status_code == 200
        assert client.get("/es/practicas.docx?country=PY").status_code == 200  # it is there already
    assert client.get(BOOK).status_code == 200


@pytest.mark.engines
def test_a_queue_that_is_long_enough_takes_no_more(client, with_a_worker, monkeypatch):
    monkeypatch.setattr(slots, "QUEUED", 2)
    asked = [client.get(f"{BOOK}?country={country}") for country in ("PE", "CL", "PY")]
    assert [answer.status_code for answer in asked] == [202, 202, 503]
    assert client.get(f"{BOOK}?country=PE").status_code == 202  # it waits already
    assert DBTaskResult.objects.count() == 2


@pytest.mark.engines
def test_only_some_threads_send_long_lists(client, monkeypatch):
    monkeypatch.setattr(files, "SHORT_LIST", 5)
    monkeypatch.setattr(slots, "_thread_slots", slots.BoundedSemaphore(1))
    first = client.get("/es/practicas.csv")  # begun, and not yet taken to its end
    assert (first.status_code, client.get("/es/practicas.json").status_code) == (200, 503)
    assert client.get("/es/practicas.csv?country=GY").status_code == 200  # a short one
    first.getvalue()
    assert client.get("/es/practicas.json").status_code == 200


@pytest.mark.engines
def test_the_cache_holds_no_more_bytes_than_it_may(client, monkeypatch):
    client.get(f"{BOOK}?country=PE")
    size = CachedFile.objects.get().size
    monkeypatch.setattr(generate, "LARGEST_CACHE", size + size // 2)
    client.get(f"{BOOK}?country=CL")
    assert CachedFile.objects.get().path.endswith("country=CL&lang=es")


@pytest.mark.engines
def test_a_long_file_is_sent_from_its_pieces(client, monkeypatch):
    monkeypatch.setattr(generate, "PIECE", 1000)
    whole = client.get("/es/practicas.docx?country=PY").content
    assert CachedFile.objects.get().pieces.count() == -(-len(whole) // 1000)
    assert client.get("/es/practicas.docx?country=PY").content == whole


# Told


@pytest.mark.engines
@pytest.mark.parametrize(
    ("address", "words"),
    [
        (BOOK, "El archivo se está preparando"),
        ("/en/practices.xlsx", "The file is being prepared"),
        ("/pt-br/praticas.xlsx", "O arquivo está sendo preparado"),
    ],
)
def test_who_waits_sees_a_page_that_asks_again_by_itself(client, impatient, address, words):
    leave_waiting(client, address)
    page = client.get(address, headers=BY_A_BROWSER)
    assert (page.status_code, page["Refresh"], page["Retry-After"]) == (202, "3", "3")
    assert "no-store" in page["Cache-Control"]
    assert "ETag" not in page
    assert words in page.content.decode()


@pytest.mark.engines
@pytest.mark.parametrize(
    ("state", "silence"),
    [(FileState.MAKING, SILENCE), (FileState.FAILED, TRIED_AGAIN), (FileState.WAITING, LONGEST_WAIT)],
)
def test_what_nobody_makes_any_more_is_taken_up_again(client, impatient, state, silence):
    leave_waiting(client)
    CachedFile.objects.update(state=state)
    assert client.get(BOOK).status_code in (202, 500)
    CachedFile.objects.update(heard_at=timezone.now() - silence - timedelta(seconds=1))
    assert client.get(BOOK).status_code == 200


@pytest.mark.engines
def test_a_file_that_cannot_be_made_says_so_and_is_not_tried_by_everybody(client, monkeypatch, caplog):
    def fail(path):
        asked.append(path)
        raise RuntimeError("no typesetter")

    asked = []
    monkeypatch.setattr(generate, "response_to", fail)
    assert [client.get(BOOK).status_code for _reader in range(3)] == [500, 500, 500]
    assert asked == [f"{BOOK}?lang=es"]
    assert "a file could not be made: /es/practicas.xlsx" in caplog.text


@pytest.mark.engines
def test_no_header_of_a_reader_makes_a_file_past_the_lane(client, monkeypatch):
    monkeypatch.setattr(slots, "_job_slots", slots.BoundedSemaphore(1))
    with slots._job_slots:
        headers = {generate.GENERATED_HERE: "1", "catalogue-made-here": "1", "HTTP-catalogue.made_here": "1"}
        assert client.get(BOOK, headers=headers).status_code == 503


# With a worker


@pytest.mark.engines
def test_work_waits_for_the_worker_and_is_taken_up_when_it_comes(client, with_a_worker):
    assert client.get(BOOK, headers=BY_A_BROWSER).status_code == 202
    assert client.get(f"{BOOK}?z=1").status_code == 202
    assert DBTaskResult.objects.count() == 1
    work("imports")
    assert client.get(BOOK).status_code == 202
    work("files")
    assert client.get(BOOK).status_code == 200


@pytest.mark.engines
def test_a_worker_that_is_away_is_told_to_operator_and_desk(client, with_a_worker):
    client.get(BOOK)
    assert client.get("/readyz").content == b"ready\n"
    DBTaskResult.objects.update(enqueued_at=timezone.now() - timedelta(minutes=2))
    assert client.get("/readyz").content == b"ready; no worker takes up: files; start manage.py db_worker\n"
    client.force_login(make_editor("secretariat"))
    assert "errornote" in client.get(reverse("admin:index")).content.decode()
    work("files")
    assert client.get("/readyz").content == b"ready\n"


@pytest.mark.engines
def test_an_import_waits_for_the_worker(client, with_a_worker):
    content = exported(client, "csv")
    client.force_login(make_editor("secretariat"))
    client.post(reverse("admin:catalogue_importrun_add"), {"file": SimpleUploadedFile("practices.csv", content)})
    ImportRun.objects.update(heard_at=timezone.now() - timedelta(hours=1))
    run = ImportRun.objects.get()
    assert (run.stage, is_interrupted(run)) == (Stage.CHECKING, False)
    DBTaskResult.objects.update(enqueued_at=timezone.now() - timedelta(minutes=2))
    page = client.get(reverse("admin:catalogue_importrun_run", args=[run.pk])).content.decode()
    assert "errornote" in page
    work("imports")
    run.refresh_from_db()
    assert run.stage == Stage.CHECKED


@pytest.mark.engines
def test_old_files_and_tasks_are_cleared_every_night(client, with_a_worker):
    client.get(BOOK)
    work("files")
    CachedFile.objects.update(contents="of yesterday")
    DBTaskResult.objects.update(finished_at=timezone.now() - timedelta(days=40))
    call_command("apply_retention", verbosity=0)
    assert not CachedFile.objects.exists()
    assert not DBTaskResult.objects.exists()
