"""Costly work has a lane of its own: whoever asks for books, and how many of them, pages go on."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import contextmanager

import pytest

from tests.faults.servers import ROOT, Site, ask
from tests.waiting import allowed, until

EVERYTHING = "/es/practicas.pdf"
MADE = "path=catalogue.costly_files.generate.make_file state=SUCCESSFUL"
PAGES = ("/es/acerca/", "/es/practicas/", "/en/networks/", "/pt-br/paises/pe/")


def books(number):
    """Return so many addresses of books of (almost) everything, each with a query of its own."""
    kinds = ("practicas.pdf", "practicas.docx")
    return [f"/es/{kinds[n % 2]}?q=-palabra{n}" for n in range(number)]


class Crowd:
    """Clients who ask each for one address, again as they are told to, until they have an answer for good or stop."""

    def __init__(self, url, addresses):
        self.url, self.statuses, self.retry, self.stopped = url, Counter(), set(), threading.Event()
        self.threads = [threading.Thread(target=self.ask_for, args=[address]) for address in addresses]

    def ask_for(self, address):
        while not self.stopped.is_set():
            answer = ask(self.url + address, timeout=90)
            self.statuses[answer.status] += 1
            if answer.status != 503:
                return
            self.retry.add(answer.headers["Retry-After"])
            self.stopped.wait(1)

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *problem):
        self.stopped.set()
        for thread in self.threads:
            thread.join(timeout=120)


def reading(url, seconds):
    """Read pages one after the other; return their statuses and the seconds each took, in order."""
    statuses, took, end = Counter(), [], time.monotonic() + seconds
    while time.monotonic() < end:
        answer = ask(f"{url}{PAGES[len(took) % len(PAGES)]}?n={time.monotonic()}", timeout=60)
        statuses[answer.status] += 1
        took.append(answer.seconds)
    return statuses, sorted(took)


@contextmanager
def worker(site, log):
    """A worker of the queue of files with the settings of the site, as the shipped unit starts it."""
    command = [sys.executable, "manage.py", "db_worker", "--queue-name", "files", "--interval", "0.2"]
    with log.open("a") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=site.environment, stdout=output, stderr=output)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=60)


@pytest.mark.parametrize("tasks", ["immediate", "database"])
def test_16_clients_who_ask_for_books_keep_no_page_waiting(database, tmp_path, tasks):
    log = tmp_path / "worker"
    with Site(tmp_path / "log", DATABASE_URL=database, workers=2, TASKS=tasks) as site:
        reading(site.url, 3)  # both processes have answered something
        with worker(site, log), Crowd(site.url, books(16)) as crowd:
            statuses, took = reading(site.url, 15)
    print(f"\n{tasks}: {len(took)} pages, p95 {took[int(len(took) * 0.95)]:.2f} s, books {dict(crowd.statuses)}")
    assert set(statuses) == {200}
    assert took[int(len(took) * 0.95)] < allowed(1)
    assert set(crowd.statuses) <= {200, 202, 503}
    assert crowd.retry <= {"20"}


def test_200_delegates_who_ask_for_the_same_book_have_it_made_once(database, tmp_path):
    with Site(tmp_path / "log", DATABASE_URL=database, workers=2) as site:
        with Crowd(site.url, [f"{EVERYTHING}?utm_source={n}" for n in range(200)]) as crowd:
            until(lambda: site.ask(EVERYTHING).status == 200, 60)
            for thread in crowd.threads:
                thread.join(timeout=60)
        assert site.log.read_text().count(MADE) == 1
    assert set(crowd.statuses) <= {200, 202}


def test_with_the_worker_away_pages_go_on_and_work_is_taken_up_again(postgres, database, tmp_path):
    log = tmp_path / "worker"
    address = f"{EVERYTHING}?country=PE"
    browser = {"Accept": "text/html"}
    with Site(tmp_path / "log", DATABASE_URL=database, TASKS="database") as site:
        assert site.ask(address, **browser).status == 202
        assert {site.ask(page).status for page in PAGES} == {200}
        postgres.query(
            "UPDATE django_tasks_database_dbtaskresult SET enqueued_at = now() - interval '2 minutes'", "tried"
        )
        ready = site.ask("/readyz")
        assert (ready.status, "no worker takes up: files" in ready.text) == (200, True)
        with worker(site, log):
            until(lambda: site.ask(address, **browser).status == 200, 60)
            assert site.ask("/readyz").text == "ready\n"


def test_a_book_whose_worker_is_killed_is_taken_up_again(postgres, database, tmp_path):
    log = tmp_path / "worker"
    with Site(tmp_path / "log", DATABASE_URL=database, TASKS="database") as site:
        with worker(site, log) as killed:
            assert site.ask(EVERYTHING, Accept="text/html").status == 202
            state = "SELECT state FROM catalogue_cachedfile"
            until(lambda: postgres.query(state, "tried") == [("making",)])
            os.kill(killed.pid, signal.SIGKILL)
        assert postgres.query(state, "tried") == [("making",)]
        postgres.query("UPDATE catalogue_cachedfile SET heard_at = now() - interval '1 minute'", "tried")
        with worker(site, log):
            until(lambda: site.ask(EVERYTHING, Accept="text/html").status == 200, 60)


def test_books_are_made_while_the_primary_database_is_there_or_say_when(postgres, database, tmp_path):
    with Site(tmp_path / "log", DATABASE_URL=database, DATABASE_TIMEOUT="2") as site:
        postgres.stop("immediate")
        answer = site.ask(EVERYTHING)
        assert (answer.status, bool(re.fullmatch(r"\d+", answer.headers["Retry-After"]))) == (503, True)
        postgres.start()
        until(lambda: site.ask(EVERYTHING).status == 200, 60)
