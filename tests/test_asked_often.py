"""The version is asked for by each request: PostgreSQL plans the question once, and answers whatever lies between."""

import pytest
from django.db import connection, transaction

from catalogue.models.version import bump, current

pytestmark = [
    pytest.mark.engines,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite keeps its questions by itself"),
]
PREPARED = "SELECT name FROM pg_prepared_statements"


@pytest.fixture(autouse=True)
def own_session():
    connection.close()
    yield
    connection.close()


def moved_on(number):
    bump()
    return current().number == number + 1


def prepared():
    with connection.cursor() as cursor:
        cursor.execute(PREPARED)
        return [name for (name,) in cursor.fetchall()]


def test_the_question_is_planned_once_and_answered_anew_each_time():
    before = current().number
    assert moved_on(before)
    assert moved_on(before + 1)
    assert prepared() == ["asked_often"]


def test_another_session_is_asked_too():
    before = current().number
    connection.close()
    assert moved_on(before)
    assert prepared() == ["asked_often"]


def test_a_change_is_seen_within_its_transaction():
    before = current().number
    with transaction.atomic():
        assert moved_on(before)


@pytest.mark.parametrize("between", ["DEALLOCATE ALL", "DISCARD ALL"])
def test_a_pooler_that_lends_another_session_for_each_question_is_no_hindrance(between):
    before = current().number
    with connection.cursor() as cursor:
        cursor.execute(between)
    assert moved_on(before)
    assert moved_on(before + 1)
    assert prepared() == []


def test_a_session_in_which_another_has_prepared_it_is_no_hindrance():
    with connection.cursor() as cursor:
        cursor.execute("PREPARE asked_often AS SELECT 7, now(), 7")
    assert moved_on(current().number)


def test_an_upgrade_that_changes_a_column_meanwhile_is_no_hindrance():
    before = current().number
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE catalogue_catalogueversion ALTER COLUMN whole TYPE numeric")
    try:
        assert moved_on(before)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE catalogue_catalogueversion ALTER COLUMN whole TYPE bigint")
