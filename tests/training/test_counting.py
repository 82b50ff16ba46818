"""Every figure is counted from rows, and from the right ones."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.roles import Role
from tests.factories.people import CouncilFactory, person
from tests.factories.training import (
    BookingFactory,
    CorrectionFactory,
    CourseFactory,
    LearnerFactory,
    SessionFactory,
    close_register,
    officer,
    team_member,
)
from training import actions, counting
from training.counting import Count, count
from training.models import Booking, Session, Standing
from training.states import BookingStatus, SessionStatus
from training.years import Year
from wlga_portal.kernel.workflow import Refused

pytestmark = pytest.mark.django_db

THIS = Year(2025)


def session_on(moment: datetime, **fields: object) -> Session:
    return SessionFactory(status=SessionStatus.HELD, starts_at=moment, **fields)


def attended(session: Session, **fields: object) -> Booking:
    return BookingFactory(session=session, status=BookingStatus.ATTENDED, **fields)


@pytest.fixture
def session():
    return session_on(datetime(2025, 6, 1, 10, tzinfo=UTC))


@pytest.mark.parametrize(
    ("day", "year"),
    [(date(2026, 3, 31), "2025-26"), (date(2026, 4, 1), "2026-27"), (date(2099, 12, 1), "2099-00")],
)
def test_a_plan_year_begins_on_the_first_of_april(day, year):
    assert str(Year.of(day)) == year
    assert Year.read(year) == Year.of(day)


@pytest.mark.parametrize("text", ["2021", "2021-23", "21-22", "2021-22x", "２021-22", ""])
def test_what_is_not_a_plan_year_is_not_read(text):
    assert Year.read(text) is None


def test_without_attended_bookings_nothing_is_counted(session):
    for status in (BookingStatus.BOOKED, BookingStatus.WAITING, BookingStatus.ABSENT, BookingStatus.CANCELLED):
        BookingFactory(session=session, status=status)
    assert count(THIS) == Count(0, 0, 0, 0)


def test_a_person_counts_once_and_each_attended_booking_is_an_opportunity(session):
    learner = LearnerFactory()
    attended(session, learner=learner)
    attended(session_on(datetime(2025, 7, 1, tzinfo=UTC)), learner=learner)
    attended(session)
    assert count(THIS) == Count(opportunities=3, officers=2)


def test_councillors_and_partner_staff_are_counted_apart(session):
    for standing in Standing:
        attended(session, standing=standing)
    assert count(THIS) == Count(opportunities=3, officers=1, councillors=1, partners=1)


def test_the_year_is_that_of_the_session_by_the_clock_in_wales():
    attended(session_on(datetime(2026, 3, 31, 22, 59, tzinfo=UTC)))  # 23:59 in Wales
    attended(session_on(datetime(2026, 3, 31, 23, 0, tzinfo=UTC)))  # midnight of 1 April
    assert (count(THIS).opportunities, count(Year(2026)).opportunities) == (1, 1)


def test_demonstration_rows_are_in_no_public_figure(session):
    attended(session_on(session.starts_at, course=CourseFactory(is_demo=True)))
    attended(session)
    assert count(THIS).opportunities == 1
    assert count(THIS, demonstration=True).opportunities == 1


def test_the_last_correction_is_what_counts(session):
    came, missed = attended(session), BookingFactory(session=session, status=BookingStatus.ABSENT)
    close_register(session)
    CorrectionFactory(booking=came, attended=False)
    assert count(THIS).opportunities == 0
    CorrectionFactory(booking=missed, attended=False)
    CorrectionFactory(booking=missed, attended=True)
    assert count(THIS).opportunities == 1
    assert list(Booking.objects.attended()) == [missed]


def test_the_parts_add_up_to_the_whole(session):
    council = CouncilFactory()
    attended(session, organisation=council)
    attended(session, organisation=council)
    other = attended(session_on(session.starts_at))
    streams = counting.count_by_stream(THIS)
    councils = counting.count_by_council(THIS)
    assert {key: part.opportunities for key, part in streams.items()} == {
        session.course.stream_id: 2,
        other.session.course.stream_id: 1,
    }
    assert {key: part.opportunities for key, part in councils.items()} == {council.pk: 2, other.organisation_id: 1}
    assert counting.count_of_council(THIS, council.pk) == Count(opportunities=2, officers=2)


@pytest.mark.parametrize(("people", "small"), [(0, False), (1, True), (4, True), (5, False)])
def test_a_figure_of_one_to_four_people_is_small(people, small):
    assert Count(opportunities=people, officers=people).is_small is small


def test_the_count_is_one_query(session, django_assert_num_queries):
    attended(session)
    with django_assert_num_queries(1):
        count(THIS)


EVENTS = st.lists(
    st.tuples(
        st.sampled_from(["book", "cancel", "begin", "attend", "miss", "close", "correct", "correct away"]),
        st.integers(0, 3),  # who
        st.integers(0, 1),  # which session
    ),
    max_size=25,
)


class World:
    """Two sessions of two places and four people of whom any event may be tried at any time."""

    def __init__(self) -> None:
        council = CouncilFactory()
        self.council, self.team = council, team_member()
        self.people = [*(officer(council) for _number in range(3)), person(Role.COORDINATOR, organisation=council)]
        self.sessions = [SessionFactory(capacity=2) for _number in range(2)]

    def try_event(self, event: str, who: int, which: int) -> None:
        session, user = Session.objects.get(pk=self.sessions[which].pk), self.people[who]
        booking = Booking.objects.filter(session=session, learner__user=user).order_by("-pk").first()
        if event == "book":
            actions.book(session=session, council=self.council, by=user)
        elif event == "begin":
            self.begin(session)
        elif event == "close":
            actions.session_close(session=session, by=self.team)
        elif booking is not None:
            self.try_booking(event, booking)

    def begin(self, session: Session) -> None:
        if session.status == SessionStatus.OPEN:
            Session.objects.filter(pk=session.pk).update(starts_at="2026-01-01 10:00Z", cut_off_at="2026-01-01 09:00Z")
        actions.session_hold(session=session, by=self.team)

    def try_booking(self, event: str, booking: Booking) -> None:
        marks = {"attend": BookingStatus.ATTENDED, "miss": BookingStatus.ABSENT}
        if event == "cancel":
            actions.booking_cancel(booking=booking, by=self.team)
        elif event in marks:
            actions.mark_register(session=booking.session, marks={booking.pk: marks[event]}, by=self.team)
        else:
            actions.correct(booking=booking, attended=event == "correct", why="As it was.", by=self.team)

    def opportunities(self) -> list[Booking]:
        """By hand, without the SQL under test."""
        found = []
        for booking in Booking.objects.filter(organisation=self.council).prefetch_related("corrections"):
            corrections = sorted(booking.corrections.all(), key=lambda correction: correction.pk)
            if corrections[-1].attended if corrections else booking.status == BookingStatus.ATTENDED:
                found.append(booking)
        return found


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events=EVENTS)
def test_in_any_order_the_figures_agree_with_the_rows(events):
    world = World()
    for event in events:
        try:
            world.try_event(*event)
        except Refused:
            continue
        by_hand = world.opportunities()
        figures = [counting.count_of_council(year, world.council.pk) for year in (Year(2025), Year(2026))]
        assert sum(figure.opportunities for figure in figures) == len(by_hand)
        assert set(Booking.objects.filter(organisation=world.council).attended()) == set(by_hand)
        assert all(figure.officers <= figure.opportunities for figure in figures)
        for session in Session.objects.with_places().filter(pk__in=[one.pk for one in world.sessions]):
            assert session.taken <= session.capacity
            assert session.status != SessionStatus.OPEN or session.places_left == 0 or session.waiting == 0
