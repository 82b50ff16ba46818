"""A person's projects at a glance, on the front page: how each stands, and what is due."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from wlga_portal.kernel.panels import Panel, panel

from . import rules
from .models import Milestone, Project
from .querysets.weekly import weekly_projects
from .reading import standing_shown
from .states import FRESH_DAYS

SHOWN = 8  # the weekly screen has the rest


@dataclass(frozen=True, slots=True)
class Line:
    """One project. `confirm_by`: the last day on which its status is fresh; None where none was ever given."""

    project: Project
    confidence: SafeString
    confirm_by: date | None
    stale: bool
    milestone: Milestone | None
    expected: date | None
    late: bool


@panel("programme.front", order=6)
def own_projects(request: HttpRequest, _thing: Any) -> Panel | None:
    """For the team: the active projects that the person leads, those that wait longest first. Two queries."""
    if not rules.team(request.user):
        return None
    today = timezone.localdate()
    found = list(weekly_projects(request.user, everybody=False)[: SHOWN + 1])
    context = {"lines": [line_of(one, today) for one in found[:SHOWN]], "more": len(found) > SHOWN}
    return Panel(_("Your projects at a glance"), "projects/panel_own.html", context)


def line_of(project: Project, today: date) -> Line:
    """How it stands, and the milestone that is expected first; from what `weekly_projects` has read."""
    standing, ahead = project.now, project.next_milestone()
    return Line(
        project,
        standing_shown(standing, today),
        standing.confirmed_on + timedelta(days=FRESH_DAYS) if standing else None,
        standing is not None and standing.is_stale(today),
        ahead,
        ahead.expected_on if ahead else None,
        ahead is not None and ahead.overdue(today),
    )
