"""No answer to a reader takes more than a quarter of a second of processor, outside of the lane of costly work."""

import logging

import pytest
from django.urls import get_resolver

from tests import dearest
from tests.addresses import PAGES

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def without_refusals_in_the_log(caplog):
    caplog.set_level(logging.ERROR, logger="django.request")


def test_every_address_is_asked_for_and_where_it_has_formats_several_of_them():
    formats = {}
    for request in dearest.public():
        formats.setdefault(request.name, set()).add(request.format)
    assert set(formats) == set(PAGES)
    for name in formats.keys() & get_resolver().reverse_dict.keys():
        (_route, parameters), *_others = get_resolver().reverse_dict.getlist(name)[0][0]
        assert "extension" not in parameters or len(formats[name]) > 1, name


# Some hundred and twenty requests, each in a process that keeps nothing.
@pytest.mark.slow
def test_the_dearest_request_of_no_address_takes_more_than_its_limit():
    reader = dearest.Reader()
    requests = [request for request in dearest.public() if not request.in_lane]
    assert dearest.over_limit(requests, reader.cold) == {}


def test_what_takes_longer_than_the_limit_is_told():
    burnt = dearest.Request("home", "/es/")
    assert dearest.over_limit([burnt], lambda request: 10).keys() == {burnt}


def test_a_request_held_up_once_is_not_told():
    turns = iter([10, 10, 0.01, 0.01])
    assert dearest.over_limit([dearest.Request("home", "/es/")], lambda request: next(turns)) == {}
