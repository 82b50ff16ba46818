"""The screens of booking."""

import pytest
from django.urls import reverse

from accounts.roles import Role
from organisations.models import MailDomain
from tests.factories.people import CouncilFactory, MembershipFactory, person
from tests.factories.training import (
    BookingFactory,
    CourseFactory,
    LearnerFactory,
    LearnerMembershipFactory,
    SessionFactory,
    held,
    officer,
    team_member,
    trainer_of,
)
from tests.training.pages import attended_by, get, post, signed_in, text
from training.models import Booking
from training.states import BookingStatus, SessionStatus
from training.years import Year

pytestmark = pytest.mark.django_db


def test_an_officer_books_with_one_button_and_cancels(council):
    user, session = officer(council), SessionFactory()
    assert "Book a place" in text(get(user, "session_page", pk=session.pk))
    assert "You get a place at once" in text(get(user, "booking_create", pk=session.pk))
    response = post(user, "booking_create", {"council": council.pk}, pk=session.pk)
    booking = Booking.objects.get()
    assert (response.status_code, response["Location"]) == (302, booking.get_absolute_url())
    assert get(user, "booking_create", pk=session.pk)["Location"] == booking.get_absolute_url()
    assert "Cancel the booking" in text(get(user, "booking_page", pk=booking.pk))
    assert post(user, "booking_cancel", pk=booking.pk)["Location"] == booking.get_absolute_url()
    booking.refresh_from_db()
    assert booking.status == "cancelled"
    assert "Cancel the booking" not in text(get(user, "booking_page", pk=booking.pk))


def test_who_finds_every_place_taken_joins_the_queue_and_sees_the_place_in_it(council):
    user, session = officer(council), SessionFactory(capacity=1)
    BookingFactory(session=session)
    BookingFactory(session=session, status=BookingStatus.WAITING)
    assert "Join the waiting list" in text(get(user, "session_page", pk=session.pk))
    assert "1 person is waiting before you" in text(get(user, "booking_create", pk=session.pk))
    post(user, "booking_create", {"council": council.pk}, pk=session.pk)
    booking = Booking.objects.get(learner__user=user)
    assert "Place 2 in the queue" in text(get(user, "booking_page", pk=booking.pk))
    assert "at place 2 in the queue" in text(get(user, "session_page", pk=session.pk))
    assert "On the waiting list" in text(get(user, "booking_own"))


def test_who_belongs_to_two_councils_says_for_which(council):
    user = officer(council)
    other = CouncilFactory()
    MembershipFactory(user=user, organisation=other)
    session = SessionFactory()
    said = text(post(user, "booking_create", {}, pk=session.pk))
    assert "Choose an answer to “For which council”." in said
    assert not Booking.objects.exists()
    post(user, "booking_create", {"council": other.pk}, pk=session.pk)
    assert Booking.objects.get().organisation == other


def test_what_cannot_be_booked_now_gets_a_sentence(council):
    session = SessionFactory(status=SessionStatus.HELD)
    user = officer(council)
    assert "cannot be booked now" in text(get(user, "booking_create", pk=session.pk))
    assert "cannot be booked now" in text(post(user, "booking_create", {"council": council.pk}, pk=session.pk))


def test_a_booking_that_cannot_be_cancelled_any_more_gets_a_sentence(council):
    user = officer(council)
    session = held()
    booking = BookingFactory(session=session, learner=LearnerFactory(user=user, name=""))
    client = signed_in(user)
    response = client.post(reverse("training:booking_cancel", kwargs={"pk": booking.pk}), follow=True)
    assert "can no longer be cancelled here" in text(response)


def test_a_coordinator_books_a_known_colleague(council):
    user, session = person(Role.COORDINATOR, organisation=council), SessionFactory()
    learner = LearnerMembershipFactory(organisation=council, learner__name="Mair Pugh").learner
    colleague = officer(council, name="Sara Wyn")
    LearnerMembershipFactory(learner__name="Somebody Elsewhere")
    said = text(get(user, "colleague_book", pk=session.pk))
    assert ("Mair Pugh" in said, "Sara Wyn" in said, "Somebody Elsewhere" in said) == (True, True, False)
    for choice in (f"learner-{learner.pk}", f"user-{colleague.pk}"):
        data = {"council": council.pk, "colleague": choice, "language": "en"}
        assert post(user, "colleague_book", data, pk=session.pk)["Location"] == session.get_absolute_url()
    assert [str(booking.learner) for booking in Booking.objects.order_by("pk")] == ["Mair Pugh", "Sara Wyn"]
    assert "Mair Pugh" not in text(get(user, "colleague_book", pk=session.pk))


def test_a_coordinator_names_a_new_colleague_at_an_address_of_the_council_alone(council):
    MailDomain.objects.create(organisation=council, domain="council.example.org")
    user, session = person(Role.COORDINATOR, organisation=council), SessionFactory()
    data = {"council": council.pk, "colleague": "new", "name": "Mair", "email": "", "language": "cy"}
    assert "Enter the e-mail address of your colleague" in text(post(user, "colleague_book", data, pk=session.pk))
    data |= {"email": "mair@elsewhere.example.org"}
    assert "not an address of your council" in text(post(user, "colleague_book", data, pk=session.pk))
    assert "Enter the name of" in text(post(user, "colleague_book", data | {"name": ""}, pk=session.pk))
    assert not Booking.objects.exists()
    data |= {"email": "mair@council.example.org"}
    post(user, "colleague_book", data, pk=session.pk)
    assert (Booking.objects.get().learner.name, Booking.objects.get().booked_by) == ("Mair", user)
    again = text(post(user, "colleague_book", data, pk=session.pk))
    assert "Mair has a booking for this session already" in again


def test_in_the_demonstration_a_new_colleague_has_an_invented_address(council, settings):
    settings.DEMO = True
    user = person(Role.COORDINATOR, organisation=council, demo_slug="coordinator", email="c@example.org")
    session = SessionFactory(course=CourseFactory(is_demo=True))
    data = {"council": council.pk, "colleague": "new", "name": "Mair", "email": "m@example.org", "language": "cy"}
    post(user, "colleague_book", data, pk=session.pk)
    assert Booking.objects.get().learner.name == "Mair"


def test_a_coordinator_chooses_among_several_councils(council):
    user = person(Role.COORDINATOR, organisation=council)
    MembershipFactory(user=user, role=Role.COORDINATOR, organisation=CouncilFactory())
    page = get(user, "colleague_book", pk=SessionFactory().pk).content.decode()
    assert '<select class="govuk-select" id="id_council"' in page


def test_my_bookings_are_to_come_and_earlier(council):
    user = officer(council)
    learner = LearnerFactory(user=user, name="")
    BookingFactory(learner=learner, session__course__title_en="Coming course")
    BookingFactory(learner=learner, session=held(course=CourseFactory(title_en="Past course")))
    BookingFactory(session__course__title_en="Another's course")
    said = text(get(user, "booking_own"))
    assert said.index("Coming course") < said.index("Earlier") < said.index("Past course")
    assert "Another's course" not in said


def test_the_list_of_bookings_holds_what_each_may_see(council):
    own = BookingFactory(organisation=council, learner__name="Ours")
    BookingFactory(learner__name="Theirs")
    coordinator = text(get(person(Role.COORDINATOR, organisation=council), "booking_list"))
    trainer = text(get(trainer_of(own.session), "booking_list"))
    team = text(get(team_member(), "booking_list"))
    assert [("Ours" in said, "Theirs" in said) for said in (coordinator, trainer, team)] == [
        (True, False),
        (True, False),
        (True, True),
    ]


def test_the_list_of_bookings_is_narrowed(council, settings):
    settings.DEMO = True
    user = team_member()
    attended = attended_by(1, learner__name="Who came", organisation=council)
    BookingFactory(learner__name="Who waits", status=BookingStatus.WAITING)
    BookingFactory(learner__name="Who is invented", session__course__is_demo=True)
    names = ("Who came", "Who waits", "Who is invented")
    expected = {
        "": names,
        "?counted=on": names[:1],
        "?status=waiting": names[1:2],
        f"?stream={attended.course.stream_id}": names[:1],
        f"?organisation={council.pk}": names[:1],
        "?courses=real": names[:2],
        "?courses=demonstration": names[2:],
        f"?year={Year(Year.current().first - 1)}": (),
        "?standing=member": (),
    }
    for query, wanted in expected.items():
        said = text(get(user, "booking_list", query=query))
        assert tuple(name for name in names if name in said) == wanted, query
