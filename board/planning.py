"""The planner: counts back from a meeting to the days by which each step of its papers is to be done.

Clear working days lie
between the day of publication and that of the meeting: neither of those two counts. For Tuesday 20 September 2022,
with the 19th a bank holiday, three clear days are the 16th, 15th and 14th: publish by the 13th.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .models import Board, Meeting, MeetingKind
from .states import PaperStatus
from .working_days import is_bank_holiday, is_working

DAY = timedelta(days=1)


def working_days_before(day: date, count: int) -> date:
    """The working day that is so many working days before `day`; with 0, the last one up to `day` itself."""
    while not is_working(day):
        day -= DAY
    for _step in range(count):
        day -= DAY
        while not is_working(day):
            day -= DAY
    return day


def publish_by(meets: date, clear_days: int) -> date:
    """The last working day that leaves `clear_days` working days between it and the meeting."""
    return working_days_before(meets - DAY, clear_days)


def clear_days_between(published: date, meets: date) -> int:
    """How many working days lie between the two, neither counted."""
    days = (published + timedelta(days=number) for number in range(1, (meets - published).days))
    return sum(is_working(day) for day in days)


class Why(StrEnum):
    """What a day is in the sum."""

    MEETING = "meeting"
    CLOSES = "closes"
    CLEAR = "clear"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    PUBLISH = "publish"


WORDS: dict[Why, Promise | str] = {
    Why.MEETING: _("The day of the meeting does not count"),
    Why.CLOSES: _("The last day for answers does not count"),
    Why.CLEAR: _("Clear working day"),
    Why.WEEKEND: _("Weekend: does not count"),
    Why.HOLIDAY: _("Bank holiday in Wales: does not count"),
    Why.PUBLISH: _("Publish by this day, which does not count"),
}


@dataclass(frozen=True, slots=True)
class Counted:
    """A day of the sum; `number` is that of a clear working day."""

    day: date
    why: Why
    number: int | None = None

    @property
    def words(self) -> str:
        return str(WORDS[self.why])


def the_sum(meets: date, clear_days: int, *, closes: bool = False) -> Iterator[Counted]:
    """Every day from the meeting back to the day of publication, and what it counts."""
    yield Counted(meets, Why.CLOSES if closes else Why.MEETING)
    last, counted = publish_by(meets, clear_days), 0
    day = meets - DAY
    while day > last:
        if is_working(day):
            counted += 1
            yield Counted(day, Why.CLEAR, counted)
        else:
            yield Counted(day, Why.HOLIDAY if is_bank_holiday(day) else Why.WEEKEND)
        day -= DAY
    yield Counted(last, Why.PUBLISH)


@dataclass(frozen=True, slots=True)
class Plan:
    """By when each step of a meeting's papers is to be done; each the working days of the next step before it."""

    begin: date
    submit: date
    clear: date
    publish: date

    def due_in(self, status: str | None) -> date | None:
        """By when a paper in that status is to take its next step; None: no paper yet. A published one has none."""
        if status is None:
            return self.begin
        return {
            PaperStatus.DRAFT: self.submit,
            PaperStatus.RETURNED: self.submit,
            PaperStatus.REVIEW: self.clear,
            PaperStatus.CLEARED: self.publish,
            PaperStatus.TRANSLATION: self.publish,
        }.get(PaperStatus(status))

    def steps(self) -> list[tuple[Any, date]]:
        """In the order of time, for a page."""
        return [
            (_("Begin the draft"), self.begin),
            (_("Draft sent to review"), self.submit),
            (_("Cleared, and sent to translation"), self.clear),
            (_("Translated and published"), self.publish),
        ]


def plan_of(meets: date, board: Board) -> Plan:
    """The plan of a meeting on that day, by the days that the board has set."""
    publish = publish_by(meets, board.clear_days)
    clear = working_days_before(publish, board.translation_days)
    submit = working_days_before(clear, board.clearance_days)
    return Plan(working_days_before(submit, board.draft_days), submit, clear, publish)


def plan_for(meeting: Meeting) -> Plan:
    return plan_of(meeting.date, meeting.board)


def sum_for(meeting: Meeting) -> list[Counted]:
    closes = meeting.kind == MeetingKind.CORRESPONDENCE
    return list(the_sum(meeting.date, meeting.board.clear_days, closes=closes))


def is_late(published: date, meeting: Meeting) -> bool:
    """Whether a paper published on that day leaves fewer clear working days than the board asks for."""
    return clear_days_between(published, meeting.date) < meeting.board.clear_days
