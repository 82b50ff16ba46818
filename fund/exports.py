"""The fund manager's files: what each holds, row by row. Rights are asked again when the file is made."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from wlga_portal.kernel.exports import Column, register_source

from .models import Award, Bid, Claim, Score
from .rules import fund_manage


def pence(value: Any) -> Any:
    """Pounds; nothing where nothing is given."""
    return "" if value is None else value / 100


def only_manager(user: Any, rows: Any) -> Any:
    """Of the person's own world: a person of the demonstration gets what is invented, nobody else does."""
    return rows if fund_manage(user) else rows.none()


def bids(user: Any, _params: Any) -> Any:
    rows = Bid.objects.visible_to(user).sent().with_sent().filter(round__is_demo=user.is_demo)
    return only_manager(user, rows.order_by("reference", "pk"))


def scores(user: Any, _params: Any) -> Any:
    rows = Score.objects.visible_to(user).filter(assessment__bid__round__is_demo=user.is_demo)
    rows = rows.select_related("assessment__bid", "assessment__assessor", "criterion", "corrected_by")
    return only_manager(user, rows.order_by("assessment__bid__reference", "assessment", "criterion__order", "pk"))


def awards(user: Any, _params: Any) -> Any:
    rows = Award.objects.visible_to(user).with_row().filter(bid__round__is_demo=user.is_demo)
    return only_manager(user, rows.order_by("bid__reference", "pk"))


def claims(user: Any, _params: Any) -> Any:
    rows = Claim.objects.visible_to(user).filter(award__bid__round__is_demo=user.is_demo)
    rows = rows.select_related("award__bid__lead").prefetch_related("transactions")
    return only_manager(user, rows.order_by("award__bid__reference", "number"))


register_source(
    "fund.bids",
    rows=bids,
    columns=[
        Column("reference", _("Reference")),
        Column("title", _("Bid"), lambda bid: bid.latest.title),
        Column("lead", _("Lead council"), lambda bid: str(bid.lead.name)),
        Column("topic", _("Topic"), lambda bid: str(bid.latest.topic.name)),
        Column("amount", _("Amount"), lambda bid: pence(bid.latest.amount_pence)),
        Column("received", _("Received"), lambda bid: bid.latest.received_at),
        Column("status", _("Status"), lambda bid: bid.get_status_display()),
    ],
)
register_source(
    "fund.scores",
    rows=scores,
    columns=[
        Column("reference", _("Reference"), lambda score: score.assessment.bid.reference),
        Column("stage", _("Scored at"), lambda score: score.assessment.get_stage_display()),
        Column("assessor", _("Assessor"), lambda score: str(score.assessment.assessor)),
        Column("criterion", _("Criterion"), lambda score: str(score.criterion.name)),
        Column("points", _("Score")),
        Column("comment", _("Comment")),
        Column("current", _("Counts"), lambda score: _("Yes") if score.is_current else _("No")),
    ],
)
register_source(
    "fund.awards",
    rows=awards,
    columns=[
        Column("reference", _("Reference"), lambda award: award.bid.reference),
        Column("title", _("Bid"), lambda award: award.bid.title),
        Column("lead", _("Lead council"), lambda award: str(award.bid.lead.name)),
        Column("amount", _("Amount awarded"), lambda award: pence(award.amount_pence)),
        Column("paid", _("Paid"), lambda award: pence(award.paid_pence)),
        Column("awarded_on", _("Awarded on")),
        Column("status", _("Status"), lambda award: award.get_status_display()),
    ],
)
register_source(
    "fund.claims",
    rows=claims,
    columns=[
        Column("reference", _("Reference"), lambda claim: claim.award.bid.reference),
        Column("number", _("Claim")),
        Column("period_from", _("First day of the period")),
        Column("period_to", _("Last day of the period")),
        Column("amount", _("Amount"), lambda claim: pence(claim.amount_pence)),
        Column("status", _("Status"), lambda claim: claim.get_status_display()),
    ],
)
