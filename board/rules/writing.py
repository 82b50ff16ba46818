"""Who may comment on a paper."""

from typing import Any

from accounts.roles import Role, roles_of

from ..models import Comment, Paper
from .papers import paper_work, paper_write


def comment_write(user: Any, paper: Paper) -> bool:
    """Those who work on the paper, until it is published."""
    return not paper.is_frozen and paper_work(user, paper)


def comment_resolve(user: Any, comment: Comment) -> bool:
    """Its writer, and those who write the paper."""
    return comment_write(user, comment.paper) and (comment.by_id == user.pk or paper_write(user, comment.paper))


def parity_accept(user: Any, paper: Paper) -> bool:
    """The secretariat and translators, until the paper is published."""
    return not paper.is_frozen and roles_of(user).has(Role.SECRETARIAT, Role.TRANSLATOR)
