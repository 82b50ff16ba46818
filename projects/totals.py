"""What projects hold together: money, targets, outcomes and partners, counted from their rows."""

from collections import Counter
from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _

from wlga_portal.kernel.wording import number, pounds

from .models import Benefit, Deliverable, Milestone, ProjectCost, ProjectPartner, Risk
from .states import CostKind, Outcome

Totals = dict[str, Any]


def totals_of(projects: Collection[int]) -> Totals:
    """The totals of these projects as plain JSON. Money is in pence for each year and kind; targets and actuals are
    summed for each unit; outcomes, benefits, milestones and risks are counted; partners are the ids of organisations.
    """
    money: Counter[str] = Counter()
    for year, kind, pence in ProjectCost.objects.filter(project__in=projects).values_list(
        "year", "kind", "amount_pence"
    ):
        money[f"{year} {kind}"] += pence
    targets: Counter[str] = Counter()
    actuals: Counter[str] = Counter()
    outcomes: Counter[str] = Counter()
    deliverables = Deliverable.objects.filter(project__in=projects)
    for unit, target, actual, outcome in deliverables.values_list("unit_en", "target", "actual", "outcome"):
        targets[unit] += target or 0
        actuals[unit] += actual or 0
        outcomes[outcome] += 1
    partners = ProjectPartner.objects.filter(project__in=projects).values_list("organisation_id", flat=True)
    return {
        "money": dict(sorted(money.items())),
        "targets": dict(sorted(targets.items())),
        "actuals": dict(sorted(actuals.items())),
        "outcomes": dict(sorted(outcomes.items())),
        "benefits": Benefit.objects.filter(project__in=projects).count(),
        "milestones": Milestone.objects.filter(project__in=projects).count(),
        "risks": Risk.objects.filter(project__in=projects).count(),
        "partners": sorted(set(partners)),
    }


def totals_shown(totals: Totals) -> list[tuple[str, str]]:
    """The totals in words: what is counted, and how much of it there is."""
    rows = []
    for key, pence in totals.get("money", {}).items():
        year, _space, kind = key.partition(" ")
        rows.append((f"{CostKind(kind).label}, {year}", str(pounds(pence))))
    for unit, target in totals.get("targets", {}).items():
        if unit:
            counted = {"target": number(target), "actual": number(totals["actuals"][unit])}
            rows.append((_("Targets in %(unit)s") % {"unit": unit}, _("%(target)s, actual %(actual)s") % counted))
    for outcome, count in totals.get("outcomes", {}).items():
        label = Outcome(outcome).label if outcome else _("no outcome yet")
        rows.append((_("Deliverables: %(outcome)s") % {"outcome": label}, str(count)))
    names = {"benefits": _("Benefits"), "milestones": _("Milestones"), "risks": _("Risks and issues")}
    rows += [(name, str(totals[key])) for key, name in names.items() if totals.get(key)]
    if totals.get("partners"):
        rows.append((_("Councils and partners"), str(len(totals["partners"]))))
    return rows
