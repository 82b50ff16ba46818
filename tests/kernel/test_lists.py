"""The lists of the services cost the same for one row and for thirty."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import tests.kernel.kinds  # noqa: F401  registers the kinds
from tests.factories.kernel import NotificationFactory, OutboxMessageFactory
from tests.factories.people import UserFactory
from tests.walk import BACKEND

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/en/messages/", "/cy/negeseuon/", "/en/demo/outbox/"])
def test_a_list_costs_the_same_for_one_row_and_for_thirty(settings, path):
    settings.DEMO = True
    user = UserFactory()
    client = Client()
    client.force_login(user, backend=BACKEND)

    def row() -> None:
        NotificationFactory(user=user, kind="tests.plain", context={"number": 1})
        OutboxMessageFactory()

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        return len(queries)

    row()
    cost()
    before = cost()
    for _number in range(29):
        row()
    assert cost() == before
    assert before <= 12
