"""Reminders: to the lead, then to the head of delivery, never more than one mail a week."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, transaction

from accounts.roles import Role
from projects.actions.nudges import nudge_all
from projects.models import Nudge, NudgedProject
from projects.tasks import nudge_leads
from tests.factories.people import MembershipFactory, person
from tests.factories.projects import (
    ConfirmationFactory,
    NudgedProjectFactory,
    NudgeFactory,
    ProjectFactory,
    StatusUpdateFactory,
)
from wlga_portal.kernel.models import Notification
from wlga_portal.kernel.queue import run_jobs

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel("2026-11-23 09:00", tick=False):
        yield


@pytest.fixture
def lead():
    return person(Role.TEAM, name="Lowri Lead", email="lowri@example.org", language="en")


@pytest.fixture
def head():
    return person(Role.HEAD_OF_DELIVERY, name="Huw Head", email="huw@example.org", language="en")


def said(project, days):
    return StatusUpdateFactory(project=project, for_date=TODAY - timedelta(days=days))


def mails():
    run_jobs()
    found = [(one.to[0], one.body) for one in mail.outbox]
    mail.outbox.clear()
    return found


def test_the_lead_is_reminded_of_all_stale_projects_in_one_mail(lead, head):
    said(ProjectFactory(title_en="Maps", lead=lead), 15)
    said(ProjectFactory(title_en="Fresh", lead=lead), 14)
    ProjectFactory(title_en="Bins", lead=lead)
    ProjectFactory(title_en="Held", lead=lead, status="backlog")
    assert nudge_all() == 1
    ((to, body),) = mails()
    assert to == "lowri@example.org"
    assert ("- Bins\n- Maps" in body, "Fresh" in body, "Held" in body) == (True, False, False)
    assert "/en/projects/weekly/" in body
    assert {(one.nudge.user, one.project.title_en, one.step) for one in NudgedProject.objects.all()} == {
        (lead, "Bins", "lead"),
        (lead, "Maps", "lead"),
    }


def test_nobody_gets_a_second_mail_within_a_week_however_often_the_worker_asks(lead):
    said(ProjectFactory(lead=lead), 20)
    sent = []
    for days in range(22):
        with time_machine.travel(f"{TODAY + timedelta(days=days)} 08:00", tick=False):
            nudge_leads(timestamp=0)
            nudge_leads(timestamp=0)
            sent += [days] * len(mails())
    assert sent == [0, 7, 14, 21]


def test_a_week_later_the_head_hears_too_unless_somebody_confirmed_it(lead, head):
    late, good = ProjectFactory(title_en="Late", lead=lead), ProjectFactory(title_en="Good", lead=lead)
    said(late, 20)
    update = said(good, 20)
    assert nudge_all() == 1
    ConfirmationFactory(update=update, for_date=TODAY + timedelta(days=1))
    mails()
    assert nudge_all(today=TODAY + timedelta(days=6)) == 0
    assert nudge_all(today=TODAY + timedelta(days=7)) == 2
    bodies = dict(mails())
    assert ("- Late" in bodies["huw@example.org"], "Good" in bodies["huw@example.org"]) == (True, False)
    assert "they come to you as the head of delivery" in bodies["huw@example.org"]
    assert NudgedProject.objects.filter(step="head").get().project == late


def test_a_status_that_was_confirmed_and_went_stale_again_begins_with_the_lead(lead, head):
    project = ProjectFactory(lead=lead)
    update = said(project, 60)
    NudgedProjectFactory(project=project, nudge=NudgeFactory(user=lead, day=TODAY - timedelta(days=40)))
    ConfirmationFactory(update=update, for_date=TODAY - timedelta(days=30))
    nudge_all()
    assert [to for to, _body in mails()] == ["lowri@example.org"]


def test_without_a_lead_who_is_still_in_the_team_the_head_hears_at_once(head):
    gone = person(name="Gone")
    MembershipFactory(user=gone, role=Role.TEAM, starts=date(2020, 1, 1), ends=date(2026, 10, 31))
    said(ProjectFactory(title_en="Of one who left", lead=gone), 20)
    said(ProjectFactory(title_en="Of nobody"), 20)
    assert nudge_all() == 1
    ((to, body),) = mails()
    assert (to, "- Of nobody\n- Of one who left" in body) == ("huw@example.org", True)


def test_a_head_who_leads_hears_of_a_project_once(head):
    said(ProjectFactory(title_en="Own", lead=head), 30)
    nudge_all()
    assert [(one.user, one.kind) for one in Notification.objects.all()] == [(head, "projects.nudge")]
    nudge_all(today=TODAY + timedelta(days=7))
    assert set(NudgedProject.objects.filter(nudge__user=head).values_list("step", flat=True)) == {"lead"}


def test_the_mail_is_in_the_readers_language():
    reader = person(Role.TEAM, language="cy", name="Elin")
    said(ProjectFactory(title_en="Maps", title_cy="Mapiau", lead=reader), 20)
    nudge_all()
    ((_to, body),) = mails()
    assert ("- Mapiau" in body, "/cy/prosiectau/wythnosol/" in body, "Hello" in body) == (True, True, False)


def test_the_demonstration_reminds_nobody_outside_its_mode(lead, settings):
    said(ProjectFactory(lead=lead, is_demo=True), 20)
    settings.DEMO = False
    assert nudge_all() == 0
    settings.DEMO = True
    assert nudge_all() == 1


@pytest.mark.parametrize("days", [0, 1, 6, -6])
def test_the_database_refuses_a_second_mail_within_a_week(lead, days):
    NudgeFactory(user=lead, day=TODAY)
    with pytest.raises(IntegrityError, match="nudge_one_mail_a_week"), transaction.atomic():
        NudgeFactory(user=lead, day=TODAY + timedelta(days=days))
    NudgeFactory(user=lead, day=TODAY + timedelta(days=7))
    NudgeFactory(day=TODAY)
    assert Nudge.objects.count() == 3


def test_a_nudge_names_a_project_once_and_for_a_reason_that_there_is():
    row = NudgedProjectFactory()
    with pytest.raises(IntegrityError, match="nudgedproject_once_in_a_nudge"), transaction.atomic():
        NudgedProjectFactory(nudge=row.nudge, project=row.project, step="head")
    with pytest.raises(IntegrityError, match="nudgedproject_step_known"), transaction.atomic():
        NudgedProjectFactory(step="all")


def test_reminding_costs_the_same_for_1_and_for_20_projects_of_a_lead(lead, django_assert_max_num_queries):
    for _number in range(20):
        said(ProjectFactory(lead=lead), 20)
    with django_assert_max_num_queries(20):
        nudge_all()
