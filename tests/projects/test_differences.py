"""The difference of two dates: what changed, who, why."""

from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from accounts.roles import Role
from projects.differences import Scope, differences, touched
from projects.models import DeliveryPlan, Milestone, Project
from projects.telling import Teller
from tests.factories.people import CouncilFactory, person
from tests.factories.projects import (
    BenefitFactory,
    DeliverableFactory,
    DeliveryPlanFactory,
    LineageFactory,
    MilestoneFactory,
    PhaseChangeFactory,
    PlanProjectFactory,
    ProjectCostFactory,
    ProjectFactory,
    ProjectPartnerFactory,
    RiskFactory,
    StatusUpdateFactory,
    ThemeFactory,
)
from wlga_portal.kernel.audit import audited

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
pytestmark = pytest.mark.django_db
commits = pytest.mark.django_db(transaction=True)  # changes are told apart by the moments of their transactions


def text_of(response: Any) -> str:
    assert response.status_code == 200
    return unescape(response.content.decode())


def told(project: Project, start: Any, end: Any = None) -> list[tuple[str, str, list[str]]]:
    """Each row that differs: its heading, the change, and the names of what moved."""
    scope = Scope((project.pk,))
    found = differences(scope, start, end or timezone.now())
    return [(str(one.told.heading), one.change, one.moved()) for one in found]


@commits
def test_every_kind_of_row_is_told_with_what_moved():
    project = ProjectFactory(phase="alpha")
    milestone = MilestoneFactory(project=project)
    partner = ProjectPartnerFactory(project=project)
    kept = MilestoneFactory(project=project)
    start = timezone.now()
    Project.objects.filter(pk=project.pk).update(phase="beta", title_cy="Enw arall", theme=ThemeFactory())
    Milestone.objects.filter(pk=milestone.pk).update(forecast=date(2027, 1, 1))
    Milestone.objects.filter(pk=kept.pk).update(forecast=date(2027, 1, 1))
    Milestone.objects.filter(pk=kept.pk).update(forecast=date(2026, 12, 1))  # and back again: no difference
    partner.delete()
    PhaseChangeFactory(project=project, phase="beta")
    DeliverableFactory(project=project)
    LineageFactory(later=project)
    StatusUpdateFactory(project=project)
    PlanProjectFactory(project=project)
    RiskFactory(project=project)  # not public: untold
    RiskFactory(project=project, is_public=True)
    ProjectCostFactory(project=project)
    assert told(project, start) == [
        ("Project", "changed", ["title", "phase", "theme"]),
        ("Delivery confidence", "added", []),
        ("Phase", "added", []),
        ("Milestone", "changed", ["forecast"]),
        ("Deliverable", "added", []),
        ("Partner", "removed", []),
        ("Lineage", "added", []),
        ("Place in a plan", "added", []),
        ("Risk or issue", "added", []),
        ("Budget and spend", "added", []),
    ]
    assert told(project, timezone.now()) == []


@commits
def test_a_row_that_moves_is_gone_from_the_first_and_new_in_the_second():
    first, second = ProjectFactory(), ProjectFactory()
    one = DeliverableFactory(project=first)
    start = timezone.now()
    BenefitFactory(project=first).delete()  # made and taken away again: no difference
    with connection.cursor() as cursor:  # raw SQL is told too
        cursor.execute("UPDATE projects_deliverable SET project_id = %s WHERE id = %s", [second.pk, one.pk])
    assert told(first, start) == [("Deliverable", "removed", [])]
    assert told(second, start) == [("Deliverable", "added", [])]
    whole = differences(Scope((first.pk, second.pk)), start, timezone.now())
    assert [(cause.by_id, cause.why) for cause in whole[0].causes] == [(None, "no reason given")]
    assert [(one.change, one.moved()) for one in whole] == [("changed", ["project"])]


@commits
def test_the_page_says_who_and_why_to_the_team_and_what_and_when_to_all(client):
    head = person(Role.HEAD_OF_DELIVERY, name="Owain Head")
    project = ProjectFactory(title_en="Maps", lead=None)
    start = timezone.now()
    with audited(by=head, why="the council asked"):
        Project.objects.filter(pk=project.pk).update(title_en="Better maps", lead=head)
        ProjectPartnerFactory(project=project, organisation=CouncilFactory(name_en="Torfaen", name_cy="Torfaen"))
    address = f"/en/projects/{project.slug_en}/changes/"
    public = text_of(client.get(address, {"since": start.isoformat()}))
    for part in ("Better maps", "“Maps”", "Partner: <span>Torfaen</span>", "The public sees what changed and when."):
        assert part in public
    assert ("Owain Head" in public, "the council asked" in public) == (False, False)
    client.force_login(person(Role.TEAM), backend=BACKEND)
    team = text_of(client.get(address, {"since": start.isoformat()}))
    assert ("Owain Head: the council asked" in team, "The public sees" in team) == (True, False)
    welsh = text_of(client.get(f"/cy/prosiectau/{project.slug_cy}/newidiadau/", {"since": start.isoformat()}))
    assert '<span lang="en">“Better maps”</span>' in welsh
    assert "Beth newidiodd rhwng dau ddyddiad" in welsh


@commits
def test_the_same_person_with_the_same_reason_is_told_once_and_old_changes_are_counted():
    project = ProjectFactory()
    head = person(Role.HEAD_OF_DELIVERY)
    start = timezone.now()
    for number in range(8):
        with audited(by=head, why=f"reason {number // 2 * 2}" if number < 2 else f"reason {number}"):
            Project.objects.filter(pk=project.pk).update(title_en=f"Name {number}")
    scope = Scope((project.pk,))
    row = Teller(differences(scope, start, timezone.now()), scope, names=True).groups()[0].rows[0]
    assert [cause.why for cause in row.causes] == [f"reason {number}" for number in (7, 6, 5, 4, 3)]
    assert row.more == 2


@commits
def test_a_plan_tells_its_own_changes_and_those_of_its_projects(client):
    plan = DeliveryPlanFactory(year="2031-32", slug_en="2031-32", slug_cy="2031-32", title_en="Plan of 2031")
    project = PlanProjectFactory(plan=plan, project__title_en="Maps").project
    other = ProjectFactory(title_en="Elsewhere")
    start = timezone.now()
    DeliveryPlan.objects.filter(pk=plan.pk).update(grant_pence=120_000_00)
    DeliverableFactory(plan=plan, title_en="Ten maps", target=10, unit_en="maps", unit_cy="map")
    Project.objects.filter(pk__in=[project.pk, other.pk]).update(phase="beta")
    text = text_of(client.get("/en/projects/plans/2031-32/changes/", {"since": start.isoformat()}))
    for part in ("Plan of 2031", "£120,000", "Ten maps", "Maps", "“Beta”"):
        assert part in text
    assert "Elsewhere" not in text


@commits
def test_the_portfolio_lists_only_what_differs_and_costs_the_same_for_one_and_for_thirty(client):
    quiet = ProjectFactory(title_en="Quiet")
    ProjectFactory(title_en="Invented", is_demo=True)
    start = timezone.now()
    counts = []
    for number in (1, 30):
        for _one in range(number):
            project = ProjectFactory(theme=ThemeFactory())
            StatusUpdateFactory(project=project)
            MilestoneFactory(project=project)
            ProjectPartnerFactory(project=project)
            PlanProjectFactory(project=project)
        client.get("/en/projects/changes/", {"since": start.isoformat()})
        with CaptureQueriesContext(connection) as queries:
            text = text_of(client.get("/en/projects/changes/", {"since": start.isoformat()}))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12
    assert ("Quiet" in text, "Invented" in text) == (False, False)
    assert text.count("portal-panel") >= 20
    assert "page=2" in text
    assert touched(start, timezone.now(), [quiet.pk]) == []


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"since": "2999-01-01"}, "Choose a day that is past."),
        ({"since": "2022-02-02", "until": "2022-02-01"}, "The first day must be before the second."),
        ({"until": "soon"}, "Enter a real day, like 2026-11-01."),
    ],
)
def test_dates_that_cannot_be_compared_get_a_sentence(client, query, sentence):
    project = ProjectFactory()
    for address in (f"/en/projects/{project.slug_en}/changes/", "/en/projects/changes/"):
        text = text_of(client.get(address, query))
        assert sentence in text
        assert "Nothing differs" not in text


def test_two_moments_with_nothing_between_them_say_so(client):
    project = ProjectFactory()
    until = (timezone.localdate() - timedelta(days=40)).isoformat()
    text = text_of(client.get(f"/en/projects/{project.slug_en}/changes/", {"until": until}))
    assert "Nothing differs" in text


def test_the_pages_of_the_past_are_linked(client):
    project = PlanProjectFactory(plan__year="2031-32").project
    for address, links in (
        (f"/en/projects/{project.slug_en}/", [f"/en/projects/{project.slug_en}/changes/", "/known/"]),
        ("/en/projects/plans/2031-32/", ["/en/projects/plans/2031-32/changes/"]),
        ("/en/projects/", ["/en/projects/changes/", "/en/projects/known/"]),
    ):
        text = text_of(client.get(address))
        assert all(link in text for link in links)
    with override("cy"):
        day = timezone.localdate().isoformat()
        past = text_of(client.get(project.get_absolute_url(), {"as_at": timezone.now().isoformat()}))
    assert f"?since={day}" in past
    assert f"?on={day}" in past
