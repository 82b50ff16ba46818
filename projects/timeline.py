"""The portfolio over time, drawn on the server: each milestone as first agreed, as expected now, as it happened."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wlga_portal.kernel.svg import GRID, INK, element, em, percent, text

from .models import Milestone, Project

BASELINE, FORECAST, ACTUAL, LATE = "#ffffff", "#f4b52c", "#1f7a4d", "#b3261e"
LABEL, LANE = 1.35, 1.5  # em: a title, and the lane below it
LEFT, RIGHT = 1.5, 98.5  # per cent of the width that days take
TICKS = 5  # upright lines
LETTERS = 44  # of a title
YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Row:
    """A project with its milestones."""

    project: Project
    milestones: tuple[Milestone, ...]

    def days(self) -> Iterator[date]:
        """Every day that is drawn."""
        given = [self.project.starts_on, self.project.ends_on]
        for one in self.milestones:
            given += [one.baseline, one.forecast, one.actual]
        return (day for day in given if day)


class Timeline:
    """A drawing of rows that have days; `undated` are the projects of which no day is known."""

    id = "timeline"

    def __init__(self, projects: Iterable[Project], today: date) -> None:
        rows = [Row(project, tuple(project.milestones.all())) for project in projects]
        self.today = today
        self.rows = [row for row in rows if any(row.days())]
        self.undated = [row.project for row in rows if not any(row.days())]
        days = [day for row in self.rows for day in row.days()]
        self.first, self.last = (min(days), max(days)) if days else (today, today)
        if self.last < today <= self.last + YEAR:
            self.last = today  # its line tells what is overdue

    @property
    def milestones(self) -> list[Milestone]:
        return [one for row in self.rows for one in row.milestones]

    @property
    def sentence(self) -> str:
        """What the drawing says: how many milestones, reached, expected late, overdue."""
        found = self.milestones
        if not found:
            return _("No milestone has a day yet.")
        late = sum(1 for one in found if one.actual is None and not one.dropped_on and (one.slip_days() or 0) > 0)
        parts = {
            "milestones": ngettext("%(count)s milestone", "%(count)s milestones", len(found)) % {"count": len(found)},
            "reached": sum(1 for one in found if one.actual),
            "late": late,
            "overdue": sum(1 for one in found if one.overdue(self.today)),
        }
        return _("%(milestones)s: %(reached)s reached, %(late)s expected late, %(overdue)s overdue.") % parts

    def x(self, day: date) -> float:
        """The place of a day, in per cent of the width."""
        span = (self.last - self.first).days or 1
        return LEFT + (RIGHT - LEFT) * (day - self.first).days / span

    @property
    def svg(self) -> SafeString:
        parts: list[SafeString] = []
        y = 2.2
        for row in self.rows:
            title = str(row.project.title)
            shown = title if len(title) <= LETTERS else f"{title[: LETTERS - 1]}…"
            parts.append(text(shown, x="0", y=y + 1))
            parts += self.lane(row, y + LABEL + LANE / 2)
            y += LABEL + LANE
        return element(
            "svg",
            element("title", _("Timeline"), id=f"{self.id}-title"),
            element("desc", self.sentence, id=f"{self.id}-desc"),
            *self.grid(y),
            *parts,
            xmlns="http://www.w3.org/2000/svg", role="img", width="100%", height=em(y + 0.3), font_size="0.95rem",
            class_="portal-chart portfolio-timeline", aria_labelledby=f"{self.id}-title {self.id}-desc",
        )  # fmt: skip

    def grid(self, bottom: float) -> list[SafeString]:
        """Upright lines with their days, and the line of the day of which the page speaks."""
        parts = []
        days = [self.first + (self.last - self.first) * step / (TICKS - 1) for step in range(TICKS)]
        for place, day in enumerate(days):
            x = percent(self.x(day))
            anchor = "start" if place == 0 else "end" if place == TICKS - 1 else "middle"
            edge = "0" if place == 0 else "100%" if place == TICKS - 1 else x
            parts.append(element("line", x1=x, x2=x, y1=em(1.6), y2=em(bottom), stroke=GRID))
            if place % 2 == 0:  # every second is named: all of them fit no phone
                parts.append(text(date_format(day, "M Y"), x=edge, y=1.1, size=0.9, text_anchor=anchor))
        if self.first <= self.today <= self.last:
            x = percent(self.x(self.today))
            parts.append(
                element(
                    "line", x1=x, x2=x, y1=em(1.6), y2=em(bottom), stroke=LATE, stroke_width=2, stroke_dasharray="6 4"
                )
            )
        return parts

    def lane(self, row: Row, y: float) -> list[SafeString]:
        """The project from its start to its end, and on it the days of its milestones."""
        parts = []
        starts, ends = row.project.starts_on, row.project.ends_on
        if starts and ends:
            width = percent(max(self.x(ends) - self.x(starts), 0.3))
            look = {"fill": "#d5e8e4", "stroke": INK, "rx": 3}
            parts.append(
                element("rect", x=percent(self.x(starts)), y=em(y - 0.35), width=width, height="0.7em", **look)
            )
        for one in row.milestones:
            parts += self.milestone(one, y)
        return parts

    def milestone(self, one: Milestone, y: float) -> Iterator[SafeString]:
        reached = one.actual or one.forecast
        if one.baseline and reached and reached != one.baseline:
            line = {"stroke": LATE if reached > one.baseline else ACTUAL, "stroke_width": 2}
            yield element(
                "line", x1=percent(self.x(one.baseline)), x2=percent(self.x(reached)), y1=em(y), y2=em(y), **line
            )
        if one.baseline:
            yield mark("baseline", percent(self.x(one.baseline)), em(y))
        if one.forecast and not one.actual and not one.dropped_on:
            yield mark("forecast", percent(self.x(one.forecast)), em(y))
        if one.actual:
            yield mark("actual", percent(self.x(one.actual)), em(y))


SHAPES = {
    "baseline": ("M0 -7 L7 0 L0 7 L-7 0 Z", BASELINE),
    "forecast": ("M-5.5 -5.5 H5.5 V5.5 H-5.5 Z", FORECAST),
    "actual": ("M-5.5 0 A5.5 5.5 0 1 0 5.5 0 A5.5 5.5 0 1 0 -5.5 0 Z", ACTUAL),
}


def mark(kind: str, x: str, y: str) -> SafeString:
    """A diamond as first agreed, a square as expected now, a disc as it happened: told apart without colour too."""
    path, ground = SHAPES[kind]
    drawn = element("path", d=path, fill=ground, stroke=INK, stroke_width=1.5)
    return element("svg", drawn, x=x, y=y, width=1, height=1, overflow="visible")


def legend() -> list[tuple[SafeString, Any]]:
    """Each mark with its word."""
    words = {"baseline": _("Baseline"), "forecast": _("Forecast"), "actual": _("Actual")}
    return [
        (element("svg", mark(kind, "9", "9"), width=18, height=18, aria_hidden="true", focusable="false"), word)
        for kind, word in words.items()
    ]
