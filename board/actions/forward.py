"""Writes of the forward work programme: planning an item, moving it between meetings, putting it on an agenda."""

from typing import Any

from django.utils.translation import gettext as _

from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.workflow import Refused, advance

from ..models import AgendaItem, Meeting, PlannedItem, PlannedMove
from ..states import MeetingStatus
from ..states.forward import PlannedStatus

OPEN = (MeetingStatus.PLANNED, MeetingStatus.CALLED)


def planned_create(planned: PlannedItem, *, by: Any) -> PlannedItem:
    """A new item of the programme; planned to a meeting at once, that is its first move."""
    with audited(by=by, why="item planned"):
        planned.save()
        if planned.meeting_id:
            PlannedMove.objects.create(planned=planned, target_id=planned.meeting_id, by=by)
    return planned


def planned_save(planned: PlannedItem, *, by: Any) -> PlannedItem:
    with audited(by=by, why="planned item changed"):
        planned.save()
    return planned


def planned_move(planned: PlannedItem, target: Meeting | None, *, by: Any, why: str) -> PlannedItem:
    """To another meeting, or to none yet; off the agenda where it stood on one. Raises Refused."""
    with audited(by=by, why=why):
        row = planned.lock()
        source = row.meeting
        if source == target:
            raise Refused(_("The item is planned to that meeting already."))
        if target is not None and (target.status not in OPEN or target.board_id != row.board_id):
            raise Refused(_("An item can be planned to a coming meeting of its own board."))
        if row.status == PlannedStatus.PLACED:
            row = advance(row, "take_back", by=by, also=off_the_agenda)
        row.meeting = target
        row.save()
        PlannedMove.objects.create(planned=row, source=source, target=target, why=why, by=by)
    return row


def off_the_agenda(planned: PlannedItem) -> None:
    """Take its item off the agenda. The caller holds the row.

    It stays with the meeting where papers were begun, a project names it, an interest was declared or it is recorded.
    """
    item, planned.item = planned.item, None
    if item is not None and item.meeting.status in OPEN and not kept(item):
        # the link is cut before the item goes; `advance` writes the status right after
        PlannedItem.objects.filter(pk=planned.pk).update(item=None, status=PlannedStatus.PLANNED)
        meeting = item.meeting
        AgendaItem.objects.filter(pk=item.pk).delete()
        close_up(meeting)


def kept(item: AgendaItem) -> bool:
    """Whether something hangs on an item, so that it cannot go."""
    return item.is_recorded or any(getattr(item, name).exists() for name in ("papers", "projects", "declarations"))


def close_up(meeting: Meeting) -> None:
    """Number the items from one, without gaps."""
    for position, item in enumerate(meeting.items.order_by("position"), 1):
        if item.position != position:
            AgendaItem.objects.filter(pk=item.pk).update(position=position)


def planned_place(planned: PlannedItem, *, by: Any) -> AgendaItem:
    """Put it on the agenda of its meeting, before what the board has at the end. Raises Refused."""
    made: list[AgendaItem] = []

    def write(row: PlannedItem) -> None:
        meeting = row.meeting and row.meeting.lock()
        if meeting is None or meeting.status not in OPEN:
            raise Refused(_("Plan the item to a coming meeting first."))
        item = AgendaItem(meeting=meeting, owner=row.owner, kind=row.kind, restricted=row.restricted)
        item.title, item.reason = row.title, row.reason
        insert(item)
        row.item = item
        made.append(item)

    advance(planned, "place", by=by, also=write)
    return made[0]


def insert(item: AgendaItem) -> None:
    """Give the item its place: last, but before the standing items of the end. The caller holds the meeting's row."""
    items = list(item.meeting.items.select_related("standing").order_by("position"))
    before = len(items)
    while before and (standing := items[before - 1].standing) is not None and standing.at_end:
        before -= 1
    item.position = before + 1
    for position, other in enumerate(items[before:], before + 2):
        AgendaItem.objects.filter(pk=other.pk).update(position=position)
    item.save()


def planned_step(planned: PlannedItem, event: str, *, by: Any, why: str = "") -> PlannedItem:
    """Any event of a planned item, with what belongs to it. Raises what `advance` raises."""
    if event == "place":
        planned_place(planned, by=by)
        return planned
    return advance(planned, event, by=by, why=why, also=off_the_agenda if event == "take_back" else None)
