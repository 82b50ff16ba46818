"""The sessions of a month, and the filters of their list."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories.training import SessionFactory, SessionPartFactory
from tests.training.pages import get, text
from training.models import Audience, Level, Mode
from training.states import SessionStatus

pytestmark = pytest.mark.django_db


def at(day: int, hour: int = 10, month: int = 3) -> datetime:
    return datetime(2027, month, day, hour, tzinfo=UTC)


def cells(query: str) -> dict[str, str]:
    """What stands in each day that has something, by the day in words."""
    page = get(None, "month_page", query=query).content.decode()
    found = re.findall(r'<td class="[^"]*">(.*?)</td>', page, re.S)
    days = [(re.search(r"whole\">([^<]+)<", cell), re.sub(r"<[^>]+>", " ", cell)) for cell in found]
    return {day[1]: " ".join(said.split()) for day, said in days if day and ":" in said}


def test_a_month_shows_each_session_on_its_day_by_the_clock_in_wales():
    SessionFactory(course__title_en="Plain words", starts_at=at(3))
    SessionFactory(course__title_en="After the change", starts_at=at(29))
    SessionFactory(course__title_en="Elsewhere", starts_at=at(20, month=5))
    found = cells("?month=2027-03")
    assert list(found) == ["Wednesday 3 March", "Monday 29 March"]
    assert "10:00 Plain words" in found["Wednesday 3 March"]
    assert "11:00 After the change" in found["Monday 29 March"]


def test_each_part_stands_on_its_own_day():
    session = SessionFactory(starts_at=at(3), ends_at=at(10, 12))
    SessionPartFactory(session=session)
    SessionPartFactory(session=session, number=2, starts_at=at(10))
    found = cells("?month=2027-03")
    assert ("Part 1" in found["Wednesday 3 March"], "Part 2" in found["Wednesday 10 March"]) == (True, True)


def test_a_month_without_sessions_says_so_and_leads_on():
    page = get(None, "month_page", query="?month=2027-12")
    said = text(page)
    assert ("No session in this month" in said, "← November 2027" in said, "January 2028 →" in said) == (True,) * 3
    assert 'href="?month=2028-01"' in page.content.decode()


@pytest.mark.parametrize("query", ["", "?month=x", "?month=2027-13", "?month=1999-01"])
def test_what_is_no_month_is_this_one(query):
    assert timezone.localdate().strftime("%B %Y") in text(get(None, "month_page", query=query))


@pytest.mark.parametrize(("query", "gone"), [("?month=2000-01", "←"), ("?month=2099-12", "→")])
def test_the_months_have_an_end(query, gone):
    assert gone not in text(get(None, "month_page", query=query))


def test_planned_and_cancelled_sessions_are_in_no_month_for_everybody():
    for status in (SessionStatus.PLANNED, SessionStatus.CANCELLED):
        SessionFactory(status=status, starts_at=at(3))
    assert cells("?month=2027-03") == {}


def test_a_month_costs_the_same_for_one_session_and_for_thirty():
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            get(None, "month_page", query="?month=2027-03")
        return len(captured)

    SessionFactory(starts_at=at(3))
    queries()
    one = queries()
    for day in range(1, 31):
        SessionPartFactory(session=SessionFactory(starts_at=at(day)))
    assert queries() == one <= 12


def test_the_list_is_narrowed_by_words_level_audience_and_mode():
    soon = timezone.now() + timedelta(days=3)
    plain = SessionFactory(
        course__title_en="Plain words", course__title_cy="Geiriau plaen", course__level=Level.ADVANCED, starts_at=soon
    )
    both = SessionFactory(course__audience=Audience.BOTH, starts_at=soon + timedelta(hours=1))
    here = SessionFactory(
        course__audience=Audience.MEMBERS,
        mode=Mode.IN_PERSON,
        place_en="Here",
        place_cy="Yma",
        starts_at=soon + timedelta(hours=2),
    )

    def listed(query: str) -> list[int]:
        page = get(None, "session_list", query=query).content.decode()
        return [int(pk) for pk in re.findall(r'scope="row"[^>]*><a [^>]*href="/en/training/sessions/(\d+)/"', page)]

    assert listed("?q=words plain") == [plain.pk]
    assert listed("?q=geiriau") == [plain.pk]
    assert listed("?level=advanced") == [plain.pk]
    assert listed("?audience=officers") == [plain.pk, both.pk]
    assert listed("?audience=members") == [both.pk, here.pk]
    assert listed("?mode=in_person") == [here.pk]
