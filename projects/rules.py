"""Who may do what with projects."""

from typing import Any

from accounts.roles import Role, roles_of

from .states import BY_LINEAGE, CHANGES, POSTING, WORKFLOW


def team(user: Any) -> bool:
    """The digital team and its head."""
    return roles_of(user).has(Role.TEAM, Role.HEAD_OF_DELIVERY)


def project_edit(user: Any, _project: Any) -> bool:
    """The team keeps every project's fields true."""
    return team(user)


def project_create(user: Any) -> bool:
    """The team begins projects."""
    return team(user)


def update_post(user: Any, _project: Any) -> bool:
    """The team says how each project stands."""
    return team(user)


def post_write(user: Any, _post: Any = None) -> bool:
    """The team writes, publishes and withdraws posts."""
    return team(user)


def columnset_edit(user: Any, _set: Any = None) -> bool:
    """The team chooses the columns in which projects are taken away."""
    return team(user)


def report_freeze(user: Any, _plan: Any = None) -> bool:
    """The team freezes the annual report of a plan."""
    return team(user)


def project_close(user: Any, _project: Any) -> bool:
    """Only the head of delivery ends a project or takes it up again."""
    return roles_of(user).has(Role.HEAD_OF_DELIVERY)


def lineage_edit(user: Any, _project: Any = None) -> bool:
    """Only the head of delivery makes projects into others, and undoes it."""
    return roles_of(user).has(Role.HEAD_OF_DELIVERY)


def backlog_review(user: Any) -> bool:
    """The team records what a meeting decided about the backlog; to drop is to close, which is the head's."""
    return team(user)


def page_keep(user: Any, _thing: Any = None) -> bool:
    """Whoever is signed in may keep a page of the past: it holds what the public page said, and no more."""
    return bool(user.is_authenticated)


WORKFLOW.allow(start=project_edit, hold=project_edit, close=project_close, reopen=project_close)
WORKFLOW.allow(**dict.fromkeys(BY_LINEAGE, lineage_edit))


def plan_edit(user: Any, _plan: Any = None) -> bool:
    """The team writes the delivery plans and proposes their changes."""
    return team(user)


CHANGES.allow(agree=project_close, refuse=project_close, withdraw=plan_edit)
POSTING.allow(publish=post_write, withdraw=post_write)


def view_save(user: Any) -> bool:
    """Whoever is signed in keeps views of the portfolio."""
    return bool(user.is_authenticated)


def view_forget(user: Any, view: Any) -> bool:
    """A view is its owner's."""
    return bool(view.user_id == user.pk)
