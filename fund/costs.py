"""Costs added up: by financial year and category, by organisation, by kind and by who pays."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from .models import CostLine
from .models.costs import CostKind, Funding

YEARS = 5  # financial years that a bid may plan, from that of its round
Row = tuple[Any, list[int], int]  # what it is called, its sum in each year, its sum in all


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums in pence. Of what the fund pays and of match funding apart; every one of them is the sum of its lines."""

    years: list[str]
    by_category: list[Row]
    by_kind: list[Row]
    by_organisation: list[Row]
    fund: int
    match: int

    @property
    def total(self) -> int:
        return self.fund + self.match


def totals_of(lines: Iterable[CostLine]) -> Totals:
    """The totals of these lines: by category and by kind of what the fund is asked for, by organisation of all."""
    lines = list(lines)
    years = sorted({line.year for line in lines})
    asked = [line for line in lines if line.funding == Funding.FUND]
    return Totals(
        years=years,
        by_category=rows_of(asked, years, lambda line: line.category.name),
        by_kind=rows_of(asked, years, lambda line: CostKind(line.kind).label),
        by_organisation=rows_of(lines, years, who_pays),
        fund=sum(line.amount_pence for line in asked),
        match=sum(line.amount_pence for line in lines if line.funding == Funding.MATCH),
    )


def who_pays(line: CostLine) -> str:
    return f"{line.organisation.name}: {Funding(line.funding).label}"


def rows_of(lines: list[CostLine], years: list[str], named: Callable[[CostLine], Any]) -> list[Row]:
    """The lines added up under their names, in the order in which the names first occur."""
    sums: dict[Any, dict[str, int]] = {}
    for line in lines:
        cells = sums.setdefault(named(line), dict.fromkeys(years, 0))
        cells[line.year] += line.amount_pence
    return [(name, list(cells.values()), sum(cells.values())) for name, cells in sums.items()]


def financial_year(day: date) -> str:
    """The year from April to March in which a day stands: 2026-27."""
    return year_from(day.year if day.month >= 4 else day.year - 1)


def year_from(begins: int) -> str:
    return f"{begins}-{(begins + 1) % 100:02d}"


def years_of(first: str) -> list[str]:
    """The financial years that a bid of a round of the year `first` may plan."""
    return [year_from(int(first[:4]) + offset) for offset in range(YEARS)]
