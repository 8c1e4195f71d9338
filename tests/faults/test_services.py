"""The shared cache, the mail server or the disk away: readers read on, and what an editor does is kept."""

import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from tests.faults.desk import HIDDEN, Editor
from tests.faults.servers import Program, Site, free_port, manage, redis
from tests.programs import lacking, needed
from tests.waiting import allowed, until

OUT_OF_SERVICE = {"es": "no está disponible", "en": "not available", "pt-BR": "não está disponível"}


def codes_of(site):
    return site.ask("/api/v1/practices/?page_size=100").text.count('"code"')


def test_without_its_shared_cache_the_site_answers_as_ever_and_uses_it_again(database, tmp_path):
    cache = redis(tmp_path)
    cache.start()
    address = f"redis://127.0.0.1:{cache.port}/0"
    with Site(tmp_path / "log", DATABASE_URL=database, CACHE_URL=address) as site:
        record = "/p/CSM-2023-001/"
        before = site.ask(record)
        assert before.status == 200
        cache.stop()
        for page in (record, "/es/practicas/", "/api/v1/practices/", "/api/v1/schema/"):
            assert site.ask(page).status == 200, page
        assert site.ask(record).text == before.text
        assert site.log.read_text().count("the shared cache does not answer") == 1  # and not for each request
        cache.start()
        until(lambda: site.ask("/api/v1/practices/").status == 200 and kept_in(cache))  # it counts who asks
        cache.stop()


def test_a_cache_that_hangs_is_waited_for_once_and_not_by_everybody(database, tmp_path):
    with redis(tmp_path) as cache:
        address = f"redis://127.0.0.1:{cache.port}/0"
        with Site(tmp_path / "log", DATABASE_URL=database, CACHE_URL=address) as site:
            assert site.ask("/p/CSM-2023-001/").status == 200
            cache.process.send_signal(signal.SIGSTOP)
            hung = [site.ask("/p/CSM-2023-001/") for _request in range(10)]
            assert {answer.status for answer in hung} == {200}
            cache.stop()
            away = [site.ask("/p/CSM-2023-001/") for _request in range(10)]  # so long does it take without waiting
            assert sum(answer.seconds for answer in hung) < 2 * sum(answer.seconds for answer in away) + allowed(2)


def test_without_a_mail_server_the_step_is_kept_and_the_editor_is_told(postgres, database, tmp_path):
    with Site(tmp_path / "log", DATABASE_URL=database, EMAIL_URL=f"smtp://127.0.0.1:{free_port()}") as site:
        editor = Editor(site, database)
        status, page = editor.take(editor.records[0], "publish")
        assert status == 200
        assert "no se pudo enviar el correo de aviso" in page
        state = postgres.query(f"SELECT state FROM catalogue_practice WHERE id = {editor.records[0]}", "tried")
        assert state == [("published",)]
        assert "Traceback" not in site.log.read_text()
        assert editor.colleague not in site.log.read_text()


def test_a_mail_server_that_refuses_in_the_middle_is_told_too(database, tmp_path):
    port = free_port()
    talker = [sys.executable, "-c", RUDE_MAIL_SERVER, str(port)]
    site = Site(tmp_path / "log", DATABASE_URL=database, EMAIL_URL=f"smtp://127.0.0.1:{port}")
    with Program(*talker, port=port, log=tmp_path / "mail.log"), site:
        editor = Editor(site, database)
        status, page = editor.take(editor.records[0], "publish")
        assert status == 200
        assert "no se pudo enviar el correo de aviso" in page


RUDE_MAIL_SERVER = """
import socket, sys
listener = socket.create_server(("127.0.0.1", int(sys.argv[1])))
while True:
    client, _address = listener.accept()
    client.sendall(b"421 not now\\r\\n")
    client.close()
"""


@pytest.fixture
def small_disk(tmp_path):
    """A disk of sixteen megabytes."""
    needed("mount")
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", disk], check=False, capture_output=True
    )
    if mounted.returncode:
        lacking("A small disk cannot be mounted here; it takes the rights of root.")
    yield disk
    subprocess.run(["umount", "-l", disk], check=True)


def fill(disk, *, but=0):
    """Fill a disk up to the last bytes, ``but`` for some."""
    with open(disk / "filler", "wb", buffering=0) as file:
        with suppress(OSError):
            while True:
                file.write(bytes(1 << 12))
        file.truncate(file.tell() - but)


def test_a_full_temporary_disk_stops_files_and_nothing_else(database, small_disk, tmp_path):
    with Site(tmp_path / "log", DATABASE_URL=database, TMPDIR=str(small_disk)) as site:
        assert site.ask("/es/practicas.xlsx").status == 200
        fill(small_disk)
        refused = site.ask("/es/practicas.zip")
        assert (refused.status, refused.headers["Retry-After"]) == (503, "60")
        assert site.ask("/es/practicas/").status == 200
        assert site.ask("/es/practicas.csv").status == 200
        assert {path.name for path in small_disk.iterdir() if path.is_file()} <= {"filler"} | worker_files(small_disk)
        (small_disk / "filler").unlink()
        assert site.ask("/es/practicas.zip").status == 200
        assert "Traceback" not in site.log.read_text()


def test_a_full_temporary_disk_refuses_an_upload_and_keeps_nothing_of_it(postgres, database, small_disk, tmp_path):
    large = "code,title_es\n" + "".join(f"new-{number},{'Práctica ' * 20}\n" for number in range(20_000))
    with Site(tmp_path / "log", DATABASE_URL=database, TMPDIR=str(small_disk)) as site:
        editor = Editor(site, database)
        assert hand_in(editor, large).ok  # a worker chooses its disk at the first file that is too large for memory
        fill(small_disk)
        for language, sentence in OUT_OF_SERVICE.items():
            refused = hand_in(editor, large, language)
            assert (refused.status_code, refused.headers["Retry-After"]) == (503, "60")
            assert sentence in refused.text
        assert imports_in(postgres) == 1
        assert site.ask("/es/practicas/").status == 200
        assert {path.name for path in small_disk.iterdir() if path.is_file()} <= {"filler"} | worker_files(small_disk)
        (small_disk / "filler").unlink()
        assert hand_in(editor, large).ok
        assert imports_in(postgres) == 2
        assert "Traceback" not in site.log.read_text()


def test_an_import_for_which_there_is_no_room_says_so_and_can_be_taken_again(postgres, database, small_disk, tmp_path):
    rows = "code,title_es\n" + "".join(f"new-{number},{'Práctica ' * 20}\n" for number in range(5000))
    with Site(tmp_path / "log", DATABASE_URL=database, TMPDIR=str(small_disk)) as site:
        editor = Editor(site, database)
        fill(small_disk, but=1 << 16)  # a process looks elsewhere when it cannot write even a word
        run = hand_in(editor, rows).url.removeprefix(site.url)
        until(lambda: "El disco del servidor está lleno" in editor.open(run)[1])
        assert postgres.query("SELECT count(*) FROM catalogue_importedpractice", "tried") == [(0,)]
        assert {path.name for path in small_disk.iterdir()} <= {"filler"} | worker_files(small_disk)
        (small_disk / "filler").unlink()
        editor.open(f"{run}step/check/", {"csrfmiddlewaretoken": token_of(editor.open(run)[1])})
        until(lambda: postgres.query("SELECT stage FROM catalogue_importrun", "tried") == [("checked",)], 120)
        assert "El disco del servidor está lleno" not in editor.open(run)[1]
        assert "Traceback" not in site.log.read_text()


def hand_in(editor, text, language="es"):
    """Hand a CSV file in at the desk, as a browser would; return the answer after its redirects."""
    path = "/admin/catalogue/importrun/add/"
    return editor.browser.post(
        editor.site.url + path,
        data={"csrfmiddlewaretoken": token_of(editor.open(path)[1])},
        files={"file": ("practices.csv", text.encode())},
        headers={"Accept-Language": language},
        timeout=120,
    )


def token_of(page):
    return dict(HIDDEN.findall(page))["csrfmiddlewaretoken"]


def imports_in(postgres):
    return postgres.query("SELECT count(*) FROM catalogue_importrun", "tried")[0][0]


def worker_files(disk):
    return {path.name for path in disk.iterdir() if path.name.startswith("wgunicorn-")}


def test_a_full_disk_under_the_database_undoes_the_step_and_lets_readers_read(small_disk, tmp_path):
    database = f"sqlite:///{small_disk}/catalogue.sqlite3"
    manage("prepare", DATABASE_URL=database)
    with Site(tmp_path / "log", DATABASE_URL=database) as site:
        editor = Editor(site, database)
        before = codes_of(site)
        fill(small_disk)
        statuses = [editor.take(editor.records[0], "publish")[0] for _attempt in range(3)]
        assert 503 in statuses
        assert set(statuses) <= {503, 200}
        assert site.ask("/es/practicas/").status == 200
        after = codes_of(site)
        assert after in (before, before + 1)
        (small_disk / "filler").unlink()
        if after == before:
            assert editor.take(editor.records[0], "publish")[0] == 200
        assert codes_of(site) == before + 1


def test_a_log_that_cannot_be_written_stops_nobody(postgres, database, tmp_path):
    with Site("/dev/full", DATABASE_URL=database) as site:
        assert site.ask("/es/practicas/").status == 200
        postgres.stop("immediate")
        assert site.ask("/es/practicas/").status == 503
        postgres.start()
        assert site.serves_again() < allowed(5)


def kept_in(cache):
    counted = subprocess.run(
        [Path(needed("Redis")).with_name("redis-cli"), "-p", str(cache.port), "dbsize"],
        capture_output=True,
        text=True,
        check=True,
    )
    return int(counted.stdout.split()[-1]) > 0
