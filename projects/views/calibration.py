"""Past confidence against what happened: of a project, and over the portfolio."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from wlga_portal.kernel.screens import page, screen, set_addresses
from wlga_portal.kernel.tables import list_page

from ..calibration import chart_of, promises_of
from ..finders import find_project
from ..models import Project
from ..tables import CalibrationTable, PromiseTable


@screen(public=True, methods=("GET", "HEAD"), find=find_project)
def project_calibration(request: HttpRequest, project: Project) -> HttpResponse:
    """Each date that was expected when something was said, and what came of it."""
    set_addresses(request, "projects:project_calibration", slug=project)
    promises = promises_of([project.pk], timezone.localdate())
    titles = {one.pk: one.title for one in project.milestones.all()}
    context = {
        "project": project,
        "chart": chart_of(promises) if promises else None,
        "promises": PromiseTable.naming(titles)(promises),
        "demonstration": project.is_demo,
    }
    return page(request, "projects/project_calibration.html", context)


@screen(public=True, methods=("GET", "HEAD"))
def portfolio_calibration(request: HttpRequest) -> HttpResponse:
    """The same over all projects, with the projects below."""
    projects = list(Project.objects.visible_to(request.user).real().to_name().by_title())
    promises = promises_of([one.pk for one in projects], timezone.localdate())
    rows = []
    for project in projects:
        own = [one.kept for one in promises if one.project == project.pk]
        if own:
            url = reverse("projects:project_calibration", kwargs={"slug": project.slug})
            row = {"title": project.title, "url": url, "total": len(own), "kept": sum(own)}
            rows.append({**row, "missed": len(own) - sum(own)})
    return list_page(
        request,
        queryset=rows,
        table=CalibrationTable,
        template="projects/portfolio_calibration.html",
        chart=chart_of(promises) if promises else None,
    )
