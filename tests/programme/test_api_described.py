"""The API keeps to its description: schemathesis asks each address what the description allows, and what it forbids."""

from collections.abc import Iterator

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given
from hypothesis import settings as property_settings
from schemathesis import Case, GenerationMode
from schemathesis.core.result import Ok

from programme.opendata.catalogue import SETS
from wlga_portal.wsgi import application

pytestmark = [pytest.mark.deep, pytest.mark.django_db, pytest.mark.usefixtures("loaded")]
EXAMPLES = 6  # for each address, of each kind


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """The requests are made within the test's transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
def test_every_address_answers_as_it_is_described_whatever_is_asked(settings, mode: GenerationMode) -> None:
    """All checks that schemathesis has on: status, type and shape of each answer; bad questions refused, good ones
    answered; no error of the server."""
    settings.DEMO, settings.API_LIMIT, settings.ALLOWED_HOSTS = True, 1_000_000, ["*"]
    described = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    found = [one.ok() for one in described.get_all_operations() if isinstance(one, Ok)]
    assert len(found) == 1 + 2 * len(SETS)
    asked = 0
    for operation in found:
        if mode.is_negative and operation.path == "/api/v1/":
            continue  # it takes nothing that could be wrong

        @given(case=operation.as_strategy(generation_mode=mode))
        @property_settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
        def keeps_to_it(case: Case) -> None:
            nonlocal asked
            asked += 1
            case.call_and_validate(headers={"Accept-Encoding": "identity"})

        keeps_to_it()
    assert asked >= 3 * len(found)
