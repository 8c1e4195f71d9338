"""How far an import is can be read from elsewhere while its transaction is still open."""

import pytest
from django.db import connection, connections, transaction

from catalogue.choices import Stage
from catalogue.imports.progress import Progress, latest_progress
from catalogue.models import ImportRun
from catalogue.server.databases import database_folder

pytestmark = [pytest.mark.django_db, pytest.mark.engines]


@pytest.fixture
def elsewhere():
    """A name for the database over a connection of its own, as another process has it.

    SQLite in memory has but one connection; there a file tells how far it is.
    """
    if connection.vendor == "sqlite":
        yield "default"
        return
    connections["elsewhere"] = connections.create_connection("default")
    yield "elsewhere"
    connections["elsewhere"].close()
    del connections["elsewhere"]


@pytest.fixture
def run(elsewhere):
    """An import that is being applied, seen by everybody."""
    run = ImportRun.objects.using(elsewhere).create(
        file_name="practices.xlsx", sha256="0" * 64, kind="xlsx", stage=Stage.APPLYING
    )
    yield run
    run.delete()


def test_progress_is_told_past_the_open_transaction_and_stays_told_when_that_is_undone(run, elsewhere):
    progress = Progress(run)
    try:
        with transaction.atomic():
            progress(40, 100)
            assert told(run, elsewhere) == (40, 100)
            transaction.set_rollback(True)
        assert told(run, elsewhere) == (40, 100)
    finally:
        progress.close()


def told(run, elsewhere):
    return latest_progress(ImportRun.objects.using(elsewhere).get(pk=run.pk))[:2]


def test_catalogues_that_are_served_from_one_folder_tell_of_their_own_imports_only(monkeypatch):
    here = database_folder("default", "imports")
    monkeypatch.setitem(connection.settings_dict, "NAME", "another")
    assert database_folder("default", "imports") != here
