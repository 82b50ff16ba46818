"""Who records the day of a meeting, and who moves an action."""

from typing import Any

from accounts.roles import Role, roles_of

from ..models import Action, AgendaItem, Meeting, Seat
from ..states import MeetingStatus
from ..states.actions import ACTION
from .papers import secretary


def day_record(user: Any, meeting: Meeting) -> bool:
    """The secretariat, of a meeting that was called here; what a source tells of a historic one stays as it is."""
    recorded = (MeetingStatus.CALLED, MeetingStatus.HELD)
    return secretary(user) and not meeting.is_historic and meeting.status in recorded


def item_record(user: Any, item: AgendaItem) -> bool:
    return day_record(user, item.meeting)


def actions_give(user: Any, meeting: Meeting) -> bool:
    """The secretariat, of a meeting that was called or held here."""
    return day_record(user, meeting)


def interest_declare(user: Any, meeting: Meeting) -> bool:
    """A member with a seat on the board declares their own interests, until the meeting is over."""
    before = (MeetingStatus.PLANNED, MeetingStatus.CALLED)
    if meeting.is_historic or meeting.status not in before or not roles_of(user).has(Role.BOARD_MEMBER):
        return False
    return Seat.objects.held_by(user).filter(board=meeting.board_id).exists()


def action_own(user: Any, action: Action) -> bool:
    """Whoever the action is given to."""
    return user is not None and user.is_authenticated and action.owner.user_id == user.pk


def action_tell(user: Any, action: Action) -> bool:
    """Its owner and the secretariat say how it goes."""
    return action_own(user, action) or secretary(user)


ACTION.allow(start=action_tell, report=action_tell, close=secretary, reopen=secretary, drop=secretary)
