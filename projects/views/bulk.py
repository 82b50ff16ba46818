"""The same change in several projects: choose, look at every change, then save."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from wlga_portal.kernel.screens import page, screen
from wlga_portal.kernel.tables import Column, PortalTable

from .. import rules
from ..actions.bulk import Moved, bulk_edit, differences
from ..drafts import posted
from ..filters.portfolio import PortfolioFilter
from ..forms.bulk import BulkForm
from ..models import DeliveryPlan, Project
from ..past import Past
from ..states import Phase
from .lists import projects_for


@dataclass(frozen=True, slots=True)
class Line:
    """One change of one project, as a reader sees it."""

    project: Project
    field: str
    before: str
    after: str


class PreviewTable(PortalTable):
    """Every change, before it is made."""

    caption = gettext_lazy("Changes to be made")
    project = Column(gettext_lazy("Project"), accessor="project__title")
    field = Column(gettext_lazy("Field"))
    before = Column(gettext_lazy("Before"), empty="–")
    after = Column(gettext_lazy("After"), empty="–")


@screen(may=rules.team)
def project_bulk(request: HttpRequest) -> HttpResponse:
    """First the form, then the preview with one button; saved only as it was seen."""
    past = Past(request)
    plans = list(DeliveryPlan.objects.visible_to(request.user).newest_first())
    whole = projects_for(request, past, plans).select_related("lead", "theme")
    found = PortfolioFilter(request.GET, queryset=whole, request=request).qs
    form = BulkForm(posted(request), projects=found)
    context: dict[str, Any] = {
        "form": form,
        "demonstration": any(plan.is_demo and plan.slug_en == request.GET.get("plan") for plan in plans),
    }
    if request.method != "POST" or "again" in request.POST or not form.is_valid():
        return page(request, "projects/project_bulk.html", context)
    chosen = list(form.cleaned_data["projects"])
    if "save" in request.POST:
        try:
            return saved(request, form, chosen)
        except Moved as moved:
            context["moved"] = [project.title for project in moved.projects]
    lines = list(lines_of(form, chosen))
    same = [project for project in chosen if not differences(project, form.changes)]
    context |= {"preview": PreviewTable(lines), "lines": lines, "chosen": chosen, "same": same, "kept": kept(request)}
    return page(request, "projects/project_bulk_preview.html", context)


def saved(request: HttpRequest, form: BulkForm, chosen: list[Project]) -> HttpResponse:
    """Make the changes that were seen. Raises Moved."""
    versions = {project.pk: version_seen(request, project) for project in chosen}
    given = form.cleaned_data
    edited = bulk_edit(versions, form.changes, since=given["since"], why=given["why"], by=request.user)
    count = len(edited)
    text = ngettext("%(count)s project is changed.", "%(count)s projects are changed.", count)
    messages.success(request, text % {"count": count})
    return redirect("projects:project_list")


def version_seen(request: HttpRequest, project: Project) -> int:
    """The version of the project in the preview; 0 where none was sent."""
    sent = request.POST.get(f"version_{project.pk}", "")
    return int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 10 else 0


def kept(request: HttpRequest) -> list[tuple[str, str]]:
    """What was chosen, for the form of the preview."""
    apart = ("csrfmiddlewaretoken", "save", "preview")
    return [
        (name, str(value))
        for name, values in request.POST.lists()
        if name not in apart and not name.startswith("version_")
        for value in values
    ]


def lines_of(form: BulkForm, projects: list[Project]) -> Iterator[Line]:
    """Every change of every project, in the order of the list."""
    labels = {"phase": _("Phase"), "lead_id": _("Lead"), "theme_id": _("Strategy theme")}
    after = {
        name: dict(form.fields[name.removesuffix("_id")].choices).get(form.cleaned_data[name.removesuffix("_id")], "")  # type: ignore[attr-defined]  # choice fields
        for name in form.changes
    }
    for project in projects:
        for name in differences(project, form.changes):
            yield Line(project, labels[name], before_of(project, name), str(after[name]))


def before_of(project: Project, name: str) -> str:
    """What the column says now."""
    if name == "phase":
        return str(Phase(project.phase).label) if project.phase else ""
    if name == "lead_id":
        return str(project.lead) if project.lead else ""
    return str(project.theme.title) if project.theme else ""
