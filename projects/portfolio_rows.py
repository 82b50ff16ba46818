"""A project as a row of data: its schedule, its money and its confidence as a column says them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from wlga_portal.kernel.bilingual import Text, in_both
from wlga_portal.kernel.wording import day

from .models import Milestone, PlanProject, Project, ProjectCost, ProjectPartner
from .querysets import UNCONFIRMED
from .sections.money import YearOfCost, year_of
from .states import CostKind
from .tables import slip_text

VARIANCE_SHOWN = 5  # per cent: above it the variance of a year needs its explanation
NO_TEXT = Text("", "")


@dataclass(frozen=True)
class Row:
    """A project with the day and the financial year (`2026-27`) of which its row speaks."""

    project: Project
    today: date
    year: str

    @cached_property
    def costs(self) -> list[ProjectCost]:
        return list(self.project.costs.all())

    @cached_property
    def money(self) -> YearOfCost:
        """The costs of the year."""
        return year_of(self.year, [cost for cost in self.costs if cost.year == self.year])

    @cached_property
    def variance(self) -> float | None:
        """What is expected in the year above its baseline, in per cent; None without both, or for a baseline of 0."""
        above = self.money.variance
        return round(100 * above / self.money.baseline, 1) if above is not None and self.money.baseline else None

    @property
    def variance_narrative(self) -> Text:
        """Why the year differs, where it differs by more than 5 %: what stands beside the forecast, else the spend."""
        if self.variance is None or abs(self.variance) <= VARIANCE_SHOWN:
            return NO_TEXT
        told = {cost.kind: cost.narrative for cost in self.costs if cost.year == self.year}
        found = told.get(CostKind.FORECAST) or told.get(CostKind.ACTUAL)
        return found or in_both(lambda: _("No explanation is given."))

    @property
    def whole_life(self) -> int | None:
        """Pence over all years: each as spent, where it is not spent yet as expected, else as first agreed."""
        years = [year_of(year, [cost for cost in self.costs if cost.year == year]) for year in self.years]
        amounts = [next((one for one in (y.actual, y.forecast, y.baseline) if one is not None), 0) for y in years]
        return sum(amounts) if amounts else None

    @property
    def whole_life_baseline(self) -> int | None:
        return year_of("", self.costs).baseline

    @property
    def years(self) -> list[str]:
        return sorted({cost.year for cost in self.costs})

    @property
    def schedule(self) -> Text:
        """How the milestones stand against their baselines, in sentences."""
        milestones = [one for one in self.project.milestones.all() if one.dropped_on is None]
        return in_both(lambda: " ".join(schedule(milestones))) if milestones else NO_TEXT

    @property
    def confidence(self) -> str | None:
        """As it reads on the day: green, amber, red or unconfirmed."""
        standing = self.project.now
        if standing is None:
            return None
        return UNCONFIRMED if standing.is_stale(self.today) else standing.confidence


def schedule(milestones: list[Milestone]) -> Iterator[str]:
    reached = sum(1 for one in milestones if one.actual)
    yield ngettext(
        "%(reached)s of %(count)s milestone reached.", "%(reached)s of %(count)s milestones reached.", len(milestones)
    ) % {"reached": reached, "count": len(milestones)}
    for one in milestones:
        slip, now = one.slip_days(), one.actual or one.forecast
        if slip:
            yield _("%(milestone)s: first agreed for %(baseline)s, now %(now)s, %(slip)s.") % {
                "milestone": one.title,
                "baseline": day(one.baseline),
                "now": day(now),
                "slip": slip_text(slip),
            }


def partner_names(row: Row, *roles: str) -> list[str]:
    return [str(one.organisation.name) for one in row.project.partners.all() if one.role in roles]


def address(language: str) -> Any:
    def find(row: Row) -> str:
        with override(language):
            return reverse("projects:project_page", kwargs={"slug": row.project.slug})

    return find


def source(row: Row) -> Text:
    """Where its facts come from, with the day."""
    known = row.project.source
    return in_both(lambda: known.shown) if known else NO_TEXT


def upcoming(row: Row) -> Milestone | None:
    """The next milestone that is not reached."""
    return row.project.next_milestone()


def now(name: str) -> Any:
    """What stands of it now, by the name of the column."""
    return lambda row: getattr(row.project.now, name) if row.project.now else None


def standing_text(name: str) -> Any:
    """The same of its latest update."""
    return lambda row: getattr(row.project.now.update, name) if row.project.now else None


def in_plans(row: Row) -> list[str]:
    """The years of the plans that list it, or the one in which it first appears."""
    listed = [one.plan.year for one in row.project.in_plans()]
    return listed or [year for year in (row.project.first_year,) if year]


def phase_since(row: Row) -> date | None:
    """The first day of the present phase."""
    days = [one.since for one in row.project.phase_changes.all() if one.phase == row.project.phase]
    return days[-1] if days else None


def financial_year(day: date) -> str:
    """`2026-27` for a day from 1 April 2026 to 31 March 2027."""
    first = day.year if day.month >= 4 else day.year - 1
    return f"{first}-{(first + 1) % 100:02}"


def rows_of(projects: Any, *, year: str = "", today: date | None = None, whole: bool = True) -> list[Row]:
    """The rows of these projects: a constant number of queries. `whole`: with all that any column reads; else with

    what holds of each, milestones and costs.
    """
    today = today or timezone.localdate()
    related: list[Any] = ["milestones", "costs"]
    if whole:
        partners = ProjectPartner.objects.select_related("organisation").order_by("organisation__name_key_en")
        related += [
            Prefetch("partners", partners),
            Prefetch("listings", PlanProject.objects.select_related("plan")),
            "phase_changes",
        ]
    found: Iterable[Project] = projects.select_related("standing__update", "theme", "source", "lead").prefetch_related(
        *related
    )
    return [Row(project, today, year or financial_year(today)) for project in found]
