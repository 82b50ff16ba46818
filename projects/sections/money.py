"""The money of a project: each year as first agreed, as expected and as spent, and the whole of its life."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from .. import parts
from ..models import ProjectCost
from ..states import CostKind
from ..tables import CostTable, FigureTable
from .base import Section, Shown


@dataclass(frozen=True, slots=True)
class YearOfCost:
    """A financial year in pence; None where no figure is published. `year` is '' for the whole life."""

    year: str
    baseline: int | None
    forecast: int | None
    actual: int | None

    @property
    def variance(self) -> int | None:
        """What is expected (or was spent, where nothing is expected) above the baseline, in pence."""
        reached = self.forecast if self.forecast is not None else self.actual
        return None if reached is None or self.baseline is None else reached - self.baseline


def sum_of(costs: Iterable[ProjectCost], kind: str) -> int | None:
    """The sum of one kind, or None where there is no figure of it."""
    amounts = [cost.amount_pence for cost in costs if cost.kind == kind]
    return sum(amounts) if amounts else None


def year_of(year: str, costs: list[ProjectCost]) -> YearOfCost:
    return YearOfCost(year, *(sum_of(costs, kind) for kind in (CostKind.BASELINE, CostKind.FORECAST, CostKind.ACTUAL)))


def years_of(costs: list[ProjectCost]) -> list[YearOfCost]:
    """Year by year, and the whole life last where there are several."""
    years = sorted({cost.year for cost in costs})
    rows = [year_of(year, [cost for cost in costs if cost.year == year]) for year in years]
    if len(rows) > 1:
        rows.append(year_of("", costs))
    return rows


def money(shown: Shown) -> Section | None:
    """What it costs; the team changes each figure."""
    costs = shown.project.rows_of("costs")
    if not costs and not shown.writes:
        return None
    context = {
        "table": CostTable(years_of(costs)),
        "explained": [(cost, cost.narrative) for cost in costs if cost.narrative],
        "figures": FigureTable.for_page(shown, costs) if shown.writes and costs else None,
    }
    return Section(
        pgettext("anchor", "money"),
        _("Budget and spend"),
        "projects/project_section_money.html",
        context,
        shown.adds(parts.COST),
    )
