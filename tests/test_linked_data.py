"""Every page carries linked data that an independent parser reads, and what it says is what the page says."""

import json
import re

import pytest
import rdflib
from rdflib import DCAT, DCTERMS, RDF, URIRef

from catalogue.models import Practice
from tests.factories import make_practice
from tests.test_pages import ADDRESSES, PAGES, SLUG

pytestmark = pytest.mark.django_db

SCHEMA = rdflib.Namespace("https://schema.org/")
HOST = "http://127.0.0.1:8000"
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def data_of(client, address):
    (block,) = BLOCK.findall(client.get(address).content.decode())
    return block


def graph_of(text):
    return rdflib.Graph().parse(data=text, format="json-ld")


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_carries_one_block_that_a_parser_reads(client, address):
    graph = graph_of(data_of(client, address))
    assert len(graph) > 3
    assert {str(kind).startswith(("https://schema.org/", str(DCAT))) for kind in graph.objects(None, RDF.type)} == {
        True
    }


@pytest.mark.parametrize("address", PAGES["practice"])
def test_a_practice_is_described_in_the_language_of_its_page(client, address):
    graph = graph_of(data_of(client, address))
    record = URIRef(f"{HOST}/p/CSM-2023-014/")
    practice = Practice.objects.get(code="CSM-2023-014")
    language = {"es": "es", "en": "en", "pt-br": "pt"}[address.split("/")[1]]
    assert str(graph.value(record, SCHEMA.name)) == getattr(practice, f"title_{language}")
    assert str(graph.value(record, SCHEMA.url)) == f"{HOST}{address}"
    assert str(graph.value(record, SCHEMA.temporalCoverage)) == practice.period.removesuffix("/")
    country = graph.value(record, SCHEMA.spatialCoverage)
    assert str(graph.value(country, SCHEMA.identifier)) == "BR"
    assert graph.value(record, SCHEMA.license)


@pytest.mark.parametrize("address", PAGES["home"])
def test_the_home_page_describes_the_whole_catalogue_in_dcat(client, address):
    graph = graph_of(data_of(client, address))
    (catalogue,) = graph.subjects(RDF.type, DCAT.Catalog)
    dataset = graph.value(catalogue, DCAT.dataset)
    assert (dataset, RDF.type, SCHEMA.Dataset) in graph
    assert graph.value(dataset, DCTERMS.license) == URIRef("https://creativecommons.org/licenses/by/4.0/")
    files = list(graph.objects(dataset, DCAT.distribution))
    assert len(files) > 4
    for file in files:
        download = str(graph.value(file, DCAT.downloadURL))
        assert client.get(download.removeprefix(HOST)).status_code == 200
    for service in graph.objects(catalogue, DCAT.service):
        assert client.get(str(graph.value(service, DCAT.endpointURL)).removeprefix(HOST)).status_code == 200


@pytest.mark.engines
def test_a_practice_as_a_file_is_the_block_of_its_page(client):
    response = client.get(f"/en/practices/{SLUG}.jsonld")
    assert response["Content-Type"] == "application/ld+json"
    assert json.loads(response.content) == json.loads(data_of(client, f"/en/practices/{SLUG}/"))


def test_no_text_can_end_the_block(client):
    nasty = "</script><script>alert(1)</script> & <!--"
    practice = make_practice(title=nasty, summary_es=nasty)
    block = data_of(client, f"/es/practicas/{practice.slug}/")
    assert "<" not in block
    assert json.loads(block)["name"] == nasty


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_says_what_to_show_where_it_is_shared(client, address):
    page = client.get(address).content.decode()
    found = dict(re.findall(r'<meta property="(og:[a-z_]+)" content="([^"]*)">', page))
    assert {"og:title", "og:type", "og:url", "og:site_name", "og:locale", "og:image"} <= set(found)
    assert found["og:url"] == f"{HOST}{address}"
    assert found["og:locale"] == {"es": "es_ES", "en": "en_US", "pt-br": "pt_BR"}[address.split("/")[1]]
    assert page.count("og:locale:alternate") == 2


def test_a_page_that_is_not_there_describes_nothing(client):
    for address in ("/es/nada/", "/es/paises/zz/", "/es/practicas/no-existe/"):
        page = client.get(address).content.decode()
        assert "ld+json" not in page
        assert "og:title" not in page
