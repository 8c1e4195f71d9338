"""A first visit weighs little on the wire, compressed; how long it takes is measured by benchmarks/weight.py."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from tests.factories import make_practice

pytestmark = pytest.mark.django_db

KILOBYTE = 1000
LIST = ["/es/practicas/", "/en/practices/", "/pt-br/praticas/"]
FIRST = ["/es/", *LIST, "/pt-br/praticas/assistance-migrant-refugee-children-peru/", "/en/countries/pe/", "/es/datos/"]
PACKED = {".woff2"}  # compressed already


def html_of(client, address):
    """The bytes of a page as they travel, and its text."""
    travelled = client.get(address, headers={"accept-encoding": "gzip"})
    assert travelled["Content-Encoding"] == "gzip"
    return travelled.content, gzip.decompress(travelled.content).decode()


def weight_of(path):
    """The bytes of a static file as they travel, with the compression that every browser understands."""
    content = Path(path).read_bytes()
    return len(content) if Path(path).suffix in PACKED else len(gzip.compress(content, 9))


def files_of(page):
    """The static files that a browser fetches for a page."""
    names = re.findall(r'<(?:link|script|img)\b[^>]*?(?:href|src)="/static/([^"]+)"', page)
    return {finders.find(name) for name in names}


@pytest.mark.parametrize("address", LIST)
def test_a_full_page_of_the_list_weighs_at_most_30_kilobytes(client, address):
    for _number in range(5):
        make_practice(summary_es="Un resumen de extensión corriente, con lo que se hizo y para quién. " * 4)
    travelled, page = html_of(client, f"{address}?sort=-updated")
    assert len(re.findall(r'class="hit[ "]', page)) == 20
    assert len(travelled) <= 30 * KILOBYTE


def test_the_style_sheet_weighs_at_most_12_kilobytes():
    assert weight_of(finders.find("catalogue.css")) <= 12 * KILOBYTE


def test_all_scripts_for_readers_weigh_at_most_40_kilobytes():
    root = Path(finders.find("catalogue.css")).parent
    scripts = [path for path in root.rglob("*.js") if "admin" not in path.relative_to(root).parts]
    assert sum(map(weight_of, scripts)) <= 40 * KILOBYTE


@pytest.mark.parametrize("address", FIRST)
def test_a_first_page_weighs_at_most_150_kilobytes_in_all(client, address):
    travelled, page = html_of(client, address)
    files = files_of(page)
    assert {"catalogue.css", "archivo-latin-wght-normal.woff2"} <= {Path(path).name for path in files}
    assert len(travelled) + sum(map(weight_of, files)) <= 150 * KILOBYTE
