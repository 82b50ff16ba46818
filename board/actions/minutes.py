"""Minutes: drafted from what was recorded, approved by a later meeting, then frozen like any paper."""

from typing import Any

from django.utils.translation import gettext as _

from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.workflow import NotAllowed, Refused, advance

from ..editions import freeze
from ..gaps import gaps_of
from ..minuting import both, minutes_blocks
from ..models import Block, Edition, Meeting, MinutesApproval, Paper, PaperKind, Purpose
from ..rules import day_record
from ..states import MeetingStatus
from ..wording import meeting_name
from .papers import NotComplete


def minutes_draft(meeting: Meeting, *, by: Any) -> Paper:
    """The draft minutes of a meeting that was held; those that there are, where somebody has begun them.

    Raises NotAllowed or Refused.
    """
    with audited(by=by, why="minutes drafted from the record"):
        row = meeting.lock()
        if not day_record(by, row):
            raise NotAllowed(_("You cannot draft the minutes of this meeting."))
        if row.status != MeetingStatus.HELD:
            raise Refused(_("Minutes are drafted once the meeting is recorded as held."))
        known = Paper.objects.filter(meeting=row, kind=PaperKind.MINUTES).first()
        if known is not None:
            return known
        paper = Paper(board_id=row.board_id, meeting=row, kind=PaperKind.MINUTES, purpose=Purpose.INFORMATION)
        title = both(lambda: _("Minutes: %(meeting)s") % {"meeting": meeting_name(row)})
        paper.title = title
        paper.set_slugs(*title)
        paper.save()
        Block.objects.bulk_create(block_list(row, paper))
    return paper


def block_list(meeting: Meeting, paper: Paper) -> list[Block]:
    blocks = list(minutes_blocks(meeting))
    for position, block in enumerate(blocks, 1):
        block.paper, block.position = paper, position
    return blocks


def approving(paper: Paper) -> Any:
    """The meetings that can approve these minutes: later ones of the board, called or held, the soonest first."""
    if paper.meeting is None:
        return Meeting.objects.none()
    later = Meeting.objects.filter(board_id=paper.board_id, date__gt=paper.meeting.date, is_historic=False)
    return later.filter(status__in=[MeetingStatus.CALLED, MeetingStatus.HELD]).order_by("date", "starts_at")


def minutes_approve(paper: Paper, meeting: Meeting, *, by: Any) -> Edition:
    """A later meeting approved the minutes: freeze them as an edition. Raises NotComplete with the gaps, or Refused."""
    made: list[Edition] = []

    def write(row: Paper) -> None:
        if not approving(row).filter(pk=meeting.pk).exists():
            raise Refused(_("Choose a later meeting of the board that was called or held."))
        gaps = gaps_of(row)
        if gaps:
            raise NotComplete(gaps)
        edition = freeze(row, by=by)
        MinutesApproval.objects.create(edition=edition, meeting=meeting, by=by)
        made.append(edition)

    advance(paper, "approve", by=by, also=write)
    return made[0]
