"""Editing a project's fields, and moving it through its workflow."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from wlga_portal.kernel.screens import page, screen, set_addresses
from wlga_portal.kernel.versions import Clash, clash_page, load_draft, resolved
from wlga_portal.kernel.wording import moment
from wlga_portal.kernel.workflow import Refused

from .. import actions, rules
from ..drafts import initial_of, keep, posted
from ..finders import Move, find_move, find_project
from ..forms import MoveForm, ProjectForm
from ..models import Project
from ..states import WORKFLOW
from .updates import draft_kept, wants_draft


@screen(find=find_project, may=rules.project_edit)
def project_edit(request: HttpRequest, project: Project) -> HttpResponse:
    """The project's fields. What two people change in different fields merges; the same field shows both texts."""
    set_addresses(request, "projects:project_edit", slug=project)
    key = actions.edit_key(project)
    if request.method == "POST" and wants_draft(request):
        return draft_kept(request, key, ProjectForm, "projects:project_edit", project)
    draft = load_draft(request.user, key)
    data = resolved(request.POST, project) if request.method == "POST" else None
    form = ProjectForm(data, instance=project, initial=initial_of(ProjectForm, draft))
    if request.method == "POST" and form.is_valid():
        try:
            project = actions.project_edit(form, by=request.user)
        except Clash as clash:
            return clash_page(request, clash, form, demonstration=project.is_demo)
        else:
            messages.success(request, _("The changes are saved."))
            return redirect(project)
    shown = Project.objects.get(pk=project.pk)  # the form has written what was typed into its instance
    context = {
        "project": shown,
        "form": form,
        "version": form.data.get("version") or (draft and draft.data.get("version")) or shown.version,
        "draft_at": moment(draft.saved_at) if draft and not form.is_bound else "",
        "switch_saves": True,
        "demonstration": shown.is_demo,
    }
    return page(request, "projects/project_edit.html", context)


@screen(methods=("POST",), find=find_project, may=rules.project_edit)
def project_draft(request: HttpRequest, project: Project) -> HttpResponse:
    """Keeps what is typed, every few seconds."""
    keep(request, actions.edit_key(project), ProjectForm)
    return JsonResponse({"saved": True})


def may_move(user: object, move: Move) -> bool:
    """The rule of the event that the address names."""
    return WORKFLOW.rules[move.transition.event](user, move.project)


@screen(find=find_move, may=may_move)
def project_advance(request: HttpRequest, move: Move) -> HttpResponse:
    """One page for one move, with its reason and one button."""
    project, transition = move.project, move.transition
    set_addresses(request, "projects:project_advance", slug=project, event=transition.event)
    form = MoveForm(posted(request), why_required=transition.why_required)
    if request.method == "POST" and form.is_valid():
        try:
            actions.project_advance(project, transition.event, by=request.user, why=form.cleaned_data["why"])
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Done: %(label)s.") % {"label": transition.label})
            return redirect(project)
    context = {"project": project, "transition": transition, "form": form, "demonstration": project.is_demo}
    return page(request, "projects/project_advance.html", context)
