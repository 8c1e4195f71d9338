"""Dates at the desk: typed as people write them, refused in a sentence."""

import pytest

from catalogue.models import Practice
from tests.desk import change_form

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("15 September 2022", "2022-09-15"),
        ("15 de septiembre de 2022", "2022-09-15"),
        ("1º de março de 2021", "2021-03-01"),
        ("1.º de marzo de 2021", "2021-03-01"),
        ("September 15, 2022", "2022-09-15"),
        ("abril de 2023", "2023-04"),
        ("Sept. 2022", "2022-09"),
        ("  dezembro 2020 ", "2020-12"),
        ("2015", "2015"),
    ],
)
def test_a_date_is_typed_as_people_write_it(editor, written, kept):
    address, data = change_form(editor, "CSM-2023-014")
    answer = editor.post(address, {**data, "start": written})
    assert answer.status_code == 302, answer.context["errors"]
    assert Practice.objects.get(code="CSM-2023-014").start == kept


@pytest.mark.parametrize("written", ["31 de febrero de 2022", "15 Foobar 2022", "ayer", "15/09/2022", "verano 2022"])
def test_what_is_no_date_is_refused_as_it_was_typed(editor, written):
    address, data = change_form(editor, "CSM-2023-014")
    answer = editor.post(address, {**data, "start": written})
    assert answer.status_code == 200
    assert answer.context["adminform"].form["start"].errors
