"""Beginning a project."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from wlga_portal.kernel.forms import switch_target
from wlga_portal.kernel.screens import page, screen
from wlga_portal.kernel.versions import load_draft
from wlga_portal.kernel.wording import moment

from .. import actions, rules
from ..drafts import initial_of, keep, posted
from ..forms import ProjectNewForm
from .updates import wants_draft


@screen(may=rules.project_create)
def project_new(request: HttpRequest) -> HttpResponse:
    """The form of a new project, which keeps what is typed."""
    key = actions.NEW_KEY
    if request.method == "POST" and request.headers.get("Accept") == "application/json":
        keep(request, key, ProjectNewForm)
        return JsonResponse({"saved": True})
    if request.method == "POST" and wants_draft(request):
        keep(request, key, ProjectNewForm)
        messages.success(request, _("The draft is saved. Only you see it."))
        return redirect(switch_target(request) or request.path)
    draft = load_draft(request.user, key)
    form = ProjectNewForm(posted(request), initial=initial_of(ProjectNewForm, draft), user=request.user)
    if request.method == "POST" and form.is_valid():
        project = actions.project_create(form, by=request.user)
        messages.success(request, _("The project is there. Add its milestones, risks and councils below."))
        return redirect(project)
    context = {
        "form": form,
        "draft_at": moment(draft.saved_at) if draft and not form.is_bound else "",
        "switch_saves": True,
    }
    return page(request, "projects/project_new.html", context)
