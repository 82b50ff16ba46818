"""Green, though its own facts say otherwise."""

from datetime import date

import pytest

from accounts.roles import Role
from projects.contradictions import Contradiction, contradictions_of, contradictory
from projects.models import Project
from projects.panels import statuses_against_their_facts
from tests.factories.people import person
from tests.factories.projects import MilestoneFactory, ProjectFactory, RiskFactory, StatusUpdateFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
ON_TIME = {"baseline": date(2026, 12, 1), "forecast": date(2026, 12, 1)}
SLIPPED = {"baseline": date(2026, 12, 1), "forecast": date(2026, 12, 2)}
OVERDUE = {"baseline": date(2026, 11, 22), "forecast": date(2026, 11, 22)}
FORGOTTEN = {"baseline": date(2026, 11, 22), "forecast": None}
REACHED = {**SLIPPED, "actual": date(2026, 11, 1)}
DROPPED = {**SLIPPED, "dropped_on": date(2026, 11, 1)}
RED = {"likelihood": 5, "impact": 5, "review_on": date(2026, 11, 22)}


def green(confidence="green"):
    project = ProjectFactory()
    StatusUpdateFactory(project=project, confidence=confidence)
    return project


def found(project, *, team=True):
    """What is said of the project; the filter finds it exactly where something is said."""
    rows = list(Project.objects.filter(pk=project.pk).with_standing())
    said = contradictions_of(rows, TODAY, team=team).get(project.pk)
    assert Project.objects.filter(contradictory(TODAY, team=team), pk=project.pk).exists() == (said is not None)
    return said


@pytest.mark.parametrize(
    ("milestones", "slips"),
    [
        ([SLIPPED, SLIPPED], 2),
        ([SLIPPED, OVERDUE, FORGOTTEN], 3),
        ([SLIPPED], 0),
        ([SLIPPED, ON_TIME, REACHED, DROPPED], 0),
        ([], 0),
    ],
)
def test_two_slipped_milestones_contradict_a_green(milestones, slips):
    project = green()
    for days in milestones:
        MilestoneFactory(project=project, **days)
    assert found(project) == (Contradiction(slips, 0) if slips else None)


@pytest.mark.parametrize(
    ("changes", "speaks"),
    [
        ({}, True),
        ({"kind": "issue"}, True),
        ({"likelihood": 3, "impact": 4}, False),
        ({"review_on": TODAY}, False),
        ({"closed_on": date(2026, 11, 20)}, False),
    ],
)
def test_an_overdue_red_risk_contradicts_a_green(changes, speaks):
    project = green()
    RiskFactory(project=project, **{**RED, **changes})
    assert found(project) == (Contradiction(0, 1) if speaks else None)


def test_a_risk_that_is_not_public_speaks_to_the_team_alone():
    project = green()
    RiskFactory(project=project, **RED)
    assert (found(project) is None, found(project, team=False) is None) == (False, True)
    RiskFactory(project=project, is_public=True, **RED)
    assert (found(project), found(project, team=False)) == (Contradiction(0, 2), Contradiction(0, 1))


@pytest.mark.parametrize("confidence", ["amber", "red"])
def test_what_is_not_green_contradicts_nothing(confidence):
    project = green(confidence)
    RiskFactory(project=project, **RED)
    assert found(project) is None


def test_each_contradiction_is_a_sentence():
    assert Contradiction(2, 1).sentences() == [
        "Green, but 2 milestones have slipped.",
        "Green, but the review of 1 red risk is overdue.",
    ]


def test_any_number_of_projects_costs_two_queries(django_assert_num_queries):
    for _number in range(5):
        MilestoneFactory(project=green(), **SLIPPED)
    rows = list(Project.objects.with_standing())
    with django_assert_num_queries(2):
        assert contradictions_of(rows, TODAY, team=False) == {}
    with django_assert_num_queries(0):
        assert contradictions_of([ProjectFactory.build()], TODAY, team=False) == {}


def test_it_is_flagged_on_the_page_and_the_board_and_waits_for_the_lead(client):
    lead = person(Role.TEAM)
    project = green()
    Project.objects.update(title_en="Maps", lead=lead)
    assert list(statuses_against_their_facts(lead)) == []
    RiskFactory(project=project, **RED | {"review_on": date(2020, 1, 1)})
    sentence = "Green, but the review of 1 red risk is overdue."
    pages = (project.get_absolute_url(), "/en/projects/by-phase/")
    assert [sentence in client.get(page).content.decode() for page in pages] == [False, False]
    client.force_login(lead, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert [sentence in client.get(page).content.decode() for page in pages] == [True, True]
    (need,) = statuses_against_their_facts(lead)
    assert need.text == "Maps: green, but its facts say otherwise"
    assert need.url == f"/en/projects/weekly/#id_p{project.pk}-confidence"
    assert list(statuses_against_their_facts(person(Role.TEAM))) == []
    assert list(statuses_against_their_facts(person(Role.OFFICER))) == []
