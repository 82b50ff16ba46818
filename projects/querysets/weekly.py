"""What the weekly screen reads."""

from typing import TYPE_CHECKING, Any

from django.db.models import F, Prefetch, Q, QuerySet

from accounts.roles import Role, roles_of

if TYPE_CHECKING:
    from ..models import Project


def weekly_projects(user: Any, *, everybody: bool) -> "QuerySet[Project]":
    """The active projects of this person, those that wait longest first; or of everybody. Two queries, for any number.

    The head of delivery has those without a lead too. The milestones are those that are still worked towards.
    """
    from ..models import Milestone, Project
    from ..states import Status

    mine = Q(lead=user)
    if roles_of(user).has(Role.HEAD_OF_DELIVERY):
        mine |= Q(lead=None)
    found = Project.objects.visible_to(user).filter(Q() if everybody else mine, status=Status.ACTIVE)
    ahead = Milestone.objects.filter(actual=None, dropped_on=None)
    texts = [f"{name}_{language}" for name in ("note", "next_step") for language in ("en", "cy")]
    return (
        found.select_related("standing__update__by")
        .defer(*texts)
        .prefetch_related(Prefetch("milestones", ahead))
        .order_by(F("standing__confirmed_on").asc(nulls_first=True), "title_key_en", "pk")
    )
