"""A selection is an address: no account, no cookie, and everything works before a script runs."""

import re

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from catalogue.listing import selection

pytestmark = pytest.mark.django_db

CODES = ["CSM-2023-009", "CSM-2023-007"]


def tray(codes, language="en", **options):
    """The tray as it stands in a page, without line breaks."""
    with translation.override(language):
        html = render_to_string("catalogue/_tray.html", selection.tray(codes, **options))
    return " ".join(html.split())


def shown(html):
    """The words a reader sees: what is hidden is left out."""
    visible = re.sub(r"<(\w+)[^>]* hidden>.*?</\1>", "", html)
    return re.sub(r"<[^>]+>", " ", visible)


def test_codes_keep_their_order_come_once_and_in_capitals():
    assert selection.codes_in([" csm-2023-009 ", "", "CSM-2023-007", "CSM-2023-009"]) == CODES


def test_an_address_of_nothing_has_no_query():
    assert selection.selection_query([]) == selection.marking_query([]) == ""


def test_every_address_of_a_selection_names_exactly_its_practices():
    with translation.override("pt-br"):
        addresses = selection.selection_urls(CODES)
    query = "?id=CSM-2023-009&id=CSM-2023-007"
    assert addresses["list"] == f"/pt-br/praticas/{query}"
    assert addresses["compare"] == f"/pt-br/praticas/comparar/{query}"
    assert ("CSV", f"/pt-br/praticas.csv{query}") in addresses["files"]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("es", "2 prácticas seleccionadas"), ("en", "2 practices selected"), ("pt-br", "2 práticas selecionadas")],
)
def test_the_tray_counts_and_leads_on(language, sentence):
    html = tray(CODES, language)
    assert sentence in shown(html)
    with translation.override(language):
        addresses = selection.selection_urls(CODES)
    for address in (addresses["list"], addresses["compare"], addresses["print"], *dict(addresses["files"]).values()):
        assert f'href="{address}"'.replace("&", "&amp;") in html


@pytest.mark.parametrize(("number", "words"), [(1, "Select another one"), (2, ""), (4, ""), (5, "the first four")])
def test_the_tray_says_in_words_how_many_can_be_compared(number, words):
    html = shown(tray([f"CSM-2023-{n:03d}" for n in range(1, number + 1)]))
    for sentence in ("Select another one", "the first four"):
        assert (sentence in html) == (sentence == words)
    assert ("Compare" in html) == (number > 1)


def test_inside_the_form_buttons_count_the_boxes_ticked_since():
    html = tray(CODES, in_form=True, clear="?q=trata")
    assert 'href="?q=trata"' in html
    assert 'type="submit" formaction="/en/practices/compare/"' in html
    assert 'type="submit" formaction="/en/practices/selection/"' in html


def test_inside_the_form_an_empty_tray_explains_itself():
    words = shown(tray([], in_form=True))
    assert "Tick “Select” beside the practices" in words
    assert "Download" not in words


@pytest.mark.parametrize(
    ("address", "to"),
    [
        ("/es/practicas/seleccion/", "/es/practicas/"),
        ("/en/practices/selection/", "/en/practices/"),
        ("/pt-br/praticas/selecao/", "/pt-br/praticas/"),
    ],
)
def test_ticked_boxes_lead_to_the_list_of_exactly_these(client, address, to):
    response = client.get(f"{address}?q=trata&page=2&pick=CSM-2023-009&pick=CSM-2023-007&pick=")
    assert (response.status_code, response["Location"]) == (302, f"{to}?id=CSM-2023-009&id=CSM-2023-007")
    assert client.get(address)["Location"] == to


@pytest.mark.parametrize("address", ["/es/practicas/seleccion/", "/es/practicas/comparar/"])
def test_ticks_in_the_list_of_a_selection_choose_from_it(client, address):
    response = client.get(
        f"{address}?id=CSM-2023-001&id=CSM-2023-002&id=CSM-2023-003&pick=CSM-2023-003&pick=CSM-2023-001"
    )
    assert response["Location"].endswith("/?id=CSM-2023-003&id=CSM-2023-001")


@pytest.mark.parametrize("address", ["/es/practicas/seleccion/", "/es/practicas/comparar/"])
def test_no_redirect_leaves_the_site(client, address):
    location = client.get(f"{address}?pick=//evil.example&pick=%0d%0aSet-Cookie:x")["Location"]
    assert location.startswith("/es/practicas/")
    assert "\n" not in location


@pytest.mark.parametrize("address", ["/es/", "/en/practices/", "/pt-br/paises/cl/", "/es/nada/"])
def test_every_page_carries_the_tray_for_the_script_and_no_cookie(client, address):
    response = client.get(address)
    assert '<template id="tray-template">' in response.content.decode()
    assert "select.js" in response.content.decode()
    assert not response.cookies


def test_the_list_carries_marks_through_filters_pages_and_languages_without_a_script(client):
    page = client.get("/en/practices/?country=PE&pick=CSM-2023-012&pick=CSM-2023-001").content.decode()
    assert 'name="pick" value="CSM-2023-012" checked' in page, "on this list, so its box is ticked"
    assert '<input type="hidden" name="pick" value="CSM-2023-001">' in page, "not on this list, so it is carried"
    assert "2 practices selected" in page
    assert 'href="?country=PE">Clear the selection' in page
    assert 'href="/pt-br/praticas/?country=PE&amp;pick=CSM-2023-012&amp;pick=CSM-2023-001"' in page
    chip = re.search(r'class="chip" href="([^"]*)"', page).group(1)
    assert "pick=CSM-2023-012&amp;pick=CSM-2023-001" in chip


@pytest.mark.engines
def test_the_list_of_a_selection_holds_exactly_its_practices_and_so_do_its_files(client):
    query = "?id=CSM-2023-009&id=CSM-2023-007"
    page = client.get(f"/en/practices/{query}").content.decode()
    assert re.findall(r'name="pick" value="(CSM-[0-9-]+)"', page) == ["CSM-2023-007", "CSM-2023-009"]
    rows = b"".join(client.get(f"/en/practices.csv{query}").streaming_content).decode().splitlines()
    assert [row[:12] for row in rows if row.startswith("CSM-")] == ["CSM-2023-007", "CSM-2023-009"]


@pytest.mark.parametrize("pick", ["%00", "nothing", "CSM-2023-999", "%22%3E%3Cscript%3Ealert(1)%3C/script%3E"])
def test_marks_of_nothing_are_not_counted_and_stay_text(client, pick):
    page = client.get(f"/en/practices/?pick={pick}").content.decode()
    assert "Tick “Select” beside the practices" in page
    assert "<script>alert" not in page
