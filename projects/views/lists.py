"""The list of projects, and the same as files."""

import csv
from collections.abc import Iterator
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from organisations.mapping import map_into
from wlga_portal.kernel.export_files import safe
from wlga_portal.kernel.exports import xlsx_response
from wlga_portal.kernel.screens import screen
from wlga_portal.kernel.tables import list_page
from wlga_portal.kernel.tilemap import TileMap

from .. import rules
from ..filters.portfolio import PortfolioFilter
from ..models import DeliveryPlan, Project
from ..past import Past
from ..querysets import ProjectQuerySet
from ..rows import HEADINGS, fill, row_of
from ..tables import ProjectTable
from ..tables.portfolio import PortfolioTable


def projects_for(request: HttpRequest, past: Past, plans: list[DeliveryPlan]) -> ProjectQuerySet:
    """What the list and the file show, in the order of titles."""
    request.past, request.plans = past, plans  # type: ignore[attr-defined]  # read by the filter
    return Project.objects.visible_to(request.user).with_ranks(past.today).by_title()


@screen(public=True, methods=("GET", "HEAD"))
def project_list(request: HttpRequest) -> HttpResponse:
    """Every project of the plans; of the demonstration only where its plan is asked for."""
    past, team = Past(request), rules.team(request.user)
    columns = PortfolioTable.chosen(request.GET.getlist("columns"), team=team)
    with past.reading():
        plans = list(DeliveryPlan.objects.visible_to(request.user).newest_first())
        return list_page(
            request,
            queryset=projects_for(request, past, plans).with_row().with_columns(columns),
            prepare=partial(fill, columns=columns),
            table=PortfolioTable.for_columns(past.today, columns),
            filterset=PortfolioFilter,
            template="projects/project_list.html",
            past=past,
            plans=plans,
            may_create=past.moment is None and rules.project_create(request.user),
            team=team,
            map=None if past.moment else map_of(),
            columns=[(name, label, name in columns) for name, label in PortfolioTable.offered(team=team)],
            demonstration=any(plan.is_demo and plan.slug_en == request.GET.get("plan") for plan in plans),
        )


def map_of() -> TileMap:
    """The councils; each tile narrows the list. No numbers: of most projects the councils are not published."""
    listed = reverse("projects:project_list")
    return map_into(
        lambda council: f"{listed}?council={council.slug_en}",
        title=_("Projects by council"),
        name="projects-map",
        csv_url=reverse("organisations:council_figures"),
    )


def file_rows(request: HttpRequest) -> Iterator[list[Any]]:
    """The headings, then a row for each project, filtered and sorted as on the page, both languages of each text."""
    past = Past(request)
    with past.reading():
        plans = list(DeliveryPlan.objects.visible_to(request.user))
        whole = projects_for(request, past, plans).with_standing().with_plans().with_partners()
        found = PortfolioFilter(request.GET, queryset=whole, request=request).qs
        ordering = ProjectTable.ordering(request.GET.get("sort", ""))
        yield [str(heading) for heading in HEADINGS]
        for project in found.order_by(*ordering) if ordering else found:
            yield row_of(project, past.today)


@screen(public=True, methods=("GET", "HEAD"))
def project_csv(request: HttpRequest) -> HttpResponse:
    """The list as a file that a spreadsheet reads."""
    name = pgettext("name of a file", "projects")
    response = HttpResponse(
        content_type="text/csv; charset=utf-8", headers={"Content-Disposition": f'attachment; filename="{name}.csv"'}
    )
    response.write("\ufeff")  # so that a spreadsheet reads the Welsh letters
    csv.writer(response).writerows([safe(value) for value in row] for row in file_rows(request))
    return response


@screen(public=True, methods=("GET", "HEAD"))
def project_xlsx(request: HttpRequest) -> HttpResponse:
    """The list as a workbook."""
    return xlsx_response(pgettext("name of a file", "projects"), list(file_rows(request)))
