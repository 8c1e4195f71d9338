"""One client against two web servers behind nginx: whatever it sends, readers read on, and it is told so politely."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
from contextlib import ExitStack
from pathlib import Path

import pytest

from catalogue.middleware.url_length import MAX_HEAD_LENGTH, MAX_URL_LENGTH
from tests.faults.servers import Program, Site, ask, nginx
from tests.faults.test_services import fill, small_disk  # noqa: F401 - a fixture
from tests.postgres import free_port
from tests.waiting import PAUSE, until

HOST = b"Host: 127.0.0.1\r\n"
E_ACUTE, EMOJI = "%C3%A9", "%F0%9F%8C%8E"
ATTACKS = {  # what one client sent again and again: line and headers of a request
    "API, unknown parameter of 1,500": f"GET /api/v1/practices/?x={'a' * 1500}",
    "API, unknown parameter, 2,400 encoded": f"GET /api/v1/networks/?x={E_ACUTE * 400}",
    "API, search of 200 emojis": f"GET /api/v1/practices/?page_size=1&q={EMOJI * 200}",
    "API, search of 200 slashes in 150 records": f"GET /api/v1/practices/?q={'/' * 200}&id=CSM-2023-001" * 1,
    "old prefix, 3,800": f"GET /pt/?x={'a' * 3800}",
    "old prefix, 3,800 encoded": f"GET /pt/praticas/?x={E_ACUTE * 633}",
    "no final slash, 3,800": f"GET /es/practicas?x={'a' * 3800}",
    "no language, 3,800": f"GET /practicas/?x={'a' * 3800}",
    "marks that are no codes": f"GET /es/practicas/comparar/?pick={'=' * 2400}",
    "sign-in, 2,400": f"GET /admin/catalogue/practice/?q={'=' * 2400}",
    "path of 3,800": f"GET /es/practicas/{'a' * 3800}",
    "path of 3,800 encoded": f"GET /pt/{E_ACUTE * 633}",
    "cookies of 7,000": f"GET /pt/?x=1\r\nCookie: sessionid={'a' * 7000}",
    "languages of 7,000": f"GET /?x=1\r\nAccept-Language: {'es-' + 'a' * 7000}",
    "host of 3,000": f"GET /pt/?x=1\r\nHost: {'a' * 3000}.example.org",
    "request id and ETag of 3,000": f"GET /es/\r\nX-Request-Id: {'a' * 3000}\r\nIf-None-Match: {'b' * 3000}",
    "address of 9,000": f"GET /es/?x={'a' * 9000}",
}


def exchange(port, request):
    """Send a request as it is, and return the head and the body of the answer to it."""
    line, _end, headers = request.encode("latin-1").partition(b"\r\n")
    headers = [*headers.split(b"\r\n"), *([] if b"Host:" in headers else [HOST.strip()]), b"Connection: close"]
    with socket.create_connection(("127.0.0.1", port)) as client:
        client.settimeout(60)
        client.sendall(b"\r\n".join((line + b" HTTP/1.1", *filter(None, headers), b"", b"")))
        answer = b""
        while piece := client.recv(1 << 16):
            answer += piece
    head, _end, body = answer.partition(b"\r\n\r\n")
    return head + _end, body


def status_of(head):
    return int(head.split()[1])


def in_three_languages(body):
    return all(f'<section lang="{language}">'.encode() in body for language in ("es", "en", "pt-BR"))


def read_beside(front, attack):
    """Return the statuses of a reader while ``attack`` runs in a thread."""
    attacker = threading.Thread(target=attack)
    attacker.start()
    found = []
    while attacker.is_alive():
        found.append(ask(f"{front.url}/es/acerca/").status)
        attacker.join(PAUSE)  # nginx bounds how much one address may ask for
    return found


@pytest.fixture
def two_sites(database, tmp_path):
    """The nginx of ``deploy/`` before two web servers."""
    with ExitStack() as stack:
        sites = [stack.enter_context(Site(tmp_path / name, DATABASE_URL=database)) for name in ("one", "two")]
        yield stack.enter_context(nginx(tmp_path, *sites)), sites


def test_readers_get_their_pages_whatever_one_client_sends(two_sites, tmp_path):
    front, _sites = two_sites
    answers = {}

    def attack():
        for _turn in range(4):
            answers.update({name: exchange(front.port, request)[0] for name, request in ATTACKS.items()})

    assert set(read_beside(front, attack)) == {200}
    assert {name: status_of(head) for name, head in answers.items() if status_of(head) >= 500} == {}
    assert {name: len(head) for name, head in answers.items() if len(head) > MAX_HEAD_LENGTH} == {}
    log = (tmp_path / "nginx.log").read_text()
    assert "upstream sent" not in log
    assert "temporarily disabled" not in log


def test_the_longest_address_is_accepted_and_one_byte_more_is_refused_with_a_short_head(two_sites):
    front, sites = two_sites
    for port in (front.port, sites[0].port):
        for path in ("/es/practicas/?x=", "/api/v1/practices/?x=", "/pt/praticas/?x=", "/es/practicas?x=", "/oai?x="):
            longest = path + "a" * (MAX_URL_LENGTH - len(path))
            for address, statuses in ((longest, (200, 301)), (longest + "a", (414,))):
                head, body = exchange(port, f"GET {address}")
                assert status_of(head) in statuses, address[:30]
                assert len(head) <= MAX_HEAD_LENGTH
                assert b"aaaa" not in body or statuses != (414,)


ODD = {
    "long": b"HTTP/1.1 200 OK\r\nX: " + b"a" * 70_000 + b"\r\n\r\n",
    "malformed": b"HTTP/1.1 200 OK\r\nno header\r\n\r\n",
    "nothing": b"",
    "half": b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf",
}
ODD_SERVER = f"""
import socket, sys
ODD = {ODD!r}
listener = socket.create_server(("127.0.0.1", int(sys.argv[1])))
while True:
    client, _address = listener.accept()
    asked = client.recv(1 << 16).split(b" ")[1:2]
    name = asked[0].strip(b"/").decode() if asked else ""
    client.sendall(ODD.get(name, b"HTTP/1.1 200 OK\\r\\nContent-Length: 0\\r\\nConnection: close\\r\\n\\r\\n"))
    client.close()
"""


@pytest.mark.parametrize("servers", [1, 2])
def test_no_odd_answer_makes_nginx_give_up_a_server(servers, tmp_path):
    """The catalogue gives no such answer; if it ever did, only who asked for it is told that something is wrong."""
    with ExitStack() as stack:
        behind = []
        for number in range(servers):
            port = free_port()
            odd = Program(sys.executable, "-c", ODD_SERVER, str(port), port=port, log=tmp_path / f"odd-{number}")
            behind.append(stack.enter_context(odd))
        front = stack.enter_context(nginx(tmp_path, *behind))
        for name in (*ODD, *ODD):
            odd = ask(f"{front.url}/{name}").status
            assert odd == (200 if name == "half" else 503) or name == "half"
            assert [ask(f"{front.url}/es/").status for _reader in range(4)] == [200] * 4


def test_a_server_that_is_gone_is_passed_over_at_once(two_sites, tmp_path):
    front, (_one, two) = two_sites
    for worker in (two.process.pid, *two.workers):
        os.kill(worker, signal.SIGKILL)
    two.process.wait(timeout=30)
    assert {ask(f"{front.url}/es/practicas/?n={number}").status for number in range(12)} == {200}
    assert "temporarily disabled" in (tmp_path / "nginx.log").read_text()


OWN = {  # requests that nginx answers by itself
    "GET /" + "a" * 9000: 414,
    "GET /es/\r\nCookie: " + "a" * 9000: 431,
    "GET /es/\r\n" + "\r\n".join(f"X-{number}: a" for number in range(1050)): 431,
    "get /es/": 400,
    "TRACE /es/": 405,
    "GET /es/\xff": 400,
    "GET /es/practicas/?q=educaci\xc3\xb3n": 400,
    "POST /es/\r\nTransfer-Encoding: nonsense": 501,
    "POST /es/\r\nContent-Length: 99999999": 413,
    "GET /metrics": 404,
    "GET /.errors/locations.conf": 404,
}


def test_what_nginx_and_gunicorn_refuse_is_told_in_three_languages_and_kept_by_nobody(site, tmp_path):
    with nginx(tmp_path, site) as front:
        for request, status in OWN.items():
            head, body = exchange(front.port, request)
            assert (status_of(head), in_three_languages(body)) == (status, True), request[:40]
            assert b"no-store" in head
            assert b"default-src 'none'" in head
        for request in (
            "GET /es/\r\n" + "\r\n".join(f"X-{n}: a" for n in range(900)),
            "A /es/",
            "GET /es/?" + "a" * 7900,
        ):
            head, body = exchange(front.port, request)
            assert "<html lang=" in body.decode(), request[:40]  # a page of the application
        for request in (
            "GET /es/?" + "a" * 12_800,
            "GET /es/\r\nCookie: " + "a" * 12_800,
        ):  # as HTTP/2 would bring them
            head, body = exchange(site.port, request)
            assert "<html lang=" in body.decode(), request[:40]
    assert "Invalid request" not in site.log.read_text()


def test_one_address_has_few_costly_files_at_once_and_everything_else_goes_on(tmp_path):
    port = free_port()
    slow = Program(sys.executable, "-c", SLOW_SERVER, str(port), port=port, log=tmp_path / "slow")
    front, limits = nginx(tmp_path, slow), tmp_path / "locations.conf"
    limits.write_text(limits.read_text().replace("catalogue_files burst=200", "catalogue_files burst=40"))
    with slow, front:
        waiting = [socket.create_connection(("127.0.0.1", front.port)) for _client in range(80)]
        for number, client in enumerate(waiting):
            client.sendall(f"GET /es/practicas.pdf?z={number} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        refused = exchange(front.port, "GET /es/practicas/x.XLSX")
        assert status_of(refused[0]) == 429
        assert b"Retry-After: 10" in refused[0]
        assert in_three_languages(refused[1])
        for client in waiting:
            client.close()
        assert ask(f"{front.url}/es/practicas.csv").status == 200


SLOW_SERVER = """
import http.server, sys, time
class Slow(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        if ".pdf" in self.path: time.sleep(30)
        self.send_response(200); self.send_header("Content-Length", "0"); self.end_headers()
    def log_message(self, *arguments): pass
server = http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Slow)
server.daemon_threads = True
server.serve_forever()
"""


# Answers without a body


def test_gunicorn_has_nothing_to_warn_of_when_it_is_asked_for_heads(site):
    paths = (
        "/es/",
        "/es/practicas/",
        "/es/practicas.csv",
        "/es/practicas.xlsx",
        "/es/practicas.zip",
        "/api/v1/practices/",
    )
    for path in (*paths, "/es/nada/", "/pt/", "/healthz", "/static/catalogue.css", "/favicon.ico", "/sitemap.xml"):
        full, head = (exchange(site.port, f"{method} {path}")[0] for method in ("GET", "HEAD"))
        assert status_of(head) == status_of(full)
        lengths = [re.findall(rb"Content-Length: (\d+)", each) for each in (full, head)]
        assert lengths[0] == lengths[1] or path.endswith((".xlsx", ".zip")), path  # they hold the time of their making
    etag = site.ask("/es/").headers["ETag"]
    assert status_of(exchange(site.port, f"GET /es/\r\nIf-None-Match: {etag}")[0]) == 304
    assert "body bytes" not in site.log.read_text()


# Figures


TOKEN = {"Authorization": "Bearer a-long-token"}


def counted(site, page="about"):
    text = site.ask("/metrics", **TOKEN).text
    return float(re.search(rf'_count{{method="GET",page="{page}",status="200"}} ([\d.]+)', text)[1])


def counting(database, tmp_path, place, **settings):
    arguments = f"--worker-tmp-dir={place}"
    return Site(
        tmp_path / "log", DATABASE_URL=database, METRICS_TOKEN="a-long-token", GUNICORN_CMD_ARGS=arguments, **settings
    )


def test_files_of_figures_do_not_pile_up_and_count_on_when_workers_are_renewed(database, tmp_path):
    place = tmp_path / "place"
    place.mkdir()
    ended = subprocess.Popen(["true"])
    ended.wait()
    left = place / f"catalogue-metrics-{ended.pid}-x"  # of a server that was killed
    left.mkdir()
    with counting(database, tmp_path, place, workers=2) as site:
        assert not left.exists()
        for turn in range(1, 6):
            assert site.ask("/es/acerca/").status == 200
            assert counted(site) == turn
            before = set(site.workers)
            for worker in before:
                os.kill(worker, signal.SIGKILL)
            until(lambda before=before: len(set(site.workers) - before) == 2)
            until(lambda: site.ask("/healthz").status == 200)
        assert len(list(place.glob("catalogue-metrics-*/*.db"))) <= 2
    assert list(place.glob("catalogue-metrics-*")) == []


def test_figures_are_told_over_plain_http_on_a_site_with_https(database, tmp_path):
    with counting(database, tmp_path, tmp_path, SITE_URL="https://catalogue.example.org") as site:
        for path in ("/healthz", "/readyz"):
            assert site.ask(path).status == 200
        assert site.ask("/metrics", Authorization="bearer a-long-token").status == 200
        for wrong in (
            "a-long-token",
            "Bearer",
            "Bearer x",
            "Basic a-long-token",
            "Bearera-long-token",
            "Token a-long-token",
        ):
            assert site.ask("/metrics", Authorization=wrong).status == 404, wrong
        assert ask(f"{site.url}/es/", timeout=5).status != 200  # led to https, where nothing listens


@pytest.mark.parametrize("which", ["of files", "of figures"])
def test_a_full_disk_ends_no_worker_that_counts(database, small_disk, tmp_path, which):  # noqa: F811
    other = tmp_path / "other"
    other.mkdir()
    place = small_disk if which == "of figures" else other
    fill(small_disk)
    with counting(database, tmp_path, place, TMPDIR=str(small_disk)) as site:
        workers = site.workers
        for number in range(5):
            assert site.ask(f"/es/acerca/?n={number}").status == 200
            assert site.ask("/es/practicas/").status == 200
        assert site.ask("/metrics", **TOKEN).status == 200
        assert site.workers == workers
        log = Path(site.log).read_text()
        assert ("counts no more answers" in log) is (which == "of figures")
        assert "SIGBUS" not in log
