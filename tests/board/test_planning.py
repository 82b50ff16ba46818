"""The planner: clear working days, bank holidays of Wales, and the days of each step."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st

from board.actions.answers import takes_writing
from board.models import Board, Meeting
from board.planning import Why, clear_days_between, plan_of, publish_by, the_sum, working_days_before
from board.working_days import is_working

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


def test_the_meeting_of_20_september_2022_has_its_papers_published_by_the_13th():
    assert publish_by(date(2022, 9, 20), 3) == date(2022, 9, 13)


def test_the_sum_names_each_day_and_why_it_counts_or_not():
    assert [(one.day.day, one.why, one.number) for one in the_sum(date(2022, 9, 20), 3)] == [
        (20, Why.MEETING, None),
        (19, Why.HOLIDAY, None),
        (18, Why.WEEKEND, None),
        (17, Why.WEEKEND, None),
        (16, Why.CLEAR, 1),
        (15, Why.CLEAR, 2),
        (14, Why.CLEAR, 3),
        (13, Why.PUBLISH, None),
    ]


@pytest.mark.parametrize(
    ("meets", "clear", "publish"),
    [
        (date(2026, 12, 3), 3, date(2026, 11, 27)),  # a Thursday
        (date(2026, 12, 30), 3, date(2026, 12, 22)),  # 25 and 28 December are bank holidays
        (date(2027, 1, 4), 5, date(2026, 12, 22)),  # and 1 January
        (date(2026, 4, 7), 1, date(2026, 4, 1)),  # Good Friday and Easter Monday
        (date(2026, 12, 3), 0, date(2026, 12, 2)),
    ],
)
def test_publication_is_counted_over_weekends_and_bank_holidays(meets, clear, publish):
    assert publish_by(meets, clear) == publish


def test_a_saint_andrews_day_is_a_working_day_in_wales():
    assert is_working(date(2026, 11, 30))
    assert not is_working(date(2022, 9, 19))
    assert not is_working(date(2026, 11, 29))


def test_each_step_has_its_working_days_before_the_next():
    plan = plan_of(date(2022, 9, 20), Board(clear_days=3, translation_days=5, clearance_days=3, draft_days=10))
    assert (plan.publish, plan.clear, plan.submit, plan.begin) == (
        date(2022, 9, 13),
        date(2022, 9, 6),
        date(2022, 9, 1),
        date(2022, 8, 17),  # 29 August was a bank holiday
    )
    assert [plan.due_in(status) for status in (None, "draft", "returned", "review", "cleared", "translation")] == [
        plan.begin, plan.submit, plan.submit, plan.clear, plan.publish, plan.publish,
    ]  # fmt: skip
    assert plan.due_in("published") is None
    assert [day for _label, day in plan.steps()] == [plan.begin, plan.submit, plan.clear, plan.publish]


@settings(max_examples=25)
@given(meets=DAYS, clear=st.integers(0, 12))
def test_the_day_of_publication_leaves_the_clear_days_and_the_next_working_day_does_not(meets, clear):
    publish = publish_by(meets, clear)
    assert is_working(publish)
    assert clear_days_between(publish, meets) == clear
    later = publish + timedelta(days=1)
    while not is_working(later):
        later += timedelta(days=1)
    assert later >= meets or clear_days_between(later, meets) == clear - 1
    days = list(the_sum(meets, clear))
    assert sum(one.why == Why.CLEAR for one in days) == clear
    assert days[0].day == meets
    assert days[-1].day == publish


def test_no_working_days_before_a_sunday_is_the_friday():
    assert working_days_before(date(2026, 11, 22), 0) == date(2026, 11, 20)


def test_members_answer_in_writing_to_the_last_moment_by_the_clock_in_wales():
    """On the night when the clocks go back half past one comes twice."""
    closes = [datetime(2026, 10, 25, 1, 30, fold=fold, tzinfo=ZoneInfo("Europe/London")) for fold in (0, 1)]
    closes += [datetime(2026, 3, 29, 12, 0, tzinfo=ZoneInfo("Europe/London"))]
    for moment in closes:
        meeting = Meeting(kind="correspondence", status="called", closes_at=moment)
        for off, open_still in ((-1, True), (0, False), (1, False)):
            with time_machine.travel(moment.timestamp() + off, tick=False):
                assert takes_writing(meeting) is open_still
