"""The same change in several projects, all of them or none."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.versions import value_at
from wlga_portal.kernel.workflow import NotAllowed

from .. import rules
from ..models import PhaseChange, Project


class Moved(Exception):
    """Somebody changed the same columns of these projects since the preview was drawn. Nothing was saved."""

    def __init__(self, projects: list[Project]) -> None:
        super().__init__([project.pk for project in projects])
        self.projects = projects


def bulk_edit(
    versions: Mapping[int, int], changes: Mapping[str, Any], *, since: date | None, why: str, by: Any
) -> list[Project]:
    """Give these columns these values in each project (by its id: the version that the person saw).

    Only those that differ are saved and given back. What others changed in other columns stays. Raises NotAllowed,
    and Moved where others changed these columns to something else than what the person saw.
    """
    with audited(by=by, why=why):
        rows = list(Project.objects.select_for_update(of=("self",)).filter(pk__in=versions).order_by("pk"))
        if not all(rules.project_edit(by, row) for row in rows):
            raise NotAllowed(_("You may not edit this project."))
        moved = [row for row in rows if changed_since(row, versions[row.pk], changes)]
        if moved:
            raise Moved(moved)
        edited = [row for row in rows if differences(row, changes)]
        for row in edited:
            phase = row.phase
            for name, value in changes.items():
                setattr(row, name, value)
            row.save()
            if row.phase != phase:
                PhaseChange.objects.create(project=row, phase=row.phase, since=since or timezone.localdate(), by=by)
    return edited


def differences(project: Project, changes: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """The columns that would change, each before and after."""
    return {name: (now, new) for name, new in changes.items() if (now := getattr(project, name)) != new}


def changed_since(project: Project, version: int, changes: Mapping[str, Any]) -> bool:
    """Whether one of these columns holds neither what the person saw nor what they ask for."""
    if project.version == version:
        return False
    seen = value_at(project, version)
    return any(
        seen is None or getattr(seen, name) != now for name, (now, _new) in differences(project, changes).items()
    )
