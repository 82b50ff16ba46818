"""Posting, correcting and confirming what is said of a project."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from wlga_portal.kernel.forms import switch_target
from wlga_portal.kernel.screens import page, screen, set_addresses
from wlga_portal.kernel.versions import load_draft
from wlga_portal.kernel.wording import moment
from wlga_portal.kernel.workflow import Refused

from .. import actions, rules
from ..drafts import initial_of, keep, posted
from ..finders import find_project, find_update
from ..forms import UpdateForm
from ..models import Project, StatusUpdate


@screen(find=find_project, may=rules.update_post)
def update_post(request: HttpRequest, project: Project) -> HttpResponse:
    """The update form; what was typed and not posted is there again."""
    set_addresses(request, "projects:update_post", slug=project)
    key = actions.draft_key(project)
    if request.method == "POST" and wants_draft(request):
        return draft_kept(request, key, UpdateForm, "projects:update_post", project)
    draft = load_draft(request.user, key)
    form = UpdateForm(posted(request), initial=initial_of(UpdateForm, draft))
    form.instance.project = project
    if request.method == "POST" and form.is_valid():
        actions.update_post(form.save(commit=False), by=request.user)
        messages.success(request, _("The update is posted."))
        return redirect(project)
    return page(request, "projects/update_post.html", update_context(project, form, draft))


def update_context(project: Project, form: UpdateForm, draft: Any) -> dict[str, Any]:
    return {
        "project": project,
        "form": form,
        "draft_at": moment(draft.saved_at) if draft and not form.is_bound else "",
        "latest": project.now,
        "switch_saves": True,
        "demonstration": project.is_demo,
    }


@screen(methods=("POST",), find=find_project, may=rules.update_post)
def update_draft(request: HttpRequest, project: Project) -> HttpResponse:
    """Keeps what is typed, every few seconds."""
    keep(request, actions.draft_key(project), UpdateForm)
    return JsonResponse({"saved": True})


@screen(find=find_update, may=lambda user, update: rules.update_post(user, update.project))
def update_correct(request: HttpRequest, update: StatusUpdate) -> HttpResponse:
    """A correction is a new update in the place of an old one, which stays readable."""
    project = update.project
    set_addresses(request, "projects:update_correct", slug=project, number=update.pk)
    form = UpdateForm(posted(request), initial={name: getattr(update, name) for name in UpdateForm.Meta.fields})
    form.instance.project = project
    if request.method == "POST" and form.is_valid():
        try:
            actions.update_correct(update, form.save(commit=False), by=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The correction is posted."))
            return redirect(project)
    context = {"project": project, "update": update, "form": form, "demonstration": project.is_demo}
    return page(request, "projects/update_correct.html", context)


@screen(methods=("POST",), find=find_project, may=rules.update_post)
def status_confirm(request: HttpRequest, project: Project) -> HttpResponse:
    """One button: no change, still true."""
    try:
        actions.status_confirm(project, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The status is confirmed: still true."))
    return redirect(project)


def wants_draft(request: HttpRequest) -> bool:
    """Whether "Save draft" or the language switch of the form was pressed."""
    return "save_draft" in request.POST or bool(switch_target(request))


def draft_kept(request: HttpRequest, key: str, form: type[Any], name: str, project: Project) -> HttpResponse:
    """Keep the draft and show the form again, in the other language where the switch was pressed."""
    keep(request, key, form)
    target = switch_target(request)
    if target:
        return redirect(target)
    messages.success(request, _("The draft is saved. Only you see it."))
    return redirect(name, slug=project.slug)
