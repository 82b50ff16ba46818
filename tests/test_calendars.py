"""No name that somebody typed or pasted adds a line of its own to a calendar file, in whatever way it breaks."""

import re
from datetime import time
from typing import Any

import pytest
from icalendar import Calendar

from board import calendar as of_board
from board.models import Response
from tests.factories.board import MeetingFactory
from tests.factories.meetings import ResponseFactory
from tests.factories.training import BookingFactory, SessionFactory, SessionPartFactory
from training import calendar as of_training

pytestmark = pytest.mark.django_db
BREAKS = ["\r\n", "\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"]
TEXT = "One" + "".join(f"{one}X-EVIL:1" for one in BREAKS) + "\nEND:VEVENT"


def whole(content: bytes, entries: int) -> list[Any]:
    """The entries of a file in which no line is of a person's making, however a program tells lines apart."""
    unfolded = content.decode().replace("\r\n ", "")
    lines = [line for line in re.split(r"[\r\n\x0b\x0c\x85\u2028\u2029]", unfolded) if line]
    assert not [line for line in lines if line.startswith("X-EVIL")]
    assert lines.count("END:VEVENT") == lines.count("BEGIN:VEVENT") == entries
    made = Calendar.from_ical(content)
    assert str(made["X-WR-CALNAME"]).startswith("One X-EVIL")
    return list(made.walk("VEVENT"))


def test_a_line_break_in_a_name_breaks_no_calendar_of_training():
    session = SessionFactory(course__title_en=TEXT, place_en=TEXT, joining_url="https://example.org/join")
    half = (session.ends_at - session.starts_at) / 2
    for number in (1, 2):
        starts = session.starts_at + (number - 1) * half
        SessionPartFactory(session=session, number=number, starts_at=starts, ends_at=starts + half)
    type(session.course).objects.filter(pk=session.course_id).update(summary_en=TEXT, summary_cy=TEXT)
    session = type(session).objects.get(pk=session.pk)
    for entry in whole(of_training.of_sessions([session], TEXT), 2):
        assert str(entry["SUMMARY"]).startswith("One X-EVIL:1 X-EVIL:1 ")
    booking = BookingFactory(session=session)
    own = whole(of_training.of_bookings([booking], TEXT, joining=True), 2)
    assert "https://example.org/join" in str(own[0]["DESCRIPTION"])


def test_a_line_break_in_a_name_breaks_no_calendar_of_the_board():
    meeting = MeetingFactory(
        board__name_en=TEXT, place_en=TEXT, title_en=TEXT, starts_at=time(10), link="https://example.org/join"
    )
    response: Response = ResponseFactory(meeting=meeting)
    [entry] = whole(of_board.of_meetings([meeting], TEXT, joining=True, responses={meeting.pk: response}), 1)
    assert str(entry["SUMMARY"]).startswith("One X-EVIL:1 X-EVIL:1 ")
    assert str(entry["LOCATION"]).startswith("One X-EVIL:1")
    assert "https://example.org/join" in str(entry["DESCRIPTION"])
