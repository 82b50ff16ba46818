"""Fourteen days after the last confirmation a status reads unconfirmed, wherever it stands."""

from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone

from accounts.roles import Role
from tests.factories.people import CouncilFactory, person
from tests.factories.projects import (
    ConfirmationFactory,
    DeliveryPlanFactory,
    PlanProjectFactory,
    ProjectPartnerFactory,
    StatusUpdateFactory,
)

pytestmark = pytest.mark.django_db
PAGES = {
    "the page of the project": "/en/projects/maps/",
    "the list": "/en/projects/",
    "the board by phase": "/en/projects/by-phase/",
    "the file": "/en/projects/projects.csv",
    "the plan": "/en/projects/plans/2031-32/",
    "the front page": "/en/",
    "the council": "/en/councils/torfaen/",
}


@pytest.fixture
def update():
    plan = DeliveryPlanFactory(year="2031-32")
    project = PlanProjectFactory(plan=plan, project__title_en="Maps", project__slug_en="maps").project
    ProjectPartnerFactory(project=project, organisation=CouncilFactory(slug_en="torfaen"))
    return StatusUpdateFactory(project=project, for_date=timezone.localdate() - timedelta(days=40))


def read(client, address: str) -> bool:
    """Whether the status reads unconfirmed there, beside what can be filtered by."""
    response = client.get(address)
    assert response.status_code == 200
    text = unescape(response.content.decode())
    return "Unconfirmed" in text.replace('<option value="unconfirmed">Unconfirmed</option>', "")


@pytest.mark.parametrize("place", PAGES)
@pytest.mark.parametrize("team", [False, True], ids=["for everybody", "for the team"])
def test_a_status_reads_unconfirmed_from_the_15th_day_everywhere(client, update, place, team):
    if team:
        client.force_login(person(Role.TEAM), backend="allauth.account.auth_backends.AuthenticationBackend")
    assert read(client, PAGES[place])
    ConfirmationFactory(update=update, for_date=timezone.localdate() - timedelta(days=15))
    assert read(client, PAGES[place])
    ConfirmationFactory(update=update, for_date=timezone.localdate() - timedelta(days=14))
    assert not read(client, PAGES[place])
