"""Booking, the queue, the register and its corrections."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from django.utils.translation import override

from accounts.roles import Role
from tests.factories.people import UserFactory, person
from tests.factories.training import (
    BookingFactory,
    CourseFactory,
    LearnerAddressFactory,
    LearnerFactory,
    LearnerMembershipFactory,
    SessionFactory,
    close_register,
    held,
    officer,
    team_member,
    trainer_of,
)
from training import actions
from training.models import Audience, Booking, Correction, Learner, LearnerAddress, LearnerMembership, Standing
from training.states import BookingStatus, SessionStatus
from wlga_portal.kernel.models import StatusChange
from wlga_portal.kernel.workflow import NotAllowed, ReasonMissing, Refused, WrongState

pytestmark = pytest.mark.django_db


def queue(session):
    """Who waits, first in front."""
    return [booking.learner for booking in Booking.objects.waiting().filter(session=session)]


def test_an_officer_books_and_is_known_as_staff_of_the_council(council):
    user = officer(council)
    booking = actions.book(session=SessionFactory(), council=council, by=user)
    assert (booking.status, booking.standing) == ("booked", "staff")
    assert (booking.organisation, booking.booked_by) == (council, user)
    assert booking.learner.user == user
    assert [address.email for address in booking.learner.addresses.all()] == [user.email]
    assert LearnerMembership.objects.get().organisation == council


def test_a_councillor_is_counted_as_a_member(council):
    user = person(Role.BOARD_MEMBER, organisation=council)
    session = SessionFactory(course=CourseFactory(audience=Audience.BOTH))
    assert actions.book(session=session, council=council, by=user).standing == Standing.MEMBER


def test_a_course_for_officers_is_not_for_a_councillor(council):
    user = person(Role.BOARD_MEMBER, organisation=council)
    with override("en"), pytest.raises(Refused, match="it is for “Council officers”"):
        actions.book(session=SessionFactory(), council=council, by=user)
    assert not Booking.objects.exists()


def test_a_course_for_councillors_is_not_for_an_officer(council):
    session = SessionFactory(course=CourseFactory(audience=Audience.MEMBERS))
    with pytest.raises(Refused):
        actions.book(session=session, council=council, by=officer(council))


@pytest.mark.parametrize("role", [Role.TEAM, Role.TRAINER, Role.ASSESSOR])
def test_only_people_of_a_council_book(role, council):
    user = person(role, organisation=council)
    with pytest.raises(NotAllowed):
        actions.book(session=SessionFactory(), council=council, by=user)


def test_nobody_books_for_another_council(council):
    with pytest.raises(NotAllowed):
        actions.book(session=SessionFactory(), council=council, by=officer())


def test_a_demonstration_person_books_demonstration_courses_alone(council):
    user = officer(council, demo_slug="somebody", email="somebody@example.org")
    with pytest.raises(NotAllowed):
        actions.book(session=SessionFactory(), council=council, by=user)
    session = SessionFactory(course=CourseFactory(is_demo=True))
    assert actions.book(session=session, council=council, by=user).status == "booked"


@pytest.mark.parametrize("status", [status for status in SessionStatus if status != SessionStatus.OPEN])
def test_only_an_open_session_is_booked(status, council):
    with pytest.raises(WrongState):
        actions.book(session=SessionFactory(status=status), council=council, by=officer(council))


def test_nobody_books_after_the_cut_off(council):
    session, user = SessionFactory(), officer(council)
    with time_machine.travel(session.cut_off_at, tick=False), pytest.raises(WrongState):
        actions.book(session=session, council=council, by=user)


def test_nobody_books_twice(council):
    session, user = SessionFactory(), officer(council)
    actions.book(session=session, council=council, by=user)
    with pytest.raises(Refused, match="has a booking"):
        actions.book(session=session, council=council, by=user)
    assert Booking.objects.count() == 1


def test_who_cancelled_may_book_again(council):
    session, user = SessionFactory(), officer(council)
    first = actions.book(session=session, council=council, by=user)
    actions.booking_cancel(booking=first, by=user)
    second = actions.book(session=session, council=council, by=user)
    assert (second.learner, second.status) == (first.learner, "booked")


def test_a_full_session_has_a_queue_in_the_order_of_booking(council):
    session = SessionFactory(capacity=1)
    users = [officer(council) for _number in range(4)]
    bookings = [actions.book(session=session, council=council, by=user) for user in users]
    assert [booking.status for booking in bookings] == ["booked", "waiting", "waiting", "waiting"]
    places = Booking.objects.with_place_in_queue().order_by("pk").values_list("place_in_queue", flat=True)
    assert list(places) == [0, 1, 2, 3]


def test_a_cancelled_place_is_offered_to_the_first_in_the_queue(council):
    session = SessionFactory(capacity=1)
    users = [officer(council) for _number in range(3)]
    bookings = [actions.book(session=session, council=council, by=user) for user in users]
    actions.booking_cancel(booking=bookings[0], by=users[0])
    for booking in bookings:
        booking.refresh_from_db()
    assert [booking.status for booking in bookings] == ["cancelled", "offered", "waiting"]
    move = StatusChange.of(bookings[1]).get()
    assert (move.event, move.by, move.why) == ("offer", None, "a place came free")


def test_who_leaves_the_queue_moves_the_others_up(council):
    session = SessionFactory(capacity=1)
    users = [officer(council) for _number in range(3)]
    bookings = [actions.book(session=session, council=council, by=user) for user in users]
    actions.booking_cancel(booking=bookings[1], by=users[1])
    assert queue(session) == [bookings[2].learner]
    assert Booking.objects.with_place_in_queue().get(pk=bookings[2].pk).place_in_queue == 1


def test_nobody_overtakes_the_queue(council):
    session = SessionFactory(capacity=1)
    BookingFactory(session=session, status=BookingStatus.WAITING)
    assert actions.book(session=session, council=council, by=officer(council)).status == "waiting"


def test_more_places_go_to_the_queue(council):
    session = SessionFactory(capacity=1)
    BookingFactory(session=session)
    waiting = BookingFactory.create_batch(3, session=session, status=BookingStatus.WAITING)
    session.capacity = 3
    session.save()
    assert actions.move_up(session) == waiting[:2]
    assert queue(session) == [waiting[2].learner]


@pytest.mark.parametrize(("seconds", "status"), [(-1, "cancelled"), (0, "cancelled_late")])
def test_a_booking_is_cancelled_until_the_cut_off_and_late_after_it(council, seconds, status):
    user, session = officer(council), SessionFactory()
    booking = actions.book(session=session, council=council, by=user)
    with time_machine.travel(session.cut_off_at + timedelta(seconds=seconds), tick=False):
        assert actions.booking_cancel(booking=booking, by=user).status == status


def test_nothing_is_cancelled_once_the_session_begins(council):
    user, session = officer(council), SessionFactory()
    booking = actions.book(session=session, council=council, by=user)
    with time_machine.travel(session.starts_at, tick=False), pytest.raises(WrongState):
        actions.booking_cancel(booking=booking, by=user)


def test_a_stranger_cancels_nothing(council):
    with pytest.raises(NotAllowed):
        actions.booking_cancel(booking=BookingFactory(organisation=council), by=officer(council))


def test_a_coordinator_books_and_cancels_for_a_colleague(council):
    user, session = person(Role.COORDINATOR, organisation=council), SessionFactory()
    learner = LearnerMembershipFactory(organisation=council).learner
    booking = actions.book_colleague(session=session, learner=learner, council=council, by=user)
    assert (booking.learner, booking.booked_by, booking.standing) == (learner, user, "staff")
    assert actions.booking_cancel(booking=booking, by=user).status == "cancelled"


def test_a_coordinator_books_nobody_of_another_council(council):
    with pytest.raises(NotAllowed):
        actions.book_colleague(
            session=SessionFactory(), learner=LearnerFactory(), council=council, by=person(Role.COORDINATOR)
        )


def test_an_officer_books_no_colleague(council):
    with pytest.raises(NotAllowed):
        actions.book_colleague(session=SessionFactory(), learner=LearnerFactory(), council=council, by=officer(council))


def test_a_colleague_who_is_a_councillor_stays_one(council):
    user = person(Role.COORDINATOR, organisation=council)
    session = SessionFactory(course=CourseFactory(audience=Audience.BOTH))
    learner = LearnerMembershipFactory(organisation=council, standing=Standing.MEMBER).learner
    assert actions.book_colleague(session=session, learner=learner, council=council, by=user).standing == "member"
    account = Learner.objects.create(user=person(Role.BOARD_MEMBER, organisation=council))
    assert actions.book_colleague(session=session, learner=account, council=council, by=user).standing == "member"


def test_a_new_colleague_has_an_address_and_is_found_by_it_again():
    learner = actions.learner_for_colleague(name=" Mair ", email="Mair@Council.example.org ", language="cy")
    again = actions.learner_for_colleague(name="M.", email="mair@council.example.org", language="en")
    assert (learner.name, again, LearnerAddress.objects.get().email) == ("Mair", learner, "mair@council.example.org")


def test_a_colleague_with_an_account_is_found_by_its_address():
    user = UserFactory(email="sara@council.example.org")
    learner = actions.learner_for_colleague(name="S", email="Sara@council.example.org", language="en")
    assert (learner.user, learner.name) == (user, "")


def test_whom_a_coordinator_named_is_one_learner_when_they_sign_in(council):
    named = LearnerAddressFactory(email="mair@council.example.org").learner
    user = officer(council, email="mair@council.example.org", language="cy")
    booking = actions.book(session=SessionFactory(), council=council, by=user)
    named.refresh_from_db()
    assert (booking.learner, named.user, named.name, named.language) == (named, user, "", "cy")
    assert Learner.objects.count() == 1


def test_an_address_that_another_account_holds_stays_there(council):
    other = LearnerFactory(user=UserFactory(), name="")
    LearnerAddressFactory(learner=other, email="shared@example.org")
    learner = actions.learner_of(officer(council, email="shared@example.org"))
    assert (learner != other, learner.addresses.count()) == (True, 0)


def test_a_register_is_started_when_the_session_begins():
    session = SessionFactory()
    user = trainer_of(session)
    with pytest.raises(WrongState, match="when the session begins"):
        actions.session_hold(session=session, by=user)
    with time_machine.travel(session.starts_at, tick=False):
        assert actions.session_hold(session=session, by=user).status == "held"


def test_who_still_waits_when_it_begins_has_no_place():
    session = SessionFactory(capacity=1, starts_at=timezone.now() - timedelta(minutes=1))
    booked = BookingFactory(session=session)
    waiting = BookingFactory(session=session, status=BookingStatus.WAITING)
    actions.session_hold(session=session, by=trainer_of(session))
    booked.refresh_from_db()
    waiting.refresh_from_db()
    assert (booked.status, waiting.status) == ("booked", "cancelled")


def test_attendance_is_recorded_and_the_same_again_changes_nothing():
    session = held()
    user = trainer_of(session)
    came, missed, gone = (
        BookingFactory(session=session, status=status) for status in ("booked", "booked", "cancelled")
    )
    marks = {came.pk: "attended", missed.pk: "did_not_attend", gone.pk: "attended"}
    assert actions.mark_register(session=session, marks=marks, by=user) == 2
    assert actions.mark_register(session=session, marks=marks, by=user) == 0
    assert list(Booking.objects.order_by("pk").values_list("status", flat=True)) == [
        "attended",
        "did_not_attend",
        "cancelled",
    ]
    assert actions.mark_register(session=session, marks={came.pk: "did_not_attend"}, by=user) == 1


def test_a_register_marks_nobody_of_another_session():
    session, other = held(), BookingFactory(session=held())
    assert actions.mark_register(session=session, marks={other.pk: "attended"}, by=trainer_of(session)) == 0


def test_a_stranger_marks_nobody_and_nothing_is_half_saved():
    session = held()
    booking = BookingFactory(session=session)
    with pytest.raises(NotAllowed):
        actions.mark_register(session=session, marks={booking.pk: "attended"}, by=trainer_of())
    booking.refresh_from_db()
    assert booking.status == "booked"


@pytest.mark.parametrize("status", [SessionStatus.OPEN, SessionStatus.CANCELLED])
def test_only_an_open_register_is_marked(status):
    session = SessionFactory(status=status)
    booking = BookingFactory(session=session)
    with pytest.raises(WrongState):
        actions.mark_register(session=session, marks={booking.pk: "attended"}, by=trainer_of(session))


def test_a_register_is_closed_when_everybody_is_marked():
    session = held()
    user = trainer_of(session)
    booking = BookingFactory(session=session)
    with pytest.raises(WrongState, match="Mark everybody"):
        actions.session_close(session=session, by=user)
    actions.mark_register(session=session, marks={booking.pk: "attended"}, by=user)
    assert actions.session_close(session=session, by=user).status == "closed"


def test_a_closed_register_takes_corrections_and_the_last_counts():
    session = held()
    user = trainer_of(session)
    booking = BookingFactory(session=session, status=BookingStatus.ABSENT)
    close_register(session)
    for attended, number in ((True, 1), (False, 0), (True, 1)):
        actions.correct(booking=booking, attended=attended, why="The list was wrong.", by=user)
        assert Booking.objects.attended().count() == number
    assert Correction.objects.count() == 3
    booking.refresh_from_db()
    assert booking.status == "did_not_attend"


def test_a_correction_is_refused_without_reason_right_or_closed_register():
    session = held()
    user = trainer_of(session)
    booking = BookingFactory(session=session)
    with pytest.raises(WrongState):
        actions.correct(booking=booking, attended=True, why="Late", by=user)
    close_register(session)
    with pytest.raises(ReasonMissing):
        actions.correct(booking=booking, attended=True, why=" ", by=user)
    with pytest.raises(NotAllowed):
        actions.correct(booking=booking, attended=True, why="Late", by=officer())
    assert not Correction.objects.exists()


def test_a_cancelled_session_ends_every_booking():
    session = SessionFactory(capacity=1)
    BookingFactory(session=session)
    BookingFactory(session=session, status=BookingStatus.WAITING)
    user = team_member()
    assert actions.session_cancel(session=session, why="The trainer is ill.", by=user).status == "cancelled"
    assert set(Booking.objects.values_list("status", flat=True)) == {"cancelled"}
    assert StatusChange.of(session).get().why == "The trainer is ill."


def test_a_planned_session_is_opened_by_the_team():
    session = SessionFactory(status=SessionStatus.PLANNED)
    assert actions.session_open(session=session, by=team_member()).status == "open"
