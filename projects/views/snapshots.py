"""Keeping a page of the past, and the kept page."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from wlga_portal.kernel.screens import page, screen, set_addresses
from wlga_portal.kernel.tables import list_page
from wlga_portal.kernel.workflow import Refused

from .. import actions, rules
from ..finders import find_plan, find_project
from ..keeping import hashed, read
from ..models import DeliveryPlan, Project, Snapshot
from ..past import PastForm
from ..tables import SnapshotTable


def keep(request: HttpRequest, thing: Any, back: Any) -> HttpResponse:
    """Keep the page, and go to it; what stands against it is said where the person came from."""
    form = PastForm(request.POST)
    if not form.is_valid():
        messages.error(request, str(form.errors["as_at"][0]))
        return redirect(back)
    try:
        kept = actions.page_keep(thing, form.cleaned_data["as_at"], by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(back)
    return redirect(kept)


@screen(methods=("POST",), find=find_project, may=rules.page_keep)
def project_keep(request: HttpRequest, project: Project) -> HttpResponse:
    return keep(request, project, project)


@screen(methods=("POST",), find=find_plan, may=rules.page_keep)
def plan_keep(request: HttpRequest, plan: DeliveryPlan) -> HttpResponse:
    return keep(request, plan, plan)


@screen(methods=("POST",), may=rules.page_keep)
def portfolio_keep(request: HttpRequest) -> HttpResponse:
    return keep(request, None, "projects:project_list")


@screen(public=True, methods=("GET", "HEAD"))
def snapshot_list(request: HttpRequest) -> HttpResponse:
    """Every kept page, that of the latest moment first."""
    found = Snapshot.objects.visible_to(request.user).order_by("-moment", "-pk")
    return list_page(request, queryset=found, table=SnapshotTable, template="projects/snapshot_list.html")


def find_snapshot(request: HttpRequest, number: int) -> Snapshot:
    """A kept page. Nothing of the project or plan is read but whether it may be seen."""
    return Snapshot.objects.visible_to(request.user).get(pk=number)


@screen(public=True, methods=("GET", "HEAD"), find=find_snapshot)
def snapshot_page(request: HttpRequest, snapshot: Snapshot) -> HttpResponse:
    """A kept page, as it was kept."""
    set_addresses(request, "projects:snapshot_page", number=snapshot.pk)
    context: dict[str, Any] = {
        "snapshot": snapshot,
        "kept": read(snapshot),
        "whole": hashed(snapshot.said) == snapshot.sha256,
    }
    return page(request, "projects/snapshot_page.html", context)
