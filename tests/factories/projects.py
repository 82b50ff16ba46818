"""Plans, projects and what is said of them."""

from datetime import date

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from projects.models import (
    Confirmation,
    Deliverable,
    DeliveryPlan,
    Lineage,
    Milestone,
    PhaseChange,
    PlanProject,
    Project,
    ProjectPartner,
    Source,
    StatusUpdate,
    Strategy,
    Theme,
)
from projects.states import Confidence, Descent, Phase
from tests.factories.people import CouncilFactory


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
