"""A plan as it was first agreed beside the plan as it is now: what the agreed changes moved."""

from dataclasses import dataclass
from typing import Any

from .models import DeliveryPlan, PlanChange
from .states import ChangeKind, ChangeStatus


@dataclass(frozen=True, slots=True)
class Row:
    """One thing in both plans. `first` and `now` are None where the plan does not hold it; `changes` moved it."""

    title: Any
    url: str
    first: Any
    now: Any
    changes: tuple[PlanChange, ...]

    @property
    def moved(self) -> bool:
        return bool(self.first != self.now)


@dataclass(frozen=True, slots=True)
class BothPlans:
    """The projects, the deliverables with their targets, and the baselines that moved."""

    projects: list[Row]
    targets: list[Row]
    baselines: list[Row]


def both_plans(plan: DeliveryPlan) -> BothPlans:
    """Both plans, worked out from the plan as it is and its agreed changes, newest first undone. Three queries."""
    found = plan.changes.filter(status=ChangeStatus.AGREED).select_related(
        "project", "deliverable", "milestone__project"
    )
    changes = list(found.order_by("agreed_on", "pk"))
    return BothPlans(projects_of(plan, changes), targets_of(plan, changes), baselines_of(changes))


def projects_of(plan: DeliveryPlan, changes: list[PlanChange]) -> list[Row]:
    """Every project that is or was in the list, in its place; what was dropped stands where it stood."""
    listings = list(plan.listings.select_related("project").order_by("position"))
    places = {listing.project_id: (listing.position, listing.project) for listing in listings}
    now = set(places)
    first, about = set(now), dict[int, list[PlanChange]]()
    for change in reversed(changes):
        if change.project is None:
            continue
        about.setdefault(change.project.pk, []).insert(0, change)
        places.setdefault(change.project.pk, (change.position or 0, change.project))
        (first.discard if change.kind == ChangeKind.ADDED else first.add)(change.project.pk)
    return [
        Row(project.title, project.get_absolute_url(), pk in first or None, pk in now or None, tuple(about.get(pk, ())))
        for pk, (_position, project) in sorted(places.items(), key=lambda pair: pair[1][0])
    ]


def targets_of(plan: DeliveryPlan, changes: list[PlanChange]) -> list[Row]:
    """Every deliverable with the target as first agreed and as it is now."""
    about: dict[int, list[PlanChange]] = {}
    for change in changes:
        if change.deliverable_id:
            about.setdefault(change.deliverable_id, []).append(change)
    rows = []
    for one in plan.deliverables.in_order():
        own = about.get(one.pk, [])
        first = own[0].target_before if own else one.target
        rows.append(Row(one.title, one.get_absolute_url(), one.counted(first), one.target_shown, tuple(own)))
    return rows


def baselines_of(changes: list[PlanChange]) -> list[Row]:
    """The milestones whose baseline was moved."""
    about: dict[int, list[PlanChange]] = {}
    for change in changes:
        if change.milestone_id:
            about.setdefault(change.milestone_id, []).append(change)
    rows = []
    for own in about.values():
        one: Any = own[0].milestone
        url = one.project.get_absolute_url()
        rows.append(Row(one.title, url, own[0].day_before, own[-1].day_after, tuple(own)))
    return rows
