"""The difference of two dates: of a project, a plan and the whole portfolio."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse

from wlga_portal.kernel.history import event_model
from wlga_portal.kernel.screens import page, screen, set_addresses

from .. import rules
from ..differences import Scope, differences, touched
from ..finders import find_plan, find_project
from ..forms import SpanForm
from ..models import DeliveryPlan, PlanProject, Project
from ..telling import Teller

PER_PAGE = 20


def difference_page(request: HttpRequest, form: SpanForm, scope: Scope, template: str, **context: Any) -> HttpResponse:
    """What differs between the two moments of the form."""
    start, end = form.span()
    found = differences(scope, start, end) if start < end else []
    groups = Teller(found, scope, names=rules.team(request.user)).groups()
    return page(
        request,
        template,
        {"form": form, "groups": groups, "start": start, "end": end, "team": rules.team(request.user), **context},
    )


def asked(request: HttpRequest) -> SpanForm:
    """The form, checked; an empty one speaks of the last four weeks."""
    form = SpanForm(request.GET)
    form.is_valid()
    return form


@screen(public=True, methods=("GET", "HEAD"), find=find_project)
def project_changes(request: HttpRequest, project: Project) -> HttpResponse:
    """What changed in a project between two dates, who changed it, and why."""
    set_addresses(request, "projects:project_changes", slug=project)
    context = {"project": project, "demonstration": project.is_demo}
    return difference_page(request, asked(request), Scope((project.pk,)), "projects/project_changes.html", **context)


@screen(public=True, methods=("GET", "HEAD"), find=find_plan)
def plan_changes(request: HttpRequest, plan: DeliveryPlan) -> HttpResponse:
    """What changed in a plan and in every project that it lists, or listed at any time."""
    set_addresses(request, "projects:plan_changes", slug=plan)
    form = asked(request)
    ever = event_model(PlanProject)._base_manager.filter(plan_id=plan.pk)
    listed = Project.objects.filter(pk__in=ever.values("project_id")).by_title()
    scope = Scope(tuple(listed.values_list("pk", flat=True)), (plan.pk,))
    context = {"plan": plan, "demonstration": plan.is_demo}
    return difference_page(request, form, scope, "projects/plan_changes.html", **context)


@screen(public=True, methods=("GET", "HEAD"))
def portfolio_changes(request: HttpRequest) -> HttpResponse:
    """What changed in the portfolio, twenty projects at a time, in the order of titles."""
    form = asked(request)
    start, end = form.span()
    known = Project.objects.visible_to(request.user).real().by_title().values_list("pk", flat=True)
    ordered = list(known)
    written = set(touched(start, end, ordered)) if start < end else set()
    shown = Paginator([pk for pk in ordered if pk in written], PER_PAGE).get_page(request.GET.get("page"))
    scope = Scope(tuple(shown.object_list))
    return difference_page(request, form, scope, "projects/portfolio_changes.html", page_obj=shown)
