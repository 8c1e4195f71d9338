"""Suggestions while typing: what fits, in which order and language, and what never does."""

import json
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from django.utils import translation

from catalogue.choices import State
from catalogue.listing.filters import practices_for
from catalogue.models import Organisation
from catalogue.search.suggestions import suggestions
from networks.models import Network
from tests.factories import make_many, make_practice

pytestmark = [pytest.mark.django_db, pytest.mark.engines]

ADDRESSES = {"es": "/es/sugerencias/", "en": "/en/suggestions/", "pt-br": "/pt-br/sugestoes/"}


def found(text, language="es", kind=None, limit=8):
    with translation.override(language):
        return [row for row in suggestions(text, limit) if kind in (None, row.kind)]


def labels(*arguments, **options):
    return [row.label for row in found(*arguments, **options)]


@pytest.mark.parametrize("text", ["prerregistro", "PRERREGISTRO", "prerregistró", "migratorio en front", "  pre "])
def test_a_practice_is_found_by_the_beginning_of_any_word_whatever_accents_and_case(text):
    assert "/es/practicas/migration-pre-registration-brazil/" in [row.url for row in found(text)]


def test_the_inside_of_a_word_fits_nothing():
    make_practice(title="Xilografía de prueba")
    assert labels("xilograf") == ["Xilografía de prueba"]
    assert labels("lografia") == []


@pytest.mark.parametrize("field", ["title_es", "title_pt", "short_title_en", "acronym"])
def test_a_practice_is_found_by_each_of_its_names(field):
    make_practice(title="Una práctica", slug="named", **{field: "Ñandutí"})
    assert [row.url for row in found("ñandu")] == ["/es/practicas/named/"]
    assert [row.url for row in found("NANDU")] == ["/es/practicas/named/"]


def test_words_after_punctuation_count_as_words():
    make_practice(title="Mesa “Ñandutí” (Xurubi/Wapichana)")
    for text in ("nandu", "xuru", "wapi"):
        assert labels(text) == ["Mesa “Ñandutí” (Xurubi/Wapichana)"], text


@pytest.mark.parametrize(
    ("language", "name", "address"),
    [("es", "Perú", "/es/paises/pe/"), ("en", "Peru", "/en/countries/pe/"), ("pt-br", "Peru", "/pt-br/paises/pe/")],
)
@pytest.mark.parametrize("text", ["peru", "Perú", "PER"])
def test_a_country_is_named_in_the_language_of_the_page(language, name, address, text):
    assert ("country", name, address) in found(text, language)


def test_a_country_is_found_by_another_name_of_another_language():
    assert ("country", "Brazil", "/en/countries/br/") in found("republica federativa de bra", "en")


def test_a_network_leads_to_its_page_and_an_ended_one_is_not_suggested():
    assert ("network", "Gender and migration") in [row[:2] for row in found("gender", "en")]
    Network.objects.filter(slug="gender-and-migration").update(active=False)
    assert found("gender", "en", kind="network") == []


@pytest.mark.parametrize(
    ("language", "text", "name", "address"),
    [
        ("es", "troika", "II Reunión de la Troika Ampliada", "/es/reuniones/"),
        ("en", "extended tro", "II Meeting of the Extended Troika", "/en/meetings/"),
        ("pt-br", "TROIKA ampl", "II Reunião da Troika Ampliada", "/pt-br/reunioes/"),
    ],
)
def test_a_meeting_is_found_and_named_in_the_language_of_the_page(client, language, text, name, address):
    [row] = found(text, language, kind="meeting")
    assert row.label.startswith(name) and row.url.startswith(address)
    assert client.get(row.url).status_code == 200


@pytest.mark.parametrize("language", ["es", "en", "pt-br"])
def test_every_organisation_leads_to_a_list_that_holds_practices(language):
    taking_part = Organisation.objects.filter(practices__state=State.PUBLISHED).distinct()
    assert taking_part.count() > 20
    for organisation in taking_part:
        with translation.override(language):
            rows = found(organisation.name[:60], language, kind="organisation")
            assert rows, organisation.name
            query = {name: values[0] for name, values in parse_qs(urlsplit(rows[0].url).query).items()}
            assert practices_for(query).qs.exists(), rows[0]


def test_an_organisation_is_found_by_its_acronym_and_shows_it():
    make_practice()
    assert any("OIM" in label or "IOM" in label for label in labels("iom", kind="organisation"))


def test_an_organisation_that_takes_part_in_nothing_public_is_not_suggested():
    Organisation.objects.create(slug="idle", name_es="Wapichana sin prácticas", kind="government")
    assert labels("wapichana") == []


def test_names_that_begin_with_the_text_come_first_then_the_alphabet():
    for title in ("Zona xurubi", "Xurubi B", "Xurubi Ñ", "Xurubi N", "Alfa xurubi", "Xurubi a"):
        make_practice(title=title)
    in_order = ["Xurubi a", "Xurubi B", "Xurubi N", "Xurubi Ñ", "Alfa xurubi", "Zona xurubi"]
    assert labels("xurubi") == in_order
    assert labels("xurubi", limit=2) == in_order[:2]


def test_what_begins_only_in_another_language_comes_after_what_the_reader_sees_beginning():
    make_practice(title="Alfa xurubi", title_en="Xurubi alpha")
    make_practice(title="Xurubi zeta", title_en="Zeta xurubi")
    assert labels("xurubi", "es") == ["Xurubi zeta", "Alfa xurubi"]
    assert labels("xurubi", "en") == ["Xurubi alpha", "Zeta xurubi"]


def test_an_acronym_comes_first():
    make_practice(title="Alfa xurubi")
    make_practice(title="Zona de prueba", acronym="XURUBI")
    assert labels("xurubi") == ["Zona de prueba", "Alfa xurubi"]


def test_a_name_that_the_language_lacks_is_shown_in_the_next_one():
    make_practice(title="Xurubi", short_title_pt="Breve xurubi")
    assert labels("xurubi", "es") == ["Xurubi"]
    assert labels("xurubi", "pt-br") == ["Breve xurubi"]


@pytest.mark.parametrize("state", [state for state in State if state != State.PUBLISHED])
def test_what_is_not_published_is_never_suggested(client, state):
    hidden = make_practice(title="Centinela oculto", acronym="CENTINELA", state=state)
    body = Organisation.objects.create(slug="hidden", name_es="Centinela estatal", kind="government")
    hidden.practice_organisations.update(organisation=body)
    for address in ADDRESSES.values():
        assert client.get(address, {"q": "centinela"}).json() == {"suggestions": []}


@pytest.mark.parametrize("text", ["", "p", " p ", "\u0301\u0301", "a\u0301", "x" * 201, "\0\0", "p\0"])
def test_a_text_too_short_or_too_long_costs_no_query(text, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert suggestions(text) == []


HOSTILE = ["pe\0ru", "%%", "__", "''", '""', "\\\\", "\\W", "(.*", "[a", "***", "(?i)x", "a|b", "p.ru", "\ud800\udfff"]
HOSTILE += ["--", "peru\u202e", "ﷺ" * 100, "OR OR", "a:b*", "{0}", "\n\n", "e" * 200, "🌎🌎"]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_only_text(text):
    assert isinstance(suggestions(text), list)


@pytest.mark.parametrize("query", ["q=%00", "q=%ff%fe", f"q={'x' * 2000}", "q=%25%25", "q=a&q=", "", "[]=&&="])
def test_hostile_addresses_are_answered(client, query):
    for address in ADDRESSES.values():
        response = client.get(f"{address}?{query}")
        assert response.status_code == 200
        assert response.json() == {"suggestions": []}


@pytest.mark.parametrize("text", ["%%", "__", "p_ru", "p.ru", ".*"])
def test_signs_that_patterns_use_stand_for_themselves(text):
    assert suggestions(text) == []


def test_markup_in_a_name_stays_text(client):
    make_practice(title="<script>xurubi</script>")
    rows = client.get(ADDRESSES["es"], {"q": "xurubi"}).json()["suggestions"]
    assert [row["label"] for row in rows] == ["<script>xurubi</script>"]


@pytest.mark.parametrize(("language", "address"), ADDRESSES.items())
def test_the_address_answers_json_that_nobody_indexes(client, language, address):
    response = client.get(f"{address}?q={quote('chile')}")
    assert response["Content-Type"] == "application/json"
    assert response["X-Robots-Tag"] == "noindex"
    assert not response.cookies
    rows = json.loads(response.content)["suggestions"]
    assert {"kind", "label", "url"} == set(rows[0])
    assert all(row["url"].startswith(f"/{language}/") for row in rows)
    assert client.post(address).status_code == 405


@pytest.mark.parametrize("rows", [1, 60])
def test_suggestions_cost_few_queries_whatever_the_rows(client, rows, django_assert_max_num_queries):
    make_many(rows, title=lambda place: f"Migración {place}")
    with django_assert_max_num_queries(9):  # two for each of the two lists of names, one for each kind
        assert len(client.get(ADDRESSES["es"], {"q": "migra"}).json()["suggestions"]) == 8


def test_of_very_many_names_the_first_in_the_alphabet_are_put_into_order(monkeypatch):
    monkeypatch.setattr("catalogue.models.suggestion.CANDIDATES", 2)
    for title in ("Zumbido tercero", "Zumbido primero", "Zumbido segundo"):
        make_practice(title=title)
    assert labels("zumb") == ["Zumbido primero", "Zumbido segundo"]
