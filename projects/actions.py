"""Every write that touches more than one row of the projects."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.versions import drop_draft
from wlga_portal.kernel.workflow import NotAllowed, Refused, advance

from . import rules
from .models import Confirmation, PhaseChange, Project, Standing, StatusUpdate


def draft_key(project: Project) -> str:
    """Where a person's unposted update of a project is kept."""
    return f"projects.update:{project.pk}"


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
    if hasattr(update, "corrected_by"):
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


def phase_record(project: Project, phase: str, *, since: date, by: Any) -> None:
    """Write into the phase history that the project is in `phase` from `since`; the caller saves the project itself."""
    PhaseChange.objects.create(project=project, phase=phase, since=since, by=by)


def project_advance(project: Project, event: str, *, by: Any, why: str = "") -> Project:
    """Start, hold, close or reopen a project. Raises Refused."""
    return advance(project, event, by=by, why=why)
