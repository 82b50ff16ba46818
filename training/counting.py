"""The count: every figure comes from the rows of the register, by the SQL that the counting page shows.

Officers trained: different people who came as council staff to at least one session of the plan year. A person who
stands in several merged rows is one; while doubtful doubles are not reviewed, the number is a range.
Learning opportunities: attended bookings. Who came to a part of a session attended it where that part is at least the
one that the course states. Rows of demonstration courses are counted only when asked for, alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from textwrap import dedent
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from wlga_portal.kernel.wording import number

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
JOIN training_learner AS learner ON learner.id = booking.learner_id
JOIN organisations_organisation AS organisation ON organisation.id = booking.organisation_id
LEFT JOIN corrected ON corrected.booking_id = booking.id
WHERE coalesce(corrected.attended, booking.status = 'attended')
    AND coalesce(CASE WHEN corrected.booking_id IS NULL THEN booking.attended_percent
                 ELSE corrected.attended_percent END, 100) >= course.counts_from_percent
    AND session.starts_at >= %(from)s
    AND session.starts_at < %(until)s
    AND course.is_demo = %(demonstration)s"""
MONTH = "date_trunc('month', session.starts_at AT TIME ZONE 'Europe/London')::date"
PARTS = {
    "stream": "course.stream_id",
    "council": "booking.organisation_id",
    "region": "organisation.region",
    "month": MONTH,
    "role": "booking.standing",
}


def people(standing: str, name: str) -> str:
    """Different people of one kind: at most, where every doubt is two people; at least, where every doubt is one."""
    return (
        f"count(DISTINCT coalesce(learner.person_id, learner.id))\n"
        f"        FILTER (WHERE booking.standing = '{standing}') AS {name},\n"
        f"    count(DISTINCT coalesce(learner.perhaps_id, learner.id))\n"
        f"        FILTER (WHERE booking.standing = '{standing}') AS {name}_at_least"
    )


FIGURES = ",\n    ".join(
    [
        "count(*) AS learning_opportunities",
        people("staff", "officers_trained"),
        people("member", "councillors"),
        people("partner", "partner_staff"),
    ]
)


@dataclass(frozen=True, slots=True)
class Count:
    """What the register says of one plan year (or of one part of it, which is `of`).

    Of people, each number is the most that there can be; `…_least` is the fewest, while doubles are not reviewed.
    """

    opportunities: int = 0
    officers: int = 0
    officers_least: int | None = None
    councillors: int = 0
    councillors_least: int | None = None
    partners: int = 0
    partners_least: int | None = None
    of: Any = None

    def __post_init__(self) -> None:
        for name in ("officers", "councillors", "partners"):
            if getattr(self, f"{name}_least") is None:
                object.__setattr__(self, f"{name}_least", getattr(self, name))

    @property
    def people(self) -> int:
        """Everybody who came, each kind counted by itself."""
        return self.officers + self.councillors + self.partners

    @property
    def is_small(self) -> bool:
        """Whether it is of so few that it might point at a person."""
        return 0 < self.people < SMALL

    @property
    def is_range(self) -> bool:
        """Whether doubts are open among the officers."""
        return self.officers_least != self.officers

    def said(self, name: str) -> str:
        """ "255", or "248 to 255" while doubles among them are not reviewed."""
        most, least = getattr(self, name), getattr(self, f"{name}_least")
        if least == most:
            return str(number(most))
        return _("%(least)s to %(most)s") % {"least": number(least), "most": number(most)}

    @property
    def officers_said(self) -> str:
        return self.said("officers")

    @property
    def councillors_said(self) -> str:
        return self.said("councillors")

    @property
    def partners_said(self) -> str:
        return self.said("partners")


@dataclass(frozen=True, slots=True)
class Figures:
    """The whole of a year, and its parts: by stream and council (ids), region, month (its first day), role."""

    whole: Count
    stream: dict[int, Count] = field(default_factory=dict)
    council: dict[int, Count] = field(default_factory=dict)
    region: dict[str, Count] = field(default_factory=dict)
    month: dict[date, Count] = field(default_factory=dict)
    role: dict[str, Count] = field(default_factory=dict)


def sql_of(by: str = "") -> str:
    """The query of the figures; `by` is the column that parts them."""
    columns = FIGURES + (f",\n    {by} AS of" if by else "")
    return dedent(ATTENDED).format(columns=columns) + (f"\nGROUP BY {by}" if by else "")


TOTAL = sql_of()
BY_STREAM = sql_of(PARTS["stream"])
BY_COUNCIL = sql_of(PARTS["council"])
BY_YEAR = sql_of("extract(year FROM session.starts_at AT TIME ZONE 'Europe/London' - interval '3 months')::int")
EVER = {"from": Year(2000).starts, "until": Year(2099).ends}
OF_COUNCIL = f"{TOTAL}\n    AND booking.organisation_id = %(council)s"
# one pass over the rows for the whole and all its parts
ALL = (
    dedent(ATTENDED).format(
        columns=f"{FIGURES},\n    grouping({', '.join(PARTS.values())}) AS part,\n    {', '.join(PARTS.values())}"
    )
    + f"\nGROUP BY GROUPING SETS ((), ({'), ('.join(PARTS.values())}))"
)


def run(sql: str, year: Year, *, demonstration: bool, **more: Any) -> Iterator[Count]:
    for row in rows(sql, year, demonstration=demonstration, **more):
        yield Count(*row)


def rows(sql: str, year: Year, *, demonstration: bool, **more: Any) -> list[tuple[Any, ...]]:
    parameters = {"from": year.starts, "until": year.ends, "demonstration": demonstration, **more}
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())


def count(year: Year, *, demonstration: bool = False) -> Count:
    """The figures of a plan year, in one query."""
    return next(run(TOTAL, year, demonstration=demonstration))


def figures(year: Year, *, demonstration: bool = False) -> Figures:
    """The figures of a plan year and of all its parts, in one query."""
    found = Figures(Count())
    names, most = list(PARTS), 2 ** len(PARTS) - 1
    by_mark = {most - (1 << (len(names) - 1 - place)): (place, name) for place, name in enumerate(names)}
    for row in rows(ALL, year, demonstration=demonstration):
        *numbers, mark = row[:8]
        if mark == most:
            found = replace(found, whole=Count(*numbers))
            continue
        place, name = by_mark[mark]
        key = row[8 + place]
        getattr(found, name)[key] = replace(Count(*numbers), of=key)
    return found


def count_by_stream(year: Year, *, demonstration: bool = False) -> dict[int, Count]:
    """By the id of the stream; a stream without rows is not in it."""
    return {part.of or 0: part for part in run(BY_STREAM, year, demonstration=demonstration)}


def count_by_council(year: Year, *, demonstration: bool = False) -> dict[int, Count]:
    """By the id of the organisation for which people came."""
    return {part.of or 0: part for part in run(BY_COUNCIL, year, demonstration=demonstration)}


def count_of_council(year: Year, council: int, *, demonstration: bool = False) -> Count:
    """The figures of one organisation (its id)."""
    return next(run(OF_COUNCIL, year, demonstration=demonstration, council=council))


def count_by_year(*, demonstration: bool = False) -> dict[Year, Count]:
    """The figures of each plan year of which the register has rows, in one query."""
    found = run(BY_YEAR, Year.current(), demonstration=demonstration, **EVER)
    return {Year(part.of): part for part in found}
