"""Who was in the room for which item, from attendance, movements and prejudicial interests."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from .models import AgendaItem, Attendance, Declaration, Meeting, Movement, MovementKind


@dataclass(frozen=True, slots=True)
class Room:
    """The people of a meeting who were there at all, and what moved them. Read by two queries and the prefetch."""

    attendances: list[Attendance]
    leaving: frozenset[tuple[int, int]]  # (item, person) of the prejudicial interests

    def there(self, item: AgendaItem) -> list[Attendance]:
        """Those who were there while the item was taken."""
        return [
            one
            for one in self.attendances
            if one.is_there and (item.pk, one.person_id) not in self.leaving and in_room(one.movements.all(), item)
        ]

    def voting(self, item: AgendaItem) -> int:
        """How many of them had a vote: members and substitutes whose seat has one."""
        return sum(one.seat is not None and one.seat.votes for one in self.there(item))


def room_of(meeting: Meeting) -> Room:
    declared = Declaration.objects.of_meeting(meeting)
    leaving = frozenset((one.item_id, one.person_id) for one in declared if one.leaves)
    return Room(list(Attendance.objects.filter(meeting=meeting).with_people().in_order()), leaving)


def in_room(movements: Iterable[Movement], item: AgendaItem) -> bool:
    """Whether the last movement up to the item left the person in the room; before the first, its opposite holds."""
    moves = sorted(movements, key=lambda one: one.item.position)
    before = [one for one in moves if one.item.position <= item.position]
    if before:
        return before[-1].kind == MovementKind.ARRIVED
    return not moves or moves[0].kind == MovementKind.LEFT


def mark_of(one: Attendance | None) -> Any:
    """The value of somebody's attendance, "" where nothing is recorded yet."""
    return one.presence if one else ""
