"""The sessions of a month, in a table of its weeks: for the eye a calendar, for a reader a table with headings."""

import calendar
import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.dates import MONTHS, WEEKDAYS

from wlga_portal.kernel.screens import page, screen

from ..filters import midnight
from ..models import Session
from ..states import SessionStatus

FIRST, LAST = 2000, 2099  # years for which there are months


@dataclass(frozen=True, slots=True)
class Entry:
    """A session, or a part of it, on one day; `part` is 0 where it has no parts."""

    session: Session
    starts_at: datetime
    ends_at: datetime
    part: int


@dataclass(frozen=True, slots=True)
class Day:
    day: date
    in_month: bool
    entries: list[Entry]


def month_asked(request: HttpRequest) -> date:
    """The first day of the month of `?month=2026-12`; this month where none, or nonsense, is asked for."""
    found = re.fullmatch(r"(\d{4})-(\d\d)", request.GET.get("month", ""), re.ASCII)
    if found and FIRST <= int(found[1]) <= LAST and 1 <= int(found[2]) <= 12:
        return date(int(found[1]), int(found[2]), 1)
    return timezone.localdate().replace(day=1)


def moved(month: date, by: int) -> date:
    """The first day of a later or earlier month."""
    year, number = divmod(month.year * 12 + month.month - 1 + by, 12)
    return date(year, number + 1, 1)


def name_of(month: date) -> str:
    return f"{MONTHS[month.month]} {month.year}"


def entries_of(session: Session) -> list[Entry]:
    parts = session.several_parts
    if not parts:
        return [Entry(session, session.starts_at, session.ends_at, 0)]
    return [Entry(session, part.starts_at, part.ends_at, part.number) for part in parts]


@screen(public=True)
def month_page(request: HttpRequest) -> HttpResponse:
    """What is on in a month, day by day."""
    month = month_asked(request)
    weeks = calendar.Calendar().monthdatescalendar(month.year, month.month)
    first, after = weeks[0][0], weeks[-1][-1] + timedelta(days=1)
    rows = Session.objects.visible_to(request.user).exclude(status=SessionStatus.CANCELLED).with_course()
    rows = rows.filter(starts_at__lt=midnight(after), ends_at__gte=midnight(first)).prefetch_related("parts")
    by_day: dict[date, list[Entry]] = defaultdict(list)
    for session in rows.order_by("starts_at", "pk"):
        for entry in entries_of(session):
            by_day[timezone.localdate(entry.starts_at)].append(entry)
    days = [[Day(day, day.month == month.month, by_day.get(day, [])) for day in week] for week in weeks]
    earlier, later = moved(month, -1), moved(month, 1)
    context = {
        "month": name_of(month),
        "weeks": days,
        "weekdays": [WEEKDAYS[number] for number in range(7)],
        "any": any(day.entries for week in days for day in week if day.in_month),
        "today": timezone.localdate(),
        "earlier": (f"{earlier:%Y-%m}", name_of(earlier)) if earlier.year >= FIRST else None,
        "later": (f"{later:%Y-%m}", name_of(later)) if later.year <= LAST else None,
    }
    return page(request, "training/month_page.html", context)
