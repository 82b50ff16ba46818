"""The portfolio on a board by phase and over time, under the same filters as the list."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString
from django.utils.translation import pgettext

from wlga_portal.kernel.screens import page, screen
from wlga_portal.kernel.tables import page_number

from .. import rules
from ..contradictions import told_of
from ..filters.portfolio import PortfolioFilter
from ..models import DeliveryPlan, Project
from ..past import Past
from ..querysets import ProjectQuerySet
from ..reading import age, standing_shown
from ..states import Phase
from ..tables.timeline import TimelineTable
from ..timeline import Timeline, legend
from .lists import projects_for

LANES = 50  # projects of a page of the timeline: what one sheet of A3 holds
CLOSE, DENSE = 18, 40  # projects of a phase from which the board is drawn closer on paper


@dataclass(frozen=True, slots=True)
class Narrowed:
    """The portfolio as a reader asked for it: filters, plans, the projects that are left."""

    past: Past
    plans: list[DeliveryPlan]
    filterset: PortfolioFilter
    projects: ProjectQuerySet

    @property
    def context(self) -> dict[str, Any]:
        demonstration = any(plan.is_demo and plan.slug_en == self.filterset.data.get("plan") for plan in self.plans)
        return {"past": self.past, "filterset": self.filterset, "plans": self.plans, "demonstration": demonstration}


def narrowed(request: HttpRequest, past: Past, *more: str) -> Narrowed:
    """What this person may see and asked for, in the order of titles: what names each, and the columns `more`."""
    plans = list(DeliveryPlan.objects.visible_to(request.user).newest_first())
    projects = projects_for(request, past, plans).to_name(*more)
    filterset = PortfolioFilter(request.GET, queryset=projects, request=request)
    return Narrowed(past, plans, filterset, filterset.qs)


@dataclass(frozen=True, slots=True)
class Card:
    """A project on the board."""

    project: Project
    confidence: SafeString
    age: str
    contradictions: list[str]


@screen(public=True, methods=("GET", "HEAD"))
def portfolio_board(request: HttpRequest) -> HttpResponse:
    """The projects by phase, those that are least sure first."""
    past = Past(request)
    with past.reading():
        found = narrowed(request, past, "phase")
        columns = list(phases(found.projects, past.today, team=rules.team(request.user)))
        largest = max(len(cards) for _label, cards in columns)
        fit = "portfolio-board--dense" if largest > DENSE else "portfolio-board--close" if largest > CLOSE else ""
        return page(request, "projects/portfolio_board.html", found.context | {"columns": columns, "fit": fit})


def phases(projects: Iterable[Project], today: date, *, team: bool) -> Iterator[tuple[Any, list[Card]]]:
    """Each phase with its projects; those whose phase no source gives come last."""
    cards: dict[str, list[Card]] = {phase: [] for phase in [*Phase.values, ""]}
    known = list(projects)
    against = told_of(known, today, team=team)
    for project in known:
        standing = project.now
        since = age((today - standing.confirmed_on).days) if standing else ""
        shown = standing_shown(standing, today)
        cards[project.phase].append(Card(project, shown, since, against.get(project.pk, [])))
    for phase, label in Phase.choices:
        yield label, cards[phase]
    if cards[""]:
        yield pgettext("of a phase", "phase not published"), cards[""]


@screen(public=True, methods=("GET", "HEAD"))
def portfolio_timeline(request: HttpRequest) -> HttpResponse:
    """Milestones over time, drawn, and as a table."""
    past = Past(request)
    with past.reading():
        found = narrowed(request, past, "starts_on", "ends_on")
        paginator = Paginator(found.projects.with_milestones(), LANES)
        shown = paginator.page(page_number(request, paginator.num_pages))
        timeline = Timeline(shown, past.today)
        context = {
            "timeline": timeline,
            "legend": legend(),
            "table": TimelineTable(timeline.milestones),
            "page_obj": shown,
        }
        return page(request, "projects/portfolio_timeline.html", found.context | context)
