"""Every write that touches more than one row of the projects."""

from ..carrying import Becomes
from ..decisions import Decided
from .backlog import backlog_date, backlog_decide
from .creation import NEW_KEY, project_create
from .lineage import lineage_make, lineage_undo
from .parts import part_key, part_remove, part_save
from .plans import PLAN_KEY, change_advance, change_agree, plan_save
from .posts import picture_add, picture_remove, post_advance, post_create, post_edit, post_gaps, post_key
from .projects import (
    draft_key,
    edit_key,
    project_advance,
    project_edit,
    status_confirm,
    update_correct,
    update_post,
)
from .snapshots import page_keep

__all__ = [
    "NEW_KEY",
    "PLAN_KEY",
    "Becomes",
    "Decided",
    "backlog_date",
    "backlog_decide",
    "change_advance",
    "change_agree",
    "draft_key",
    "edit_key",
    "lineage_make",
    "lineage_undo",
    "page_keep",
    "part_key",
    "part_remove",
    "part_save",
    "picture_add",
    "picture_remove",
    "plan_save",
    "post_advance",
    "post_create",
    "post_edit",
    "post_gaps",
    "post_key",
    "project_advance",
    "project_create",
    "project_edit",
    "status_confirm",
    "update_correct",
    "update_post",
]
