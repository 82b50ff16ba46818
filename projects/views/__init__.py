"""The screens of the projects."""

from .edits import project_advance, project_draft, project_edit
from .lists import project_csv, project_list
from .plans import plan_page
from .projects import project_page
from .updates import status_confirm, update_correct, update_draft, update_post

__all__ = [
    "plan_page",
    "project_advance",
    "project_csv",
    "project_draft",
    "project_edit",
    "project_list",
    "project_page",
    "status_confirm",
    "update_correct",
    "update_draft",
    "update_post",
]
