"""How long the answer to a known address takes, beside that to an unknown one."""

import time
from statistics import median

import pytest
from django.test import Client

from accounts.models import Limit
from tests.accounts.conversation import ASK
from tests.factories.people import MailDomainFactory, UserFactory

pytestmark = pytest.mark.django_db
TIMES, MOST_MS = 50, 20


@pytest.mark.deep
def test_known_and_unknown_addresses_get_their_answer_within_20_ms_of_each_other():
    """The median of fifty each, taken in turns, so that what else the machine does weighs on all alike."""
    UserFactory(email="known@example.org")
    UserFactory(email="closed@example.org", is_active=False)
    MailDomainFactory(domain="council.example.org")
    kinds = ("known@example.org", "closed@example.org", "new@council.example.org", "stranger@example.com")
    took: dict[str, list[float]] = {email: [] for email in kinds}
    for _time in range(TIMES):
        Limit.objects.all().delete()  # how often one address may ask is tested elsewhere
        for email, known in took.items():
            client = Client()
            begun = time.perf_counter()
            assert client.post(ASK, {"email": email}).status_code == 302
            known.append(1000 * (time.perf_counter() - begun))
    medians = [median(known) for known in took.values()]
    assert max(medians) - min(medians) <= MOST_MS, medians
