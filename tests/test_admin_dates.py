"""Dates at the desk: typed as people write them, refused in a sentence."""

import pytest
from django.core.exceptions import ValidationError

from catalogue.models import Practice
from tests.desk import change_form, make_small, unrendered

pytestmark = pytest.mark.django_db

WRITTEN = {
    "15 September 2022": "2022-09-15",
    "15 de septiembre de 2022": "2022-09-15",
    "1º de março de 2021": "2021-03-01",
    "1.º de marzo de 2021": "2021-03-01",
    "September 15, 2022": "2022-09-15",
    "abril de 2023": "2023-04",
    "Sept. 2022": "2022-09",
    "  dezembro 2020 ": "2020-12",
    "2015": "2015",
}
NO_DATES = ["31 de febrero de 2022", "15 Foobar 2022", "ayer", "15/09/2022", "verano 2022"]


@pytest.fixture
def form(editor):
    """The form of a practice: its address and what it sends back."""
    return change_form(editor, make_small().code)


@pytest.fixture
def start(editor, form):
    """What the form makes of a start that is typed: the field of the form reads it, that of the model checks it."""
    address, _data = form
    with unrendered():
        field = editor.get(address).context_data["adminform"].form.fields["start"]
    return lambda written: Practice._meta.get_field("start").clean(field.clean(written), None)


def test_a_date_is_understood_as_people_write_it(start):
    assert {written: start(written) for written in WRITTEN} == WRITTEN


def test_a_date_is_kept_as_it_was_understood(editor, form):
    address, data = form
    answer = editor.post(address, {**data, "start": "15 de septiembre de 2022"})
    assert answer.status_code == 302, answer.context["errors"]
    assert Practice.objects.get(code="CSM-2098-001").start == "2022-09-15"


def test_what_is_no_date_is_refused_as_it_was_typed(start):
    for written in NO_DATES:
        with pytest.raises(ValidationError):
            start(written)
            pytest.fail(f"{written} is taken for a date")


def test_a_form_with_what_is_no_date_is_shown_again_with_it(editor, form):
    address, data = form
    answer = editor.post(address, {**data, "start": "31 de febrero de 2022"})
    assert answer.status_code == 200
    assert answer.context["adminform"].form["start"].errors
    assert 'value="31 de febrero de 2022"' in answer.content.decode()
