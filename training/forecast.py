"""What the year will come to, if those who are booked come as people came in the last twelve months.

Nothing is extrapolated: only bookings that stand count, in sessions of the year that are still to come.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from .counting import ATTENDED, Count
from .years import Year

LOOK_BACK = timedelta(days=365)
SHARE = """
SELECT count(*) FILTER (WHERE booking.status = 'attended'), count(*)
FROM training_booking AS booking
JOIN training_session AS session ON session.id = booking.session_id
JOIN training_course AS course ON course.id = session.course_id
WHERE booking.status IN ('attended', 'did_not_attend') AND NOT booking.walk_in
    AND session.starts_at >= %(since)s AND session.starts_at < %(now)s AND course.is_demo = %(demonstration)s
"""
# those who are counted as trained already are not counted twice; the rows of the count, read once
COMING = (
    f"WITH trained AS (\n{ATTENDED.format(columns='DISTINCT coalesce(learner.person_id, learner.id) AS person')}\n"
    + """    AND booking.standing = 'staff'
)
SELECT count(*), count(DISTINCT coalesce(learner.person_id, learner.id))
    FILTER (WHERE booking.standing = 'staff' AND trained.person IS NULL)
FROM training_booking AS booking
JOIN training_session AS session ON session.id = booking.session_id
JOIN training_course AS course ON course.id = session.course_id
JOIN training_learner AS learner ON learner.id = booking.learner_id
LEFT JOIN trained ON trained.person = coalesce(learner.person_id, learner.id)
WHERE booking.status = 'booked' AND session.status IN ('open', 'held')
    AND session.starts_at >= %(from)s AND session.starts_at < %(until)s AND course.is_demo = %(demonstration)s
"""
)


@dataclass(frozen=True, slots=True)
class Forecast:
    """`percent` of those marked in the last twelve months came; `booked` places are still to be marked this year."""

    percent: int
    booked: int
    opportunities: int
    officers: int


def forecast(year: Year, count: Count, *, demonstration: bool) -> Forecast | None:
    """Of the current year; None for another, and while nobody was marked in the last twelve months."""
    if year != Year.current():
        return None
    now = timezone.now()
    values: dict[str, Any] = {
        "since": now - LOOK_BACK,
        "now": now,
        "from": year.starts,
        "until": year.ends,
        "demonstration": demonstration,
    }
    with connection.cursor() as cursor:
        cursor.execute(SHARE, values)
        came, marked = cursor.fetchone()
        if not marked:
            return None
        cursor.execute(COMING, values)
        booked, fresh = cursor.fetchone()
    return Forecast(
        percent=round(100 * came / marked),
        booked=booked,
        opportunities=count.opportunities + round(booked * came / marked),
        officers=count.officers + round(fresh * came / marked),
    )
