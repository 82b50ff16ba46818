"""What the database holds true of forecasts, baselines, targets, risks, money, benefits, gates and plan changes."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from projects.models import Deliverable, Milestone, MilestoneForecast, Risk
from tests.factories.people import BodyFactory, person
from tests.factories.projects import (
    BenefitFactory,
    DeliverableFactory,
    DeliveryPlanFactory,
    DocumentFactory,
    FundingLineFactory,
    GateFactory,
    LessonFactory,
    MilestoneFactory,
    MilestoneForecastFactory,
    PlanChangeFactory,
    ProjectCostFactory,
    ProjectFactory,
    RiskFactory,
)
from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.history import history_of

pytestmark = pytest.mark.django_db
DAY = date(2026, 12, 1)


def refused(make: Any) -> str:
    """What the database says when it refuses."""
    with pytest.raises(DatabaseError) as raised, transaction.atomic():
        make()
    return str(raised.value)


AGREED = {"status": "agreed", "agreed_on": date(2026, 7, 1), "agreed_by_name": "Welsh Government", "reference": "WG 1"}


@pytest.mark.parametrize(
    ("factory", "values", "constraint"),
    [
        (ProjectFactory, {"starts_on": DAY, "ends_on": DAY - timedelta(1)}, "project_dates_in_order"),
        (MilestoneFactory, {"actual": DAY, "dropped_on": DAY}, "milestone_reached_or_dropped"),
        (MilestoneForecastFactory, {"why_en": "Late"}, "milestoneforecast_why_in_both_or_neither"),
        (DeliverableFactory, {"evidence_cy": "Adroddiad"}, "deliverable_evidence_in_both_or_neither"),
        (RiskFactory, {"kind": "worry"}, "risk_kind_known"),
        (RiskFactory, {"title_cy": ""}, "risk_titled_in_both"),
        (RiskFactory, {"mitigation_en": "More people"}, "risk_mitigation_in_both_or_neither"),
        (RiskFactory, {"likelihood": 6}, "risk_from_1_to_5"),
        (RiskFactory, {"impact": 0}, "risk_from_1_to_5"),
        (RiskFactory, {"kind": "issue", "likelihood": 4}, "risk_issue_has_happened"),
        (RiskFactory, {"owner": None}, "risk_open_has_owner_and_review"),
        (RiskFactory, {"review_on": None}, "risk_open_has_owner_and_review"),
        (RiskFactory, {"closed_on": date(2026, 3, 31)}, "risk_dates_in_order"),
        (FundingLineFactory, {"amount_pence": -1}, "fundingline_amount_not_negative"),
        (FundingLineFactory, {"title_cy": ""}, "fundingline_title_in_both_or_neither"),
        (FundingLineFactory, {"title_cy": "", "title_en": ""}, "fundingline_from_somewhere"),
        (ProjectCostFactory, {"year": "2026"}, "projectcost_year_is_a_financial_year"),
        (ProjectCostFactory, {"kind": "guess"}, "projectcost_kind_known"),
        (ProjectCostFactory, {"amount_pence": -1}, "projectcost_amount_not_negative"),
        (ProjectCostFactory, {"narrative_en": "Dearer"}, "projectcost_narrative_in_both_or_neither"),
        (BenefitFactory, {"title_en": ""}, "benefit_titled_in_both"),
        (BenefitFactory, {"measure_en": "By a survey"}, "benefit_texts_in_both_or_neither"),
        (BenefitFactory, {"unit_en": "", "unit_cy": ""}, "benefit_counted_in_a_unit"),
        (DocumentFactory, {"title_cy": ""}, "document_titled_in_both"),
        (DocumentFactory, {"url_en": ""}, "document_is_somewhere"),
        (DocumentFactory, {"url_en": "javascript:alert(1)"}, "document_address_is_one"),
        (DocumentFactory, {"url_cy": "//example.org/"}, "document_address_is_one"),
        (LessonFactory, {"text_cy": ""}, "lesson_in_both"),
        (GateFactory, {"phase": "gamma"}, "gate_phase_known"),
        (GateFactory, {"outcome": "fine", "held_on": DAY}, "gate_outcome_known"),
        (GateFactory, {"due_on": None}, "gate_has_a_day"),
        (GateFactory, {"held_on": DAY}, "gate_held_has_an_outcome"),
        (GateFactory, {"outcome": "passed"}, "gate_held_has_an_outcome"),
        (GateFactory, {"note_en": "Good"}, "gate_note_in_both_or_neither"),
        (PlanChangeFactory, {"status": "perhaps"}, "planchange_status_known"),
        (PlanChangeFactory, {"kind": "renamed"}, "planchange_kind_known"),
        (PlanChangeFactory, {"listed_as": "idea"}, "planchange_listed_as_known"),
        (PlanChangeFactory, {"reason_cy": ""}, "planchange_reason_in_both"),
        (PlanChangeFactory, {"project": None}, "planchange_names_its_one_thing"),
        (PlanChangeFactory, {"kind": "target_moved", "target_after": 4}, "planchange_names_its_one_thing"),
        (PlanChangeFactory, {**AGREED, "reference": ""}, "planchange_agreed_by_somebody_on_a_day"),
        (PlanChangeFactory, {**AGREED, "status": "proposed"}, "planchange_agreed_by_somebody_on_a_day"),
        (PlanChangeFactory, {**AGREED, "agreed_on": date(2026, 5, 1)}, "planchange_agreed_after_it_was_proposed"),
    ],
)
def test_the_database_refuses_what_cannot_be(factory, values, constraint):
    assert constraint in refused(lambda: factory(**values))


@pytest.mark.parametrize(("before", "after"), [(5, 5), (None, None)])
def test_a_change_of_a_target_changes_it(before, after):
    values = {"kind": "target_moved", "project": None, "target_before": before, "target_after": after}
    assert "planchange_moves_something" in refused(
        lambda: PlanChangeFactory(**values, deliverable=DeliverableFactory())
    )


def test_a_change_of_a_baseline_changes_it():
    values = {"kind": "baseline_moved", "project": None, "milestone": MilestoneFactory(), "day_before": DAY}
    for after in (None, DAY):
        assert "planchange_moves_something" in refused(lambda after=after: PlanChangeFactory(**values, day_after=after))
    assert PlanChangeFactory(**values, day_after=DAY + timedelta(1)).pk


def test_a_year_has_one_cost_of_each_kind():
    cost = ProjectCostFactory()
    assert "projectcost_one_for_a_year_and_kind" in refused(lambda: ProjectCostFactory(project=cost.project))
    assert ProjectCostFactory(project=cost.project, kind="actual").pk


# --- Forecasts ------------------------------------------------------------------------------------
def forecasts_of(milestone: Milestone) -> list[date]:
    return list(milestone.forecasts.order_by("pk").values_list("forecast", flat=True))


def test_a_forecast_is_appended_and_the_milestone_follows_the_one_for_the_latest_day():
    milestone, today = MilestoneFactory(forecast=DAY), timezone.localdate()
    assert forecasts_of(milestone) == [DAY]
    MilestoneForecastFactory(milestone=milestone, forecast=DAY + timedelta(7))
    MilestoneForecastFactory(milestone=milestone, forecast=DAY + timedelta(3), for_date=today - timedelta(30))
    milestone.refresh_from_db()
    assert milestone.forecast == DAY + timedelta(7)
    assert forecasts_of(milestone) == [DAY, DAY + timedelta(7), DAY + timedelta(3)]


def test_a_forecast_written_by_raw_sql_or_in_bulk_is_appended_too_with_who_wrote_it():
    first, second, writer = MilestoneFactory(), MilestoneFactory(), person()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE projects_milestone SET forecast = '2027-02-01' WHERE id = %s", [first.pk])
    with audited(by=writer, why="moved"):
        Milestone.objects.all().update(forecast=date(2027, 3, 1))
    assert forecasts_of(first) == [DAY, date(2027, 2, 1), date(2027, 3, 1)]
    assert forecasts_of(second) == [DAY, date(2027, 3, 1)]
    assert [one.by for one in first.forecasts.order_by("pk")] == [None, None, writer]
    assert [change.kind for change in history_of(first)] == ["update", "update", "insert"]


def test_a_forecast_is_never_changed_deleted_or_taken_back():
    milestone = MilestoneFactory()
    row = milestone.forecasts.get()
    assert "permission denied" in refused(lambda: MilestoneForecast.objects.update(forecast=date(2030, 1, 1)))
    assert "permission denied" in refused(row.delete)
    assert "a forecast is not taken back" in refused(lambda: Milestone.objects.update(forecast=None))
    bare = MilestoneFactory(forecast=None)
    Milestone.objects.filter(pk=bare.pk).update(actual=DAY)
    assert forecasts_of(bare) == []
    assert (str(row), str(bare.forecasts.first())) == (f"{milestone}: 2026-12-01", "None")


def test_a_milestone_that_is_no_longer_planned_is_not_late():
    assert Milestone(forecast=DAY).overdue(DAY + timedelta(1)) is True
    assert Milestone(forecast=DAY, dropped_on=DAY).overdue(DAY + timedelta(1)) is False


# --- What was agreed stays ------------------------------------------------------------------------
def test_a_baseline_that_is_set_moves_by_an_agreed_plan_change_alone():
    milestone, later = MilestoneFactory(baseline=None), DAY + timedelta(31)
    Milestone.objects.update(baseline=DAY)
    values = {"kind": "baseline_moved", "project": None, "milestone": milestone, "day_before": DAY, "day_after": later}
    change = PlanChangeFactory(**values)
    for day in (later, None):
        assert "a baseline moves by an agreed" in refused(lambda day=day: Milestone.objects.update(baseline=day))
    type(change).objects.update(**AGREED)
    assert "a baseline moves by an agreed" in refused(lambda: Milestone.objects.update(baseline=DAY + timedelta(9)))
    Milestone.objects.update(baseline=later)
    assert Milestone.objects.get().baseline == later


def test_a_target_of_an_agreed_plan_moves_by_an_agreed_plan_change_alone():
    plan = DeliveryPlanFactory(agreed_on=date(2026, 4, 1), agreed_with=BodyFactory())
    promise = DeliverableFactory(plan=plan, target=5, unit_en="roles", unit_cy="rolau")
    free = DeliverableFactory(target=5, unit_en="roles", unit_cy="rolau")
    Deliverable.objects.filter(pk=free.pk).update(target=6)
    mine = Deliverable.objects.filter(pk=promise.pk)
    assert "moves by an agreed plan change alone" in refused(lambda: mine.update(target=6))
    values = {"kind": "target_moved", "project": None, "deliverable": promise}
    PlanChangeFactory(plan=plan, **values, target_before=5, target_after=6, **AGREED)
    mine.update(actual=4)
    mine.update(target=6)
    assert mine.get().target == 6


# --- Small things ---------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("kind", "likelihood", "impact", "rating"),
    [
        ("risk", 1, 5, "green"),
        ("risk", 2, 3, "amber"),
        ("risk", 3, 4, "amber"),
        ("risk", 3, 5, "red"),
        ("issue", 5, 1, "green"),
        ("issue", 5, 2, "amber"),
        ("issue", 5, 3, "red"),
    ],
)
def test_the_database_rates_a_risk(kind, likelihood, impact, rating):
    assert RiskFactory(kind=kind, likelihood=likelihood, impact=impact).rating == rating
    assert Risk.objects.get().rating == rating


def test_a_risk_is_overdue_after_its_day_of_review_while_it_is_open():
    assert RiskFactory(review_on=DAY).overdue(DAY) is False
    assert RiskFactory(review_on=DAY).overdue(DAY + timedelta(1)) is True
    assert RiskFactory(review_on=DAY, closed_on=DAY).overdue(DAY + timedelta(1)) is False


def test_each_says_what_it_is():
    project = ProjectFactory(title_en="Maps")
    plan = DeliveryPlanFactory(title_en="Plan")
    council = BodyFactory(name_en="A body")
    line = FundingLineFactory(plan=plan, title_en="", title_cy="", source=council)
    assert str(line) == "A body"
    assert str(FundingLineFactory(plan=plan, title_en="Own money")) == "Own money"
    assert str(ProjectCostFactory(project=project)) == "Maps, 2026-27: Baseline"
    assert str(GateFactory(project=project)) == "Maps: Discovery"
    assert str(PlanChangeFactory(plan=plan)) == "Plan: Project added"
    assert str(LessonFactory(text_en="Ask early.")) == "Ask early."
    assert str(DocumentFactory(title_en="Report")) == "Report"
    assert str(BenefitFactory(title_en="Quicker", baseline=Decimal("2.5"))) == "Quicker"
