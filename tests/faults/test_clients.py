"""Readers who go away, or who are slow: they hold no transaction, no worker and nobody else up."""

import os
import signal
import socket

import pytest
import requests

from tests.faults import many
from tests.faults.desk import Editor
from tests.faults.servers import Site, ask, nginx
from tests.waiting import allowed, until

LARGE = "/es/practicas.csv?lang=all"  # more than 20 MB


@pytest.fixture(scope="module")
def large(cluster):
    """The address of a catalogue whose files are large enough to be left in the middle."""
    return many.filled(cluster, "many", 4000)


def begun(url, path):
    """Ask until the lane has room, read the beginning of the answer and no more; return the connection."""
    return until(lambda: asked(url, path))


def asked(url, path):
    """Return the open connection of an answer that has begun; None when the lane is full."""
    host, port = url.removeprefix("http://").split(":")
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    client.settimeout(30)
    client.connect((host, int(port)))
    client.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
    status = client.recv(12)
    assert status in (b"HTTP/1.1 200", b"HTTP/1.1 503")
    return client if status.endswith(b"200") else client.close()


def idle_in_transaction(postgres):
    statement = "SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in transaction%' AND datname = 'many'"
    return postgres.query(statement)[0][0]


def test_25_downloads_left_in_the_middle_leave_no_transaction_behind(postgres, large, tmp_path):
    with Site(tmp_path / "log", DATABASE_URL=large, workers=2) as site:
        for number in range(25):
            begun(site.url, f"{LARGE}&n={number}").close()
        until(lambda: idle_in_transaction(postgres) == 0)
        assert site.serves_again() < allowed(5)
        used = postgres.query("SELECT count(*) FROM pg_stat_activity WHERE datname = 'many'")[0][0]
        assert used <= 8


def test_a_worker_killed_in_the_middle_of_a_download_cuts_it_visibly(large, tmp_path):
    with Site(tmp_path / "log", DATABASE_URL=large) as site:
        reader = begun(site.url, LARGE)
        for worker in site.workers:
            os.kill(worker, signal.SIGKILL)
        text = b""
        while piece := reader.recv(1 << 16):
            text += piece
        assert not text.endswith(b"0\r\n\r\n")  # the end of a whole answer
        assert site.serves_again() < allowed(10)


def test_readers_who_stall_behind_nginx_hold_nobody_up(large, tmp_path):
    with Site(tmp_path / "log", DATABASE_URL=large) as site, nginx(tmp_path, site) as front:
        stalled = [begun(front.url, f"{LARGE}&n={number}") for number in range(8)]
        answers = [ask(f"{front.url}/es/practicas/?n={number}", timeout=30) for number in range(10)]
        assert {answer.status for answer in answers} == {200}
        assert ask(f"{front.url}/healthz").seconds < allowed(1)
        for reader in stalled:
            reader.close()


def test_40_slow_clients_behind_nginx_hold_nobody_up(site, tmp_path):
    with nginx(tmp_path, site) as front:
        slow = [socket.create_connection(("127.0.0.1", front.port)) for _client in range(40)]
        for client in slow:
            client.sendall(b"POST /admin/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100000\r\n\r\nuser")
        for _question in range(5):
            health = ask(f"{front.url}/healthz")
            assert health.status == 200
            assert health.seconds < allowed(1)
        assert ask(f"{front.url}/es/practicas/").status == 200
        for client in slow:
            client.close()


def test_without_a_web_server_nginx_says_so_in_three_languages(site, tmp_path):
    with nginx(tmp_path, site) as front:
        page = ask(f"{front.url}/es/")
        assert page.status == 200
        stylesheet = page.text.partition('rel="stylesheet" href="')[2].partition('"')[0]
        assert ask(front.url + stylesheet).status == 200
        site.process.terminate()
        site.process.wait(timeout=30)
        away = ask(f"{front.url}/en/practices/")
        assert (away.status, away.headers["Retry-After"]) == (503, "60")
        assert all(f'lang="{language}"' in away.text for language in ("es", "en", "pt-BR"))
        assert requests.post(f"{front.url}/admin/login/", data={"username": "x"}, timeout=30).status_code == 503
        assert ask(front.url + stylesheet).status == 200
        assert ask(f"{front.url}/metrics").status == 404


def test_nginx_takes_the_file_of_an_import_and_refuses_what_is_too_large_in_three_languages(site, tmp_path):
    with nginx(tmp_path, site) as front:
        for path, size, status in (
            ("/admin/login/", 4 << 20, 413),
            ("/admin/catalogue/importrun/add/", 71 << 20, 413),
            ("/admin/catalogue/importrun/add/", 4 << 20, 403),  # nobody is signed in
        ):
            answer = requests.post(front.url + path, data=bytes(size), timeout=60)
            assert answer.status_code == status, (path, size)
            if status == 413:
                assert all(f'lang="{language}"' in answer.text for language in ("es", "en", "pt-BR"))
                assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_nginx_and_the_web_server_write_the_same_id_of_a_request(site, tmp_path):
    with nginx(tmp_path, site) as front:
        number = ask(f"{front.url}/es/nada/", X_Request_Id="0af7651916cd43dd8448eb211c80319c").headers["X-Request-Id"]
        assert number != "0af7651916cd43dd8448eb211c80319c"  # never what the reader claims
        assert f" {number} Not Found: /es/nada/" in site.log.read_text()


def test_two_web_servers_share_sessions_and_one_may_go(database, tmp_path):
    one, two = (Site(tmp_path / name, DATABASE_URL=database) for name in ("one", "two"))
    with one, two, nginx(tmp_path, one, two) as front:
        editor = Editor(front, database)
        assert {editor.open("/admin/")[0] for _request in range(6)} == {200}
        assert editor.take(editor.records[0], "publish")[0] == 200
        counts = [ask(f"{site.url}/api/v1/practices/").text.partition('"count":')[2][:4] for site in (one, two)]
        assert counts[0] == counts[1]
        two.process.terminate()
        two.process.wait(timeout=30)
        assert {ask(f"{front.url}/es/practicas/?n={number}").status for number in range(10)} == {200}
        assert editor.open("/admin/")[0] == 200
