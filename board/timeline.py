"""What happened to a paper or a meeting so far."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models

from wlga_portal.kernel.models import StatusChange
from wlga_portal.kernel.workflow import WorkflowModel


@dataclass(frozen=True, slots=True)
class Happened:
    """One move: what, when, who, and the reason that they gave."""

    at: datetime
    label: Any
    by: Any
    why: str


def timeline_of(thing: WorkflowModel) -> list[Happened]:
    """The moves of one thing, oldest first."""
    steps = thing.workflow.transitions
    changes: models.QuerySet[StatusChange] = StatusChange.of(thing)
    return [
        Happened(
            change.at,
            thing.workflow.done(change.event),
            change.by,
            change.why if steps[change.event].why_required else "",
        )
        for change in changes
    ]
