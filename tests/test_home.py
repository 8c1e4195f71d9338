"""The first page: what this is, who takes part, who works on what, on the map and without it."""

import gzip
import html
import re
from pathlib import Path

import pytest
from django.conf import settings

from catalogue.coverage.tables import networks_by_country
from catalogue.models.version import current
from networks.models import Country
from tests.factories import make_many

pytestmark = pytest.mark.django_db

HOMES = ["/es/", "/en/", "/pt-br/"]
DISCLAIMER = {
    "/es/": "no implican aprobación ni aceptación oficial",
    "/en/": "imply no official endorsement or acceptance",
    "/pt-br/": "não implicam endosso nem aceitação oficial",
}
DISPUTE = {
    "/es/": "Islas Malvinas (Falkland Islands)",
    "/en/": "Falkland Islands (Malvinas)",
    "/pt-br/": "Ilhas Malvinas (Falkland Islands)",
}


@pytest.mark.engines
def test_the_page_shows_the_totals_the_networks_and_the_states_that_contribute(client):
    page = client.get("/en/").content.decode()
    assert '<dd><a href="/en/practices/">19</a></dd>' in page
    assert "8 <small>of 12</small>" in page
    assert "5 <small>of 6</small>" in page
    assert '<a href="/en/practices/?evidence=figures&amp;evidence=evaluated">1</a>' in page
    assert "<p>Argentina, Brazil, Colombia, Venezuela</p>" in page
    assert "No practice documented yet" in page


def test_every_state_is_a_named_link_of_the_map_with_its_count(client):
    page = client.get("/en/").content.decode()
    drawn = re.findall(r'<a href="(/en/countries/\w\w/)" aria-label="([^"]+)"><path class="q\d"', page)
    assert len(drawn) == Country.objects.count() == 12
    assert ("/en/countries/pe/", "Peru: 4 practices") in drawn
    assert ("/en/countries/gy/", "Guyana: 0 practices") in drawn
    assert "tabindex" not in page[page.index('<figure class="map">') : page.index("</figure>")]


def test_the_list_beside_the_map_says_the_same_and_stands_without_it(client):
    page = client.get("/en/").content.decode()
    without = re.sub(r"<details open>.*?</details>", "", page, count=1, flags=re.DOTALL)
    assert "<path class" not in without[: without.index("</figure>")]
    for country in Country.objects.all():
        assert f'<li><a href="/en/countries/{country.iso2.lower()}/">{country.name_en}</a> <span>' in without


@pytest.mark.parametrize("home", DISCLAIMER)
def test_every_page_with_a_map_carries_the_disclaimer(client, home):
    countries = {"/es/": "paises", "/en/": "countries", "/pt-br/": "paises"}[home]
    for path in ("", f"{countries}/", f"{countries}/gy/"):
        page = client.get(f"{home}{path}").content.decode()
        assert 'id="map-note"' in page
        assert DISCLAIMER[home] in page
        assert DISPUTE[home] in page


def test_every_cell_of_the_matrix_is_a_link(client):
    page = client.get("/es/").content.decode()
    for row in networks_by_country(current()).rows:
        for cell in row.cells:
            assert f'href="/es/practicas/{html.escape(cell.query)}"' in page


def test_the_gaps_are_room_for_new_practices(client):
    page = client.get("/en/").content.decode()
    room = page[page.index("Gaps: where no practice is documented yet") : page.index("Propose a practice")]
    for name in ("Chile", "Guyana", "Suriname", "Uruguay", "Migration, environment, disasters and climate change"):
        assert name in room
    assert "Peru" not in room


@pytest.mark.parametrize("home", HOMES)
def test_the_page_is_light(client, home):
    assert len(gzip.compress(client.get(home).content)) < 14_336


def test_the_style_sheet_is_light():
    assert len(gzip.compress(Path(settings.BASE_DIR, "static", "catalogue.css").read_bytes())) < 12_288


@pytest.mark.parametrize("rows", [20, 200])
def test_the_page_costs_the_same_queries_whatever_the_rows(client, django_assert_max_num_queries, rows):
    make_many(rows)
    with django_assert_max_num_queries(13):
        assert client.get("/es/").status_code == 200
