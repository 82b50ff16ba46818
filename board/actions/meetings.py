"""Writes that plan a meeting: making it, moving it to another time or place, cancelling it, its papers going out."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.bilingual import Text, in_both
from wlga_portal.kernel.workflow import Refused, advance

from .. import notices
from ..models import AgendaItem, ChangeKind, Lateness, Meeting, MeetingChange, PlannedItem
from ..planning import plan_for
from ..rules import meeting_plan
from ..states import MeetingStatus
from ..wording import meeting_name
from .forward import planned_move

WHEN_AND_WHERE = ("date", "starts_at", "ends_at", "closes_at", "place_en", "place_cy")


def meeting_create(meeting: Meeting, *, by: Any) -> Meeting:
    """A new meeting, its agenda begun with the standing items of its board."""
    with audited(by=by, why="meeting planned"):
        name = in_both(lambda: meeting_name(meeting))
        meeting.set_slugs(name.en, name.cy)
        if meeting.quorum is None:
            meeting.quorum = meeting.board.quorum
        meeting.save()
        for position, standing in enumerate(meeting.board.standing_items.order_by("at_end", "position", "pk"), 1):
            item = AgendaItem(meeting=meeting, position=position, kind=standing.kind, standing=standing)
            item.title, item.minutes, item.oral = standing.title, standing.minutes, standing.oral
            item.save()
    return meeting


def locked_for_planning(meeting: Meeting, by: Any) -> Meeting:
    """The meeting's row, locked: two people who plan it wait for each other. Raises Refused."""
    row = meeting.lock()
    if not meeting_plan(by, row):
        raise Refused(_("This meeting cannot be changed any more."))
    return row


def meeting_save(meeting: Meeting, *, by: Any) -> Meeting:
    """What is said of a meeting beside its time and place. Raises Refused."""
    with audited(by=by, why="meeting changed"):
        locked_for_planning(meeting, by)
        meeting.save()
    return meeting


def said(reason: tuple[str, str]) -> str:
    """The reason in the language of the page, for the history."""
    return str(Text(*reason))


def was(meeting: Meeting) -> dict[str, Any]:
    """When and where the meeting was to be until a change."""
    return {f"was_{name}": getattr(meeting, name) for name in WHEN_AND_WHERE}


def meeting_reschedule(meeting: Meeting, *, by: Any, reason: tuple[str, str]) -> MeetingChange:
    """Move the meeting to the time and place that `meeting` now holds, and tell all whom it concerns.

    Raises Refused where nothing changes, or where a called meeting would no longer say when and where.
    """
    with audited(by=by, why=said(reason)):
        row = locked_for_planning(meeting, by)
        if all(getattr(row, name) == getattr(meeting, name) for name in WHEN_AND_WHERE):
            raise Refused(_("Time and place are as they were: nothing was moved."))
        if meeting.status == MeetingStatus.CALLED and not meeting.is_ready:
            raise Refused(_("A meeting is called once its time and its place, or a link for joining, are known."))
        change = MeetingChange(meeting=meeting, kind=ChangeKind.MOVED, by=by, **was(row))
        change.reason = reason
        change.save()
        meeting.save()
        # what is not published yet can still be on time: it is late only by the new date
        coming = Lateness.objects.filter(paper__meeting=meeting, paper__edition_number=None)
        coming.update(due=plan_for(meeting).publish)
        notices.meeting_moved(change)
    return change


def meeting_cancel(meeting: Meeting, *, by: Any, reason: tuple[str, str]) -> MeetingChange:
    """The meeting will not take place: all whom it concerns are told why, and what was planned to it waits again."""
    made: list[MeetingChange] = []

    def write(row: Meeting) -> None:
        change = MeetingChange(meeting=row, kind=ChangeKind.CANCELLED, by=by, **was(row))
        change.reason = reason
        change.save()
        made.append(change)
        for planned in PlannedItem.objects.filter(meeting=row).select_related("item"):
            planned_move(planned, None, by=by, why=said(reason))
        notices.meeting_cancelled(change)

    advance(meeting, "cancel", by=by, why=said(reason), also=write)
    return made[0]


def papers_out(meeting: Meeting, *, by: Any) -> Meeting:
    """Tell the members that the papers are out, once. Raises Refused where none is, or where they were told."""
    with audited(by=by, why="papers out"):
        row = meeting.lock()
        if row.papers_out_at is not None:
            raise Refused(_("The members have been told already."))
        if row.status != MeetingStatus.CALLED or not row.papers.published().exists():
            raise Refused(_("Call the meeting and publish a paper first."))
        row.papers_out_at = timezone.now()
        row.save()
        notices.papers_out(row)
    return row


def papers_out_all(*, today: date | None = None) -> int:
    """Tell the members of each called meeting whose day of publication has come and of which a paper is out.

    Gives the number of meetings. Said twice, it does nothing more; the secretariat may have told them before.
    """
    today = today or timezone.localdate()
    waiting = Meeting.objects.visible_to(None).coming().filter(status=MeetingStatus.CALLED, papers_out_at=None)
    due = [one for one in waiting.select_related("board") if plan_for(one).publish <= today]
    out = [one for one in due if one.papers.published().exists()]
    for meeting in out:
        papers_out(meeting, by=None)
    return len(out)


def lateness_save(lateness: Lateness, *, by: Any) -> Lateness:
    """Why a paper is published after its day."""
    with audited(by=by, why="reason for a late paper"):
        lateness.due = plan_for(lateness.paper.meeting).publish  # type: ignore[arg-type]  # only a meeting's are late
        lateness.save()
    return lateness
