"""The lineage of a project as a picture and a list; making projects into others, and undoing it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from wlga_portal.kernel.screens import page, screen, set_addresses
from wlga_portal.kernel.workflow import Refused

from .. import actions, rules
from ..descent import Family, Undone, drawn, family_of, undone_of
from ..drafts import posted
from ..finders import find_project
from ..forms import MergeForm, SplitForm, SucceedForm, WhyForm
from ..models import Lineage, LineageAction, Project
from ..past import Past
from ..reading import sentence
from ..states import OPEN, Descent, Status
from ..totals import totals_of, totals_shown


@dataclass(frozen=True, slots=True)
class Told:
    """One event of a family: its sentence, and the action by which it was done here."""

    sentence: SafeString
    action: LineageAction | None
    totals: list[tuple[str, str]]


def events_of(family: Family, here: Project) -> Iterator[Told]:
    """Each event once, earliest first: an action, or what a source tells of one later project."""
    groups: dict[tuple[Any, ...], list[Lineage]] = {}
    for link in family.links:
        groups.setdefault((link.later_id, link.kind), []).append(link)
    seen = set()
    for (_later, kind), links in groups.items():
        action = links[0].action
        first = action is not None and action.pk not in seen
        seen.add(action.pk if action else None)
        shown = totals_shown(action.totals_after) if action and first else []
        yield Told(sentence(kind, links, here), action if first else None, shown)


def told_of(undone: Undone, here: Project) -> Iterator[SafeString]:
    """What an action that was undone had made, a sentence for each later project."""
    groups: dict[int, list[Lineage]] = {}
    for link in undone.links:
        groups.setdefault(link.later_id, []).append(link)
    for links in groups.values():
        yield sentence(undone.action.kind, links, here)


@screen(public=True, methods=("GET", "HEAD"), find=find_project)
def project_lineage(request: HttpRequest, project: Project) -> HttpResponse:
    """What a project came from and what became of it: drawn, and told."""
    set_addresses(request, "projects:project_lineage", slug=project)
    past = Past(request)
    with past.reading():
        family = family_of(project)
        head = rules.lineage_edit(request.user) and past.moment is None
        context = {
            "project": project,
            "picture": drawn(family, project) if family.links else "",
            "events": list(events_of(family, project)),
            "undone": [] if past.moment else [(one.action, list(told_of(one, project))) for one in undone_of(family)],
            "team": rules.team(request.user),
            "head": head,
            "can_move": head and project.status in {*OPEN, Status.UNSTATED},
            "past": past,
            "form": past.form,
            "demonstration": project.is_demo,
        }
        return page(request, "projects/project_lineage.html", context)


def made(request: HttpRequest, project: Project, kind: Descent, form: Any, sources: list[Project], **more: Any) -> bool:
    """Do it; what stands against it becomes a sentence of the form."""
    try:
        actions.lineage_make(
            kind, sources, form.becomes(), by=request.user, why=form.cleaned_data["why"].strip(), **more
        )
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(request, _("Done. The totals are the same before and after."))
    return True


def form_page(request: HttpRequest, project: Project, form: Any, **context: Any) -> HttpResponse:
    known = {
        "project": project,
        "form": form,
        "totals": totals_shown(totals_of([project.pk])),
        "demonstration": project.is_demo,
    }
    return page(request, "projects/lineage_make.html", known | context)


@screen(find=find_project, may=rules.lineage_edit)
def lineage_succeed(request: HttpRequest, project: Project) -> HttpResponse:
    """A project goes on as another."""
    set_addresses(request, "projects:lineage_succeed", slug=project)
    form = SucceedForm(posted(request), project=project)
    if request.method == "POST" and form.is_valid() and made(request, project, Descent.SUCCEEDS, form, [project]):
        return redirect("projects:project_lineage", slug=project.slug)
    return form_page(request, project, form, heading=_("Continue as another project"), button=_("Continue as this"))


@screen(find=find_project, may=rules.lineage_edit)
def lineage_merge(request: HttpRequest, project: Project) -> HttpResponse:
    """Several projects become one."""
    set_addresses(request, "projects:lineage_merge", slug=project)
    form = MergeForm(posted(request), project=project)
    if request.method == "POST" and form.is_valid():
        if made(request, project, Descent.MERGED, form, [project, *form.others()]):
            return redirect("projects:project_lineage", slug=project.slug)
    return form_page(request, project, form, heading=_("Merge with other projects"), button=_("Merge"))


@screen(find=find_project, may=rules.lineage_edit)
def lineage_split(request: HttpRequest, project: Project) -> HttpResponse:
    """Parts of a project become projects of their own."""
    set_addresses(request, "projects:lineage_split", slug=project)
    form = SplitForm(posted(request), project=project)
    if request.method == "POST" and form.is_valid():
        if made(request, project, Descent.SPLIT, form, [project], ends=form.cleaned_data["ends"]):
            return redirect("projects:project_lineage", slug=project.slug)
    return form_page(request, project, form, heading=_("Split the project"), button=_("Split"))


@dataclass(frozen=True, slots=True)
class Undoing:
    """An action, seen from one of its projects."""

    project: Project
    action: LineageAction


def find_action(request: HttpRequest, slug: str, number: int) -> Undoing:
    """An action of this project that is not undone."""
    project = find_project(request, slug)
    links = Lineage.objects.filter(action=number)
    link = (links.filter(later=project) | links.filter(earlier=project)).select_related("action").first()
    if link is None or link.action is None:
        raise Http404
    return Undoing(project, link.action)


@screen(find=find_action, may=lambda user, undoing: rules.lineage_edit(user))
def lineage_undo(request: HttpRequest, undoing: Undoing) -> HttpResponse:
    """One page, one reason, one button: put everything back."""
    project, action = undoing.project, undoing.action
    set_addresses(request, "projects:lineage_undo", slug=project, number=action.pk)
    form = WhyForm(posted(request))
    links = list(action.links.select_related("later", "earlier").order_by("pk"))
    if request.method == "POST" and form.is_valid():
        try:
            actions.lineage_undo(action, by=request.user, why=form.cleaned_data["why"].strip())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("It is undone: everything stands where it stood before."))
            return redirect(reverse("projects:project_lineage", kwargs={"slug": project.slug}))
    context = {
        "project": project,
        "form": form,
        "sentence": sentence(action.kind, [one for one in links if one.later_id == links[0].later_id], project),
        "totals": totals_shown(action.totals_after),
        "demonstration": project.is_demo,
    }
    return page(request, "projects/lineage_undo.html", context)
