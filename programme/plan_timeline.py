"""The delivery plans over time, drawn on the server: each plan a bar, its milestones and the board's meetings on it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from wlga_portal.kernel.svg import GRID, INK, element, em, percent, text
from wlga_portal.kernel.wording import day

LEFT, RIGHT = 1.5, 98.5  # per cent of the width that days take
TITLE, LANE, BAR = 1.35, 1.6, 0.8  # em: a title, the lane below it, and the bar in that
GROUND, SHADE, TODAY = "#d5e8e4", "#0d5f5f", "#b3261e"


@dataclass(frozen=True, slots=True)
class PlanLane:
    """One plan: its days, how many projects it lists, its promises (and how many were met), its milestones."""

    title: str
    url: str
    starts: date
    ends: date
    projects: int
    promised: int
    met: int
    milestones: Sequence[date] = ()


@dataclass(frozen=True)
class PlanTimeline:
    """The drawing, with its sentence and the same as a table."""

    plans: Sequence[PlanLane]
    meetings: Sequence[date]
    today: date
    csv_url: str = ""
    id: str = "plan-timeline"

    @property
    def title(self) -> str:
        return _("The delivery plans over time")

    @property
    def sentence(self) -> str:
        latest = self.plans[-1]
        plans = ngettext("%(count)s delivery plan", "%(count)s delivery plans", len(self.plans)) % {
            "count": len(self.plans)
        }
        projects = ngettext("%(count)s project", "%(count)s projects", latest.projects) % {"count": latest.projects}
        return _("%(plans)s. The latest, “%(title)s”, runs to %(end)s and lists %(projects)s.") % {
            "plans": plans, "title": latest.title, "end": day(latest.ends), "projects": projects,
        }  # fmt: skip

    def csv_rows(self) -> Iterator[list[Any]]:
        """The figures as data: what no source promises is empty, not 0."""
        yield [
            _("Delivery plan"),
            pgettext("first day of a plan", "From"),
            _("Until"),
            _("Projects"),
            _("Deliverables"),
            pgettext("deliverables", "Met"),
        ]
        for plan in self.plans:
            promised = [plan.promised, plan.met] if plan.promised else ["", ""]
            yield [plan.title, plan.starts, plan.ends, plan.projects, *promised]

    @cached_property
    def span(self) -> tuple[date, date]:
        """From the first plan to the end of the last, or to today where that is not long after it."""
        last = max(plan.ends for plan in self.plans)
        near = self.today if 0 < (self.today - last).days <= 366 else last
        return min(plan.starts for plan in self.plans), max(last, near)

    def x(self, at: date) -> float:
        """The place of a day, in per cent of the width."""
        first, last = self.span
        return LEFT + (RIGHT - LEFT) * (at - first).days / ((last - first).days or 1)

    def within(self, at: date) -> bool:
        return self.span[0] <= at <= self.span[1]

    @property
    def svg(self) -> SafeString:
        parts: list[SafeString] = []
        y = 2.2
        for plan in self.plans:
            parts += [text(plan.title, x="0", y=y + 1), *self.bar(plan, y + TITLE + LANE / 2)]
            y += TITLE + LANE
        if shown := [at for at in self.meetings if self.within(at)]:
            parts.append(text(_("Meetings of the board"), x="0", y=y + 1))
            parts += [self.meeting(at, y + TITLE + LANE / 2) for at in shown]
            y += TITLE + LANE
        return element(
            "svg",
            element("title", self.title, id=f"{self.id}-title"),
            element("desc", self.sentence, id=f"{self.id}-desc"),
            *self.grid(y),
            *parts,
            xmlns="http://www.w3.org/2000/svg", role="img", width="100%", height=em(y + 0.3), font_size="0.95rem",
            class_="portal-chart", aria_labelledby=f"{self.id}-title {self.id}-desc",
        )  # fmt: skip

    def grid(self, bottom: float) -> list[SafeString]:
        """An upright line at the beginning of each plan and at the end; the line of today, broken."""
        first, last = self.span
        days = sorted({plan.starts for plan in self.plans} | {last})
        parts = []
        for place, at in enumerate(days):
            x = percent(self.x(at))
            parts.append(element("line", x1=x, x2=x, y1=em(1.6), y2=em(bottom), stroke=GRID))
            if place in {0, len(days) - 1}:  # all of them fit no phone
                edge, anchor = ("0", "start") if at == first else ("100%", "end")
                parts.append(text(date_format(at, "M Y"), x=edge, y=1.1, size=0.9, text_anchor=anchor))
        if self.within(self.today):
            x = percent(self.x(self.today))
            broken = {"stroke": TODAY, "stroke_width": 2, "stroke_dasharray": "6 4"}
            parts.append(element("line", x1=x, x2=x, y1=em(1.6), y2=em(bottom), **broken))
        return parts

    def bar(self, plan: PlanLane, y: float) -> list[SafeString]:
        width = percent(self.x(plan.ends) - self.x(plan.starts))
        look: dict[str, Any] = {"fill": GROUND, "stroke": INK, "stroke_width": 1.5, "rx": 3}
        start = percent(self.x(plan.starts))
        bar = element("rect", x=start, y=em(y - BAR / 2), width=width, height=em(BAR), **look)
        return [bar, *(self.diamond(at, y) for at in plan.milestones if self.within(at))]

    def diamond(self, at: date, y: float) -> SafeString:
        inner = element("path", d="M0 -6 L6 0 L0 6 L-6 0 Z", fill=SHADE, stroke="#ffffff", stroke_width=1)
        return element("svg", inner, x=percent(self.x(at)), y=em(y), overflow="visible")

    def meeting(self, at: date, y: float) -> SafeString:
        return element(
            "circle", cx=percent(self.x(at)), cy=em(y), r=6, fill=SHADE, stroke="currentColor", stroke_width=1.5
        )
