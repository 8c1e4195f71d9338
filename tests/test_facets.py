"""Counts beside the filters: the number of rows after the click, always, and never a stale one."""

import json
import random

import pytest
from django.http import QueryDict

from catalogue.choices import TERM_FIELDS, CountryRole, State
from catalogue.listing.facets import CONDITIONS, FACETS, Facets, drops
from catalogue.listing.filters import practices_for
from catalogue.models import PracticeCountry, PracticeNetwork, PracticeScope, Term, derived
from networks.models import Country, Network
from tests.desk import in_state
from tests.effort import tries
from tests.factories import make_practice
from tests.reading import shown_count, shown_total

pytestmark = [pytest.mark.django_db, pytest.mark.engines]

DRAWS = tries(20, 60)
TEXTS = ["niñez", "trata", "programa", "de", "LEY 6984", "nadaquesepamos"]
YEARS = ["2005", "2015", "2020", "2023"]
DAYS = ["2000-01-01", "2099-01-01"]


def counted(query):
    return {
        (name, choice.value): choice.count
        for name, choices in Facets(practices_for(query)).choices.items()
        for choice in choices
    }


def rows(query):
    return practices_for(query).qs.count()


def with_values(query, name, *values):
    clicked = query.copy()
    clicked.setlist(name, values)
    return clicked


def make_varied_practices(draw):
    """Practices with random networks, countries in every role, scopes, terms and states."""
    terms = list(Term.objects.all())
    with derived.deferred():
        for _ in range(12):
            practice = make_practice(
                network=draw.choice(["gender-and-migration", "integrated-border-management"]),
                country=draw.choice(["PE", "CL", "UY"]),
                state=draw.choice([State.PUBLISHED, State.PUBLISHED, State.DRAFT]),
                scope=draw.choice(["national", "border"]),
                status=draw.choice(["planned", "ongoing", "ended"]),
                evidence=draw.choice(["", "figures"]),
                start=draw.choice(["", "2005", "2019"]),
                end=draw.choice(["", "..", "2021"]),
            )
            PracticeNetwork.objects.create(practice=practice, network=Network.objects.last())
            PracticeCountry.objects.create(
                practice=practice, country=Country.objects.get(iso2="GY"), role=draw.choice(CountryRole.values)
            )
            PracticeScope.objects.create(practice=practice, scope=draw.choice(["local", "regional"]))
            for field, scheme in TERM_FIELDS.items():
                getattr(practice, field).set(draw.sample([term for term in terms if term.scheme == scheme], 3))


def drawn_query(draw, choices):
    """A filter set as a reader might put it together: a few facets, sometimes a text, years, a day."""
    query = QueryDict(mutable=True)
    for name in draw.sample(FACETS, draw.choice([0, 1, 1, 2, 3])):
        query.setlist(name, draw.sample(choices[name], min(len(choices[name]), draw.choice([1, 1, 2, 4]))))
    for name, values in (("q", TEXTS), ("from", YEARS), ("to", YEARS), ("updated_since", DAYS)):
        if draw.random() < 0.25:
            query[name] = draw.choice(values)
    return query


def test_every_count_is_the_number_of_rows_after_the_click():
    draw = random.Random(2023)
    make_varied_practices(draw)
    choices = {name: [code for code, _label in practices_for({}).filters[name].options] for name in FACETS}
    for _ in range(DRAWS):
        query = drawn_query(draw, choices)
        found = Facets(practices_for(query))
        assert found.total == rows(query), query.urlencode()
        for name in FACETS:
            for choice in draw.sample(found.choices[name], min(6, len(found.choices[name]))):
                assert choice.count == rows(with_values(query, name, choice.value)), (query.urlencode(), choice)
                assert choice.checked == (choice.value in query.getlist(name))
                assert choice.disabled == (not choice.count and not choice.checked)
        for condition, count in drops(practices_for(query)):
            assert count == rows(QueryDict(condition.without[1:])), (query.urlencode(), condition)


def test_every_filter_is_counted_or_held():
    assert {*FACETS, *CONDITIONS, "sort"} == set(practices_for({}).filters)


def test_every_choice_is_counted_also_when_nobody_has_it():
    found = Facets(practices_for({})).choices["country"]
    assert len(found) == Country.objects.count()
    chile = next(choice for choice in found if choice.value == "CL")
    assert (chile.count, chile.checked, chile.disabled) == (0, False, True)


def test_a_chosen_value_that_finds_nothing_can_be_taken_back():
    chile = next(choice for choice in Facets(practices_for({"country": "CL"})).choices["country"] if choice.checked)
    assert (chile.value, chile.count, chile.disabled) == ("CL", 0, False)


@pytest.mark.parametrize("query", ["country=ZZ", "from=soon", "sort=random", "q=a%00b", "country=PE&country=ZZ"])
def test_an_impossible_value_widens_no_count(query):
    query = QueryDict(query)
    assert Facets(practices_for(query)).total == 0
    for (name, code), count in counted(query).items():
        assert count == rows(with_values(query, name, code))
    for condition, count in drops(practices_for(query)):
        assert count == rows(QueryDict(condition.without[1:]))


def test_the_last_of_several_texts_is_the_one_that_counts():
    for condition, count in drops(practices_for(QueryDict("q=trata&q=nadaquesepamos&from=2005&from=x"))):
        assert count == rows(QueryDict(condition.without[1:]))


@pytest.mark.parametrize("state", [state for state in State if state != State.PUBLISHED])
def test_what_is_not_published_never_counts(state):
    before = counted({})
    make_practice(state=state, status="pilot", evidence="evaluated")
    assert counted({}) == before


def test_a_state_that_does_not_implement_a_practice_does_not_count_it():
    before = counted({})["country", "GY"]
    PracticeCountry.objects.create(
        practice=make_practice(), country=Country.objects.get(iso2="GY"), role=CountryRole.BORDER
    )
    assert counted({})["country", "GY"] == before


def test_counting_asks_the_contents_once_for_each_version(django_assert_num_queries):
    query = {"country": "PE", "q": "niñez", "from": "2010"}
    Facets(practices_for(query))
    with django_assert_num_queries(1):  # the version
        Facets(practices_for(query))


def test_dropping_costs_no_more_queries_for_more_conditions(django_assert_max_num_queries):
    words = "&".join(f"q=word{number}" for number in range(50))
    query = QueryDict(f"{words}&country=CL&country=PE&scope=local&from=2010")
    filterset = practices_for(query)
    Facets(filterset)
    with django_assert_max_num_queries(5):  # one of them for synonyms, unless the words were looked for before
        drops(filterset)


def seen(client):
    """What a reader sees of Chile: the rows of list, CSV and JSON, and the count beside its name."""
    page = client.get("/en/practices/?country=CL")
    csv = b"".join(client.get("/en/practices.csv?country=CL").streaming_content).decode()
    records = json.loads(b"".join(client.get("/en/practices.json?country=CL").streaming_content))["practices"]
    titles = [record["title"] for record in records]
    for title in titles:
        assert title in page.content.decode()
        assert title in csv
    assert shown_total(page) == shown_count(page, "country", "CL") == len(titles)
    return titles


def test_a_publication_an_edit_and_a_deletion_are_seen_on_the_next_request(client):
    assert seen(client) == []
    practice = make_practice(title="First wording", language="en", state=State.DRAFT)
    assert seen(client) == []
    in_state(practice, State.PUBLISHED)
    assert seen(client) == ["First wording"]
    practice.title_en = "Second wording"
    practice.save()
    assert seen(client) == ["Second wording"]
    practice.practice_countries.all().delete()
    assert seen(client) == []
    PracticeCountry.objects.create(practice=practice, country=Country.objects.get(iso2="CL"))
    assert seen(client) == ["Second wording"]
    practice.delete()
    assert seen(client) == []


def test_the_page_shows_the_counts_and_says_how_filters_work_together(client):
    page = client.get("/en/practices/?country=PE").content.decode()
    assert 'value="PE" checked><span>Peru</span><span class="num"><span class="vh">(</span>4<span' in page
    assert '<label class="opt off"><input type="checkbox" id="id_country_3" name="country" value="CL" disabled>' in page
    assert "Values of one filter are alternatives; different filters are combined" in page


def test_an_empty_list_offers_each_filter_to_drop(client):
    page = client.get("/en/practices/?country=CL&network=gender-and-migration").content.decode()
    assert '<a href="?network=gender-and-migration">Remove “Country: Chile” (2 practices)</a>' in page
    assert '<a href="?country=CL">Remove “Network: Gender and migration” (0 practices)</a>' in page
