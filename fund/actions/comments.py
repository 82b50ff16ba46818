"""Comments on a bid, and links for readers without an account."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from fund.models import Answer, Bid, Comment, CommentLink, Happening
from fund.secrets import new_token
from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.workflow import Refused


def link_make(*, bid: Bid, name: str, days: int, by: Any, at: datetime | None = None) -> tuple[CommentLink, str]:
    """A link for one reader, for so many days, and its token: shown once, kept only as a hash."""
    at = at or timezone.now()
    token, sha256 = new_token()
    with audited(by=by, why="link for a reader made"):
        link = CommentLink.objects.create(
            bid=bid, name=name, sha256=sha256, made_by=by, expires_at=at + timedelta(days=days)
        )
        Happening.record(bid, "link_made", by=by, at=at)
    return link, token


def link_end(*, link: CommentLink, by: Any, at: datetime | None = None) -> CommentLink:
    """Take a link back: from now on it opens nothing."""
    at = at or timezone.now()
    with audited(by=by, why="link for a reader ended"):
        row = CommentLink.objects.select_for_update(of=("self",)).get(pk=link.pk)
        if row.revoked_at is None:
            row.revoked_at = at
            row.save()
            Happening.record(row.bid, "link_ended", by=by, at=at)
    return row


def comment_make(
    *, bid: Bid, answer: Answer | None, text: str, by: Any = None, link: CommentLink | None = None
) -> Comment:
    """A comment of an officer, or of a reader with a link that still holds. Raises Refused."""
    with audited(by=by, why="comment made"):
        if link is not None:
            held = CommentLink.objects.select_for_update(of=("self",)).filter(pk=link.pk).holding(timezone.now())
            if not held.exists():
                raise Refused(_("This link no longer holds."))
        comment = Comment.objects.create(bid=bid, answer=answer, text=text, by=by, link=link)
        Happening.record(bid, "comment", by=by, about=answer.question.label if answer else "")
    return comment


def comment_settle(*, comment: Comment, by: Any, at: datetime | None = None) -> Comment:
    """Say that a comment is dealt with; it stays readable."""
    with audited(by=by, why="comment dealt with"):
        row = Comment.objects.select_for_update(of=("self",)).get(pk=comment.pk)
        if row.done_at is None:
            row.done_at, row.done_by = at or timezone.now(), by
            row.save()
    return row
