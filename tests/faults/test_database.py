"""The database away, restarted, slow or hung: readers are told soon and in the site's dress; the site mends itself."""

import json
import os
import signal
import threading

import psycopg2
import pytest

from tests.faults.servers import Site
from tests.waiting import allowed, until

PAGES = {
    "home": "/es/",
    "list": "/en/practices/?country=PE",
    "search": "/pt-br/praticas/?q=educa%C3%A7%C3%A3o",
    "record": "/es/practicas/{slug}/",
    "permanent link": "/p/CSM-2023-001/",
    "comparison": "/es/practicas/comparar/?id=CSM-2023-001&id=CSM-2023-002",
    "network": "/en/networks/",
    "country": "/pt-br/paises/pe/",
    "coverage": "/es/cobertura/",
    "csv": "/es/practicas.csv",
    "xlsx": "/es/practicas.xlsx",
    "pdf": "/es/practicas.pdf",
    "feed": "/en/practices.atom",
    "sitemap": "/sitemap.xml",
    "oai": "/oai?verb=Identify",
    "suggestions": "/es/sugerencias/?q=mi",
    "door": "/admin/login/",
}


@pytest.fixture
def slug(postgres, database):
    return postgres.query("SELECT slug FROM catalogue_practice WHERE code = 'CSM-2023-001'", "tried")[0][0]


def assert_is_an_outage(answer):
    assert (answer.status, answer.headers["Retry-After"]) == (503, "60")
    assert answer.seconds < allowed(3)
    assert "Traceback" not in answer.text


def test_each_kind_of_page_says_soon_that_the_database_is_away(postgres, site, slug):
    stylesheet = site.ask("/es/").text.partition('rel="stylesheet" href="')[2].partition('"')[0]
    postgres.stop("immediate")
    for kind, page in PAGES.items():
        answer = site.ask(page.format(slug=slug))
        if kind == "door" and answer.status == 200:
            continue  # the form itself needs nothing of the database
        assert_is_an_outage(answer)
        assert '<html lang="' in answer.text, kind
    api = site.ask("/api/v1/practices/")
    assert_is_an_outage(api)
    assert json.loads(api.text)["status"] == 503
    assert site.ask("/readyz").status == 503
    for path, status in {"/healthz": 200, stylesheet: 200, "/en/nothing/here/": 404, "/robots.txt": 200}.items():
        assert site.ask(path).status == status
    assert "Traceback" not in site.log.read_text()
    postgres.start()
    assert site.serves_again() < allowed(5)


def test_a_restart_costs_no_reader_an_answer_once_the_database_accepts_again(postgres, site):
    for _request in range(20):
        assert site.ask("/es/practicas/").status == 200
    postgres.stop("fast")
    postgres.start()
    assert {site.ask(f"/es/practicas/?n={number}").status for number in range(50)} == {200}


def test_a_server_started_without_its_database_serves_as_soon_as_there_is_one(postgres, database, tmp_path):
    postgres.stop()
    with Site(tmp_path / "log", DATABASE_URL=database) as site:
        assert_is_an_outage(site.ask("/es/"))
        postgres.start()
        assert site.serves_again() < allowed(5)


def test_killed_in_the_middle_of_a_request_it_is_an_outage_and_not_a_failure(postgres, site):
    with locked(postgres):
        answers = in_background(lambda: site.ask("/es/practicas/"))
        until(lambda: postgres.query("SELECT 1 FROM pg_locks WHERE NOT granted"))
        postgres.stop("immediate")
        assert answers()[0].status == 503
    postgres.start()
    assert site.serves_again() < allowed(5)


def test_waiting_for_a_lock_ends_with_an_outage_page(postgres, site):
    with locked(postgres):
        assert_is_an_outage(site.ask("/es/practicas/"))
    assert "lock timeout" in site.log.read_text()
    assert site.ask("/es/practicas/").status == 200


def test_a_slow_statement_ends_with_an_outage_page(postgres, site):
    """A view in place of the table takes for ever to read, as a table would whose disk is slow."""
    for statement in (
        "ALTER TABLE catalogue_catalogueversion RENAME TO away",
        "CREATE VIEW catalogue_catalogueversion AS SELECT away.* FROM away, pg_sleep(30)",
    ):
        postgres.query(statement, "tried")
    answer = site.ask("/es/practicas/")
    assert (answer.status, answer.headers["Retry-After"]) == (503, "60")
    assert answer.seconds < allowed(4)
    assert "statement timeout" in site.log.read_text()
    postgres.query("DROP VIEW catalogue_catalogueversion", "tried")
    postgres.query("ALTER TABLE away RENAME TO catalogue_catalogueversion", "tried")
    assert site.ask("/es/practicas/").status == 200


def test_a_hung_server_holds_no_worker_for_long(postgres, site):
    assert site.ask("/es/practicas/").status == 200
    postgres.freeze()
    answers = in_background(*[lambda: site.ask("/es/practicas/")] * 8)
    assert {answer.status for answer in answers()} == {503}
    assert_is_an_outage(site.ask("/es/practicas/"))  # nobody waits once it is known
    assert site.ask("/healthz").seconds < allowed(1)
    postgres.thaw()
    assert site.serves_again(seconds=30) < allowed(30)


def test_a_killed_worker_is_replaced(site):
    (worker,) = site.workers
    os.kill(worker, signal.SIGKILL)
    until(lambda: site.workers and site.workers != [worker])
    assert site.serves_again() < allowed(5)


# Helpers


class locked:
    """Hold a lock on what every page reads first."""

    def __init__(self, postgres):
        self.connection = psycopg2.connect(postgres.address("tried"))

    def __enter__(self):
        self.connection.cursor().execute("LOCK TABLE catalogue_catalogueversion IN ACCESS EXCLUSIVE MODE")

    def __exit__(self, *problem):
        self.connection.close()


def in_background(*questions):
    """Ask at the same time; return a function that waits for all the answers."""
    answers = []
    threads = [threading.Thread(target=lambda ask=ask: answers.append(ask())) for ask in questions]
    for thread in threads:
        thread.start()

    def wait():
        for thread in threads:
            thread.join(60)
        return answers

    return wait
