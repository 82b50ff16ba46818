"""A delivery plan: its grant, its projects in the printed order, its deliverables."""

from django.http import HttpRequest, HttpResponse

from wlga_portal.kernel.panels import panels_for
from wlga_portal.kernel.screens import page, screen, set_languages

from ..finders import find_plan
from ..models import DeliveryPlan
from ..past import Past
from ..tables import DeliverableTable, ListingTable


@screen(public=True, methods=("GET", "HEAD"), find=find_plan)
def plan_page(request: HttpRequest, plan: DeliveryPlan) -> HttpResponse:
    set_languages(request, plan)
    past = Past(request)
    with past.reading():
        found = DeliveryPlan.objects.select_related("agreed_with", "source", "strategy").filter(pk=plan.pk).first()
        if found is None:
            return page(request, "projects/not_yet.html", {"thing": plan, "past": past})
        listings = found.listings.select_related("project__standing__update").order_by("position")
        context = {
            "plan": found,
            "listings": ListingTable.for_day(past.today)(list(listings)),
            "deliverables": DeliverableTable(list(found.deliverables.in_order())),
            "panels": panels_for("projects.plan", request, found),
            "past": past,
            "form": past.form,
            "demonstration": found.is_demo,
        }
        return page(request, "projects/plan_page.html", context)
