"""The screens of the projects."""

from .backlog import backlog_date, backlog_list, backlog_review
from .calibration import portfolio_calibration, project_calibration
from .creation import project_new
from .differences import plan_changes, portfolio_changes, project_changes
from .edits import project_advance, project_draft, project_edit
from .lineage import lineage_merge, lineage_split, lineage_succeed, lineage_undo, project_lineage
from .lists import project_csv, project_list
from .plans import plan_page
from .projects import project_page
from .readings import portfolio_known, project_known
from .snapshots import plan_keep, portfolio_keep, project_keep, snapshot_list, snapshot_page
from .updates import status_confirm, update_correct, update_draft, update_post

__all__ = [
    "backlog_date",
    "backlog_list",
    "backlog_review",
    "lineage_merge",
    "lineage_split",
    "lineage_succeed",
    "lineage_undo",
    "plan_changes",
    "plan_keep",
    "plan_page",
    "portfolio_calibration",
    "portfolio_changes",
    "portfolio_keep",
    "portfolio_known",
    "project_advance",
    "project_calibration",
    "project_changes",
    "project_csv",
    "project_draft",
    "project_edit",
    "project_keep",
    "project_known",
    "project_lineage",
    "project_list",
    "project_new",
    "project_page",
    "snapshot_list",
    "snapshot_page",
    "status_confirm",
    "update_correct",
    "update_draft",
    "update_post",
]
