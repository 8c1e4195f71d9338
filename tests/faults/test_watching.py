"""What the operator is told: figures for those who bring the token, errors without a person in them."""

import gzip
import http.server
import threading

import brotli
import pytest

from tests.faults.servers import Site
from tests.waiting import allowed, until

UNPACK = {"gzip": gzip.decompress, "br": brotli.decompress, "": bytes}


def test_figures_of_all_workers_are_given_to_who_brings_the_token_alone(database, tmp_path):
    with Site(tmp_path / "log", DATABASE_URL=database, METRICS_TOKEN="a-long-token", workers=2) as site:
        for number in range(10):
            site.ask(f"/es/practicas/?n={number}")
        site.ask("/es/nada/")
        assert site.ask("/metrics").status == 404
        assert site.ask("/metrics", Authorization="Bearer another").status == 404
        figures = site.ask("/metrics", Authorization="Bearer a-long-token").text
        assert 'catalogue_answers_seconds_count{method="GET",page="practice_list",status="200"} 10.0' in figures
        assert 'status="404"' in figures


def test_without_a_token_there_are_no_figures(site):
    assert site.ask("/metrics").status == 404
    assert site.ask("/metrics", Authorization="Bearer ").status == 404


@pytest.fixture
def sink():
    """A Sentry server that keeps what it is sent."""
    received = []

    class Sink(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            received.append(UNPACK[self.headers.get("Content-Encoding", "")](body))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *arguments):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Sink)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://key@127.0.0.1:{server.server_port}/1", received
    server.shutdown()


def test_an_error_is_reported_without_anything_of_the_person_who_met_it(postgres, database, sink, tmp_path):
    address, received = sink
    postgres.query("DROP TABLE catalogue_practicenetwork CASCADE", "tried")
    personal = {"Cookie": "sessionid=secretsession", "User_Agent": "Personal/1", "Authorization": "Bearer secrettoken"}
    with Site(tmp_path / "log", DATABASE_URL=database, SENTRY_DSN=address) as site:
        answer = site.ask("/es/practicas/?q=persona%40example.org", **personal)
        assert answer.status == 500
        assert "Traceback" not in answer.text
        until(lambda: received)
    report = b"".join(received).decode()
    assert "catalogue_practicenetwork" in report
    for secret in ("secretsession", "secrettoken", "persona", "example.org", "Personal/1"):
        assert secret not in report, secret


def test_a_sentry_that_is_away_holds_nobody_up(postgres, database, tmp_path):
    postgres.query("DROP TABLE catalogue_practicenetwork CASCADE", "tried")
    with Site(tmp_path / "log", DATABASE_URL=database, SENTRY_DSN="http://key@127.0.0.1:9/1") as site:
        answer = site.ask("/es/practicas/")
        assert answer.status == 500
        assert answer.seconds < allowed(3)
