"""A fuzzer that reads the schema finds nothing against the API."""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings as hypothesis_settings
from schemathesis.generation import GenerationMode

from tests.effort import tries

pytestmark = pytest.mark.django_db

OPERATIONS = [
    "start",
    "practices",
    "practice",
    "results",
    "networks",
    "network",
    "countries",
    "country",
    "vocabularies",
    "vocabulary",
    "meetings",
    "meeting",
    "forums",
    "forum",
    "commitments",
]


@pytest.fixture
def described(catalogue, settings):
    settings.API_REQUESTS_PER_MINUTE = 10**6
    for signal in (request_started, request_finished):  # as the client of Django's tests: they share one transaction
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/v1/schema/", get_wsgi_application())
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_the_schema_names_every_operation(described):
    described.validate()
    assert {found.ok().definition.raw["operationId"] for found in described.get_all_operations()} == set(OPERATIONS)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize(
    "operation", [pytest.param(name, marks=pytest.mark.engines if name == "practices" else ()) for name in OPERATIONS]
)
def test_no_operation_breaks_its_word(described, operation, mode):
    cases = described.find_operation_by_id(operation).as_strategy(generation_mode=mode)

    @given(case=cases)
    @hypothesis_settings(
        max_examples=tries(8, 60),
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    def call(case):
        case.call_and_validate(headers={"Accept-Encoding": "identity"})

    call()
