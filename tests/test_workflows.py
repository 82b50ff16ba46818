"""Every status x every event of every workflow: moved, or refused, as its table says.

Here the table alone is tried, on an object in memory; each app's `test_states.py` tries the same pairs on rows, with
its own rules, constraints and triggers.
"""

from typing import Any

import pytest
from django.apps import apps

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
PAIRS = [
    (name, str(status), event)
    for name in FACTORIES
    for status in Workflow.registry[name].statuses
    for event in Workflow.registry[name].transitions
]


def thing_in(name: str, status: str, monkeypatch: pytest.MonkeyPatch, *, may: bool) -> WorkflowModel:
    """A thing of this kind that stands in memory in `status`; everybody may move it, or nobody."""
    workflow = Workflow.registry[name]
    thing = FACTORIES[name]()
    thing.status = status
    monkeypatch.setattr(type(thing), "lock", lambda self: self)
    monkeypatch.setattr(type(thing), "save", lambda self: None)
    monkeypatch.setattr(workflow, "rules", dict.fromkeys(workflow.transitions, lambda _user, _thing: may))
    return thing


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


@pytest.mark.parametrize(("name", "status", "event"), PAIRS)
def test_a_thing_moves_where_its_table_says_and_nowhere_else(monkeypatch, name, status, event):
    thing = thing_in(name, status, monkeypatch, may=True)
    step = thing.workflow.transitions[event]
    if status in step.sources:
        assert advance(thing, event, by=None, why="because").status == step.target
        change = StatusChange.of(thing).last()
        assert change is not None
        assert (change.event, change.source, change.target, change.why) == (event, status, step.target, "because")
    else:
        with pytest.raises(WrongState):
            advance(thing, event, by=None, why="because")
        assert thing.status == status
        assert not StatusChange.of(thing).filter(event=event, source=status).exists()


@pytest.mark.parametrize(("name", "status", "event"), PAIRS)
def test_nothing_moves_for_who_may_not_or_without_a_reason_that_is_asked_for(monkeypatch, name, status, event):
    thing = thing_in(name, status, monkeypatch, may=False)
    with pytest.raises(NotAllowed):
        advance(thing, event, by=None, why="because")
    step = thing.workflow.transitions[event]
    if step.why_required and status in step.sources:
        monkeypatch.setattr(thing.workflow, "rules", dict.fromkeys(thing.workflow.transitions, lambda _u, _t: True))
        with pytest.raises(ReasonMissing):
            advance(thing, event, by=None, why="  ")
    assert thing.status == status
