"""Reports for a Presidency: what is documented, due and missing, and what others have that could be adapted."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.utils import timezone

from catalogue.listing.filters import practices_for
from catalogue.models import Practice
from catalogue.models.version import current
from catalogue.publication.reports import country_report, network_report
from networks.models import Country, Network
from tests.factories import make_many, make_practice

pytestmark = pytest.mark.django_db

ADDRESSES = [
    "/es/paises/pe/informe/",
    "/en/countries/uy/report/",
    "/pt-br/paises/br/relatorio/",
    "/es/redes/gender-and-migration/informe/",
    "/en/networks/gender-and-migration/report/",
    "/pt-br/redes/gender-and-migration/relatorio/",
]


def peru():
    return country_report(Country.objects.get(iso2="PE"), current())


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_report_is_a_page_a_pdf_and_a_word_file(client, address):
    page = client.get(address)
    assert page.status_code == 200
    for extension in ("pdf", "docx"):
        assert f'href="{address.rstrip("/")}.{extension}"' in page.content.decode()
    docx = client.get(f"{address.rstrip('/')}.docx")
    assert zipfile.ZipFile(io.BytesIO(docx.content)).testzip() is None


def test_the_pdf_is_typeset(client):
    assert client.get("/es/paises/pe/informe.pdf").content.startswith(b"%PDF")


@pytest.mark.engines
def test_a_report_names_what_the_list_has():
    report = peru()
    assert {practice.pk for practice in report.practices} == set(practices_for({"country": "PE"}).qs.primary_keys())
    assert report.figures.practices == 4


@pytest.mark.engines
def test_what_others_have_is_of_nobody_here_and_counts_as_its_list_does():
    report = peru()
    assert report.gaps
    for gap in report.gaps:
        listed = practices_for(dict(gap.heading.filters)).qs
        assert gap.total == listed.count()
        assert gap.examples
        for practice in gap.examples:
            assert practice.pk in set(listed.primary_keys())
            assert "PE" not in [country.iso2 for country in practice.implementing_countries]


@pytest.mark.engines
def test_a_network_without_practices_learns_from_the_others():
    empty = next(network for network in Network.objects.all() if not practices_for({"network": network.slug}).qs)
    report = network_report(empty, current())
    assert report.practices == []
    assert any(gap.heading.code == "11" for gap in report.gaps)


@pytest.mark.engines
def test_what_was_never_verified_or_is_over_its_date_is_due():
    today = timezone.now().date()
    fresh, over = make_practice(country="GY"), make_practice(country="GY")
    Practice.objects.filter(pk=fresh.pk).update(last_verified=today, next_review=today + timedelta(days=300))
    Practice.objects.filter(pk=over.pk).update(last_verified=today, next_review=today)
    never = make_practice(country="GY")
    checks = {
        practice.pk: due for practice, _words, due in country_report(Country.objects.get(iso2="GY"), current()).checks
    }
    assert checks == {fresh.pk: False, over.pk: True, never.pk: True}


@pytest.mark.engines
def test_a_report_tells_nothing_of_what_is_not_public(client):
    make_practice(country="UY", state="draft", title="Secreto")
    make_practice(country="AR", state="draft", title="Secreto")
    assert "Secreto" not in client.get("/es/paises/uy/informe/").content.decode()


@pytest.mark.parametrize("address", ["/en/countries/PE/report/", "/en/countries/xx/report/", "/en/networks/x/report/"])
def test_who_is_not_there_has_no_report(client, address):
    assert client.get(address).status_code == 404


def test_the_pages_of_a_state_and_of_a_network_lead_to_their_report(client):
    assert "/es/paises/pe/informe/" in client.get("/es/paises/pe/").content.decode()
    assert "/es/redes/gender-and-migration/informe/" in client.get("/es/redes/gender-and-migration/").content.decode()


@pytest.mark.parametrize("rows", [3, 40])
def test_the_page_costs_the_same_queries_whatever_the_rows(client, django_assert_max_num_queries, rows):
    make_many(rows, country="PE")
    with django_assert_max_num_queries(30):
        assert client.get("/es/paises/pe/informe/").status_code == 200
