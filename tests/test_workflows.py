"""Every status x every event of every workflow: moved, or refused, as its table says.

Here the table alone is tried, on an object in memory; each app's `test_states.py` tries the same pairs on rows, with
its own rules, constraints and triggers.
"""

import contextlib
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction

import wlga_portal.urls  # noqa: F401  what knows every page knows every rule
from tests.factories.bidding import BidTranslationFactory
from tests.factories.board import MeetingFactory, PaperFactory
from tests.factories.board_day import ActionFactory
from tests.factories.fund import BidFactory, EnquiryFactory, PartnerFactory
from tests.factories.fund_assessing import AssessmentFactory, DecisionFactory, ReviewFactory
from tests.factories.fund_awards import AwardFactory, ClaimFactory, MonitoringReportFactory, VariationFactory
from tests.factories.likeness import MergeFactory
from tests.factories.maturity import MaturityAssessmentFactory
from tests.factories.meetings import PlannedItemFactory
from tests.factories.posts import PostFactory
from tests.factories.projects import PlanChangeFactory, ProjectFactory
from tests.factories.skills import FrameworkVersionFactory, SkillAssessmentFactory
from tests.factories.training import (
    BookingFactory,
    DoubleFactory,
    ImportFactory,
    PrivacyRequestFactory,
    SessionFactory,
)
from tests.factories.writing import WithdrawalFactory
from wlga_portal.kernel.models import StatusChange
from wlga_portal.kernel.workflow import NotAllowed, ReasonMissing, Workflow, WorkflowModel, WrongState, advance

pytestmark = pytest.mark.django_db
FACTORIES: dict[str, Any] = {
    "paper": PaperFactory,
    "meeting": MeetingFactory,
    "planned_item": PlannedItemFactory,
    "action": ActionFactory,
    "bid": BidFactory,
    "bid_translation": BidTranslationFactory,
    "merge": MergeFactory,
    "consent": PartnerFactory,
    "assessment": AssessmentFactory,
    "enquiry": EnquiryFactory,
    "fund_decision": DecisionFactory,
    "review": ReviewFactory,
    "award": AwardFactory,
    "claim": ClaimFactory,
    "report": MonitoringReportFactory,
    "variation": VariationFactory,
    "session": SessionFactory,
    "booking": BookingFactory,
    "framework_version": FrameworkVersionFactory,
    "skill_assessment": SkillAssessmentFactory,
    "double": DoubleFactory,
    "import": ImportFactory,
    "privacy_request": PrivacyRequestFactory,
    "maturity": MaturityAssessmentFactory,
    "project": ProjectFactory,
    "planchange": PlanChangeFactory,
    "post": PostFactory,
    "withdrawal": WithdrawalFactory,
}


def pairs(name: str) -> list[tuple[str, str]]:
    """Every status x event of this workflow."""
    workflow = Workflow.registry[name]
    return [(str(status), event) for status in workflow.statuses for event in workflow.transitions]


def everybody_may(workflow: Any, monkeypatch: pytest.MonkeyPatch, *, may: bool) -> None:
    monkeypatch.setattr(workflow, "rules", dict.fromkeys(workflow.transitions, lambda _user, _thing: may))


@pytest.fixture
def thing(name: str, monkeypatch: pytest.MonkeyPatch) -> WorkflowModel:
    """One of this kind, which moves in memory alone."""
    made = FACTORIES[name]()
    monkeypatch.setattr(type(made), "lock", lambda self: self)
    monkeypatch.setattr(type(made), "save", lambda self: None)
    return made


class Moved(AssertionError):
    """What should have been refused went through."""


@contextlib.contextmanager
def stands(thing: WorkflowModel, status: str) -> Iterator[None]:
    """The thing in this status; what is written is undone."""
    thing.status = status
    mark = transaction.savepoint()
    yield
    transaction.savepoint_rollback(mark)


def test_every_workflow_of_the_portal_is_tried_here():
    kinds = [model for model in apps.get_models() if issubclass(model, WorkflowModel)]
    assert {model.workflow.name for model in kinds} == set(FACTORIES)
    assert all(Workflow.registry[model.workflow.name] is model.workflow for model in kinds)


@pytest.mark.parametrize("name", FACTORIES)
def test_every_event_has_a_rule_a_label_and_statuses_that_there_are(name):
    workflow = Workflow.registry[name]
    assert workflow.rules.keys() == workflow.transitions.keys()
    for transition in workflow.transitions.values():
        assert transition.sources
        assert {*transition.sources, transition.target} <= set(workflow.statuses.values)
        assert str(transition.label)


@pytest.mark.parametrize("name", FACTORIES)
def test_a_thing_moves_where_its_table_says_and_nowhere_else(monkeypatch, name, thing):
    everybody_may(thing.workflow, monkeypatch, may=True)
    for status, event in pairs(name):
        step = thing.workflow.transitions[event]
        with stands(thing, status):
            if status in step.sources:
                assert advance(thing, event, by=None, why="because").status == step.target, (status, event)
                change = StatusChange.of(thing).last()
                assert (change.event, change.source, change.target, change.why) == (
                    event,
                    status,
                    step.target,
                    "because",
                )
            else:
                with pytest.raises(WrongState):
                    raise Moved(status, event, advance(thing, event, by=None, why="because"))
                assert thing.status == status, event
                assert not StatusChange.of(thing).filter(event=event, source=status).exists(), (status, event)


@pytest.mark.parametrize("name", FACTORIES)
def test_nothing_moves_for_who_may_not_or_without_a_reason_that_is_asked_for(monkeypatch, name, thing):
    for status, event in pairs(name):
        step = thing.workflow.transitions[event]
        with stands(thing, status):
            everybody_may(thing.workflow, monkeypatch, may=False)
            with pytest.raises(NotAllowed):
                raise Moved(status, event, advance(thing, event, by=None, why="because"))
            if step.why_required and status in step.sources:
                everybody_may(thing.workflow, monkeypatch, may=True)
                with pytest.raises(ReasonMissing):
                    raise Moved(status, event, advance(thing, event, by=None, why="  "))
            assert thing.status == status, event
