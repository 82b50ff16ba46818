"""What a meeting decides about the backlog."""

from dataclasses import dataclass
from datetime import date

from .models import Project


@dataclass(frozen=True, slots=True)
class Decided:
    """What the meeting decided about one project. `review_on` is for what stays in the backlog."""

    project: Project
    decision: str
    reason: tuple[str, str]
    review_on: date | None = None
