"""How plans, projects and updates are read."""

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Case, Prefetch, Q, Value, When

from accounts.roles import Role, roles_of
from wlga_portal.kernel.bilingual import sort_column

from ..states import Confidence, Phase, oldest_fresh

if TYPE_CHECKING:
    from ..models import Deliverable, DeliveryPlan, Project, StatusUpdate

UNCONFIRMED, NONE = "unconfirmed", "none"
BY_URGENCY = (Confidence.RED, Confidence.AMBER, Confidence.GREEN)


class DeliveryPlanQuerySet(models.QuerySet["DeliveryPlan"]):
    """Delivery plans."""

    def visible_to(self, user: Any) -> "DeliveryPlanQuerySet":
        """Plans are public; the demonstration's in demonstration mode alone."""
        return self if settings.DEMO else self.real()

    def real(self) -> "DeliveryPlanQuerySet":
        """Without the demonstration's."""
        return self.filter(is_demo=False)

    def current(self) -> "DeliveryPlan | None":
        """The latest real plan: the one that the programme works to."""
        return self.real().order_by("-starts").first()

    def newest_first(self) -> "DeliveryPlanQuerySet":
        return self.order_by("is_demo", "-starts")

    def with_counts(self) -> "DeliveryPlanQuerySet":
        """With whom each is agreed, and how many projects it lists: no query more."""
        return self.select_related("agreed_with").annotate(project_count=models.Count("listings"))


class ProjectQuerySet(models.QuerySet["Project"]):
    """Projects."""

    def visible_to(self, user: Any) -> "ProjectQuerySet":
        """Projects are public; the demonstration's in demonstration mode alone."""
        return self if settings.DEMO else self.real()

    def real(self) -> "ProjectQuerySet":
        """Without the demonstration's: what public figures count."""
        return self.filter(is_demo=False)

    def by_title(self) -> "ProjectQuerySet":
        """In the order of the page's alphabet."""
        return self.order_by(sort_column("title"), "pk")

    def with_row(self) -> "ProjectQuerySet":
        """What a row of the list shows, without the long texts; `rows.fill` gives it plans and councils."""
        texts = [f"{name}_{language}" for name in ("aim", "note", "next_step") for language in ("en", "cy")]
        return self.select_related("standing").defer(*texts)

    def with_columns(self, columns: Collection[str]) -> "ProjectQuerySet":
        """The lead and the theme, joined where these columns of the list show them."""
        joined = [name for name in ("lead", "theme") if name in columns]
        return self.select_related(*joined) if joined else self

    def with_standing(self) -> "ProjectQuerySet":
        """What holds of each now, and why: joined, no query more."""
        return self.select_related("standing__update")

    def to_name(self, *more: str) -> "ProjectQuerySet":
        """Title and address, its confidence and when that was last confirmed, the columns `more`, and nothing else."""
        titles = ("title_en", "title_cy", "slug_en", "slug_cy")
        standing = ("standing__project", "standing__confidence", "standing__confirmed_on")
        return self.select_related("standing").only(*titles, *standing, *more)

    def with_ranks(self, today: date) -> "ProjectQuerySet":
        """`phase_rank` (the order of phases) and `confidence_rank` (red, amber, green, unconfirmed; none: NULL)."""
        fresh = Q(standing__confirmed_on__gte=oldest_fresh(today))
        points = [When(fresh & Q(standing__confidence=one), then=Value(rank)) for rank, one in enumerate(BY_URGENCY)]
        late = When(standing__isnull=False, then=Value(len(points)))
        phases = [When(phase=phase, then=Value(rank)) for rank, phase in enumerate(Phase.values)]
        whole = models.SmallIntegerField()
        return self.annotate(
            confidence_rank=Case(*points, late, default=None, output_field=whole),
            phase_rank=Case(*phases, default=None, output_field=whole),
        )

    def with_plans(self) -> "ProjectQuerySet":
        """The plans that list each: one query more, for all."""
        from ..models import PlanProject

        listings = PlanProject.objects.select_related("plan").only("project_id", "plan__year", "plan__starts")
        return self.prefetch_related(Prefetch("listings", listings))

    def with_partners(self) -> "ProjectQuerySet":
        """The organisations in each: one query more, for all."""
        from ..models import ProjectPartner

        partners = ProjectPartner.objects.select_related("organisation").order_by(sort_column("organisation__name"))
        names = ("organisation__name_en", "organisation__name_cy")
        return self.prefetch_related(Prefetch("partners", partners.only("project_id", "role", "inferred", *names)))

    def with_milestones(self) -> "ProjectQuerySet":
        """The milestones of each: one query more, for all."""
        return self.prefetch_related("milestones")

    def in_plan(self, plan: "DeliveryPlan") -> "ProjectQuerySet":
        return self.filter(listings__plan=plan)

    def stale(self, today: date) -> "ProjectQuerySet":
        """Those of whom something was said that nobody has stood by for more than 14 days."""
        return self.filter(standing__confirmed_on__lt=oldest_fresh(today))

    def reading(self, value: str, today: date) -> "ProjectQuerySet":
        """Those whose confidence reads `value` today: green, amber, red, `unconfirmed`, or `none` (not published)."""
        if value == NONE:
            return self.filter(standing=None)
        if value == UNCONFIRMED:
            return self.stale(today)
        return self.filter(standing__confidence=value, standing__confirmed_on__gte=oldest_fresh(today))

    def to_confirm(self, user: Any, today: date) -> "ProjectQuerySet":
        """The active projects whose status waits for this person: a lead's own; the head's also the rest."""
        roles = roles_of(user)
        if not roles.has(Role.TEAM, Role.HEAD_OF_DELIVERY):
            return self.none()
        mine = Q(lead=user)
        if roles.has(Role.HEAD_OF_DELIVERY):
            mine |= Q(lead=None)
        return self.filter(mine, Q(standing=None) | Q(standing__confirmed_on__lt=oldest_fresh(today)), status="active")


class StatusUpdateQuerySet(models.QuerySet["StatusUpdate"]):
    """Status updates."""

    def timeline(self) -> "StatusUpdateQuerySet":
        """Newest first, with who wrote each and what corrects it."""
        return self.select_related("by", "corrected_by").order_by("-for_date", "-pk")


class DeliverableQuerySet(models.QuerySet["Deliverable"]):
    """Deliverables."""

    def in_order(self) -> "DeliverableQuerySet":
        return self.select_related("plan").order_by("plan__starts", "position")
