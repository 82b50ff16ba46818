"""What is true of a day, and when we knew it.

A reading of a day is made from what was known at a moment: the update of the latest day up to it that nothing known
then corrects, the phase that began last, and the milestones. What the board was told is the reading of a day from what
was known at its end; a correction that came later changes the reading of today alone.
"""

import contextlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import F, Max, Q
from django.utils import timezone

from wlga_portal.kernel.bilingual import Text
from wlga_portal.kernel.history import as_at

from .models import Confirmation, Milestone, MilestoneForecast, PhaseChange, StatusUpdate
from .states import oldest_fresh


@dataclass(frozen=True, slots=True)
class Reading:
    """What is said of a project on a day. `confidence` and `phase` are '' where nothing is published."""

    confidence: str = ""
    scale: int = 0
    reason: Text | None = None
    said_on: date | None = None
    confirmed_on: date | None = None
    phase: str = ""

    def stale_on(self, day: date) -> bool:
        return self.confirmed_on is not None and self.confirmed_on < oldest_fresh(day)

    def says_the_same(self, other: "Reading") -> bool:
        """A mark of translation is no other reading."""
        return self.told == other.told

    @property
    def told(self) -> tuple[object, ...]:
        reason = (self.reason.en, self.reason.cy) if self.reason else None
        return self.confidence, reason, self.said_on, self.phase


NOTHING = Reading()


def end_of(day: date) -> datetime:
    """The last moment of a day by the clock of Wales."""
    return datetime.combine(day, time.max, tzinfo=timezone.get_current_timezone())


@contextlib.contextmanager
def knowing(moment: datetime | None) -> Iterator[None]:
    """In the block the portal knows what it knew at a moment; None: what it knows now."""
    if moment is None or moment >= timezone.now():
        yield
    else:
        with as_at(moment):
            yield


def readings(projects: Collection[int], day: date, known_at: datetime | None = None) -> dict[int, Reading]:
    """The reading of `day` of each of these projects, from what was known at a moment. Three queries."""
    with knowing(known_at):
        said = (
            StatusUpdate.objects.filter(project__in=projects, for_date__lte=day, corrected_by=None)
            .order_by("project", "-for_date", "-pk")
            .distinct("project")
        )
        updates = {update.project_id: update for update in said}
        confirmed = dict(
            Confirmation.objects.filter(update__in=[one.pk for one in updates.values()], for_date__lte=day)
            .values("update")
            .annotate(last=Max("for_date"))
            .values_list("update", "last")
        )
        began = Q(since__lte=day) | Q(since=None)
        phases = dict(
            PhaseChange.objects.filter(began, project__in=projects)
            .order_by("project", F("since").desc(nulls_last=True), "-pk")
            .distinct("project")
            .values_list("project", "phase")
        )
    return {pk: reading_of(updates.get(pk), confirmed, phases.get(pk, "")) for pk in projects}


@dataclass(frozen=True, slots=True)
class MilestoneReading:
    """A milestone as of a day: what was agreed first, what was expected, and what had happened."""

    title: Text
    baseline: date | None
    forecast: date | None
    actual: date | None


def milestones_of(project: int, day: date, known_at: datetime | None = None) -> list[MilestoneReading]:
    """The milestones of a project on a day, from what was known at a moment. Two queries."""
    with knowing(known_at):
        rows = list(Milestone.objects.filter(Q(dropped_on=None) | Q(dropped_on__gt=day), project=project))
        said = MilestoneForecast.objects.filter(milestone__in=[row.pk for row in rows], for_date__lte=day)
        latest = said.order_by("milestone", "-for_date", "-pk").distinct("milestone")
        expected = dict(latest.values_list("milestone", "forecast"))
    return [
        MilestoneReading(
            row.title, row.baseline, expected.get(row.pk), row.actual if row.actual and row.actual <= day else None
        )
        for row in rows
    ]


def reading_of(update: StatusUpdate | None, confirmed: dict[int, date], phase: str) -> Reading:
    if update is None:
        return Reading(phase=phase)
    confirmed_on = max(update.for_date, confirmed.get(update.pk, update.for_date))
    return Reading(update.confidence, update.scale, update.reason, update.for_date, confirmed_on, phase)
