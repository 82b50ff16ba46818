"""The agenda as a row of times: when each item begins, and whether all of it fits."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from .models import AgendaItem, Meeting


@dataclass(frozen=True, slots=True)
class Slot:
    """An item with the time at which it begins and ends; None once an item before it has no minutes."""

    item: AgendaItem
    begins: time | None
    ends: time | None


@dataclass(frozen=True, slots=True)
class Clock:
    """The running times of an agenda. `minutes`: of all items that have some; `over`: beyond the end of the meeting."""

    slots: list[Slot]
    minutes: int
    over: int

    @property
    def untimed(self) -> bool:
        """Whether an item has no minutes, so that nothing after it has a time."""
        return any(slot.item.minutes is None for slot in self.slots)


def clock_of(meeting: Meeting, items: Iterable[AgendaItem]) -> Clock:
    """The items in their order, each beginning when the one before it ends."""
    now = datetime.combine(date.min, meeting.starts_at) if meeting.starts_at else None
    slots, total = [], 0
    for item in items:
        total += item.minutes or 0
        ends = now + timedelta(minutes=item.minutes) if now and item.minutes else None
        slots.append(Slot(item, now.time() if now else None, ends.time() if ends else None))
        now = ends
    room = 0
    if meeting.starts_at and meeting.ends_at:
        length = datetime.combine(date.min, meeting.ends_at) - datetime.combine(date.min, meeting.starts_at)
        room = int(length.total_seconds()) // 60
    return Clock(slots, total, max(total - room, 0) if room else 0)
