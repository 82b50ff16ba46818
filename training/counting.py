"""The count: every figure comes from the rows of the register, by the SQL that the counting page shows.

Officers trained: different people who came as council staff to at least one session of the plan year.
Learning opportunities: attended bookings. Who came to a part of a session attended it where that part is at least the
one that the course states. Rows of demonstration courses are counted only when asked for, alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import dedent
from typing import Any

from django.db import connection

from .years import Year

SMALL = 5  # a council's figure of one to four people could point at a person

ATTENDED = """\
WITH corrected AS (
    SELECT DISTINCT ON (booking_id) booking_id, attended, attended_percent
    FROM training_correction
    ORDER BY booking_id, id DESC
)
SELECT {columns}
FROM training_booking AS booking
JOIN training_session AS session ON session.id = booking.session_id
JOIN training_course AS course ON course.id = session.course_id
LEFT JOIN corrected ON corrected.booking_id = booking.id
WHERE coalesce(corrected.attended, booking.status = 'attended')
    AND coalesce(CASE WHEN corrected.booking_id IS NULL THEN booking.attended_percent
                 ELSE corrected.attended_percent END, 100) >= course.counts_from_percent
    AND session.starts_at >= %(from)s
    AND session.starts_at < %(until)s
    AND course.is_demo = %(demonstration)s"""

FIGURES = """\
count(*) AS learning_opportunities,
    count(DISTINCT booking.learner_id) FILTER (WHERE booking.standing = 'staff') AS officers_trained,
    count(DISTINCT booking.learner_id) FILTER (WHERE booking.standing = 'member') AS councillors,
    count(DISTINCT booking.learner_id) FILTER (WHERE booking.standing = 'partner') AS partner_staff"""


@dataclass(frozen=True, slots=True)
class Count:
    """What the register says of one plan year (or of one part of it, whose id is `of`)."""

    opportunities: int = 0
    officers: int = 0
    councillors: int = 0
    partners: int = 0
    of: int | None = None

    @property
    def people(self) -> int:
        """Everybody who came, each kind counted by itself."""
        return self.officers + self.councillors + self.partners

    @property
    def is_small(self) -> bool:
        """Whether it is of so few that it might point at a person."""
        return 0 < self.people < SMALL


def sql_of(by: str = "") -> str:
    """The query of the figures; `by` is the column that parts them."""
    columns = FIGURES + (f",\n    {by} AS of" if by else "")
    return dedent(ATTENDED).format(columns=columns) + (f"\nGROUP BY {by}" if by else "")


TOTAL = sql_of()
BY_STREAM = sql_of("course.stream_id")
BY_COUNCIL = sql_of("booking.organisation_id")
OF_COUNCIL = f"{TOTAL}\n    AND booking.organisation_id = %(council)s"


def run(sql: str, year: Year, *, demonstration: bool, **more: Any) -> Iterator[Count]:
    parameters = {"from": year.starts, "until": year.ends, "demonstration": demonstration, **more}
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        for row in cursor.fetchall():
            yield Count(*row)


def count(year: Year, *, demonstration: bool = False) -> Count:
    """The figures of a plan year, in one query."""
    return next(run(TOTAL, year, demonstration=demonstration))


def count_by_stream(year: Year, *, demonstration: bool = False) -> dict[int, Count]:
    """By the id of the stream; a stream without rows is not in it."""
    return {part.of or 0: part for part in run(BY_STREAM, year, demonstration=demonstration)}


def count_by_council(year: Year, *, demonstration: bool = False) -> dict[int, Count]:
    """By the id of the organisation for which people came."""
    return {part.of or 0: part for part in run(BY_COUNCIL, year, demonstration=demonstration)}


def count_of_council(year: Year, council: int, *, demonstration: bool = False) -> Count:
    """The figures of one organisation (its id)."""
    return next(run(OF_COUNCIL, year, demonstration=demonstration, council=council))
