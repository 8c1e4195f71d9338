"""The words of the interface follow the rules of each language: months, numbers, zero, one word for one meaning."""

from datetime import UTC, date, datetime, timedelta

import pytest
from babel.messages.catalog import Catalog
from django.utils import formats, translation
from django.utils.translation import gettext, ngettext, pgettext

from catalogue.management.commands.messages import incomplete
from catalogue.templatetags.records import day_in_words, duration_in_words
from catalogue.text.numbers import number_in_words

LANGUAGES = ("es", "en", "pt-br")
DAY = {"es": "30 de noviembre de 2026", "en": "30 November 2026", "pt-br": "30 de novembro de 2026"}


def in_languages(say):
    """Return what a function says in each language of the site."""
    said = {}
    for language in LANGUAGES:
        with translation.override(language):
            said[language] = say()
    return said


@pytest.mark.parametrize("moment", [date(2026, 11, 30), datetime(2026, 11, 30, 9, 5, tzinfo=UTC)])
def test_a_day_is_written_with_its_month_as_the_language_writes_it(moment):
    assert in_languages(lambda: day_in_words(moment)) == DAY
    assert in_languages(lambda: formats.date_format(moment, "DATE_FORMAT")) == DAY


def test_a_moment_has_its_hour_after_a_comma():
    moment = datetime(2026, 11, 30, 9, 5, tzinfo=UTC)
    said = in_languages(lambda: formats.date_format(moment, "DATETIME_FORMAT"))
    assert said == {language: f"{day}, 09:05" for language, day in DAY.items()}


def test_no_practice_is_counted_in_the_plural():
    said = in_languages(lambda: ngettext("%(total)s practice", "%(total)s practices", 0) % {"total": 0})
    assert said == {"es": "0 prácticas", "en": "0 practices", "pt-br": "0 práticas"}


@pytest.mark.parametrize(
    ("number", "es", "en", "pt"),
    [
        (2550, "2550", "2,550", "2.550"),
        (9999.5, "9999,5", "9,999.5", "9.999,5"),
        (10_000, "10\u00a0000", "10,000", "10.000"),
        (710_000, "710\u00a0000", "710,000", "710.000"),
    ],
)
def test_spanish_parts_the_thousands_of_five_digits_and_more(number, es, en, pt):
    assert in_languages(lambda: number_in_words(number)) == {"es": es, "en": en, "pt-br": pt}


@pytest.mark.parametrize(
    ("days", "es", "en", "pt"),
    [(365, "1 año", "1 year", "1 ano"), (730, "2 años", "2 years", "2 anos"), (30, "30 días", "30 days", "30 dias")],
)
def test_whole_years_are_said_in_years(days, es, en, pt):
    assert in_languages(lambda: duration_in_words(timedelta(days=days))) == {"es": es, "en": en, "pt-br": pt}


def test_a_translation_that_holds_another_english_text_is_refused():
    other = "Every format, parameter and address of the catalogue, with examples"
    catalogue = Catalog(locale="es")
    catalogue.add(other, string="Todos los formatos")
    catalogue.add("Entry point:", string=f"Punto de entrada:{other}")
    assert list(incomplete(catalogue)) == [f"'Entry point:': holds the English text {other!r}"]


@pytest.mark.parametrize(
    ("context", "text", "own"),
    [
        ("noun", "Search", "Búsqueda"),
        ("status of a practice", "Unknown", "Sin datos"),
        ("from a selection", "Remove", "Quitar"),
        ("no filter", "All", "Cualquiera"),
    ],
)
def test_a_word_with_a_meaning_of_its_own_leaves_djangos_alone(context, text, own):
    with translation.override("es"):
        assert pgettext(context, text) == own
        assert gettext(text) != own


def test_the_admin_of_django_speaks_in_the_words_of_the_catalogue():
    """“Añadir práctica”, “Vista práctica” and “Seleccione práctica a modificar” stood beside “Agregar una práctica”."""
    said = in_languages(lambda: [gettext(text) % "práctica" for text in ("Add %s", "View %s", "Select %s to change")])
    assert said["es"] == ["Agregar práctica", "Ver práctica", "Seleccione para modificar: práctica"]


@pytest.mark.engines
@pytest.mark.django_db
def test_no_state_stands_after_a_preposition_that_its_name_would_change(client):
    for code in ("cl", "gy", "sr", "uy"):
        page = client.get(f"/pt-br/paises/{code}/").content.decode()
        assert "Este Estado ainda não tem fichas publicadas" in page
        assert 'aria-label="Mapa: localização na América do Sul (' in page


@pytest.mark.engines
@pytest.mark.django_db
def test_a_search_that_finds_nothing_is_removed_by_its_name(client):
    page = client.get("/es/practicas/?q=zzzz&country=PE").content.decode()
    assert "Quitar «Búsqueda: zzzz» (4 prácticas)" in page
    assert "Sin Buscar" not in page
