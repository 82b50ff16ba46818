"""Sessions: the list, a page, calendar files, and the addresses in both languages."""

import itertools
import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from tests.factories.people import person
from tests.factories.training import (
    BookingFactory,
    CourseFactory,
    LearnerFactory,
    SessionFactory,
    held,
    officer,
    team_member,
)
from tests.training.pages import attended_by, get, lines, post, signed_in, text
from training.models import Audience, Booking, Mode, SessionTrainer
from training.states import BookingStatus, SessionStatus

pytestmark = pytest.mark.django_db


def listed(query: str = "", user: User | None = None) -> list[int]:
    """The sessions in the list, in its order."""
    page = get(user, "session_list", query=query).content.decode()
    return [int(pk) for pk in re.findall(r'<th[^>]*scope="row"[^>]*><a [^>]*href="/en/training/sessions/(\d+)/"', page)]


def test_the_list_shows_what_is_to_come_the_next_first():
    later, sooner = SessionFactory(starts_at=timezone.now() + timedelta(days=30)), SessionFactory()
    past = held()
    assert listed() == [sooner.pk, later.pk]
    assert listed("?when=past") == [past.pk]


def test_the_list_is_narrowed_by_stream_month_language_and_free_place():
    soon = timezone.now() + timedelta(days=3)
    welsh = SessionFactory(language="cy", starts_at=soon)
    both = SessionFactory(language="both", starts_at=soon + timedelta(hours=1))
    english = SessionFactory(language="en", capacity=1, starts_at=soon + timedelta(days=65))
    BookingFactory(session=english)
    month = timezone.localtime(english.starts_at).strftime("%Y-%m")
    assert listed(f"?stream={welsh.course.stream_id}") == [welsh.pk]
    assert listed("?language=cy") == [welsh.pk, both.pk]
    assert listed("?language=en") == [both.pk, english.pk]
    assert listed(f"?month={month}") == [english.pk]
    assert listed("?free=on") == [welsh.pk, both.pk]
    assert listed("?sort=-starts_at") == [english.pk, both.pk, welsh.pk]


def test_a_month_at_the_end_of_the_year_ends_with_it(time_machine_december):
    session = SessionFactory(starts_at=timezone.now() + timedelta(days=1))
    after = SessionFactory(starts_at=timezone.now() + timedelta(days=31))
    assert listed("?month=2026-12") == [session.pk]
    assert listed("?month=2027-01") == [after.pk]


@pytest.fixture
def time_machine_december():
    with time_machine.travel("2026-12-20 12:00Z", tick=False):
        yield


def queries(user: User | None, name: str, **parts: int) -> int:
    client = signed_in(user)
    address = reverse(f"training:{name}", kwargs=parts or None)
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("name", ["session_list", "front", "booking_list", "booking_own", "counting"])
def test_a_list_costs_the_same_at_one_row_and_at_thirty(name):
    user = team_member()
    learner = LearnerFactory(user=user, name="")

    def row() -> None:
        session = SessionFactory(capacity=50, starts_at=timezone.now() + timedelta(days=3))
        SessionTrainer.objects.create(session=session, user=user)
        BookingFactory(session=session, learner=learner)
        attended_by(1)

    row()
    at_one = queries(user, name)
    for _number in range(29):
        row()
    at_thirty = queries(user, name)
    assert at_one == at_thirty
    assert at_thirty <= 12


@pytest.mark.parametrize("name", ["register_page", "session_page"])
def test_a_register_and_a_session_cost_the_same_for_one_person_and_for_thirty(name):
    user, session = team_member(), held(capacity=40)
    BookingFactory(session=session)
    at_one = queries(user, name, pk=session.pk)
    BookingFactory.create_batch(29, session=session)
    assert queries(user, name, pk=session.pk) == at_one <= 12


def test_a_session_shows_the_places_left_and_who_waits():
    session = SessionFactory(capacity=2)
    BookingFactory.create_batch(2, session=session)
    BookingFactory(session=session, status=BookingStatus.WAITING)
    said = text(get(None, "session_page", pk=session.pk))
    assert "Places left 0" in said
    assert "Waiting 1" in said
    assert "Sign in to book" in said


def test_a_session_offers_a_place_to_those_for_whom_its_course_is_meant(council):
    people = {"officer": officer(council), "councillor": person(Role.BOARD_MEMBER, organisation=council)}
    offered = {}
    for audience in Audience:
        session = SessionFactory(course=CourseFactory(audience=audience))
        pages = {name: text(get(user, "session_page", pk=session.pk)) for name, user in people.items()}
        assert all(f"Who it is for {audience.label}" in said for said in pages.values())
        offered[audience] = {name for name, said in pages.items() if "Book a place" in said}
    assert offered == {
        Audience.OFFICERS: {"officer"},
        Audience.MEMBERS: {"councillor"},
        Audience.BOTH: {"officer", "councillor"},
    }


def test_the_link_for_joining_is_for_those_who_have_a_place(council):
    session = SessionFactory(mode=Mode.ONLINE, joining_url="https://meet.example.org/room", capacity=1)
    user, waiting = officer(council), officer(council)
    for one in (user, waiting):
        post(one, "booking_create", {"council": council.pk}, pk=session.pk)
    link = "https://meet.example.org/room"
    shown = {who: link in get(who, "session_page", pk=session.pk).content.decode() for who in (None, user, waiting)}
    assert shown == {None: False, user: True, waiting: False}
    booking = Booking.objects.get(learner__user=user)
    assert link in lines(get(user, "booking_calendar", pk=booking.pk))
    assert link not in lines(get(team_member(), "booking_calendar", pk=booking.pk))
    assert link not in lines(get(None, "session_calendar", pk=session.pk))


def test_a_calendar_file_has_the_session_in_the_language_of_its_address():
    session = SessionFactory(
        course=CourseFactory(title_en="Pages", title_cy="Tudalennau"),
        mode=Mode.IN_PERSON,
        place_en="Here",
        place_cy="Yma",
    )
    feed = get(None, "calendar_feed")
    assert feed["Content-Type"] == "text/calendar; charset=utf-8"
    content = feed.content.decode()
    assert "SUMMARY:Pages" in content
    assert f"DTSTART:{session.starts_at:%Y%m%dT%H%M%SZ}" in content
    assert "LOCATION:Here" in content
    welsh = Client().get(f"/cy/hyfforddiant/sesiynau/{session.pk}/calendr.ics").content.decode()
    assert "SUMMARY:Tudalennau" in welsh
    assert "LOCATION:Yma" in welsh


def test_a_cancelled_session_says_so_in_its_calendar_file_and_is_in_no_feed():
    session = SessionFactory(status=SessionStatus.CANCELLED)
    assert "STATUS:CANCELLED" in get(None, "session_calendar", pk=session.pk).content.decode()
    assert "BEGIN:VEVENT" not in get(None, "calendar_feed").content.decode()


def test_the_addresses_have_words_in_both_languages():
    session = SessionFactory()
    course = session.course
    for address in (
        "/cy/hyfforddiant/",
        "/cy/hyfforddiant/sut-y-caiff-ei-gyfrif/",
        "/cy/hyfforddiant/sesiynau/",
        f"/cy/hyfforddiant/sesiynau/{session.pk}/",
        f"/cy/hyfforddiant/cyrsiau/{course.slug_cy}/",
        f"/cy/hyfforddiant/ffrydiau/{course.stream.slug_cy}/",
    ):
        response = Client().get(address)
        assert response.status_code == 200, address
        assert '<html lang="cy"' in response.content.decode()


def test_the_switch_of_languages_keeps_the_course():
    course = CourseFactory()
    page = get(None, "course_page", slug=course.slug_en).content.decode()
    assert f'href="/cy/hyfforddiant/cyrsiau/{course.slug_cy}/"' in page


def test_all_events_have_an_address():
    """Those of the portal itself apart: they follow from others."""
    addresses = {
        "open": "session_open",
        "hold": "session_hold",
        "close": "register_close",
        "cancel": "session_cancel",
    }
    for name in itertools.chain(addresses.values(), ["booking_cancel", "register_page"]):
        assert reverse(f"training:{name}", kwargs={"pk": 1})
