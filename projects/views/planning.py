"""Writing a delivery plan, its changes, and both plans beside each other."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from wlga_portal.kernel.models import StatusChange
from wlga_portal.kernel.panels import panels_for
from wlga_portal.kernel.screens import page, screen, set_addresses
from wlga_portal.kernel.workflow import Refused, Transition

from .. import actions, rules
from ..agreed import both_plans
from ..drafts import posted
from ..finders import find_plan
from ..forms import AgreeForm, MoveForm, PlanForm
from ..models import DeliveryPlan, PlanChange, Strategy
from ..states import CHANGES, ChangeStatus
from ..tables import BaselineRows, ListedRows, PlanTable, TargetRows
from .parts import FormScreen, form_page


@screen(public=True, methods=("GET", "HEAD"))
def plan_list(request: HttpRequest) -> HttpResponse:
    """Every delivery plan with who agreed it and when, and the strategies with their themes."""
    plans = DeliveryPlan.objects.visible_to(request.user).newest_first().with_counts()
    context = {
        "plans": PlanTable(list(plans)),
        "strategies": list(Strategy.objects.with_projects()),
        "may_write": rules.plan_edit(request.user),
    }
    return page(request, "projects/plan_list.html", context)


@screen(may=rules.plan_edit)
def plan_new(request: HttpRequest) -> HttpResponse:
    """A new delivery plan."""
    return form_page(
        request,
        FormScreen(
            key=actions.PLAN_KEY,
            form=PlanForm,
            row=DeliveryPlan(),
            title=_("A new delivery plan"),
            save=lambda form: actions.plan_save(form, by=request.user, key=actions.PLAN_KEY),
        ),
    )


@screen(find=find_plan, may=rules.plan_edit)
def plan_edit(request: HttpRequest, plan: DeliveryPlan) -> HttpResponse:
    """The fields of a plan. What two people change in different fields merges; the same field shows both texts."""
    set_addresses(request, "projects:plan_edit", slug=plan)
    key = f"projects.plan:{plan.pk}"
    return form_page(
        request,
        FormScreen(
            key=key,
            form=PlanForm,
            row=plan,
            title=_("Edit the delivery plan"),
            save=lambda form: actions.plan_save(form, by=request.user, key=key),
            parent=DeliveryPlan.objects.get(pk=plan.pk),  # the form writes what was typed into its own row
        ),
    )


@screen(public=True, methods=("GET", "HEAD"), find=find_plan)
def plan_first(request: HttpRequest, plan: DeliveryPlan) -> HttpResponse:
    """The plan as it was first agreed beside the plan as it is now."""
    set_addresses(request, "projects:plan_first", slug=plan)
    both = both_plans(plan)
    context = {
        "plan": plan,
        "projects": ListedRows(both.projects),
        "targets": TargetRows(both.targets) if both.targets else None,
        "baselines": BaselineRows(both.baselines) if both.baselines else None,
        "changed": any(row.moved for row in (*both.projects, *both.targets, *both.baselines)),
        "demonstration": plan.is_demo,
    }
    return page(request, "projects/plan_first.html", context)


# --- Changes --------------------------------------------------------------------------------------
def find_change(request: HttpRequest, slug: str, number: int) -> PlanChange:
    """A change of this plan that this person may see."""
    found = PlanChange.objects.visible_to(request.user).with_things().filter(plan=find_plan(request, slug), pk=number)
    return found.get()


@screen(public=True, methods=("GET", "HEAD"), find=find_change)
def change_page(request: HttpRequest, change: PlanChange) -> HttpResponse:
    """What changes, why, and who agreed to it."""
    set_addresses(request, "projects:change_page", slug=change.plan, number=change.pk)
    team = rules.team(request.user)
    context = {
        "change": change,
        "plan": change.plan,
        "team": team,
        "moves": change.events_for(request.user),
        "timeline": [(one, CHANGES.done(one.event)) for one in StatusChange.of(change)] if team else [],
        "demonstration": change.plan.is_demo,
    }
    context["panels"] = panels_for("projects.change", request, change)
    return page(request, "projects/change_page.html", context)


def find_step(request: HttpRequest, slug: str, number: int, event: str) -> tuple[PlanChange, Transition]:
    if event not in CHANGES.transitions:
        raise Http404
    return find_change(request, slug, number), CHANGES.transitions[event]


def may_step(user: Any, step: tuple[PlanChange, Transition]) -> bool:
    """The rule of the event that the address names."""
    return CHANGES.rules[step[1].event](user, step[0])


@screen(find=find_step, may=may_step)
def change_advance(request: HttpRequest, step: tuple[PlanChange, Transition]) -> HttpResponse:
    """One page for one step: who agreed and when, or the reason."""
    change, transition = step
    set_addresses(request, "projects:change_advance", slug=change.plan, number=change.pk, event=transition.event)
    agrees = transition.target == ChangeStatus.AGREED
    form: Any = (
        AgreeForm(posted(request), instance=change)
        if agrees
        else MoveForm(posted(request), why_required=transition.why_required)
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        fresh = PlanChange.objects.get(pk=change.pk)
        try:
            if agrees:
                actions.change_agree(
                    fresh,
                    by=request.user,
                    name=given["agreed_by_name"],
                    day=given["agreed_on"],
                    reference=given["reference"],
                )
            else:
                actions.change_advance(fresh, transition.event, by=request.user, why=given["why"])
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, str(transition.done))
            return redirect(change)
    context = {
        "change": change,
        "plan": change.plan,
        "transition": transition,
        "form": form,
        "demonstration": change.plan.is_demo,
    }
    return page(request, "projects/change_advance.html", context)
