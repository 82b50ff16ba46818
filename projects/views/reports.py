"""The annual report of a plan: as it stands, frozen, and as data."""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from wlga_portal.kernel.bilingual import page_language
from wlga_portal.kernel.panels import panels_for
from wlga_portal.kernel.screens import page, screen, set_addresses
from wlga_portal.kernel.workflow import Refused

from .. import rules
from ..actions.reports import report_freeze as freeze
from ..annual import Data, in_language, report_of, written
from ..finders import find_plan
from ..models import DeliveryPlan, ReportSnapshot
from ..reports import basis_said, days_read


def context_of(request: HttpRequest, plan: DeliveryPlan, data: Data) -> dict[str, Any]:
    """What the page of a report shows, live or frozen, from its data alone."""
    report = days_read(in_language(json.loads(written(data)), page_language()))
    for one in report["deliverables"]:
        one["said"] = basis_said(one["basis"], one["rows"], one["source"], only_outcome=one["actual"] is None)
    for one in report["training"]:
        one["said"] = basis_said(one["basis"], one["rows"], one["source"], only_outcome=one["figure"] is None)
    for project in report["projects"]:
        project["url"] = reverse("projects:project_page", kwargs={"slug": project["slug"]})
    for project in report["money"]["projects"]:
        project["url"] = reverse("projects:project_page", kwargs={"slug": project["slug"]})
    return {
        "plan": plan,
        "report": report,
        "panels": panels_for("projects.report", request, plan),
        "snapshots": list(plan.report_snapshots.order_by("-number")),
        "demonstration": plan.is_demo,
    }


@screen(public=True, methods=("GET", "HEAD"), find=find_plan)
def report_page(request: HttpRequest, plan: DeliveryPlan) -> HttpResponse:
    """The report as it stands now."""
    set_addresses(request, "projects:report_page", slug=plan)
    context = context_of(request, plan, report_of(plan))
    context["may_freeze"] = rules.report_freeze(request.user, plan)
    return page(request, "projects/report_page.html", context)


@screen(methods=("POST",), find=find_plan, may=rules.report_freeze)
def report_freeze(request: HttpRequest, plan: DeliveryPlan) -> HttpResponse:
    """One button: what stands there now is kept with its hash."""
    try:
        snapshot = freeze(plan, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("projects:report_page", slug=plan.slug)
    messages.success(request, _("The report is frozen. It never changes; a later one gets the next number."))
    return redirect(snapshot)


def find_snapshot(request: HttpRequest, slug: str, number: int) -> ReportSnapshot:
    return ReportSnapshot.objects.select_related("plan").get(plan=find_plan(request, slug), number=number)


@screen(public=True, methods=("GET", "HEAD"), find=find_snapshot)
def snapshot_page(request: HttpRequest, snapshot: ReportSnapshot) -> HttpResponse:
    """A frozen report, drawn from what was kept and from nothing else."""
    set_addresses(request, "projects:snapshot_page", slug=snapshot.plan, number=snapshot.number)
    context = context_of(request, snapshot.plan, snapshot.data)
    return page(request, "projects/report_page.html", {**context, "snapshot": snapshot})


@screen(public=True, methods=("GET", "HEAD"), find=find_snapshot)
def snapshot_data(request: HttpRequest, snapshot: ReportSnapshot) -> HttpResponse:
    """The very bytes of which the hash is."""
    answer = HttpResponse(snapshot.content.encode(), content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = f'inline; filename="report-{snapshot.plan.year}-{snapshot.number}.json"'
    return answer
