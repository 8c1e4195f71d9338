"""Two to four practices side by side: the reader's choice, in her order, and clear about what is missing."""

import re

import pytest

from catalogue.choices import State
from catalogue.record.side_by_side import ATTRIBUTES
from tests.factories import make_practice

pytestmark = pytest.mark.django_db

ADDRESSES = {"es": "/es/practicas/comparar/", "en": "/en/practices/compare/", "pt-br": "/pt-br/praticas/comparar/"}
HTML = {"es": "es", "en": "en", "pt-br": "pt-BR"}


def compare(client, *codes, language="en", **headers):
    query = "&".join(f"id={code}" for code in codes)
    return client.get(f"{ADDRESSES[language]}?{query}", headers=headers).content.decode()


def heads(page):
    """The codes of the columns, from left to right."""
    return re.findall(r'<span class="sm mute">(CSM-[0-9-]+)</span>', page)


def band(page, field):
    """The band of an attribute: its heading and its cells."""
    found = re.search(rf'<tr class="grp"><th[^>]* id="b-{field}">(.*?)</tbody>', page, re.DOTALL)
    return found.group(1)


@pytest.mark.parametrize("language", ADDRESSES)
def test_the_page_has_its_address_in_each_language_and_is_no_practice(client, language):
    page = compare(client, "CSM-2023-007", "CSM-2023-009", language=language)
    assert f'<html lang="{HTML[language]}">' in page
    assert "REDAVIT" in page
    for address in ADDRESSES.values():
        assert f'href="{address}?id=CSM-2023-007&amp;id=CSM-2023-009"' in page


@pytest.mark.engines
def test_the_order_is_the_readers(client):
    codes = ["CSM-2023-016", "CSM-2023-007", "CSM-2023-014"]
    assert heads(compare(client, *codes)) == codes


@pytest.mark.engines
def test_a_code_given_twice_or_in_small_letters_is_one_column(client):
    page = compare(client, "csm-2023-009", "CSM-2023-009", "CSM-2023-007")
    assert heads(page) == ["CSM-2023-009", "CSM-2023-007"]


def test_every_attribute_is_a_band_with_a_cell_for_each_practice(client):
    page = compare(client, "CSM-2023-007", "CSM-2023-009", "CSM-2023-016")
    for attribute in ATTRIBUTES:
        cells = re.findall(r'<td headers="(c[0-9]) b-[a-z_]+">', band(page, attribute.field))
        assert cells == ["c1", "c2", "c3"], attribute.field


def test_equal_values_are_marked_and_different_ones_are_not(client):
    page = compare(client, "CSM-2023-007", "CSM-2023-009")
    assert "same for all" in band(page, "networks")
    assert "same for all" not in band(page, "countries")


def test_what_is_missing_is_named_and_two_gaps_do_not_coincide(client):
    silent, talkative = make_practice(), make_practice(limits_en="Only at two border posts.")
    page = compare(client, silent.code, talkative.code)
    assert "Not documented" in band(page, "limits")
    assert "Only at two border posts." in band(page, "limits")
    assert band(page, "innovation").count("Not documented") == 2
    assert "same for all" not in band(page, "innovation")


@pytest.mark.parametrize("codes", [[], ["CSM-2023-007"], ["CSM-2023-007", "CSM-2023-007"], ["", " "]])
def test_fewer_than_two_explains_and_leads_to_the_list(client, codes):
    page = compare(client, *codes)
    assert "Two to four practices can be compared." in page
    assert 'href="/en/practices/' in page
    assert "<table" not in page


def test_one_practice_alone_is_named_and_stays_marked_on_the_way_to_the_list(client):
    page = compare(client, "CSM-2023-007")
    assert "REDAVIT" in page
    assert 'href="/en/practices/?pick=CSM-2023-007"' in page


def test_more_than_four_show_the_first_four_and_name_the_others(client):
    codes = [f"CSM-2023-{number:03d}" for number in (5, 4, 3, 2, 1)]
    page = compare(client, *codes)
    assert heads(page) == codes[:4]
    assert "left out: CSM-2023-001." in page


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("es", "Ninguna práctica publicada tiene este código: CSM-2023-999."),
        ("en", "No published practice has this code: CSM-2023-999."),
        ("pt-br", "Nenhuma prática publicada tem este código: CSM-2023-999."),
    ],
)
def test_an_unknown_code_is_named_and_the_others_are_compared(client, language, sentence):
    page = compare(client, "CSM-2023-007", "CSM-2023-999", "CSM-2023-009", language=language)
    assert sentence in page
    assert heads(page) == ["CSM-2023-007", "CSM-2023-009"]


@pytest.mark.parametrize("state", [state for state in State if state != State.PUBLISHED])
def test_a_practice_that_is_not_public_is_as_unknown_as_one_that_never_was(client, state):
    hidden = make_practice(title="CENTINELA-OCULTO", state=state)
    page = compare(client, "CSM-2023-007", hidden.code, "CSM-2023-009")
    assert "CENTINELA" not in page
    assert f"No published practice has this code: {hidden.code}." in page


@pytest.mark.engines
@pytest.mark.parametrize(
    "code", ["%00", "%3Cscript%3Ealert(1)%3C/script%3E", "%ff", "x" * 2000, "CSM-2023-" + "9" * 500]
)
def test_a_hostile_code_is_answered_and_stays_text(client, code):
    page = compare(client, code, "CSM-2023-007", "CSM-2023-009")
    assert heads(page) == ["CSM-2023-007", "CSM-2023-009"]
    assert "<script>alert" not in page.lower()
    assert "\x00" not in page
    assert "X" * 100 not in page


@pytest.mark.engines
@pytest.mark.parametrize("extension", ["pdf", "docx"])
def test_a_file_is_refused_for_a_code_that_no_database_can_be_asked_for(client, extension):
    asked = f"/es/practicas/comparar.{extension}?id=CSM-2023-001&id=CSM-2023-002&id=%00"
    assert client.get(asked).status_code == 400


def test_a_text_in_another_language_carries_its_lang(client):
    one = make_practice(title="Solo en castellano", summary_es="Un resumen.", limits_es="Faltan equipos.")
    page = compare(client, one.code, "CSM-2023-007")
    assert '<span lang="es">Un resumen.</span>' in band(page, "summary")
    assert re.search(r'<div lang="es"><p>Faltan equipos.</p>\s*</div>', band(page, "limits"))


def test_each_column_can_be_moved_swapped_and_removed_by_a_link(client):
    page = compare(client, "CSM-2023-007", "CSM-2023-009", "CSM-2023-016")
    first, second = re.findall(r'<th scope="col".*?</th>', page, re.DOTALL)[:2]
    assert "Move left" not in first
    assert 'href="/en/practices/compare/?id=CSM-2023-009&amp;id=CSM-2023-007&amp;id=CSM-2023-016"' in first
    assert 'href="/en/practices/compare/?id=CSM-2023-009&amp;id=CSM-2023-016"' in first
    assert 'href="/en/practices/?pick=CSM-2023-009&amp;pick=CSM-2023-016"' in first
    assert "Move left" in second
    assert "Move right" in second


def test_only_the_differences_can_be_shown_and_stay_so_while_columns_move(client):
    codes = ("CSM-2023-007", "CSM-2023-009", "CSM-2023-016")
    page = compare(client, *codes)
    assert 'id="b-status"' in page
    address = re.search(r'href="([^"]*only=differences)"', page).group(1).replace("&amp;", "&")
    page = client.get(address).content.decode()
    assert heads(page) == list(codes)
    assert 'id="b-status"' not in page
    assert 'id="b-countries"' in page
    assert "id=CSM-2023-009&amp;id=CSM-2023-007&amp;id=CSM-2023-016&amp;only=differences" in page
    assert "Show everything" in page


def test_the_comparison_leads_to_its_list_and_its_files(client):
    page = compare(client, "CSM-2023-009", "CSM-2023-007")
    query = "?id=CSM-2023-009&amp;id=CSM-2023-007"
    assert f'href="/en/practices/{query}"' in page
    for extension in ("csv", "xlsx", "json"):
        assert f'href="/en/practices.{extension}{query}"' in page


def test_boxes_ticked_in_the_list_lead_to_an_address_that_holds_only_the_codes(client):
    address = "/es/practicas/comparar/?q=trata&pick=CSM-2023-009&sort=title&pick=CSM-2023-007&pick=CSM-2023-009"
    response = client.get(address)
    assert response.status_code == 302
    assert response["Location"] == "/es/practicas/comparar/?id=CSM-2023-009&id=CSM-2023-007"


@pytest.mark.parametrize("numbers", [(1, 2), (5, 6, 7, 16)])
def test_a_comparison_costs_the_same_queries_for_two_and_for_four(client, django_assert_max_num_queries, numbers):
    with django_assert_max_num_queries(23):
        compare(client, *(f"CSM-2023-{number:03d}" for number in numbers))


def test_crawlers_do_not_index_comparisons(client):
    assert '<meta name="robots" content="noindex">' in compare(client, "CSM-2023-001", "CSM-2023-002")


def test_who_has_the_comparison_is_told_so(client):
    address = f"{ADDRESSES['es']}?id=CSM-2023-001&id=CSM-2023-002"
    first = client.get(address)
    assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 304
    assert client.get(address + "&id=CSM-2023-003")["ETag"] != first["ETag"]
