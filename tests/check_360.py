"""`make check-360 SCHEMA=DIR`: what the portal publishes of awards is valid against 360Giving's own schema.

Not of the suite: it needs the two files of the schema, which are not the portal's (`manage.py check_360` says which).
"""

import copy
import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from fund.giving360 import faults, package
from fund.management.commands.check_360 import against
from fund.models import Award
from organisations.models import Organisation
from tests.factories.fund_awards import AwardFactory, accepted
from tests.factories.people import BodyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def published():
    """Of three lead councils: alone, with a council, with a body that is in no register; one with its last day."""
    shared, alone = accepted(), accepted(partner_pence=None, title="T" * 160)
    with_body = accepted(title="Ceisiadau’n Gymraeg")
    for number, award in enumerate((shared, alone, with_body)):
        Organisation.objects.filter(pk=award.bid.lead_id).update(org_id=f"GB-PLA-X{number}")
    partner = with_body.shares.exclude(organisation=with_body.bid.lead).get()
    type(partner).objects.filter(pk=partner.pk).update(organisation=BodyFactory())
    Award.objects.filter(pk=shared.pk).update(ends_on=timezone.localdate() + timedelta(days=400))
    AwardFactory()  # offered: not published
    return package(Award.objects.public(), address="https://portal.example.org")


def test_the_published_awards_are_valid_and_what_is_not_is_found(published):
    folder = Path(os.environ["PORTAL_360_SCHEMA"])
    assert len(published["grants"]) == 5
    assert faults(published) == []
    assert against(published, folder) == []
    for field in ("id", "title", "description", "currency", "amountAwarded", "awardDate"):
        broken = copy.deepcopy(published)
        del broken["grants"][0][field]
        assert against(broken, folder) != [], field
    for field, value in (("awardDate", "23 November 2026"), ("amountAwarded", "8,000"), ("url", "/en/fund/")):
        broken = copy.deepcopy(published)
        broken["grants"][0][field] = value
        assert against(broken, folder) != [], field
