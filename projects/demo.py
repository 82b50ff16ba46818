"""The demonstration's plan and projects: invented, marked, and counted in no public figure."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from organisations.models import Organisation
from wlga_portal.kernel.audit import audited

from .demo_parts import load_parts
from .demo_past import load_past
from .demo_posts import load_posts
from .demo_report import load_report
from .loading import texts
from .models import (
    DeliveryPlan,
    Milestone,
    PhaseChange,
    PlanProject,
    Project,
    ProjectPartner,
    SavedView,
    StatusUpdate,
)
from .states import Status

WHY = "loaded for the demonstration"


def load_demo(demo: dict[str, Any], people: dict[str, Any], by: Any = None) -> None:
    """Load `demo["plan"]`, once: its days count from the day of loading. `people` are the users by their slugs."""
    fact = demo["plan"]
    if DeliveryPlan.objects.filter(slug_en=fact["slug"]["en"]).exists():
        return
    today = timezone.localdate()
    first = today.year if today.month >= 4 else today.year - 1
    with audited(by=by, why=WHY):
        plan = DeliveryPlan.objects.create(
            slug_en=fact["slug"]["en"],
            slug_cy=fact["slug"]["cy"],
            year=f"{first}-{(first + 1) % 100:02d}",
            starts=date(first, 4, 1),
            ends=date(first + 1, 3, 31),
            is_demo=True,
            **texts(fact, title="title", status_note="note"),
        )
        for position, project in enumerate(fact["projects"], start=1):
            load_project(project, plan, position, people, today)
        SavedView.objects.create(
            user=people["team"], name="Aros am gadarnhad", query=f"plan={plan.slug_en}&attention=stale"
        )
        load_posts(demo, people)
        load_parts(plan, people, today)
        load_report(plan, people)
        load_past(people, today)


def load_project(fact: dict[str, Any], plan: DeliveryPlan, position: int, people: dict[str, Any], today: date) -> None:
    """One project with its plan, partners, updates and milestones."""
    project = Project.objects.create(
        slug_en=fact["slug"]["en"],
        slug_cy=fact["slug"]["cy"],
        status=Status.BACKLOG if fact["backlog"] else Status.ACTIVE,
        phase=fact["phase"],
        first_year=plan.year,
        lead=people["team"],
        is_demo=True,
        **texts(fact, title="title", aim="aim"),
    )
    PlanProject.objects.create(plan=plan, project=project, position=position)
    PhaseChange.objects.create(project=project, phase=fact["phase"], since=plan.starts)
    for organisation in Organisation.objects.filter(slug_en__in=fact["councils"]):
        ProjectPartner.objects.create(project=project, organisation=organisation)
    for said in sorted(fact["updates"], key=lambda said: int(said["in_days"])):
        StatusUpdate.objects.create(
            project=project,
            confidence=said["confidence"],
            for_date=today + timedelta(days=said["in_days"]),
            by=people[said["by"]],
            **texts(said, reason="reason"),
        )
    for milestone in fact["milestones"]:
        days = {name: milestone[f"{name}_in_days"] for name in ("baseline", "forecast", "actual")}
        Milestone.objects.create(
            project=project,
            **texts(milestone, title="title"),
            **{name: None if offset is None else today + timedelta(days=offset) for name, offset in days.items()},
        )
