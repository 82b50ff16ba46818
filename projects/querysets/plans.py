"""How plan changes, plans with their figures and strategies are read."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Prefetch, Q

from accounts.roles import Role, roles_of
from wlga_portal.kernel.bilingual import sort_column

from ..states import ChangeStatus

if TYPE_CHECKING:
    from ..models import PlanChange, Strategy


class PlanChangeQuerySet(models.QuerySet["PlanChange"]):
    """Changes of agreed plans."""

    def visible_to(self, user: Any) -> "PlanChangeQuerySet":
        """What was agreed is public; what is only proposed, or was refused or withdrawn, is for the team."""
        from ..models import DeliveryPlan

        found = self.filter(plan__in=DeliveryPlan.objects.visible_to(user))
        if roles_of(user).has(Role.TEAM, Role.HEAD_OF_DELIVERY):
            return found
        return found.filter(status=ChangeStatus.AGREED)

    def with_things(self) -> "PlanChangeQuerySet":
        """What each is about: joined, no query more."""
        return self.select_related("plan", "project", "deliverable", "milestone__project", "proposed_by")


class StrategyQuerySet(models.QuerySet["Strategy"]):
    """Strategies."""

    def with_projects(self) -> "StrategyQuerySet":
        """Newest first, each with its themes, their real projects and its plans: three queries more, for all."""
        from ..models import DeliveryPlan, Project, Theme

        projects = Project.objects.real().order_by(sort_column("title"))
        themes = Theme.objects.order_by(sort_column("title")).prefetch_related(Prefetch("projects", projects))
        plans = DeliveryPlan.objects.filter(Q(is_demo=False)).order_by("-starts")
        return self.order_by("-approved_month", "pk").prefetch_related(
            Prefetch("themes", themes), Prefetch("plans", plans)
        )
