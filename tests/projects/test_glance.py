"""A person's projects at a glance, on the front page."""

from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from accounts.roles import Role
from projects.glance import SHOWN, own_projects
from tests.factories.people import person
from tests.factories.projects import MilestoneFactory, ProjectFactory, StatusUpdateFactory
from wlga_portal.kernel.wording import day

pytestmark = pytest.mark.django_db


def shown_to(user: Any) -> Any:
    request = RequestFactory().get("/en/")
    request.user = user
    return own_projects(request, None)


def text_for(user: Any) -> str:
    panel = shown_to(user)
    return unescape(render_to_string(panel.template, panel.context))


def in_days(days: int) -> Any:
    return timezone.localdate() + timedelta(days=days)


def test_a_lead_sees_their_active_projects_with_confidence_and_what_is_due():
    lead = person(Role.TEAM)
    maps = ProjectFactory(title_en="Maps", title_cy="Mapiau", lead=lead)
    StatusUpdateFactory(project=maps, confidence="amber", for_date=in_days(-3))
    MilestoneFactory(project=maps, title_en="Later", baseline=in_days(40), forecast=None)
    MilestoneFactory(project=maps, title_en="Sooner", baseline=in_days(90), forecast=in_days(5))
    MilestoneFactory(project=maps, title_en="Done", baseline=in_days(-9), forecast=None, actual=in_days(-9))
    MilestoneFactory(project=maps, title_en="Dropped", baseline=in_days(1), forecast=None, dropped_on=in_days(-1))
    stale = ProjectFactory(title_en="Bins", lead=lead)
    StatusUpdateFactory(project=stale, confidence="green", for_date=in_days(-20))
    MilestoneFactory(project=stale, title_en="Missed", baseline=in_days(-2), forecast=None)
    ProjectFactory(title_en="Pools", lead=lead)
    ProjectFactory(title_en="Trees")
    ProjectFactory(title_en="Roads", lead=lead, status="backlog")

    lines = shown_to(lead).context["lines"]
    assert [
        (str(one.project.title), one.confirm_by, one.stale, str(one.milestone or ""), one.expected, one.late)
        for one in lines
    ] == [
        ("Pools", None, False, "", None, False),
        ("Bins", in_days(-6), True, "Missed", in_days(-2), True),
        ("Maps", in_days(11), False, "Sooner", in_days(5), False),
    ]
    text = text_for(lead)
    assert text.count("Overdue") == 2
    assert f"Sooner, {day(in_days(5))}" in text
    assert "No status yet" in text
    assert "Amber" in text
    with translation.override("cy"):
        assert "Mapiau" in text_for(lead)


def test_the_head_of_delivery_sees_those_without_a_lead_and_who_leads_none_is_told_so():
    ProjectFactory(title_en="Trees")
    assert [str(one.project.title) for one in shown_to(person(Role.HEAD_OF_DELIVERY)).context["lines"]] == ["Trees"]
    assert "You lead no active project." in text_for(person(Role.TEAM))


@pytest.mark.parametrize("role", [None, Role.OFFICER, Role.BOARD_MEMBER, Role.ADMINISTRATOR])
def test_nobody_else_has_projects_of_their_own(role):
    ProjectFactory()
    assert shown_to(person(role) if role else AnonymousUser()) is None


def test_it_costs_the_same_for_one_and_for_thirty_and_the_rest_is_on_the_weekly_screen():
    lead = person(Role.TEAM)
    MilestoneFactory(project=ProjectFactory(lead=lead))
    lead.roles  # noqa: B018  read once for each request
    with CaptureQueriesContext(connection) as few:
        assert (len(shown_to(lead).context["lines"]), shown_to(lead).context["more"]) == (1, False)
    for _more in range(29):
        MilestoneFactory(project=ProjectFactory(lead=lead))
    with CaptureQueriesContext(connection) as many:
        assert (len(shown_to(lead).context["lines"]), shown_to(lead).context["more"]) == (SHOWN, True)
    assert len(few) == len(many) == 4  # two each time
    assert "All your projects, to update" in text_for(lead)
