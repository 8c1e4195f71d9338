"""Pages of networks and States: what they document, what is missing, and what a State without a record is shown."""

import pytest

from catalogue.caching.lru import clear_all
from catalogue.models import Practice
from tests.desk import in_state
from tests.factories import make_many, make_practice

pytestmark = pytest.mark.django_db

TRAFFICKING = "/en/networks/human-trafficking-and-migrant-smuggling/"
ENVIRONMENT = "/en/networks/migration-environment-disasters-and-climate-change/"


def panel(page, title):
    """The section under a heading."""
    start = page.index(f">{title}</h2>")
    return page[start : page.index("</section>", start)]


@pytest.mark.engines
def test_a_network_shows_its_figures_its_states_and_its_objectives(client):
    page = client.get(TRAFFICKING).content.decode()
    assert '<a href="/en/practices/?network=human-trafficking-and-migrant-smuggling">5</a>' in page
    assert "4 <small>of 12</small>" in page
    assert "2008–2022" in page
    assert 'aria-label="4 practices: 10. Eradicate trafficking"' in panel(page, "Objectives of the Global Compact")
    assert 'aria-label="0, none documented: Chile"' in panel(page, "By State")


def test_a_network_names_the_states_with_room_to_add(client):
    room = panel(client.get(TRAFFICKING).content.decode(), "Gaps: where no practice is documented yet")
    for name in ("Bolivia", "Chile", "Ecuador", "Guyana", "Paraguay", "Peru", "Suriname", "Uruguay"):
        assert name in room
    for name in ("Argentina", "Brazil", "Colombia", "Venezuela"):
        assert name not in room
    assert "Propose a practice" in room


def test_a_network_without_practices_invites_to_propose_one(client):
    page = client.get(ENVIRONMENT).content.decode()
    assert "no published practice yet" in page
    assert "Propose a practice" in page
    assert "Periods of the practices" not in page
    assert "What the sources do not say" not in page


@pytest.mark.engines
def test_the_records_of_a_state_say_what_they_leave_out(client):
    gaps = panel(client.get("/en/countries/pe/").content.decode(), "What the sources do not say")
    assert "Records, out of 4, whose source does not say:" in gaps
    assert '<li class="row">its legal basis<b class="num end">2</b></li>' in gaps
    assert "when it began" not in gaps


@pytest.mark.engines
def test_a_record_filled_in_one_language_is_no_gap(client):
    make_practice(country="UY", replicability_pt="Uma equipe e um sistema.")
    gaps = panel(client.get("/en/countries/uy/").content.decode(), "What the sources do not say")
    assert "what another State would need" not in gaps
    assert "its limits and next steps" in gaps


def test_a_state_names_the_networks_with_room_to_add(client):
    room = panel(client.get("/en/countries/pe/").content.decode(), "Gaps: where no practice is documented yet")
    assert "Human trafficking and migrant smuggling" in room
    assert "climate change" in room
    assert "Gender and migration" not in room


@pytest.mark.engines
def test_a_state_without_records_is_shown_those_of_its_neighbours(client):
    page = client.get("/en/countries/gy/").content.decode()
    nearby = panel(page, "Practices of neighbouring States")
    assert "migration-pre-registration-brazil" in nearby
    assert "national-roundtable-migration-protection-children-venezuela" in nearby
    assert "argentina" not in nearby.lower()
    assert 'href="/en/practices/?country=BR&amp;country=SR&amp;country=VE"' in nearby
    assert "This says nothing about what the State does" in page


def test_the_neighbours_of_a_state_show_no_draft(client):
    in_state(Practice.objects.get(slug="migration-pre-registration-brazil"), "draft")
    assert "migration-pre-registration-brazil" not in client.get("/en/countries/gy/").content.decode()


def test_a_state_with_records_is_not_sent_next_door(client):
    assert "Practices of neighbouring States" not in client.get("/en/countries/pe/").content.decode()


def test_every_other_state_and_network_is_one_click_away(client):
    page = client.get("/en/countries/pe/").content.decode()
    assert page[page.index("Other member States") :].count('<li><a href="/en/countries/') == 11 + 1  # one in the footer
    assert client.get(TRAFFICKING).content.decode().count('class="card net') == 5


@pytest.mark.engines
def test_a_long_list_shows_its_first_page_and_leads_to_the_whole(client):
    make_many(25, country="SR", network="gender-and-migration")
    page = client.get("/en/countries/sr/").content.decode()
    assert page.count('<li class="hit') == 20
    assert '<a href="/en/practices/?country=SR">Full list: 25 practices</a>' in page
    assert "Only the practices listed above." in client.get("/en/networks/gender-and-migration/").content.decode()


MOST = {
    "/en/networks/": 9,
    "/en/networks/gender-and-migration/": 17,
    "/en/countries/": 9,
    "/en/countries/cl/": 22,
    "/en/countries/gy/": 19,
}


@pytest.mark.parametrize("rows", [20, 200])
def test_each_page_costs_the_same_queries_whatever_the_rows(client, django_assert_max_num_queries, rows):
    make_many(rows)
    for address, most in MOST.items():
        clear_all()
        with django_assert_max_num_queries(most, info=address):
            assert client.get(address).status_code == 200
