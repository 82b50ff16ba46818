"""Who came to a part of a session: what of it is counted, by the course's stated rule."""

from datetime import UTC, datetime

import pytest

from tests.factories.training import BookingFactory, CorrectionFactory, SessionFactory, close_register
from training.counting import count
from training.models import Booking
from training.states import BookingStatus, SessionStatus
from training.years import Year

pytestmark = pytest.mark.django_db
YEAR = Year(2025)


def session_that_counts_from(percent: int):
    return SessionFactory(
        status=SessionStatus.HELD,
        starts_at=datetime(2025, 6, 1, 10, tzinfo=UTC),
        course__counts_from_percent=percent,
    )


def counted() -> int:
    """The figure, which is the number of the rows that stand behind it."""
    number = count(YEAR).opportunities
    assert Booking.objects.attended().in_year(YEAR).count() == number
    return number


@pytest.mark.parametrize(
    ("rule", "part", "counts"),
    [(50, None, 1), (50, 50, 1), (50, 49, 0), (1, 1, 1), (100, 99, 0), (100, None, 1), (80, 75, 0)],
)
def test_a_part_counts_from_what_the_course_says(rule, part, counts):
    session = session_that_counts_from(rule)
    BookingFactory(session=session, status=BookingStatus.ATTENDED, attended_percent=part)
    BookingFactory(session=session, status=BookingStatus.ABSENT)
    assert counted() == counts


def test_the_last_correction_says_the_part():
    session = session_that_counts_from(50)
    booking = BookingFactory(session=session, status=BookingStatus.ATTENDED, attended_percent=25)
    close_register(session)
    assert counted() == 0
    for attended, part, counts in ((True, None, 1), (True, 49, 0), (True, 50, 1), (False, None, 0)):
        CorrectionFactory(booking=booking, attended=attended, attended_percent=part)
        assert counted() == counts
        row = Booking.objects.with_corrections().get()
        assert (row.corrected, row.corrected_percent) == (attended, part)
