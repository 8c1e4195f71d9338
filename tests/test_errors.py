"""Errors: told in the site's own dress and the reader's language, without the database, and never with a traceback."""

import errno
import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.test import Client, RequestFactory
from django.urls import reverse

from catalogue.views import errors
from tests import prepared
from tests.e2e.conftest import wait_for
from tests.postgres import free_port

ROOT = Path(__file__).resolve().parent.parent
PAGES = {
    400: errors.bad_request,
    403: errors.forbidden,
    404: errors.not_found,
    500: errors.server_error,
    503: errors.unavailable,
}
WORDS = {
    400: ("No es posible atender", "cannot be answered", "Não é possível atender"),
    403: ("No tiene acceso", "You do not have access", "não tem acesso"),
    404: ("No se encontró", "This page was not found", "Página não encontrada"),
    500: ("error en el servidor", "Something went wrong", "erro no servidor"),
    503: ("no está disponible", "is not available", "não está disponível"),
}


def request_for(path, **headers):
    return RequestFactory().get(path, headers=headers)


@pytest.mark.parametrize("status", PAGES)
def test_an_error_is_told_in_the_language_of_the_address_without_the_database(status):
    """No database is asked: the test has no right to it."""
    for path, html, words in zip(("/es/x/", "/en/x/", "/pt-br/x/"), ("es", "en", "pt-BR"), WORDS[status], strict=True):
        response = PAGES[status](request_for(path))
        page = response.content.decode()
        assert response.status_code == status
        assert f'<html lang="{html}">' in page
        assert words in page
        assert 'name="robots" content="noindex"' in page


@pytest.mark.parametrize(("accepted", "html"), [("pt-BR,pt", "pt-BR"), ("en-GB", "en"), ("qu", "es"), ("", "es")])
def test_without_a_language_in_the_address_the_browser_decides_and_spanish_is_the_rest(accepted, html):
    for handler in PAGES.values():
        assert f'<html lang="{html}">' in handler(request_for("/x", accept_language=accepted)).content.decode()


@pytest.mark.parametrize("status", PAGES)
def test_an_error_offers_a_search_three_ways_out_and_somebody_to_write_to(status):
    page = PAGES[status](request_for("/en/x/")).content.decode().partition("<main")[2].partition("</main>")[0]
    assert 'action="/en/practices/"' in page
    assert page.count('<li><a href="/en/') == 3
    assert f"mailto:{settings.SECRETARIAT_EMAIL}" in page


def test_a_failure_and_an_outage_are_kept_by_no_cache():
    for status in (500, 503):
        assert "no-store" in PAGES[status](request_for("/es/"))["Cache-Control"]


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_a_database_that_does_not_answer_is_an_outage_and_not_a_failure(monkeypatch, caplog, error):
    def fail(*args, **options):
        raise error("connection refused\nwith a second line")

    monkeypatch.setattr("catalogue.caching.etags.current", fail)
    response = Client().get("/pt-br/praticas/")
    assert (response.status_code, response["Retry-After"]) == (503, "60")
    assert '<html lang="pt-BR">' in response.content.decode()
    assert "Content-Security-Policy" in response
    assert "the database does not answer: connection refused" in caplog.text
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize(("path", "kind"), [("/es/nada/", "text/html"), ("/api/v1/nada", "application/problem+json")])
def test_a_database_that_fails_outside_a_view_is_an_outage_too(monkeypatch, path, kind):
    def fail(*args, **options):
        raise OperationalError("connection refused")

    monkeypatch.setattr("django.contrib.sessions.middleware.SessionMiddleware.process_response", fail)
    editor = Client(raise_request_exception=False)
    editor.cookies["sessionid"] = "of somebody who has signed in"  # readers have no session that could fail
    response = editor.get(path)
    assert (response.status_code, response["Retry-After"]) == (503, "60")
    assert response["Content-Type"].startswith(kind)


@pytest.mark.parametrize(("number", "status"), [(errno.ENOSPC, 503), (errno.EDQUOT, 503), (errno.EACCES, 500)])
def test_a_full_disk_is_an_outage_and_another_error_of_files_is_not(monkeypatch, number, status):
    def fail(*args, **options):
        raise OSError(number, "secret detail")

    monkeypatch.setattr("catalogue.caching.etags.current", fail)
    response = Client(raise_request_exception=False).get("/en/practices/")
    assert response.status_code == status
    assert "secret detail" not in response.content.decode()


def test_another_error_stays_a_failure(monkeypatch):
    def fail(*args, **options):
        raise LookupError("secret detail")

    monkeypatch.setattr("catalogue.caching.etags.current", fail)
    response = Client(raise_request_exception=False).get("/en/practices/")
    page = response.content.decode()
    assert response.status_code == 500
    assert '<html lang="en">' in page
    assert "secret detail" not in page


def test_a_suspicious_request_and_a_foreign_host_are_answered_with_400(monkeypatch):
    def suspect(*args, **options):
        raise SuspiciousOperation("secret detail")

    foreign = Client().get("/en/", headers={"host": "evil.example"})
    monkeypatch.setattr("catalogue.caching.etags.current", suspect)
    for response in (foreign, Client().get("/en/")):
        page = response.content.decode()
        assert response.status_code == 400
        assert '<html lang="en">' in page
        assert "evil.example" not in page
        assert "secret detail" not in page


TOO_LARGE = {"es": "demasiado grande", "en": "too large", "pt-BR": "grande demais"}


@pytest.mark.django_db
@pytest.mark.parametrize(("accepted", "html"), [("es", "es"), ("en", "en"), ("pt", "pt-BR")])
def test_a_form_that_is_too_large_is_told_so_in_the_readers_language(accepted, html):
    form = {"username": "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)}
    response = Client().post(reverse("admin:login"), form, headers={"accept-language": accepted})
    page = response.content.decode()
    assert response.status_code == 413
    assert f'<html lang="{html}">' in page
    assert TOO_LARGE[html] in page
    assert "Content-Security-Policy" in response


@pytest.mark.django_db
def test_a_body_is_refused_by_what_is_said_of_its_size_before_any_of_it_is_read():
    announced = {"CONTENT_LENGTH": str(errors.LARGEST_BODY + 1), "content_type": "application/octet-stream"}
    page = Client().generic("POST", "/pt-br/praticas/", **announced)
    problem = Client().generic("POST", "/api/v1/practices/", **announced)
    assert (page.status_code, problem.status_code) == (413, 413)
    assert TOO_LARGE["pt-BR"] in page.content.decode()
    assert problem.json()["status"] == 413


@pytest.mark.django_db
def test_a_method_that_is_not_allowed_gets_a_page_and_the_methods_that_are():
    response = Client().post("/pt-br/sobre/")
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")
    assert '<html lang="pt-BR">' in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(("accepted", "words"), [("es", "No se aceptó"), ("en", "not accepted"), ("pt", "não foi")])
def test_a_form_of_unknown_origin_is_refused_in_the_readers_language(accepted, words):
    client = Client(enforce_csrf_checks=True)
    response = client.post(f"/{settings.ADMIN_PATH}/login/", {"username": "x"}, headers={"accept-language": accepted})
    assert response.status_code == 403
    assert words in response.content.decode()


# What happens to a real server when its database is gone


@contextmanager
def served(database, log):
    """Yield the address of a gunicorn whose database is ``database``; what it writes goes to ``log``."""
    port = free_port()
    environment = {**os.environ, "DATABASE_URL": database, "PORT": str(port), "WEB_CONCURRENCY": "1"}
    command = [sys.executable, "-m", "gunicorn", "catalogue.wsgi"]
    with log.open("w") as output:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=output)
        try:
            wait_for(f"http://127.0.0.1:{port}/healthz")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=30)


def answer(address):
    """Return status, headers and text; two minutes, as without a limit, would be too long."""
    try:
        response = urllib.request.urlopen(address, timeout=10)
    except urllib.error.HTTPError as error:
        response = error
    with response:
        return response.status, response.headers, response.read().decode()


@contextmanager
def silent_postgresql():
    """Yield the address of a PostgreSQL that takes connections and never says a word."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(64)
        yield f"postgres://catalogue@127.0.0.1:{listener.getsockname()[1]}/catalogue"


# The next two start a real server each, for only that has a connection to lose.
@pytest.mark.slow
def test_a_server_whose_postgresql_is_silent_says_so_soon_and_does_the_rest_as_ever(tmp_path):
    log = tmp_path / "log"
    with silent_postgresql() as database, served(database, log) as site:
        with ThreadPoolExecutor() as readers:  # together, for each waits for the database as long as a reader may
            asked = ("/readyz", "/es/", "/pt-br/praticas.csv", "/p/CSM-2023-001/")
            ready, *pages = readers.map(lambda page: answer(site + page), asked)
        assert ready[0] == 503
        for status, headers, text in pages:
            assert (status, headers["Retry-After"]) == (503, "60"), text
            assert '<html lang="' in text
        assert answer(f"{site}/healthz")[0] == 200
        assert answer(f"{site}/en/nothing/here/")[0] == 404
        stylesheet = text.partition('rel="stylesheet" href="')[2].partition('"')[0]
        assert answer(site + stylesheet)[0] == 200
    assert "503 for /es/" in log.read_text()
    assert "Traceback" not in log.read_text()


@pytest.mark.slow
def test_a_server_serves_again_as_soon_as_its_database_is_back(tmp_path):
    away, home = tmp_path / "away.sqlite3", tmp_path / "catalogue.sqlite3"
    prepared.copy_to(away)
    home.mkdir()  # a folder cannot be opened as a database
    with served(f"sqlite:///{home}", tmp_path / "log") as site:
        assert answer(f"{site}/es/acerca/")[0] == 503
        home.rmdir()
        away.rename(home)
        assert answer(f"{site}/es/acerca/")[0] == 200
