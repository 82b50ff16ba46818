"""What the projects show elsewhere, and what waits for the team."""

from datetime import timedelta
from html import unescape

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.roles import Role
from projects.panels import projects_now, projects_of_organisation, statuses_to_confirm
from tests.factories.people import BodyFactory, CouncilFactory, person
from tests.factories.projects import (
    ConfirmationFactory,
    DeliveryPlanFactory,
    PlanProjectFactory,
    ProjectFactory,
    ProjectPartnerFactory,
    StatusUpdateFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def request_of_nobody():
    request = RequestFactory().get("/en/")
    request.user = AnonymousUser()
    return request


def days_ago(days):
    return timezone.localdate() - timedelta(days=days)


def test_the_front_page_counts_the_current_plan_and_each_figure_leads_to_its_rows(client, request_of_nobody):
    DeliveryPlanFactory(year="2031-32")
    plan = DeliveryPlanFactory(year="2032-33")
    for phase, confidence, age in (("alpha", "green", 1), ("alpha", "red", 20), ("", "", 0), ("live", "amber", 14)):
        project = PlanProjectFactory(plan=plan, project__phase=phase).project
        if confidence:
            StatusUpdateFactory(project=project, confidence=confidence, for_date=days_ago(age))
    PlanProjectFactory(plan=plan, project__is_demo=True)
    shown = projects_now(request_of_nobody, None)
    figures = shown.context["phases"] + shown.context["confidence"]
    assert shown.context["total"] == 4
    assert [(count, str(label)) for count, label, _url in figures] == [
        (2, "Alpha"),
        (1, "Live"),
        (1, "phase not published"),
        (1, "Green"),
        (1, "Amber"),
        (1, "Unconfirmed"),
        (1, "confidence not published"),
    ]
    for count, _label, url in figures:
        assert client.get(url).context["total"] == count
    assert client.get(shown.context["listed"]).context["total"] == 4
    assert "4" in render_to_string(shown.template, shown.context)


def test_the_front_page_has_no_panel_without_a_plan(request_of_nobody):
    DeliveryPlanFactory(is_demo=True)
    assert projects_now(request_of_nobody, None) is None


def test_an_organisation_shows_its_real_projects_with_what_is_inferred_marked(client, request_of_nobody):
    council = CouncilFactory(slug_en="torfaen")
    ProjectPartnerFactory(organisation=council, project__title_en="Maps")
    ProjectPartnerFactory(organisation=council, project__title_en="Bins", inferred=True)
    ProjectPartnerFactory(organisation=council, project__title_en="Invented", project__is_demo=True)
    shown = projects_of_organisation(request_of_nobody, council)
    text = unescape(render_to_string(shown.template, shown.context))
    assert text.index("Bins") < text.index("Public knowledge, not stated by the source.") < text.index("Maps")
    assert "Invented" not in text
    assert client.get(shown.context["listed"]).context["total"] == 2


def test_a_body_has_no_list_of_its_own_and_one_without_projects_no_panel(request_of_nobody):
    body = BodyFactory()
    assert projects_of_organisation(request_of_nobody, body) is None
    ProjectPartnerFactory(organisation=body)
    assert projects_of_organisation(request_of_nobody, body).context["listed"] == ""


def test_a_status_that_is_old_or_missing_waits_for_its_lead_and_the_rest_for_the_head():
    lead, head = person(Role.TEAM), person(Role.HEAD_OF_DELIVERY)
    stale = ProjectFactory(title_en="Maps", lead=lead)
    StatusUpdateFactory(project=stale, for_date=days_ago(20))
    never = ProjectFactory(title_en="Bins", lead=lead)
    fresh = ProjectFactory(title_en="Pools", lead=lead)
    ConfirmationFactory(update=StatusUpdateFactory(project=fresh, for_date=days_ago(20)))
    ProjectFactory(title_en="Roads", lead=lead, status="backlog")
    ProjectFactory(title_en="Trees")
    found = [(need.text, need.url, need.due) for need in statuses_to_confirm(lead)]
    assert found == [
        ("Bins: no status yet", f"/en/projects/weekly/#id_p{never.pk}-confidence", None),
        ("Maps: the status is unconfirmed", f"/en/projects/weekly/#id_p{stale.pk}-confidence", days_ago(6)),
    ]
    assert [need.text for need in statuses_to_confirm(head)] == ["Trees: no status yet"]
    assert list(statuses_to_confirm(person(Role.OFFICER))) == []


def test_what_waits_costs_one_query(django_assert_num_queries):
    lead = person(Role.TEAM)
    for _number in range(5):
        ProjectFactory(lead=lead)
    lead.roles  # noqa: B018  read once for each request
    with CaptureQueriesContext(connection) as queries:
        assert len(list(statuses_to_confirm(lead))) == 5
    assert len(queries) == 1
