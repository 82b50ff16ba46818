"""The decisions of a meeting about the backlog, and the day on which an item is looked at again."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.workflow import NotAllowed, Refused, advance

from .. import rules
from ..decisions import Decided
from ..models import BacklogReview, Project
from ..states import BacklogDecision, Status

MOVES = {BacklogDecision.START: "start", BacklogDecision.DROP: "close"}
WHY_DATED = "day of review set"


def backlog_decide(
    decisions: list[Decided], *, meeting: tuple[str, str], decided_on: date, by: Any
) -> list[BacklogReview]:
    """Record every decision of a meeting, and move what is started or dropped: all of them or none.

    Raises NotAllowed, Refused.
    """
    if not rules.backlog_review(by):
        raise NotAllowed(_("You may not record decisions about the backlog."))
    made = []
    with audited(by=by, why="decided about the backlog"):
        for one in decisions:
            project = one.project.lock()
            if project.status != Status.BACKLOG:
                raise Refused(_("“%(project)s” is no longer in the backlog.") % {"project": project.title})
            made.append(
                BacklogReview.objects.create(
                    project=project,
                    decision=one.decision,
                    reason_en=one.reason[0],
                    reason_cy=one.reason[1],
                    meeting_en=meeting[0],
                    meeting_cy=meeting[1],
                    decided_on=decided_on,
                    review_on=one.review_on,
                    by=by,
                )
            )
            event = MOVES.get(BacklogDecision(one.decision))
            if event:
                advance(project, event, by=by, why=" / ".join(one.reason))
    return made


def backlog_date(project: Project, review_on: date, *, by: Any) -> BacklogReview:
    """Set the day on which an item of the backlog is looked at again. Raises NotAllowed, Refused."""
    if not rules.backlog_review(by):
        raise NotAllowed(_("You may not record decisions about the backlog."))
    with audited(by=by, why=WHY_DATED):
        if project.lock().status != Status.BACKLOG:
            raise Refused(_("“%(project)s” is no longer in the backlog.") % {"project": project.title})
        return BacklogReview.objects.create(
            project=project,
            decision=BacklogDecision.DATED,
            decided_on=timezone.localdate(),
            review_on=review_on,
            by=by,
        )
