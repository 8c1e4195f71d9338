"""Every filter of the list: what it finds, what it refuses, and that no error widens a result."""

import pytest
from django.utils import translation

from catalogue.listing.filters import practices_for
from tests.factories import make_practice

pytestmark = [pytest.mark.django_db, pytest.mark.engines]


def found(**query):
    filterset = practices_for(query)
    assert filterset.is_valid(), filterset.errors
    return [practice.code.removeprefix("CSM-2023-") for practice in filterset.qs]


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ({"network": "gender-and-migration"}, ["015", "016"]),
        ({"country": "PE"}, ["003", "012", "016", "019"]),
        ({"country": "pe"}, ["003", "012", "016", "019"]),
        ({"country": "CL"}, []),
        ({"scope": "consular"}, ["004", "011", "019"]),
        ({"scope": "border"}, ["005", "012", "014"]),
        ({"status": "planned"}, ["006"]),
        ({"population": "non-binary-people"}, ["015"]),
        ({"keyword": "mercosur"}, ["017"]),
        ({"gcm": "14"}, ["004", "011"]),
        ({"sdg": "5"}, ["007", "008", "009", "011", "016"]),
        ({"to": "2013"}, ["008", "019"]),
        ({"q": "LEY 6984"}, ["013"]),
        ({"q": "renaper"}, ["015"]),
        ({"q": "tacna chacalluta"}, ["012"]),
        ({"country": "PE", "network": "gender-and-migration"}, ["016"]),
    ],
)
def test_a_filter_finds_what_it_names(query, codes):
    assert found(**query) == codes


def test_values_of_one_filter_are_alternatives():
    from django.http import QueryDict

    assert practices_for(QueryDict("country=BO&country=PY")).qs.count() == 2


@pytest.mark.parametrize("word", ["niñez", "ninez", "NIÑEZ", "Ninez"])
def test_accents_and_case_do_not_matter(word):
    practice = make_practice(title="Protección de la Niñez peruana")
    assert practice.code in [other.code for other in practices_for({"q": word}).qs]


def test_a_practice_is_found_from_another_language_than_its_own():
    practice = make_practice(title="Guarda temporária de crianças", language="pt")
    with translation.override("es"):
        assert practice in practices_for({"q": "criancas guarda"}).qs


def test_an_unknown_start_is_never_guessed():
    assert "011" not in found(to="2023")
    assert "011" in found(**{"from": "2023"})


def test_a_planned_practice_has_not_run_in_any_year():
    assert "006" not in found(**{"from": "2023"})
    assert "006" in found(status="planned")


def test_years_find_what_ran_then():
    ended = make_practice(start="2001", end="2003")
    assert ended in practices_for({"from": "2003", "to": "2004"}).qs
    assert ended not in practices_for({"from": "2004"}).qs
    assert ended not in practices_for({"to": "2000"}).qs


@pytest.mark.parametrize(
    ("sort", "first", "last"),
    [("start", "CSM-2023-008", "CSM-2023-011"), ("-start", "CSM-2023-006", "CSM-2023-011")],
)
def test_an_unknown_start_sorts_last(sort, first, last):
    codes = [practice.code for practice in practices_for({"sort": sort}).qs]
    assert (codes[0], codes[-1]) == (first, last)


def test_titles_sort_in_the_readers_language_whatever_language_they_are_in():
    only_spanish = make_practice(title="Ábaco de derechos")
    last = make_practice(title="Zorzal")
    between = [make_practice(title=title) for title in ("Nube", "Ñandú", "Ocaso")]
    for language in ("es", "en", "pt-br"):
        with translation.override(language):
            order = list(practices_for({"sort": "title"}).qs)
        assert order[0] == only_spanish
        assert order[-1] == last
        assert [practice for practice in order if practice in between] == between


@pytest.mark.parametrize("sort", ["", "relevance", "title", "start", "-start", "-updated"])
def test_every_order_is_total(sort):
    for _ in range(3):
        make_practice(title="La misma", start="2020")
    once, again = ([practice.code for practice in practices_for({"sort": sort}).qs] for _ in range(2))
    assert once == again
    assert len(set(once)) == len(once)


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("country", "ZZ"),
        ("network", "nowhere"),
        ("scope", "galactic"),
        ("status", "x"),
        ("gcm", "24"),
        ("sdg", "0"),
        ("population", "x"),
        ("keyword", "x"),
        ("evidence", "x"),
        ("from", "soon"),
        ("to", "99999"),
        ("updated_since", "yesterday"),
        ("sort", "random"),
        ("q", "a" * 201),
        ("q", "a\x00b"),
    ],
)
def test_an_impossible_value_is_an_error_and_finds_nothing(parameter, value):
    filterset = practices_for({parameter: value})
    assert list(filterset.errors) == [parameter]
    assert not filterset.qs.exists()


def test_a_practice_in_two_networks_is_listed_once():
    from catalogue.models import PracticeNetwork
    from networks.models import Network

    practice = make_practice()
    PracticeNetwork.objects.create(practice=practice, network=Network.objects.get(slug="integrated-border-management"))
    both = [*practices_for({"network": "integrated-border-management"}).qs]
    assert both.count(practice) == 1
