"""Comments on the blocks of a paper."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.workflow import Refused

from ..models import Comment, Paper
from ..rules.writing import comment_resolve as may_resolve
from ..rules.writing import comment_write as may_write


def comment_add(paper: Paper, uid: Any, text: str, *, by: Any, parent: Comment | None = None) -> Comment:
    """A comment on the block with this `uid`, or an answer to `parent`. Raises Refused once the paper is published."""
    with audited(by=by, why="comment answered" if parent else "comment made"):
        if not may_write(by, paper.lock()):
            raise Refused(_("Comments can be made until the paper is published."))
        return Comment.objects.create(paper=paper, uid=uid, text=text, by=by, parent=parent)


def comment_resolve(comment: Comment, *, by: Any) -> None:
    """It is dealt with. One that is resolved stays so."""
    with audited(by=by, why="comment resolved"):
        row = Comment.objects.select_for_update(of=("self",)).select_related("paper").get(pk=comment.pk)
        if not may_resolve(by, row):
            raise Refused(_("A comment is resolved by its writer or by those who write the paper."))
        if row.resolved_at is None:
            row.resolved_by, row.resolved_at = by, timezone.now()
            row.save()


def open_comments(**of: Any) -> QuerySet[Comment]:
    """Those that are neither resolved nor answered."""
    answers = Comment.objects.filter(parent=OuterRef("pk"))
    return Comment.objects.filter(parent=None, resolved_at=None, **of).exclude(Exists(answers))


def refuse_while_open(paper: Paper) -> None:
    """A paper is cleared once each comment is resolved or answered. Raises Refused."""
    count = open_comments(paper=paper).count()
    if count:
        raise Refused(
            ngettext(
                "%(count)s comment is neither resolved nor answered.",
                "%(count)s comments are neither resolved nor answered.",
                count,
            )
            % {"count": count}
        )
