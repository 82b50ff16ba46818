"""Who plans: boards, meetings, agendas and the forward work programme; who answers to a meeting."""

from typing import Any

from accounts.roles import Role, roles_of

from ..models import Meeting, PlannedItem, Seat
from ..querysets import held_on
from ..states import MeetingStatus
from ..states.forward import PLANNED, PlannedStatus
from .papers import secretary

OPEN = (MeetingStatus.PLANNED, MeetingStatus.CALLED)


def meeting_plan(user: Any, meeting: Meeting) -> bool:
    """The secretariat, while the meeting is neither over nor cancelled."""
    return secretary(user) and meeting.status in OPEN


def works(user: Any, thing: Any = None) -> bool:
    """Who sees to what is planned: they see owners, dates and the reasons of moves."""
    return roles_of(user).has(Role.SECRETARIAT, Role.AUTHOR, Role.CLEARER, Role.TRANSLATOR)


def planned_edit(user: Any, planned: PlannedItem) -> bool:
    """The secretariat, until the item stands on an agenda: from then on the agenda is changed."""
    return secretary(user) and planned.status == PlannedStatus.PLANNED


def holds(user: Any, seat: Seat) -> bool:
    """Whether this board member sits on that seat."""
    return roles_of(user).has(Role.BOARD_MEMBER) and seat.person.user_id == user.pk


def seats_of(user: Any, meeting: Meeting) -> Any:
    """The seats of this person on the day of the meeting."""
    seats = Seat.objects.filter(held_on(meeting.date), board=meeting.board_id, person__user_id=user.pk)
    return seats.with_people() if roles_of(user).has(Role.BOARD_MEMBER) else seats.none()


def answers_see(user: Any, meeting: Meeting) -> bool:
    """Who answered what: the secretariat and those who sit on the board on that day."""
    return secretary(user) or (roles_of(user).has(Role.BOARD_MEMBER) and seats_of(user, meeting).exists())


PLANNED.allow(place=secretary, take_back=secretary, drop=secretary, revive=secretary)
