"""Addresses of the parts of projects and delivery plans."""

from django.urls import path
from django.utils.translation import pgettext_lazy

from .views import parts, planning

PARTS = [
    path(pgettext_lazy("url", "<slug:slug>/milestones/add/"), parts.milestone_add, name="milestone_add"),
    path(pgettext_lazy("url", "<slug:slug>/milestones/<int:number>/"), parts.milestone_edit, name="milestone_edit"),
    path(pgettext_lazy("url", "<slug:slug>/risks/add/"), parts.risk_add, name="risk_add"),
    path(pgettext_lazy("url", "<slug:slug>/risks/<int:number>/"), parts.risk_edit, name="risk_edit"),
    path(pgettext_lazy("url", "<slug:slug>/benefits/add/"), parts.benefit_add, name="benefit_add"),
    path(pgettext_lazy("url", "<slug:slug>/benefits/<int:number>/"), parts.benefit_edit, name="benefit_edit"),
    path(
        pgettext_lazy("url", "<slug:slug>/benefits/<int:number>/remove/"), parts.benefit_remove, name="benefit_remove"
    ),
    path(pgettext_lazy("url", "<slug:slug>/costs/add/"), parts.cost_add, name="cost_add"),
    path(pgettext_lazy("url", "<slug:slug>/costs/<int:number>/"), parts.cost_edit, name="cost_edit"),
    path(pgettext_lazy("url", "<slug:slug>/costs/<int:number>/remove/"), parts.cost_remove, name="cost_remove"),
    path(pgettext_lazy("url", "<slug:slug>/partners/add/"), parts.partner_add, name="partner_add"),
    path(pgettext_lazy("url", "<slug:slug>/partners/<int:number>/"), parts.partner_edit, name="partner_edit"),
    path(
        pgettext_lazy("url", "<slug:slug>/partners/<int:number>/remove/"), parts.partner_remove, name="partner_remove"
    ),
    path(pgettext_lazy("url", "<slug:slug>/documents/add/"), parts.document_add, name="document_add"),
    path(pgettext_lazy("url", "<slug:slug>/documents/<int:number>/"), parts.document_edit, name="document_edit"),
    path(
        pgettext_lazy("url", "<slug:slug>/documents/<int:number>/remove/"),
        parts.document_remove,
        name="document_remove",
    ),
    path(pgettext_lazy("url", "<slug:slug>/lessons/add/"), parts.lesson_add, name="lesson_add"),
    path(pgettext_lazy("url", "<slug:slug>/lessons/<int:number>/"), parts.lesson_edit, name="lesson_edit"),
    path(pgettext_lazy("url", "<slug:slug>/lessons/<int:number>/remove/"), parts.lesson_remove, name="lesson_remove"),
    path(pgettext_lazy("url", "<slug:slug>/gates/add/"), parts.gate_add, name="gate_add"),
    path(pgettext_lazy("url", "<slug:slug>/gates/<int:number>/"), parts.gate_edit, name="gate_edit"),
    path(pgettext_lazy("url", "<slug:slug>/gates/<int:number>/remove/"), parts.gate_remove, name="gate_remove"),
]
PLANS = [
    path(pgettext_lazy("url", "plans/"), planning.plan_list, name="plan_list"),
    path(pgettext_lazy("url", "new/plan/"), planning.plan_new, name="plan_new"),
    path(pgettext_lazy("url", "plans/<slug:slug>/edit/"), planning.plan_edit, name="plan_edit"),
    path(pgettext_lazy("url", "plans/<slug:slug>/first/"), planning.plan_first, name="plan_first"),
    path(pgettext_lazy("url", "plans/<slug:slug>/funding/add/"), parts.funding_add, name="funding_add"),
    path(pgettext_lazy("url", "plans/<slug:slug>/funding/<int:number>/"), parts.funding_edit, name="funding_edit"),
    path(
        pgettext_lazy("url", "plans/<slug:slug>/funding/<int:number>/remove/"),
        parts.funding_remove,
        name="funding_remove",
    ),
    path(pgettext_lazy("url", "plans/<slug:slug>/projects/add/"), parts.listing_add, name="listing_add"),
    path(pgettext_lazy("url", "plans/<slug:slug>/projects/<int:number>/"), parts.listing_edit, name="listing_edit"),
    path(
        pgettext_lazy("url", "plans/<slug:slug>/projects/<int:number>/remove/"),
        parts.listing_remove,
        name="listing_remove",
    ),
    path(pgettext_lazy("url", "plans/<slug:slug>/deliverables/add/"), parts.deliverable_add, name="deliverable_add"),
    path(
        pgettext_lazy("url", "plans/<slug:slug>/deliverables/<int:number>/"),
        parts.deliverable_edit,
        name="deliverable_edit",
    ),
    path(
        pgettext_lazy("url", "plans/<slug:slug>/deliverables/<int:number>/remove/"),
        parts.deliverable_remove,
        name="deliverable_remove",
    ),
    path(
        pgettext_lazy("url", "plans/<slug:slug>/proposals/add-project/"),
        parts.change_add_project,
        name="change_add_project_add",
    ),
    path(
        pgettext_lazy("url", "plans/<slug:slug>/proposals/drop-project/"),
        parts.change_drop_project,
        name="change_drop_project_add",
    ),
    path(
        pgettext_lazy("url", "plans/<slug:slug>/proposals/move-target/"),
        parts.change_move_target,
        name="change_move_target_add",
    ),
    path(
        pgettext_lazy("url", "plans/<slug:slug>/proposals/move-baseline/"),
        parts.change_move_baseline,
        name="change_move_baseline_add",
    ),
    path(pgettext_lazy("url", "plans/<slug:slug>/proposals/<int:number>/"), planning.change_page, name="change_page"),
    path(
        pgettext_lazy("url", "plans/<slug:slug>/proposals/<int:number>/<slug:event>/"),
        planning.change_advance,
        name="change_advance",
    ),
]
