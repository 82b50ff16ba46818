"""The portfolio at 400 projects and 4,000 updates: every list costs at most 12 queries."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.roles import Role
from projects.models import Milestone, PlanProject, Project, ProjectPartner, Risk, StatusUpdate
from tests.factories.people import CouncilFactory, person
from tests.factories.projects import (
    DeliveryPlanFactory,
    MilestoneFactory,
    PlanProjectFactory,
    ProjectFactory,
    ProjectPartnerFactory,
    RiskFactory,
    StatusUpdateFactory,
    ThemeFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.deep]
PROJECTS, UPDATES = 400, 4_000
LISTS = [
    "",
    "?sort=-confidence&page=8",
    "?columns=lead&columns=theme&columns=following&columns=councils&columns=plan",
    "?attention=overdue&attention=stale",
    "?attention=contradiction",
    "?plan=2031-32&phase=beta",
    "projects.csv",
    "projects.xlsx",
    "by-phase/",
    "timeline/?page=4",
    "weekly/",
    "weekly/?everybody&page=16",
    "several/",
    "plans/2031-32/",
]


@pytest.fixture
def lead():
    """Who leads every tenth of the generated projects."""
    today, user, theme = timezone.localdate(), person(Role.TEAM, Role.HEAD_OF_DELIVERY), ThemeFactory()
    councils, plan = [CouncilFactory() for _number in range(22)], DeliveryPlanFactory(year="2031-32")
    projects = Project.objects.bulk_create(
        ProjectFactory.build(
            phase=("discovery", "alpha", "beta", "live", "")[number % 5],
            lead=user if number % 10 == 0 else None,
            theme=theme,
            starts_on=today - timedelta(days=number),
            ends_on=today + timedelta(days=number + 1),
        )
        for number in range(PROJECTS)
    )
    PlanProject.objects.bulk_create(
        PlanProjectFactory.build(plan=plan, project=project, position=place)
        for place, project in enumerate(projects, 1)
    )
    ProjectPartner.objects.bulk_create(
        ProjectPartnerFactory.build(project=project, organisation=councils[(number + step) % 22])
        for number, project in enumerate(projects)
        for step in range(2)
    )
    Milestone.objects.bulk_create(
        MilestoneFactory.build(
            project=project,
            baseline=today,
            forecast=today + timedelta(days=10 * step),
            actual=today if step == 2 else None,
        )
        for project in projects
        for step in range(3)
    )
    Risk.objects.bulk_create(
        RiskFactory.build(project=project, owner=user, likelihood=5, impact=5, review_on=today - timedelta(days=1))
        for project in projects[::7]
    )
    StatusUpdate.objects.bulk_create(
        StatusUpdateFactory.build(
            project=projects[number % PROJECTS],
            confidence=("green", "amber", "red")[number % 3],
            for_date=today - timedelta(days=7 * (number // PROJECTS) + number % 20),
            by=user,
        )
        for number in range(UPDATES)
    )
    assert (Project.objects.count(), StatusUpdate.objects.count()) == (PROJECTS, UPDATES)
    return user


@pytest.mark.parametrize("signed_in", [False, True], ids=["for everybody", "for the team"])
def test_every_list_costs_at_most_12_queries_at_400_projects_and_4000_updates(client, lead, signed_in):
    if signed_in:
        client.force_login(lead, backend="allauth.account.auth_backends.AuthenticationBackend")
    costs = {}
    for address in LISTS:
        if not signed_in and address.startswith(("weekly", "several")):
            continue
        client.get(f"/en/projects/{address}")
        with CaptureQueriesContext(connection) as queries:
            response = client.get(f"/en/projects/{address}")
        assert response.status_code == 200, address
        costs[address] = len(queries)
    assert {address: cost for address, cost in costs.items() if cost > 12} == {}
