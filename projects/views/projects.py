"""A project's page, now or as it was."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from wlga_portal.kernel.screens import page, screen, set_languages

from .. import rules
from ..contradictions import told_of
from ..finders import by_now, find_project
from ..models import Project
from ..past import Past
from ..reading import said_when, standing_shown
from ..sections import Shown, sections_of
from ..states import BY_LINEAGE
from ..tables import months_text, phase_tag, status_tag


@screen(public=True, methods=("GET", "HEAD"), find=find_project)
def project_page(request: HttpRequest, project: Project) -> HttpResponse:
    set_languages(request, project)
    past = Past(request)
    with past.reading():
        shown = by_now(project, past.moment)
        if shown is None:
            return page(request, "projects/not_yet.html", {"thing": project, "past": past})
        return page(request, "projects/project_page.html", context_of(request, shown, past))


def context_of(request: HttpRequest, project: Project, past: Past) -> dict[str, Any]:
    """What the page shows: the frame here, the rest by `projects.sections`."""
    team, standing = rules.team(request.user), project.now
    writes = team and past.moment is None
    return {
        "project": project,
        "team": team,
        "writes": writes,
        "moves": [one for one in project.events_for(request.user) if writes and one.event not in BY_LINEAGE],
        "listings": list(project.listings.select_related("plan").order_by("plan__starts")),
        "phase": phase_tag(project.phase),
        "status": status_tag(project.status),
        "standing": standing,
        "confidence": standing_shown(standing, past.today),
        "said_when": said_when(standing, past.today) if standing else "",
        "contradictions": told_of([project], past.today, team=team).get(project.pk, []),
        "duration": months_text(project.duration_months),
        "sections": sections_of(Shown(request, project, past, team, writes)),
        "past": past,
        "form": past.form,
        "demonstration": project.is_demo,
    }
