"""A running site serves machines: a harvester over HTTP, and a browser that meets data blocks under our policy."""

import json

import pytest
from sickle import Sickle

from tests.test_pages import PAGES

pytestmark = pytest.mark.browser


def test_a_harvester_walks_a_running_site(site):
    records = list(Sickle(f"{site.url}/oai").ListRecords(metadataPrefix="oai_dc"))
    assert len(records) == 19
    assert all(record.metadata["title"] for record in records)


@pytest.mark.parametrize("address", [addresses[0] for addresses in PAGES.values()])
def test_a_data_block_is_read_and_not_refused_by_the_policy(open_page, address):
    page = open_page(address)  # which fails afterwards if the browser complained
    block = page.locator('script[type="application/ld+json"]')
    assert json.loads(block.text_content())["@context"]


@pytest.mark.parametrize("address", ["/es/api/", "/en/practices/cite/?country=PE"])
@pytest.mark.parametrize("width", [320, 1280])
def test_pages_for_programs_and_citations_fit_every_screen(open_page, address, width):
    page = open_page(address, viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
