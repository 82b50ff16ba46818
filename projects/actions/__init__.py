"""Every write that touches more than one row of the projects."""

from .projects import (
    draft_key,
    edit_key,
    project_advance,
    project_edit,
    status_confirm,
    update_correct,
    update_post,
)

__all__ = [
    "draft_key",
    "edit_key",
    "project_advance",
    "project_edit",
    "status_confirm",
    "update_correct",
    "update_post",
]
