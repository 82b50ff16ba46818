"""The list of projects, and the same as a file."""

import csv

from django.http import HttpRequest, HttpResponse
from django.utils.translation import pgettext

from wlga_portal.kernel.export_files import safe
from wlga_portal.kernel.screens import screen
from wlga_portal.kernel.tables import list_page

from .. import rules
from ..filters import ProjectFilter
from ..models import DeliveryPlan, Project
from ..past import Past
from ..querysets import ProjectQuerySet
from ..rows import HEADINGS, fill, row_of
from ..tables import ProjectTable


def projects_for(request: HttpRequest, past: Past, plans: list[DeliveryPlan]) -> ProjectQuerySet:
    """What the list and the file show, in the order of titles."""
    request.past, request.plans = past, plans  # type: ignore[attr-defined]  # read by the filter
    return Project.objects.visible_to(request.user).with_ranks(past.today).by_title()


@screen(public=True, methods=("GET", "HEAD"))
def project_list(request: HttpRequest) -> HttpResponse:
    """Every project of the plans; of the demonstration only where its plan is asked for."""
    past = Past(request)
    with past.reading():
        plans = list(DeliveryPlan.objects.visible_to(request.user).newest_first())
        return list_page(
            request,
            queryset=projects_for(request, past, plans).with_row(),
            prepare=fill,
            table=ProjectTable.for_day(past.today),
            filterset=ProjectFilter,
            template="projects/project_list.html",
            past=past,
            plans=plans,
            may_create=past.moment is None and rules.project_create(request.user),
            demonstration=any(plan.is_demo and plan.slug_en == request.GET.get("plan") for plan in plans),
        )


@screen(public=True, methods=("GET", "HEAD"))
def project_csv(request: HttpRequest) -> HttpResponse:
    """The list, filtered and sorted as on its page, with both languages of each text."""
    past = Past(request)
    name = pgettext("name of a file", "projects")
    response = HttpResponse(
        content_type="text/csv; charset=utf-8", headers={"Content-Disposition": f'attachment; filename="{name}.csv"'}
    )
    response.write("\ufeff")  # so that a spreadsheet reads the Welsh letters
    writer = csv.writer(response)
    with past.reading():
        plans = list(DeliveryPlan.objects.visible_to(request.user))
        whole = projects_for(request, past, plans).with_standing().with_plans().with_partners()
        found = ProjectFilter(request.GET, queryset=whole, request=request).qs
        ordering = ProjectTable.ordering(request.GET.get("sort", ""))
        writer.writerow([str(heading) for heading in HEADINGS])
        for project in found.order_by(*ordering) if ordering else found:
            writer.writerow([safe(value) for value in row_of(project, past.today)])
    return response
