"""Every answer names its request, and every line of the log that it leads to names it too; no reader is named by it."""

import io
import json
import logging
import re

import pytest
from django.urls import reverse

from catalogue.server.json_logging import JsonFormatter
from tests.desk import make_editor

pytestmark = pytest.mark.django_db

OURS = re.compile(r"[0-9a-f]{32}")
GIVEN = "0af7651916cd43dd8448eb211c80319c"


@pytest.fixture
def log(monkeypatch):
    """What the site writes to its log, by the handler of its settings."""
    (console,) = (handler for handler in logging.getLogger().handlers if handler.get_name() == "console")
    monkeypatch.setattr(console, "stream", io.StringIO())
    return console


@pytest.fixture
def log_of_objects(log, monkeypatch):
    monkeypatch.setattr(log, "formatter", JsonFormatter())
    return log


def lines(log):
    return log.stream.getvalue().splitlines()


def test_each_answer_has_an_id_of_its_own(client):
    answers = [client.get(path) for path in ("/es/", "/en/nothing/", "/api/v1/practices/", "/static/nothing.css")]
    ids = {answer["X-Request-Id"] for answer in answers}
    assert len(ids) == len(answers)
    assert all(OURS.fullmatch(number) for number in ids)


@pytest.mark.parametrize("given", [GIVEN, GIVEN.upper(), "4bf92f35-77b3-4da6-a3ce-929d0e0e4736"])
def test_the_id_of_the_front_server_is_kept(client, given):
    assert client.get("/es/", headers={"x-request-id": given})["X-Request-Id"] == given


@pytest.mark.parametrize(
    "given", ["ana@example.org", "Ana Pérez", "x\r\nSet-Cookie: a=b", f"{GIVEN}\n", GIVEN * 3, "1", "", "\x1b[31m" * 4]
)
def test_what_is_no_id_is_not_repeated(client, log, given):
    answer = client.get("/es/nada/", headers={"x-request-id": given})
    assert OURS.fullmatch(answer["X-Request-Id"])
    assert f" {answer['X-Request-Id']} " in lines(log)[0]


@pytest.mark.parametrize("path", ["/es/nada/", "/en/practices.csv?country=ZZ"])
def test_a_line_of_the_log_has_the_id_of_its_request(client, log, path):
    client.get(path, headers={"x-request-id": GIVEN})
    assert lines(log)
    assert all(f" {GIVEN} " in line for line in lines(log))


def test_an_object_of_the_log_has_the_id_of_its_request(client, log_of_objects):
    client.get("/es/nada/", headers={"x-request-id": GIVEN})
    assert [json.loads(line)["request"] for line in lines(log_of_objects)] == [GIVEN]


def test_a_deed_at_the_desk_has_the_id_of_its_request(client, log):
    make_editor("secretariat", username="boss")
    answer = client.post(reverse("admin:login"), {"username": "boss", "password": "wrong"})
    assert answer["X-Request-Id"] in next(line for line in lines(log) if "sign_in_refused" in line)
