"""The version of the catalogue: every change of what the public sees moves it, in the transaction of the change."""

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, transaction

from catalogue.models import CatalogueVersion, Contact, Organisation, Place, Practice, Term
from catalogue.models.version import bump, current
from networks.models import Network
from tests.factories import make_practice

pytestmark = [pytest.mark.django_db, pytest.mark.engines]


def save():
    Practice.objects.first().save()


def delete():
    Practice.objects.first().delete()


def add_a_row():
    Place.objects.create(practice=Practice.objects.first(), name="Tacna")


def take_a_row_away():
    Practice.objects.first().practice_countries.first().delete()


def add_a_term():
    Practice.objects.first().keywords.add(Term.objects.of("keyword").last())


def clear_the_terms():
    Practice.objects.first().keywords.clear()


def rename_a_network():
    Network.objects.first().save()


def rename_an_organisation():
    Organisation.objects.first().save()


def change_an_office():
    Contact.objects.first().save()


def change_several_at_once():
    Practice.objects.filter(scope="national").update(status="ended")


def create_several_at_once():
    Term.objects.bulk_create([Term(scheme="keyword", code="new", name="New")])


@pytest.mark.parametrize(
    "change",
    [
        save,
        delete,
        add_a_row,
        take_a_row_away,
        add_a_term,
        clear_the_terms,
        rename_a_network,
        rename_an_organisation,
        change_an_office,
        change_several_at_once,
        create_several_at_once,
    ],
    ids=lambda change: change.__name__,
)
def test_every_change_of_the_contents_moves_the_version(change):
    before = current()
    change()
    assert current().number > before.number
    assert current().changed_at > before.changed_at


def test_what_nobody_sees_leaves_the_version_alone():
    before = current()
    get_user_model().objects.create_user("somebody")
    assert current() == before


def test_asking_costs_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        current()


def test_an_empty_database_has_a_version_and_gets_its_row_with_the_first_change():
    CatalogueVersion.objects.all().delete()
    assert current().number == 0
    bump()
    assert current().number == 1


def test_a_change_that_is_undone_gives_its_version_to_nobody_else():
    with transaction.atomic():
        make_practice()
        undone = current()
        transaction.set_rollback(True)
    while current().number < undone.number:
        make_practice()
    assert current().number == undone.number
    assert current() != undone


def test_a_plain_save_and_its_version_are_one_transaction(monkeypatch):
    depths = []
    monkeypatch.setattr(
        "catalogue.caching.version_signals.bump",
        lambda *arguments, **options: depths.append(len(connection.atomic_blocks)),
    )
    outside = len(connection.atomic_blocks)
    Network.objects.first().save()
    assert depths == [outside + 1]
