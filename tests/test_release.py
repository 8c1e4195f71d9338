"""One number for a release, and a database that this release cannot bring up to date is left as it is."""

import re
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test.utils import CaptureQueriesContext

from catalogue.errors import Refused
from catalogue.server.release import OLDEST_RELEASE, release_number
from catalogue.server.upgrade import check_migrations

ROOT = Path(__file__).resolve().parent.parent
NEWER = ("catalogue", "9999_of_next_year")


def squashed(*replaced):
    migration = Migration("0001_squashed_0003", "catalogue")
    migration.replaces = [("catalogue", name) for name in replaced]
    return {("catalogue", migration.name): migration}


def on_disk(*names):
    return {("catalogue", name): Migration(name, "catalogue") for name in names}


def applied(*names):
    return {("catalogue", name) for name in names}


def test_the_newest_release_that_is_told_is_the_one_of_the_code():
    told = re.findall(r"^## (\d+\.\d+\.\d+) – (\d{4}-\d\d-\d\d)$", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert told[0][0] == release_number()
    assert [day for _number, day in told] == sorted((day for _number, day in told), reverse=True)


@pytest.mark.parametrize("name", ["catalogue.yaml", "tasks.yaml"])
def test_the_cluster_runs_the_image_of_the_release(name):
    text = (ROOT / "deploy" / "kubernetes" / name).read_text()
    assert set(re.findall(r"/catalogue:(\S+)", text)) == {release_number()}


def test_the_steps_of_an_upgrade_name_the_oldest_release_that_is_taken():
    assert f"from {OLDEST_RELEASE} on" in (ROOT / "docs" / "deploying.md").read_text()


@pytest.mark.django_db
def test_a_database_of_a_newer_release_is_refused_before_anything_is_written():
    MigrationRecorder(connection).record_applied(*NEWER)
    with CaptureQueriesContext(connection) as asked, pytest.raises(CommandError) as refused:
        call_command("prepare", administrator="admin")
    assert asked.captured_queries
    assert all(query["sql"].lstrip().startswith("SELECT") for query in asked.captured_queries)
    assert str(refused.value) == (
        f"The database was made by a newer release: {release_number()} does not know its migrations {'.'.join(NEWER)}."
        " Run that release, or restore a backup made before its upgrade. Nothing was changed."
    )


def test_a_database_between_two_steps_that_are_gone_is_older_than_the_oldest():
    code = squashed("0001_initial", "0002_search", "0003_roles")
    with pytest.raises(Refused, match=f"older than {re.escape(OLDEST_RELEASE)}.*Upgrade it to") as refused:
        check_migrations(applied("0001_initial", "0002_search"), code)
    assert release_number() in str(refused.value)


@pytest.mark.parametrize(
    ("code", "found"),
    [
        (on_disk("0001_initial", "0002_search"), applied()),
        (on_disk("0001_initial", "0002_search"), applied("0001_initial")),
        (squashed("0001_initial", "0002_search"), applied("0001_initial", "0002_search")),
        (squashed("0001_initial", "0002_search"), applied("0001_squashed_0003", "0001_initial", "0002_search")),
        (squashed("0001_initial", "0002_search"), applied("0001_squashed_0003")),
        (squashed("0001_initial", "0002_search") | on_disk("0001_initial", "0002_search"), applied("0001_initial")),
        (on_disk("0001_initial"), applied("0001_initial") | {("another_app", "0001_initial")}),
    ],
    ids=["empty", "older", "replaced", "replaced and squashed", "squashed", "half-way, steps there", "another app"],
)
def test_a_database_that_can_be_brought_up_to_date_is_taken(code, found):
    check_migrations(found, code)


def test_whatever_the_code_has_been_before_is_taken():
    """Until a release later than the first, the oldest that is taken is any earlier state of the code."""
    code = MigrationLoader(None).disk_migrations
    steps = sorted(name for app, name in code if app == "catalogue" and "squashed" not in name)
    for number in range(len(steps) + 1):
        check_migrations(applied(*steps[:number]), code)
