"""A real primary and its streaming replica: readers are served from the one, editors from the other."""

import threading
from tempfile import TemporaryDirectory

import pytest

from tests.faults.desk import Editor
from tests.faults.servers import Postgres, Site, caught_up
from tests.waiting import allowed, until


@pytest.fixture
def replica(postgres, database):
    """A streaming replica of the whole server."""
    with TemporaryDirectory(prefix="catalogue-faults-") as folder:
        copy = Postgres(folder).copy_of(postgres.address())
        copy.start()
        yield copy
        if copy.is_running():
            copy.thaw()
            copy.stop("immediate")


@pytest.fixture
def pair(postgres, database, replica, tmp_path):
    """A site over both, with a record that waits to be published."""
    addresses = {"DATABASE_URL": database, "DATABASE_REPLICA_URL": replica.address("tried")}
    with Site(tmp_path / "log", DATABASE_TIMEOUT="2", **addresses) as site:
        editor = Editor(site, database)
        until(lambda: caught_up(postgres, replica))
        yield site, editor


def count(text):
    return int(text.partition('"count":')[2].partition(",")[0])


def listed(site):
    """How many practices a reader is told of; how many her browser would list on the page is the same."""
    return count(site.ask("/api/v1/practices/").text)


def seen(editor):
    """How many practices somebody with a session is told of."""
    return count(editor.open("/api/v1/practices/")[1])


def test_editors_read_their_own_writes_and_readers_what_the_replica_has(pair, replica, postgres):
    site, editor = pair
    before = listed(site)
    replica.query("SELECT pg_wal_replay_pause()", "tried")
    editor.take(editor.records[0], "publish")
    assert seen(editor) == before + 1
    assert listed(site) == before
    assert site.ask("/es/practicas.json").text.count('"code"') == before
    replica.query("SELECT pg_wal_replay_resume()", "tried")
    until(lambda: caught_up(postgres, replica))
    assert listed(site) == before + 1


def test_pages_of_both_databases_in_turn_never_show_the_others_contents(pair, replica, postgres):
    """What a process keeps of a version was made of that version, whichever database it came from."""
    site, editor = pair
    before = listed(site)
    replica.query("SELECT pg_wal_replay_pause()", "tried")
    editor.take(editor.records[0], "publish")
    for _turn in range(5):
        assert (seen(editor), listed(site)) == (before + 1, before)
    replica.query("SELECT pg_wal_replay_resume()", "tried")
    until(lambda: caught_up(postgres, replica))
    assert [(seen(editor), listed(site)) for _turn in range(3)] == [(before + 1, before + 1)] * 3


def test_readers_do_not_notice_that_the_replica_is_gone_and_it_is_read_again_when_it_is_back(pair, replica):
    site, _editor = pair
    statuses, done = [], threading.Event()

    def read():
        while not done.is_set():
            statuses.append(site.ask(f"/es/practicas/?n={len(statuses)}").status)

    reader = threading.Thread(target=read)
    reader.start()
    until(lambda: len(statuses) > 5)
    replica.stop("immediate")
    gone_at = len(statuses)
    until(lambda: len(statuses) > gone_at + 20)
    done.set()
    reader.join()
    assert set(statuses) == {200}
    assert "served from the primary database" in site.log.read_text()
    replica.start()
    until(lambda: site.ask("/es/practicas/").status == 200 and read_by_the_site(replica), 20)


def test_a_replica_that_hangs_is_left_alone(pair, replica):
    site, _editor = pair
    assert site.ask("/es/practicas/").status == 200
    replica.freeze()
    assert site.ask("/es/practicas/?n=1").status == 200
    assert site.ask("/es/practicas/?n=2").seconds < allowed(3)


def test_without_the_primary_readers_read_on(pair, postgres):
    site, editor = pair
    before = listed(site)
    postgres.stop("immediate")
    assert listed(site) == before
    for page in ("/es/", "/en/practices/?country=PE", "/pt-br/praticas.csv", "/p/CSM-2023-001/"):
        assert site.ask(page).status == 200, page
    assert editor.open("/admin/")[0] == 503
    assert site.ask("/readyz").text == "ready for readers; database unavailable\n"
    postgres.start()
    until(lambda: editor.open("/admin/")[0] == 200, 5)


def test_without_the_primary_readers_are_served_by_a_replica_that_was_left_alone_a_moment_ago(pair, replica, postgres):
    site, _editor = pair
    replica.stop("immediate")
    assert site.ask("/es/practicas/").status == 200
    replica.start()
    postgres.stop("immediate")
    for page in ("/es/practicas/", "/es/practicas/?n=1", "/pt-br/praticas.csv"):
        assert site.ask(page).status == 200, page


@pytest.mark.parametrize("lost", ["primary", "replica"])
def test_a_browser_that_asks_for_news_is_answered_by_the_other_database(pair, replica, postgres, lost):
    site, _editor = pair
    etag = site.ask("/es/practicas/").headers["ETag"]
    {"primary": postgres, "replica": replica}[lost].stop("immediate")
    assert [site.ask("/es/practicas/", If_None_Match=etag).status for _request in range(3)] == [304] * 3


def test_a_replica_that_has_fallen_far_behind_is_not_shown(pair, replica, postgres):
    site, editor = pair
    before = listed(site)
    replica.query("SELECT pg_wal_replay_pause()", "tried")
    editor.take(editor.records[0], "publish")
    postgres.query("UPDATE catalogue_cataloguechange SET changed_at = changed_at - interval '2 minutes'", "tried")
    until(lambda: listed(site) == before + 1, 15)
    assert "too far behind" in site.log.read_text()
    replica.query("SELECT pg_wal_replay_resume()", "tried")


def read_by_the_site(replica):
    return replica.query("SELECT count(*) FROM pg_stat_activity WHERE datname = 'tried'")[0][0] > 0
