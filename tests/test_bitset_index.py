"""The bitset index follows a change without being built again, and is then what it would be if it were."""

import random

import pytest

from catalogue.choices import State
from catalogue.listing.bitsets import BitsetIndex, bitset_index, build_in_background
from catalogue.listing.filter_choices import stored_choices
from catalogue.models import Organisation, Practice, PracticeCountry, Term
from catalogue.models.version import REMEMBERED, CatalogueChange, bump, changes_between, current
from networks.models import Country, Network
from tests.desk import in_state
from tests.factories import make_practice

pytestmark = [pytest.mark.django_db, pytest.mark.engines]


def read_anew():
    return BitsetIndex(Practice.objects.published(), stored_choices(current()).codes())


def keys_per_choice(index):
    """What an index says, whatever the bits it gives to practices."""
    return {
        choice: sorted(index.keys[place] for place in range(len(index.keys)) if practices >> place & 1)
        for choice, practices in [("everything", index.everything), *index._choices.items()]
        if practices
    }


def publish(draw):
    make_practice(network="gender-and-migration", country=draw.choice(["PE", "CL"]))


def withdraw(draw):
    in_state(draw.choice(Practice.objects.published()), State.ARCHIVED)


def restore(draw):
    for practice in Practice.objects.filter(state=State.ARCHIVED)[:1]:
        in_state(practice, State.PUBLISHED)


def change(draw, **values):
    practice = draw.choice(Practice.objects.published())
    for name, value in (values or {"scope": draw.choice(["national", "border"]), "status": "ended"}).items():
        setattr(practice, name, value)
    practice.save()


def delete(draw):
    draw.choice(Practice.objects.published()).delete()


def relate(draw):
    practice = draw.choice(Practice.objects.published())
    practice.keywords.set(draw.sample(list(Term.objects.of("keyword")), 3))
    practice.gcm_objectives.clear()
    if not practice.practice_countries.filter(country__iso2="GY").exists():
        PracticeCountry.objects.create(practice=practice, country=Country.objects.get(iso2="GY"))


def give_a_row_to_another(draw):
    row = PracticeCountry.objects.exclude(country__iso2="SR").first()
    row.country, row.order = Country.objects.get(iso2="SR"), None
    row.practice = Practice.objects.published().exclude(practice_countries__country__iso2="SR").last()
    row.save()


def rename(draw):
    for record in (Organisation.objects.first(), draw.choice(Network.objects.all()), Term.objects.of("keyword").last()):
        record.name_es = f"{record.name_es} {draw.random()}"
        record.save()


def change_a_code(draw):
    network = draw.choice(Network.objects.exclude(slug="gender-and-migration"))
    network.slug = f"{network.slug}-{draw.randrange(10)}"[-40:]
    network.save()


def take_a_choice_away(draw):
    draw.choice(Term.objects.of("keyword")).delete()


def add_a_choice(draw):
    term = Term.objects.create(scheme="keyword", code=f"new-{draw.random()}"[:20], name_es="Nueva")
    draw.choice(Practice.objects.published()).keywords.add(term)


CHANGES = [
    publish,
    withdraw,
    restore,
    change,
    delete,
    relate,
    give_a_row_to_another,
    rename,
    change_a_code,
    take_a_choice_away,
    add_a_choice,
]


def test_after_any_changes_the_sets_are_those_that_would_be_read_anew():
    draw = random.Random(12)
    for _ in range(40):
        bitset_index()
        for make_change in draw.sample(CHANGES, draw.choice([1, 1, 2, 3])):
            make_change(draw)
        followed = bitset_index()
        assert keys_per_choice(followed) == keys_per_choice(read_anew())
        assert followed.totals == {choice: practices.bit_count() for choice, practices in followed._choices.items()}


def test_a_change_of_one_practice_reads_no_other(django_assert_max_num_queries):
    bitset_index()
    change(random.Random(1))
    with django_assert_max_num_queries(7) as queries:  # version, changes, choices, the practice, what it is related to
        bitset_index()
    assert not [
        query
        for query in queries.captured_queries
        if "ORDER BY" in query["sql"] and "state" in query["sql"] and " IN (" not in query["sql"]
    ]


def test_a_new_name_of_what_many_practices_share_reads_no_practice_for_the_sets(django_assert_max_num_queries):
    bitset_index()
    rename(random.Random(1))
    with django_assert_max_num_queries(6) as queries:  # version, changes, four kinds of choices
        bitset_index()
    assert not [query for query in queries.captured_queries if "catalogue_practice" in query["sql"]]


@pytest.mark.django_db(transaction=True)
def test_a_worker_builds_the_sets_in_the_background(django_assert_num_queries):
    build_in_background().join()
    with django_assert_num_queries(1):  # the version
        bitset_index()


def test_what_may_have_changed_everything_is_read_anew():
    known = current()
    Network.objects.first().save()
    assert changes_between(known, current()) is None


def test_versions_that_are_forgotten_are_read_anew():
    bump()
    known = current()
    bump(practices=[1])
    assert changes_between(known, current()) == {1}
    CatalogueChange.objects.filter(number=known.number + 1).delete()
    bump(practices=[1])
    assert changes_between(known, current()) is None


def test_a_restored_database_with_another_history_is_read_anew():
    bump()
    known = current()
    bump(practices=[1])
    assert changes_between(known._replace(changed_at=current().changed_at), current()) is None


def test_the_memory_of_changes_does_not_grow():
    for _ in range(REMEMBERED * 2 + 5):
        bump(practices=[1])
    assert CatalogueChange.objects.count() <= REMEMBERED * 2
