"""Plans, projects and what is said of them."""

from datetime import date
from decimal import Decimal

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from projects.models import (
    BacklogReview,
    Benefit,
    Confirmation,
    Deliverable,
    DeliveryPlan,
    Document,
    FundingLine,
    Gate,
    Lesson,
    Lineage,
    LineageAction,
    Milestone,
    MilestoneForecast,
    Nudge,
    NudgedProject,
    PhaseChange,
    PlanChange,
    PlanProject,
    Project,
    ProjectCost,
    ProjectPartner,
    Risk,
    SavedView,
    Snapshot,
    Source,
    StatusUpdate,
    Step,
    Strategy,
    Theme,
)
from projects.states import ChangeKind, Confidence, CostKind, Descent, Phase
from tests.factories.people import CouncilFactory, UserFactory


class SourceFactory(DjangoModelFactory[Source]):
    class Meta:
        model = Source

    slug = factory.Sequence(lambda n: f"source-{n}")
    title_en = factory.Sequence(lambda n: f"Source {n}")
    title_cy = factory.Sequence(lambda n: f"Ffynhonnell {n}")
    published_on = date(2022, 10, 28)


class StrategyFactory(DjangoModelFactory[Strategy]):
    class Meta:
        model = Strategy

    slug = factory.Sequence(lambda n: f"strategy-{n}")
    title_en = factory.Sequence(lambda n: f"Strategy {n}")
    title_cy = factory.Sequence(lambda n: f"Strategaeth {n}")


class ThemeFactory(DjangoModelFactory[Theme]):
    class Meta:
        model = Theme

    strategy = factory.SubFactory(StrategyFactory)
    slug = factory.Sequence(lambda n: f"theme-{n}")
    title_en = factory.Sequence(lambda n: f"Theme {n}")
    title_cy = factory.Sequence(lambda n: f"Thema {n}")


class DeliveryPlanFactory(DjangoModelFactory[DeliveryPlan]):
    class Meta:
        model = DeliveryPlan

    # far from the years that tests name
    year = factory.Sequence(lambda n: f"{2100 + n}-{(1 + n) % 100:02d}")
    starts = factory.LazyAttribute(lambda plan: date(int(plan.year[:4]), 4, 1))
    ends = factory.LazyAttribute(lambda plan: date(int(plan.year[:4]) + 1, 3, 31))
    title_en = factory.LazyAttribute(lambda plan: f"Delivery plan {plan.year}")
    title_cy = factory.LazyAttribute(lambda plan: f"Cynllun cyflawni {plan.year}")
    slug_en = factory.LazyAttribute(lambda plan: plan.year)
    slug_cy = factory.LazyAttribute(lambda plan: plan.year)


class ProjectFactory(DjangoModelFactory[Project]):
    class Meta:
        model = Project

    title_en = factory.Sequence(lambda n: f"Project {n}")
    title_cy = factory.Sequence(lambda n: f"Prosiect {n}")
    slug_en = factory.Sequence(lambda n: f"project-{n}")
    slug_cy = factory.Sequence(lambda n: f"prosiect-{n}")


class PlanProjectFactory(DjangoModelFactory[PlanProject]):
    class Meta:
        model = PlanProject

    plan = factory.SubFactory(DeliveryPlanFactory)
    project = factory.SubFactory(ProjectFactory)
    position = factory.Sequence(lambda n: n + 1)


class PhaseChangeFactory(DjangoModelFactory[PhaseChange]):
    class Meta:
        model = PhaseChange

    project = factory.SubFactory(ProjectFactory)
    phase = Phase.DISCOVERY
    since = date(2026, 4, 1)


class LineageFactory(DjangoModelFactory[Lineage]):
    class Meta:
        model = Lineage

    later = factory.SubFactory(ProjectFactory)
    earlier = factory.SubFactory(ProjectFactory)
    kind = Descent.SUCCEEDS


class ProjectPartnerFactory(DjangoModelFactory[ProjectPartner]):
    class Meta:
        model = ProjectPartner

    project = factory.SubFactory(ProjectFactory)
    organisation = factory.SubFactory(CouncilFactory)


class StatusUpdateFactory(DjangoModelFactory[StatusUpdate]):
    class Meta:
        model = StatusUpdate

    project = factory.SubFactory(ProjectFactory)
    confidence = Confidence.GREEN
    reason_en = "All is on time."
    reason_cy = "Mae popeth ar amser."
    for_date = factory.LazyFunction(timezone.localdate)


class ConfirmationFactory(DjangoModelFactory[Confirmation]):
    class Meta:
        model = Confirmation

    update = factory.SubFactory(StatusUpdateFactory)
    project = factory.SelfAttribute("update.project")
    for_date = factory.LazyFunction(timezone.localdate)


class MilestoneFactory(DjangoModelFactory[Milestone]):
    class Meta:
        model = Milestone

    project = factory.SubFactory(ProjectFactory)
    title_en = factory.Sequence(lambda n: f"Milestone {n}")
    title_cy = factory.Sequence(lambda n: f"Carreg filltir {n}")
    baseline = date(2026, 12, 1)
    forecast = date(2026, 12, 1)


class DeliverableFactory(DjangoModelFactory[Deliverable]):
    class Meta:
        model = Deliverable

    plan = factory.SubFactory(DeliveryPlanFactory)
    position = factory.Sequence(lambda n: n + 1)
    title_en = factory.Sequence(lambda n: f"Deliverable {n}")
    title_cy = factory.Sequence(lambda n: f"Peth i'w gyflawni {n}")
    slug_en = factory.Sequence(lambda n: f"deliverable-{n}")
    slug_cy = factory.Sequence(lambda n: f"peth-{n}")


class MilestoneForecastFactory(DjangoModelFactory[MilestoneForecast]):
    class Meta:
        model = MilestoneForecast

    milestone = factory.SubFactory(MilestoneFactory)
    forecast = date(2027, 1, 15)
    for_date = factory.LazyFunction(timezone.localdate)


class RiskFactory(DjangoModelFactory[Risk]):
    class Meta:
        model = Risk

    project = factory.SubFactory(ProjectFactory)
    title_en = factory.Sequence(lambda n: f"Risk {n}")
    title_cy = factory.Sequence(lambda n: f"Risg {n}")
    likelihood = factory.LazyAttribute(lambda risk: 5 if risk.kind == "issue" else 3)
    kind = "risk"
    impact = 3
    owner = factory.SubFactory(UserFactory)
    raised_on = date(2026, 4, 1)
    review_on = date(2026, 12, 1)


class FundingLineFactory(DjangoModelFactory[FundingLine]):
    class Meta:
        model = FundingLine

    plan = factory.SubFactory(DeliveryPlanFactory)
    title_en = "Grant"
    title_cy = "Grant"
    amount_pence = 10_000_00


class ProjectCostFactory(DjangoModelFactory[ProjectCost]):
    class Meta:
        model = ProjectCost

    project = factory.SubFactory(ProjectFactory)
    year = "2026-27"
    kind = CostKind.BASELINE
    amount_pence = 5_000_00


class BenefitFactory(DjangoModelFactory[Benefit]):
    class Meta:
        model = Benefit

    project = factory.SubFactory(ProjectFactory)
    title_en = factory.Sequence(lambda n: f"Benefit {n}")
    title_cy = factory.Sequence(lambda n: f"Budd {n}")
    unit_en, unit_cy = "minutes", "munud"
    baseline, target = Decimal(30), Decimal(10)


class DocumentFactory(DjangoModelFactory[Document]):
    class Meta:
        model = Document

    project = factory.SubFactory(ProjectFactory)
    title_en = factory.Sequence(lambda n: f"Document {n}")
    title_cy = factory.Sequence(lambda n: f"Dogfen {n}")
    url_en = "https://example.org/report"


class LessonFactory(DjangoModelFactory[Lesson]):
    class Meta:
        model = Lesson

    project = factory.SubFactory(ProjectFactory)
    text_en = factory.Sequence(lambda n: f"Lesson {n}")
    text_cy = factory.Sequence(lambda n: f"Gwers {n}")


class GateFactory(DjangoModelFactory[Gate]):
    class Meta:
        model = Gate

    project = factory.SubFactory(ProjectFactory)
    phase = Phase.DISCOVERY
    due_on = date(2026, 12, 1)


class PlanChangeFactory(DjangoModelFactory[PlanChange]):
    class Meta:
        model = PlanChange

    plan = factory.SubFactory(DeliveryPlanFactory)
    kind = ChangeKind.ADDED
    project = factory.SubFactory(ProjectFactory)
    reason_en = "The board asked for it."
    reason_cy = "Gofynnodd y bwrdd amdano."
    proposed_on = date(2026, 6, 1)


class NudgeFactory(DjangoModelFactory[Nudge]):
    class Meta:
        model = Nudge

    user = factory.SubFactory(UserFactory)
    day = date(2026, 11, 2)


class NudgedProjectFactory(DjangoModelFactory[NudgedProject]):
    class Meta:
        model = NudgedProject

    nudge = factory.SubFactory(NudgeFactory)
    project = factory.SubFactory(ProjectFactory)
    step = Step.LEAD


class SavedViewFactory(DjangoModelFactory[SavedView]):
    class Meta:
        model = SavedView

    user = factory.SubFactory(UserFactory)
    name = factory.Sequence(lambda n: f"View {n}")
    query = "phase=alpha"


class LineageActionFactory(DjangoModelFactory[LineageAction]):
    class Meta:
        model = LineageAction

    kind = Descent.SUCCEEDS
    why = "The work goes on elsewhere."
    carried = factory.LazyFunction(dict)
    totals_before = factory.LazyFunction(dict)
    totals_after = factory.LazyFunction(dict)


class BacklogReviewFactory(DjangoModelFactory[BacklogReview]):
    class Meta:
        model = BacklogReview

    project = factory.SubFactory(ProjectFactory, status="backlog")
    decision = "keep"
    reason_en = "No people are free for it yet."
    reason_cy = "Nid oes pobl ar gael iddo eto."
    decided_on = date(2026, 9, 1)
    review_on = date(2026, 12, 1)


class SnapshotFactory(DjangoModelFactory[Snapshot]):
    class Meta:
        model = Snapshot

    kind = "portfolio"
    moment = factory.LazyFunction(timezone.now)
    schema = 1
    said = factory.LazyFunction(dict)
    sha256 = "0" * 64
