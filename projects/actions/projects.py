"""Every write that touches more than one row of the projects."""

from datetime import date
from typing import Any

from django.forms import ModelForm
from django.utils import timezone
from django.utils.translation import gettext as _

from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.versions import drop_draft, save_version
from wlga_portal.kernel.workflow import NotAllowed, Refused, advance

from .. import rules
from ..models import Confirmation, PhaseChange, Project, Standing, StatusUpdate


def draft_key(project: Project) -> str:
    """Where a person's unposted update of a project is kept."""
    return f"projects.update:{project.pk}"


def edit_key(project: Project) -> str:
    """Where a person's unsaved edit of a project is kept."""
    return f"projects.project:{project.pk}"


def update_post(update: StatusUpdate, *, by: Any) -> StatusUpdate:
    """Post an update that is not saved yet, and forget the draft of it. Raises NotAllowed."""
    project = update.project
    if not rules.update_post(by, project):
        raise NotAllowed(_("You may not post updates of this project."))
    with audited(by=by, why="status update posted"):
        update.by = by
        update.save(force_insert=True)
        drop_draft(by, draft_key(project))
    return update


def update_correct(update: StatusUpdate, correction: StatusUpdate, *, by: Any) -> StatusUpdate:
    """Post `correction` in the place of `update`, which stays readable. Raises NotAllowed, Refused."""
    if update.corrected:
        raise Refused(_("This update has been corrected already: correct the later one."))
    correction.project, correction.corrects = update.project, update
    return update_post(correction, by=by)


def status_confirm(project: Project, *, by: Any, today: date | None = None) -> Confirmation:
    """Somebody of the team stands by the present update: "no change, still true". Raises NotAllowed, Refused."""
    if not rules.update_post(by, project):
        raise NotAllowed(_("You may not confirm the status of this project."))
    standing = Standing.objects.filter(project=project).first()
    if standing is None:
        raise Refused(_("There is no status to confirm: post an update first."))
    with audited(by=by, why="no change, still true"):
        return Confirmation.objects.create(
            project=project, update_id=standing.update_id, for_date=today or timezone.localdate(), by=by
        )


def project_edit(form: ModelForm[Any], *, by: Any) -> Project:
    """Save a project's fields; a new phase enters its phase history too. Raises Clash, NotAllowed."""
    if not rules.project_edit(by, form.instance):
        raise NotAllowed(_("You may not edit this project."))
    why = form.cleaned_data["why"].strip() or "project edited"
    with audited(by=by, why=why):
        before = form.instance.lock().phase
        project: Project = save_version(form, by=by, why=why)
        if project.phase != before:
            since = form.cleaned_data["since"] or timezone.localdate()
            PhaseChange.objects.create(project=project, phase=project.phase, since=since, by=by)
        drop_draft(by, edit_key(project))
    return project


def project_advance(project: Project, event: str, *, by: Any, why: str = "") -> Project:
    """Start, hold, close or reopen a project. Raises Refused."""
    return advance(project, event, by=by, why=why)
