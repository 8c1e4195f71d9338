"""The nineteen practices say what the publication says: counts, figures, doubts, in three languages."""

from decimal import Decimal

import pytest

from catalogue.coverage.tables import networks_by_country
from catalogue.models import Practice, PracticeOrganisation, Result
from catalogue.models.version import current
from networks.models import Country, Network

pytestmark = pytest.mark.django_db

PER_NETWORK = {
    "migrant-children-and-adolescents": 6,
    "human-trafficking-and-migrant-smuggling": 5,
    "integrated-border-management": 3,
    "social-and-occupational-integration": 3,
    "gender-and-migration": 2,
}
PER_COUNTRY = {"AR": 5, "PE": 4, "BR": 2, "CO": 2, "EC": 2, "VE": 2, "BO": 1, "PY": 1}


@pytest.mark.engines
def test_six_networks_twelve_countries_nineteen_practices():
    assert (Network.objects.count(), Country.objects.count(), Practice.objects.published().count()) == (6, 12, 19)
    table = networks_by_country(current())
    per_network = zip(table.across.headings, table.totals, strict=False)
    assert {heading.code: cell.count for heading, cell in per_network if cell.count} == PER_NETWORK
    assert {row.heading.code: row.total.count for row in table.rows if row.total.count} == PER_COUNTRY


@pytest.mark.engines
def test_codes_follow_the_order_of_the_publication():
    codes = list(Practice.objects.values_list("code", flat=True))
    assert codes == [f"CSM-2023-{number:03d}" for number in range(1, 20)]
    assert Practice.objects.get(code="CSM-2023-014").slug == "migration-pre-registration-brazil"


def test_all_thirty_nine_figures_are_there():
    assert Result.objects.count() == 39


@pytest.mark.engines
def test_a_malformed_figure_stays_as_printed_and_is_no_number():
    baseline = Result.objects.get(practice__code="CSM-2023-014", as_printed="645,00")
    assert baseline.value is None
    assert not baseline.chartable
    assert not Result.objects.filter(value__in=[645, 645000]).exists()


def test_figures_of_another_service_are_not_charted_as_a_trend():
    assert not Result.objects.filter(practice__code="CSM-2023-019", chartable=True).exists()


def test_norms_and_contexts_are_never_charted():
    assert not Result.objects.filter(kind__in=["norm", "context"], chartable=True).exists()


@pytest.mark.engines
def test_a_decimal_figure_keeps_its_decimals():
    assert Result.objects.get(practice__code="CSM-2023-016", as_printed="89.7 percent").value == Decimal("89.7")


def test_the_bolivian_rules_are_planned():
    assert Practice.objects.get(code="CSM-2023-006").status == "planned"


def test_the_start_of_the_venezuelan_protocol_is_unknown():
    protocol = Practice.objects.get(code="CSM-2023-011")
    assert (protocol.start, protocol.runs_from, protocol.end) == ("", None, "..")


def test_the_hotline_is_145():
    assert Practice.objects.get(code="CSM-2023-008").hotline == "145"


def test_what_the_editors_read_into_a_record_is_marked():
    """The source claims no innovation, replicability or sustainability in these; it claims those of REDAVIT."""
    inferred = {
        "innovation": {"CSM-2023-001", "CSM-2023-003", "CSM-2023-006"},
        "replicability": {"CSM-2023-006"},
        "sustainability": {"CSM-2023-004", "CSM-2023-008"},
    }
    for field, codes in inferred.items():
        marked = Practice.objects.filter(code__lte="CSM-2023-010", **{f"{field}_inferred": True})
        assert set(marked.values_list("code", flat=True)) == codes


@pytest.mark.parametrize(
    ("code", "organisation", "role"),
    [
        ("CSM-2023-002", "iom-ecuador", "information"),
        ("CSM-2023-004", "ve-public-defender", "mentioned"),
        ("CSM-2023-005", "cidemos", "mentioned"),
        ("CSM-2023-010", "co-civil-society-organisations", "mentioned"),
    ],
)
def test_a_body_that_only_informed_or_was_named_is_no_partner(code, organisation, role):
    roles = PracticeOrganisation.objects.filter(practice__code=code, organisation__slug=organisation)
    assert [each.role for each in roles] == [role]


def test_redavit_names_one_office_of_iom_once():
    named = PracticeOrganisation.objects.filter(practice__code="CSM-2023-007", organisation__slug__startswith="iom")
    assert [each.organisation.slug for each in named] == ["iom-argentina"]


def test_every_practice_has_at_least_one_editors_note_and_a_source():
    for practice in Practice.objects.all():
        assert practice.editors_notes.exists(), practice.code
        assert practice.citations.exists(), practice.code


def test_the_page_says_planned_and_doubtful_in_the_readers_language(client):
    bolivia = client.get("/es/practicas/right-to-education-framework-bolivia/").content.decode()
    assert "Previsto para el 18 de diciembre de 2023" in bolivia
    brazil = client.get("/pt-br/praticas/migration-pre-registration-brazil/").content.decode()
    assert "645,00 [sic]" in brazil


def test_an_address_misprinted_by_the_source_is_not_offered_as_a_link(client):
    page = client.get("/es/practicas/sisetp-information-system-brazil/").content.decode()
    assert "ao-traffic-de-pessoas" in page
    assert 'href="https://www.gov.br/mj/pt-br/assuntos/noticias/mjsp-lanca' not in page
