"""What the team fills in: a status update, a project's fields, the reason for a move."""

from .projects import (
    ByTitle,
    Hinted,
    MoveForm,
    ProjectForm,
    UpdateForm,
    demand_both,
    past_day,
)
from .spans import KnownForm, SpanForm

__all__ = [
    "ByTitle",
    "Hinted",
    "KnownForm",
    "MoveForm",
    "ProjectForm",
    "SpanForm",
    "UpdateForm",
    "demand_both",
    "past_day",
]
