"""A delivery plan: its grant, its projects in the printed order, its deliverables, its changes."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from wlga_portal.kernel.panels import panels_for
from wlga_portal.kernel.screens import page, screen, set_languages

from .. import rules
from ..finders import find_plan
from ..models import DeliveryPlan, PlanChange
from ..parts import PROPOSALS
from ..past import Past
from ..tables import ChangeTable, DeliverableTable, FundingTable, ListingTable


@dataclass(frozen=True, slots=True)
class PlanShown:
    """The plan that a page shows; `writes`: a person of the team sees the page as it is now."""

    plan: DeliveryPlan
    writes: bool

    def to(self, name: str, **parts: Any) -> str:
        """The address of a page below the plan's, for those who write; '' for the others."""
        return reverse(f"projects:{name}", kwargs={"slug": self.plan.slug, **parts}) if self.writes else ""


@screen(public=True, methods=("GET", "HEAD"), find=find_plan)
def plan_page(request: HttpRequest, plan: DeliveryPlan) -> HttpResponse:
    set_languages(request, plan)
    past = Past(request)
    with past.reading():
        found = DeliveryPlan.objects.select_related("agreed_with", "source", "strategy").filter(pk=plan.pk).first()
        if found is None:
            return page(request, "projects/not_yet.html", {"thing": plan, "past": past})
        return page(request, "projects/plan_page.html", context_of(request, found, past))


def context_of(request: HttpRequest, plan: DeliveryPlan, past: Past) -> dict[str, Any]:
    """What the page shows; the team gets its links."""
    shown = PlanShown(plan, rules.plan_edit(request.user) and past.moment is None)
    listings = list(plan.listings.select_related("project__standing__update").order_by("position"))
    deliverables = list(plan.deliverables.in_order())
    lines = list(plan.funding_lines.select_related("source"))
    changes = list(PlanChange.objects.visible_to(request.user).with_things().filter(plan=plan))
    return {
        "plan": plan,
        "writes": shown.writes,
        "listings": ListingTable.for_day(past.today)(listings),
        "listed": listings if shown.writes and not plan.is_agreed else [],
        "deliverables": DeliverableTable(deliverables),
        "promises": deliverables if shown.writes else [],
        "funding": FundingTable.for_page(shown, lines) if lines or shown.writes else None,
        "changes": ChangeTable(changes) if changes else None,
        "proposals": [(part.add, shown.to(f"{part.noun}_add")) for part in PROPOSALS] if shown.writes else [],
        "panels": panels_for("projects.plan", request, plan),
        "past": past,
        "form": past.form,
        "demonstration": plan.is_demo,
    }
