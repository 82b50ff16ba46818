"""A project's page, now or as it was."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from wlga_portal.kernel.models import StatusChange
from wlga_portal.kernel.panels import panels_for
from wlga_portal.kernel.screens import page, screen, set_languages

from .. import rules
from ..finders import by_now, find_project
from ..models import Project
from ..past import Past
from ..reading import changes_of, lineage_of, said_when, standing_shown
from ..states import Status
from ..tables import DeliverableTable, MilestoneTable, councils_counted, months_text, phase_tag, status_tag

UPDATES = 20  # the newest that are shown at once; the rest are folded away


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
    """What the page shows. Names of people and internal notes are for the team."""
    team, standing = rules.team(request.user), project.now
    updates = list(project.updates.timeline())
    moves = StatusChange.of(project)
    if past.moment:
        moves = moves.filter(at__lte=past.moment)
    writes = team and past.moment is None
    return {
        "project": project,
        "team": team,
        "writes": writes,
        "moves": project.events_for(request.user) if writes else [],
        "listings": list(project.listings.select_related("plan").order_by("plan__starts")),
        "phase": phase_tag(project.phase),
        "status": status_tag(project.status),
        "phases": list(project.phase_changes.select_related("source")),
        "standing": standing,
        "confidence": standing_shown(standing, past.today),
        "said_when": said_when(standing, past.today) if standing else "",
        "updates": updates[:UPDATES],
        "older": updates[UPDATES:],
        "partners": list(project.partners.select_related("organisation").order_by("role", "organisation__name_key_en")),
        "lineage": lineage_of(project),
        "councils_stated": councils_counted(project.councils_stated) if project.councils_stated else None,
        "duration": months_text(project.duration_months),
        "milestones": MilestoneTable(list(project.milestones.all())),
        "deliverables": DeliverableTable(list(project.deliverables.in_order())),
        "status_changes": [
            (change, Status(change.source).label, Status(change.target).label) for change in moves.order_by("-pk")
        ],
        "changes": changes_of(project, names=team, until=past.moment),
        "panels": panels_for("projects.project", request, project),
        "past": past,
        "form": past.form,
        "demonstration": project.is_demo,
    }
