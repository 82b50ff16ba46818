"""From a recommendation to its outcome, action, project change and result, and back."""

import pytest
from django.utils import timezone

from board import actions
from board.models import Evidence
from tests.board.meeting_day import Day
from tests.factories.board import PersonFactory
from tests.factories.board_day import PublicNoteFactory
from tests.factories.projects import DeliverableFactory, PlanChangeFactory, ProjectFactory, StatusUpdateFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
TEXT = ("Write to the councils.", "Ysgrifennu at y cynghorau.")


@pytest.fixture
def owner(day: Day):
    """A council officer who owns actions of the board and has no role on it."""
    return PersonFactory(user=day.people.officer, public_name="")


def test_from_a_recommendation_to_its_outcome_action_project_change_and_result_and_back(day, browse, owner):
    project = ProjectFactory()
    agreed = {"status": "agreed", "agreed_on": TODAY, "agreed_by_name": "Minister", "reference": "1"}
    change = PlanChangeFactory(project=project, **agreed)
    made = DeliverableFactory(plan=change.plan, project=project)
    update = StatusUpdateFactory(project=project)
    [asked] = day.publish(day.open, ("Agree the trial.", "Cytuno ar y treial."))
    [outcome] = actions.as_recommended(day.open, [asked], by=day.by)
    action = actions.action_create(
        day.open, by=day.by, text=TEXT, owner=owner, due=TODAY, outcome=outcome, projects=[project]
    )
    actions.evidence_add(
        action, by=owner.user, text=("Done.", "Gwnaed."), change=change, update=update, deliverable=made, done=True
    )
    PublicNoteFactory(meeting=day.meeting)
    steps = [
        (asked.paper.get_absolute_url(), asked.get_absolute_url()),
        (asked.get_absolute_url(), outcome.get_absolute_url()),
        (outcome.get_absolute_url(), action.get_absolute_url()),
        (action.get_absolute_url(), change.get_absolute_url()),
        (action.get_absolute_url(), project.get_absolute_url()),
        (change.get_absolute_url(), project.get_absolute_url()),
        # and back
        (change.get_absolute_url(), action.get_absolute_url()),
        (project.get_absolute_url(), action.get_absolute_url()),
        (action.get_absolute_url(), outcome.get_absolute_url()),
        (outcome.get_absolute_url(), f"{asked.paper.get_absolute_url()}#r1"),
        (action.get_absolute_url(), f"{day.meeting.get_absolute_url()}#item-1"),
    ]
    client = browse(None)
    missing = [(here, there) for here, there in steps if f'href="{there}"' not in client.get(here).content.decode()]
    assert missing == []
    page = client.get(outcome.get_absolute_url()).content.decode()
    assert made.title_en in page
    assert Evidence.objects.get().deliverable == made


def test_what_a_reader_may_not_see_is_no_step_of_their_trace(day, browse, owner):
    change = PlanChangeFactory()  # proposed only: for the team
    outcome = actions.outcome_record(day.oral, by=day.by, result="agreed", words=("Agreed.", "Cytunwyd."))
    action = actions.action_create(day.oral, by=day.by, text=TEXT, owner=owner, due=TODAY, outcome=outcome)
    Evidence.objects.create(action=action, change=change, text_en="Proposed.", text_cy="Cynigiwyd.")
    PublicNoteFactory(meeting=day.meeting)
    page = browse(None).get(outcome.get_absolute_url()).content.decode()
    assert "Proposed." in page
    assert change.get_absolute_url() not in page
