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

__all__ = [
    "ByTitle",
    "Hinted",
    "MoveForm",
    "ProjectForm",
    "UpdateForm",
    "demand_both",
    "past_day",
]
