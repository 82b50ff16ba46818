"""Beginning a project: its row, its first phase, and its place in a plan."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.versions import drop_draft
from wlga_portal.kernel.workflow import NotAllowed

from .. import rules
from ..forms import ProjectNewForm
from ..models import PhaseChange, PlanChange, PlanProject, Project
from ..states import ChangeKind

NEW_KEY = "projects.project:new"


def project_create(form: ProjectNewForm, *, by: Any) -> Project:
    """Make the project of a valid form. In an agreed plan it is proposed, else listed last. Raises NotAllowed."""
    if not rules.project_create(by):
        raise NotAllowed(_("Only the digital team begins a project."))
    given, plan, today = form.cleaned_data, form.cleaned_data["plan"], timezone.localdate()
    project: Project = form.instance
    with audited(by=by, why="project begun"):
        project.status = given["status"]
        project.is_demo = plan is not None and plan.is_demo
        project.first_year = plan.year if plan else ""
        project.set_slugs(project.title.en, project.title.cy)
        project.save()
        if project.phase:
            since = min(project.starts_on or today, today)
            PhaseChange.objects.create(project=project, phase=project.phase, since=since, by=by)
        if plan and plan.is_agreed:
            PlanChange.objects.create(
                plan=plan,
                kind=ChangeKind.ADDED,
                project=project,
                reason_en=given["reason_en"],
                reason_cy=given["reason_cy"],
                proposed_by=by,
                proposed_on=today,
            )
        elif plan:
            PlanProject.objects.create(plan=plan, project=project, position=plan.next_position())
        drop_draft(by, NEW_KEY)
    return project
