"""Writing delivery plans and the changes of those that are agreed."""

from datetime import date
from typing import Any

from django.forms import ModelForm
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.versions import drop_draft, save_version
from wlga_portal.kernel.workflow import NotAllowed, Refused, advance

from .. import rules
from ..models import Deliverable, DeliveryPlan, Milestone, PlanChange, PlanProject
from ..states import ChangeKind

PLAN_KEY = "projects.plan:new"


def plan_save(form: ModelForm[Any], *, by: Any, key: str) -> DeliveryPlan:
    """Save a valid form of a plan that is new or there already. Raises Clash, NotAllowed."""
    if not rules.plan_edit(by):
        raise NotAllowed(_("Only the digital team writes delivery plans."))
    with audited(by=by, why="delivery plan written"):
        if form.instance.pk is None:
            plan: DeliveryPlan = form.instance
            plan.set_slugs(plan.title.en, plan.title.cy)
            plan.save()
        else:
            plan = save_version(form, by=by, why="delivery plan written")
        drop_draft(by, key)
    return plan


def deliverable_place(row: Deliverable) -> None:
    """A new deliverable comes last in its plan, with anchors of its own made from its title."""
    row.position = max(row.plan.deliverables.values_list("position", flat=True), default=0) + 1
    for language in ("en", "cy"):
        stem = slugify(getattr(row.title, language))[:100] or "x"
        taken = set(row.plan.deliverables.values_list(f"slug_{language}", flat=True))
        free = (one for one in (stem, *(f"{stem}-{n}" for n in range(2, 1000))) if one not in taken)
        setattr(row, f"slug_{language}", next(free))


def unagreed(plan: DeliveryPlan) -> None:
    """Raises Refused for a plan that is agreed: its list and its promises change by agreed changes alone."""
    if plan.is_agreed:
        raise Refused(_("This plan is agreed: propose a change of it."))


# --- Changes of an agreed plan --------------------------------------------------------------------
def change_prepare(row: PlanChange, *, by: Any) -> None:
    """What a change that is being proposed starts from. Raises Refused."""
    if not row.plan.is_agreed:
        raise Refused(_("This plan is not agreed yet: change it at once."))
    row.proposed_by, row.proposed_on = by, timezone.localdate()
    if row.deliverable is not None:
        row.target_before = row.deliverable.target
    if row.milestone is not None:
        row.day_before = row.milestone.baseline
    same = PlanChange.objects.filter(
        plan=row.plan, kind=row.kind, status="proposed", project=row.project, deliverable=row.deliverable
    )
    if same.filter(milestone=row.milestone).exists():
        raise Refused(_("The same change is proposed already."))


def change_agree(change: PlanChange, *, by: Any, name: str, day: date, reference: str) -> PlanChange:
    """Record that Welsh Government agreed, and change the plan. Raises Refused where the plan has moved meanwhile."""

    def put(row: PlanChange) -> None:
        row.agreed_by_name, row.agreed_on, row.reference = name, day, reference
        still_fits(row)
        listing = row.plan.listings.filter(project=row.project).first() if row.kind == ChangeKind.DROPPED else None
        if listing is not None:
            row.position, row.printed_ref, row.listed_as = listing.position, listing.printed_ref, listing.listed_as
        if row.kind == ChangeKind.ADDED:
            row.position = row.plan.next_position()

    with audited(by=by, why="plan change agreed"):
        row = advance(change, "agree", by=by, also=put)
        carry_out(row)
    return row


def still_fits(row: PlanChange) -> None:
    """Raises Refused where what the change starts from is no longer so."""
    listed = row.plan.listings.filter(project=row.project).exists() if row.project_id else False
    fits = {
        ChangeKind.ADDED: not listed,
        ChangeKind.DROPPED: listed,
        ChangeKind.TARGET: row.deliverable is not None and row.deliverable.target == row.target_before,
        ChangeKind.BASELINE: row.milestone is not None and row.milestone.baseline == row.day_before,
    }
    if not fits[ChangeKind(row.kind)]:
        raise Refused(_("The plan has changed since this was proposed: withdraw it and propose it anew."))


def carry_out(row: PlanChange) -> None:
    """Change the plan as was agreed."""
    if row.kind == ChangeKind.ADDED and row.project is not None:
        PlanProject.objects.create(
            plan=row.plan, project=row.project, position=row.position or 0, listed_as=row.listed_as
        )
    elif row.kind == ChangeKind.DROPPED:
        PlanProject.objects.filter(plan=row.plan, project=row.project).delete()
    elif row.deliverable is not None:
        Deliverable.objects.filter(pk=row.deliverable.pk).update(target=row.target_after)
    elif row.milestone is not None:
        Milestone.objects.filter(pk=row.milestone.pk).update(baseline=row.day_after)


def change_advance(change: PlanChange, event: str, *, by: Any, why: str) -> PlanChange:
    """Refuse or withdraw a change. Raises Refused."""
    return advance(change, event, by=by, why=why)
