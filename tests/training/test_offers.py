"""A free place is offered to the first in the queue for 48 hours, and then to the one after."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from tests.factories.people import CouncilFactory, person
from tests.factories.training import (
    BookingFactory,
    KeptPlacesFactory,
    LearnerFactory,
    SessionFactory,
    officer,
    team_member,
)
from tests.training.pages import get, post, signed_in, text
from training import actions, tasks
from training.models import Approval, Booking
from training.states import BookingStatus
from wlga_portal.kernel.models import StatusChange
from wlga_portal.kernel.service_models import Notification
from wlga_portal.kernel.workflow import NotAllowed, ReasonMissing, WrongState

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def statuses(*bookings: Booking) -> list[str]:
    for booking in bookings:
        booking.refresh_from_db()
    return [str(booking.status) for booking in bookings]


def queue_of(number: int, council, *, places: int = 1):
    """A session all of whose places are taken, and the users and bookings of its queue, first in front."""
    session = SessionFactory(capacity=places)
    taken = BookingFactory.create_batch(places, session=session, organisation=council)
    users = [officer(council) for _number in range(number)]
    waiting = [actions.book(session=session, council=council, by=user) for user in users]
    return session, taken, users, waiting


def give_up(booking: Booking) -> None:
    actions.booking_cancel(booking=booking, by=team_member())


def told(user) -> list[str]:
    return list(Notification.objects.filter(user=user).order_by("pk").values_list("kind", flat=True))


def test_an_offer_is_held_for_48_hours_and_taken(council):
    _session, (taken,), (first, _second), (one, two) = queue_of(2, council)
    with time_machine.travel(timezone.now(), tick=False):
        give_up(taken)
        assert statuses(one, two) == ["offered", "waiting"]
        assert one.offer_ends_at == timezone.now() + 48 * HOUR
    assert actions.offer_accept(booking=one, by=first).status == "booked"
    assert told(first) == ["training.waiting", "training.offered", "training.booked"]
    assert Booking.objects.with_place_in_queue().get(pk=two.pk).place_in_queue == 1


def test_an_offer_ends_with_the_cut_off_at_the_latest(council):
    session, (taken,), _users, (one,) = queue_of(1, council)
    with time_machine.travel(session.cut_off_at - HOUR, tick=False):
        give_up(taken)
    one.refresh_from_db()
    assert one.offer_ends_at == session.cut_off_at


def test_an_offer_that_nobody_took_goes_to_the_one_after(council):
    _session, (taken,), (first, second), (one, two) = queue_of(2, council)
    give_up(taken)
    one.refresh_from_db()
    with time_machine.travel(one.offer_ends_at - timedelta(seconds=1), tick=False):
        tasks.turn_queues(timestamp=0)
        assert statuses(one, two) == ["offered", "waiting"]
    with time_machine.travel(one.offer_ends_at, tick=False):
        with pytest.raises(WrongState, match="The offer ended"):
            actions.offer_accept(booking=one, by=first)
        tasks.turn_queues(timestamp=0)
        tasks.turn_queues(timestamp=0)
        assert statuses(one, two) == ["cancelled", "offered"]
        assert two.offer_ends_at == timezone.now() + 48 * HOUR
    assert told(first)[-1] == "training.offer_ended"
    assert told(second)[-1] == "training.offered"


def test_a_declined_offer_goes_on_at_once(council):
    _session, (taken,), (first, _second), (one, two) = queue_of(2, council)
    give_up(taken)
    actions.booking_cancel(booking=one, by=first)
    assert statuses(one, two) == ["cancelled", "offered"]
    assert StatusChange.of(one).last().event == "decline"


def test_nothing_is_offered_after_the_cut_off(council):
    session, (taken,), _users, (one,) = queue_of(1, council)
    with time_machine.travel(session.cut_off_at + HOUR, tick=False):
        give_up(taken)
        tasks.turn_queues(timestamp=0)
    assert statuses(taken, one) == ["cancelled_late", "waiting"]


def test_whoever_is_offered_a_place_when_the_session_begins_has_none(council):
    session, (taken,), (first,), (one,) = queue_of(1, council)
    give_up(taken)
    Booking.objects.filter(pk=one.pk).update(offer_ends_at=session.starts_at + HOUR)
    with time_machine.travel(session.starts_at, tick=False):
        actions.session_hold(session=session, by=team_member())
    assert statuses(one) == ["cancelled"]
    assert told(first)[-1] == "training.no_place"


def test_only_the_person_their_coordinator_and_the_team_take_a_place(council):
    _session, (taken,), _users, (one,) = queue_of(1, council)
    give_up(taken)
    for stranger in (officer(council), person(Role.COORDINATOR)):
        with pytest.raises(NotAllowed):
            actions.offer_accept(booking=one, by=stranger)
        assert post(stranger, "offer_accept", pk=one.pk).status_code == 404
    actions.offer_accept(booking=one, by=person(Role.COORDINATOR, organisation=council))
    with pytest.raises(WrongState):
        actions.offer_accept(booking=one, by=team_member())


def test_a_place_in_a_session_that_was_cancelled_is_not_taken():
    booking = BookingFactory(status=BookingStatus.OFFERED, session__status="cancelled")
    with pytest.raises(WrongState, match="cannot be booked now"):
        actions.offer_accept(booking=booking, by=team_member())


def test_the_pages_show_the_offer_and_take_it(council):
    session, (taken,), (first,), (one,) = queue_of(1, council)
    give_up(taken)
    assert "A place is held for you until" in text(get(first, "session_page", pk=session.pk))
    said = text(get(first, "booking_page", pk=one.pk))
    assert ("Take the place" in said, "Decline the place" in said) == (True, True)
    assert "The first on the waiting list is offered the place." in text(get(first, "booking_cancel", pk=one.pk))
    assert get(first, "offer_accept", pk=one.pk).status_code == 405
    client = signed_in(first)
    address = reverse("training:offer_accept", kwargs={"pk": one.pk})
    assert "has a place." in text(client.post(address, follow=True))
    assert "cannot be done now" in text(client.post(address, follow=True))
    assert statuses(one) == ["booked"]


# --- places that are kept ---------------------------------------------------------------------------
def test_kept_places_go_to_their_council_alone_until_they_are_everybodys(council):
    session = SessionFactory(capacity=3)
    KeptPlacesFactory(session=session, organisation=council, places=2)
    session.kept_until = session.cut_off_at - timedelta(days=1)
    session.save()
    other = CouncilFactory()
    strangers = [actions.book(session=session, council=other, by=officer(other)) for _number in range(2)]
    assert statuses(*strangers) == ["booked", "waiting"]
    own = actions.book(session=session, council=council, by=officer(council))
    assert statuses(own, strangers[1]) == ["booked", "waiting"]
    tasks.turn_queues(timestamp=0)
    assert statuses(strangers[1]) == ["waiting"]
    with time_machine.travel(session.kept_until, tick=False):
        tasks.turn_queues(timestamp=0)
        assert statuses(strangers[1]) == ["offered"]


def test_a_place_that_comes_free_goes_to_the_first_who_may_have_it(council):
    session = SessionFactory(capacity=2)
    KeptPlacesFactory(session=session, organisation=council, places=1)
    other = CouncilFactory()
    own, stranger = (BookingFactory(session=session, organisation=where) for where in (council, other))
    first, second = (
        BookingFactory(session=session, organisation=where, status=BookingStatus.WAITING) for where in (other, council)
    )
    give_up(own)
    assert statuses(first, second) == ["waiting", "offered"]
    give_up(stranger)
    assert statuses(first) == ["offered"]


def test_nobody_overtakes_somebody_who_could_have_the_place(council):
    session = SessionFactory(capacity=2)
    KeptPlacesFactory(session=session, organisation=CouncilFactory(), places=1)
    BookingFactory(session=session, organisation=council, status=BookingStatus.WAITING)
    assert actions.book(session=session, council=council, by=officer(council)).status == "waiting"


# --- approval ---------------------------------------------------------------------------------------
def asked(approval: str, council, **fields):
    session = SessionFactory(course__approval=approval, **fields)
    user = officer(council)
    return session, user, actions.book(session=session, council=council, by=user)


@pytest.mark.parametrize(("approval", "role"), [(Approval.COUNCIL, Role.COORDINATOR), (Approval.TEAM, Role.TEAM)])
def test_a_course_that_wants_approval_is_asked_for_and_whoever_approves_is_told(council, approval, role):
    who = team_member() if role == Role.TEAM else person(role, organisation=council)
    _session, user, booking = asked(approval, council, capacity=1)
    assert booking.status == "requested"
    assert told(who) == ["training.approval_wanted"]
    assert actions.request_approve(booking=booking, by=who).status == "booked"
    assert told(user) == ["training.requested", "training.booked"]


def test_a_request_takes_no_place_and_its_turn_is_that_of_the_asking(council):
    session, _user, early = asked(Approval.COUNCIL, council, capacity=1)
    late = actions.book(session=session, council=council, by=officer(council))
    team = team_member()
    assert actions.request_approve(booking=late, by=team).status == "booked"
    assert actions.request_approve(booking=early, by=team).status == "waiting"
    third = actions.book(session=session, council=council, by=officer(council))
    assert actions.request_approve(booking=third, by=team).status == "waiting"
    give_up(late)
    assert statuses(early, third) == ["offered", "waiting"]


def test_a_coordinator_agrees_by_booking(council):
    session = SessionFactory(course__approval=Approval.COUNCIL)
    coordinator = person(Role.COORDINATOR, organisation=council)
    learner = LearnerFactory()
    booking = actions.book_colleague(session=session, learner=learner, council=council, by=coordinator)
    assert booking.status == "booked"
    strict = SessionFactory(course__approval=Approval.TEAM)
    booking = actions.book_colleague(session=strict, learner=learner, council=council, by=coordinator)
    assert booking.status == "requested"


def test_a_request_is_not_approved_with_a_reason_that_the_person_reads(council):
    _session, user, booking = asked(Approval.COUNCIL, council)
    coordinator = person(Role.COORDINATOR, organisation=council)
    with pytest.raises(ReasonMissing):
        actions.request_refuse(booking=booking, why=" ", by=coordinator)
    assert "Enter “Reason”" in text(post(coordinator, "request_refuse", {}, pk=booking.pk))
    post(coordinator, "request_refuse", {"why": "The budget is spent."}, pk=booking.pk)
    assert told(user) == ["training.requested", "training.refused"]
    assert "The reason: The budget is spent." in text(get(user, "booking_page", pk=booking.pk))
    again = text(post(coordinator, "request_refuse", {"why": "Twice."}, pk=booking.pk))
    assert "cannot be done now" in again


def test_the_pages_of_a_request(council):
    session, user, booking = asked(Approval.COUNCIL, council)
    coordinator, other = person(Role.COORDINATOR, organisation=council), officer(council)
    assert "Ask for a place" in text(get(other, "session_page", pk=session.pk))
    assert "Send the request" in text(get(other, "booking_create", pk=session.pk))
    assert "Your request waits for approval." in text(get(user, "session_page", pk=session.pk))
    assert "Approve the request" not in text(get(user, "booking_page", pk=booking.pk))
    assert "Approve the request" in text(get(coordinator, "booking_page", pk=booking.pk))
    assert "The request is taken back." in text(get(user, "booking_cancel", pk=booking.pk))
    for name in ("request_approve", "request_refuse"):
        assert post(user, name, {"why": "x"}, pk=booking.pk).status_code == 403
        assert post(other, name, {"why": "x"}, pk=booking.pk).status_code == 404
        assert post(person(Role.COORDINATOR), name, {"why": "x"}, pk=booking.pk).status_code == 404
        assert post(None, name, {"why": "x"}, pk=booking.pk).status_code == 302
    assert statuses(booking) == ["requested"]
    client = signed_in(coordinator)
    address = reverse("training:request_approve", kwargs={"pk": booking.pk})
    assert "Approved:" in text(client.post(address, follow=True))
    assert "cannot be done now" in text(client.post(address, follow=True))


def test_an_approved_request_may_wait_and_none_is_approved_after_the_cut_off(council):
    session, _user, booking = asked(Approval.TEAM, council, capacity=1)
    BookingFactory(session=session)
    client = signed_in(team_member())
    address = reverse("training:request_approve", kwargs={"pk": booking.pk})
    assert "is on the waiting list" in text(client.post(address, follow=True))
    late = BookingFactory(status=BookingStatus.REQUESTED)
    with time_machine.travel(late.session.cut_off_at, tick=False), pytest.raises(WrongState):
        actions.request_approve(booking=late, by=team_member())


def test_a_late_cancellation_is_counted_and_the_page_says_so_before(council):
    session, user = SessionFactory(), officer(council)
    booking = actions.book(session=session, council=council, by=user)
    with time_machine.travel(session.cut_off_at + HOUR, tick=False):
        client = signed_in(user)
        address = reverse("training:booking_cancel", kwargs={"pk": booking.pk})
        assert "counts as cancelled late" in text(client.get(address))
        client.post(address)
        assert "Cancelled late" in text(client.get(booking.get_absolute_url()))
        assert post(user, "booking_cancel", pk=booking.pk).status_code == 302
    assert statuses(booking) == ["cancelled_late"]
