"""The work of a project: milestones, deliverables, risks and issues, benefits."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from .. import parts
from ..models import MilestoneForecast
from ..tables import BenefitTable, DeliverableTable, MilestoneTable, RiskTable
from .base import Section, Shown


def milestones(shown: Shown) -> Section | None:
    """Each as first agreed, as expected now and as it happened; what was forecast before is folded away."""
    rows = shown.project.rows_of("milestones")
    if not rows and not shown.writes:
        return None
    said: dict[int, list[MilestoneForecast]] = {}
    for one in MilestoneForecast.objects.filter(milestone__in=rows).select_related("by") if rows else ():
        said.setdefault(one.milestone_id, []).append(one)
    moved: list[tuple[Any, list[MilestoneForecast]]] = [
        (row, said[row.pk]) for row in rows if len(said.get(row.pk, ())) > 1
    ]
    context = {"table": MilestoneTable.for_page(shown, rows), "moved": moved}
    return Section(
        pgettext("anchor", "milestones"),
        _("Milestones"),
        "projects/project_section_milestones.html",
        context,
        shown.adds(parts.MILESTONE),
    )


def deliverables(shown: Shown) -> Section | None:
    """What plans promised of it, and what came of that."""
    rows = shown.project.rows_of("deliverables", lambda rows: rows.in_order())
    if not rows:
        return None
    context = {"table": DeliverableTable(rows)}
    return Section(
        pgettext("anchor", "deliverables"), _("Deliverables"), "projects/project_section_table.html", context
    )


def risks(shown: Shown) -> Section | None:
    """Open ones first, the worst first. Others than the team see those that are public."""
    worst_first = ("closed_on", "-likelihood", "-impact", "pk")
    found = shown.project.rows_of("risks", lambda rows: rows.select_related("owner").order_by(*worst_first))
    rows = [row for row in found if shown.team or row.is_public]
    if not rows and not shown.writes:
        return None
    now = sorted((row for row in rows if not row.closed_on), key=lambda row: -row.likelihood * row.impact)
    closed = [row for row in rows if row.closed_on]
    context = {
        "table": RiskTable.for_page(shown, now),
        "closed": RiskTable.for_page(shown, closed) if closed else None,
    }
    return Section(
        pgettext("anchor", "risks"),
        _("Risks and issues"),
        "projects/project_section_risks.html",
        context,
        shown.adds(parts.RISK),
    )


def benefits(shown: Shown) -> Section | None:
    """What it is good for, and how that is measured."""
    rows = shown.project.rows_of("benefits")
    if not rows and not shown.writes:
        return None
    context = {"table": BenefitTable.for_page(shown, rows)}
    return Section(
        pgettext("anchor", "benefits"),
        _("Benefits"),
        "projects/project_section_table.html",
        context,
        shown.adds(parts.BENEFIT),
    )
