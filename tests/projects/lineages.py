"""Projects that hold something of everything, for the tests of lineage."""

from decimal import Decimal
from typing import Any

from accounts.roles import Role
from projects.models import Project, ProjectCost
from tests.factories.people import person
from tests.factories.projects import (
    BenefitFactory,
    DeliverableFactory,
    MilestoneFactory,
    ProjectCostFactory,
    ProjectFactory,
    ProjectPartnerFactory,
    RiskFactory,
)


def head() -> Any:
    return person(Role.HEAD_OF_DELIVERY)


def full(title: str, pence: int = 1_000_01, **values: Any) -> Project:
    """A project that holds something of everything."""
    project = ProjectFactory(title_en=title, title_cy=f"{title} (cy)", **values)
    ProjectCostFactory(
        project=project, year="2026-27", kind="baseline", amount_pence=pence, narrative_en="n", narrative_cy="n"
    )
    ProjectCostFactory(project=project, year="2026-27", kind="actual", amount_pence=333)
    DeliverableFactory(project=project, target=5, actual=2, unit_en="maps", unit_cy="map", outcome="met")
    DeliverableFactory(project=project)
    BenefitFactory(project=project, target=Decimal(10))
    MilestoneFactory(project=project)
    MilestoneFactory(project=project, actual="2026-11-01")
    RiskFactory(project=project)
    RiskFactory(project=project, closed_on="2026-10-01")
    ProjectPartnerFactory(project=project, role="lead")
    return project


def costs(project: Project) -> dict[str, int]:
    return {f"{one.year} {one.kind}": one.amount_pence for one in ProjectCost.objects.filter(project=project)}
