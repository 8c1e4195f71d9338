"""A date as people give it, a year, a month or a day, means all its days and is told in the reader's language."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from catalogue import partial_dates


@pytest.mark.parametrize(
    ("value", "earliest", "latest"),
    [
        ("2015", date(2015, 1, 1), date(2015, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2022-09-15", date(2022, 9, 15), date(2022, 9, 15)),
    ],
)
def test_a_partial_date_means_all_its_days(value, earliest, latest):
    assert partial_dates.parse(value)[:2] == (earliest, latest)


@pytest.mark.parametrize("value", ["", "15", "2015-1", "2015-13", "2023-02-29", "0000", "2015/2016", "٢٠١٥", "2015\n"])
def test_what_is_no_date_is_refused_with_an_example(value):
    with pytest.raises(ValidationError, match="2022-09-15"):
        partial_dates.validate_partial_date(value)


@pytest.mark.parametrize(
    ("start", "end", "bounds"),
    [
        ("2015", "..", (date(2015, 1, 1), date.max)),
        ("", "..", (None, date.max)),
        ("2015", "", (date(2015, 1, 1), date(2015, 12, 31))),
        ("", "", (None, None)),
        ("2015-03", "2016", (date(2015, 3, 1), date(2016, 12, 31))),
    ],
)
def test_open_and_unknown_ends_are_told_apart(start, end, bounds):
    assert partial_dates.bounds(start, end) == bounds


@pytest.mark.parametrize(
    ("language", "start", "words"),
    [
        ("es", "2015", "Desde 2015"),
        ("es", "2023-04", "Desde abril de 2023"),
        ("es", "2022-09-15", "Desde el 15 de septiembre de 2022"),
        ("en", "2022-09-15", "Since 15 September 2022"),
        ("pt-br", "2022-09-15", "Desde 15 de setembro de 2022"),
        ("pt-br", "2022-09-01", "Desde 1º de setembro de 2022"),
        ("es", "2022-09-01", "Desde el 1 de septiembre de 2022"),
        ("es", "", "Inicio no indicado"),
    ],
)
def test_a_period_is_told_in_the_readers_language(language, start, words):
    with translation.override(language):
        assert partial_dates.period_in_words(start, "..") == words
