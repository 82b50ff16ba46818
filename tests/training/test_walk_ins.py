"""The register: people who come without a booking, who come to a part, and a line that breaks."""

from typing import Any

import pytest
from django.urls import reverse

from tests.factories.people import BodyFactory, CouncilFactory, UserFactory
from tests.factories.training import (
    BookingFactory,
    LearnerAddressFactory,
    LearnerFactory,
    SessionFactory,
    SessionPartFactory,
    close_register,
    held,
    officer,
    trainer_of,
)
from tests.training.pages import get, post, signed_in, text
from training import actions
from training.counting import count
from training.models import Booking, Correction, Learner, Session
from training.states import BookingStatus
from training.years import Year
from wlga_portal.kernel.workflow import NotAllowed, WrongState

pytestmark = pytest.mark.django_db


def walk_in(council, **changes: Any) -> dict[str, Any]:
    return {
        "name": "Mair Pugh",
        "email": "mair@council.example.org",
        "organisation": council.pk,
        "standing": "staff",
        "language": "cy",
        **changes,
    }


def test_who_walks_in_is_added_as_present_even_when_every_place_is_taken(council):
    session = held(capacity=1)
    BookingFactory(session=session, status=BookingStatus.ATTENDED)
    user = trainer_of(session)
    assert "Add somebody who came" in text(get(user, "register_page", pk=session.pk))
    assert "Add as present" in text(get(user, "walk_in_create", pk=session.pk))
    response = post(user, "walk_in_create", walk_in(council), pk=session.pk)
    assert response["Location"] == reverse("training:register_page", kwargs={"pk": session.pk})
    booking = Booking.objects.get(walk_in=True)
    assert (str(booking.learner), booking.status, booking.standing) == ("Mair Pugh", "attended", "staff")
    assert (booking.booked_by, booking.organisation) == (user, council)
    said = text(get(user, "register_page", pk=session.pk))
    assert "1 person more came than there were places." in said
    assert "Mair Pugh came without a booking." in said
    assert "Mair Pugh is on the register already." in text(
        post(user, "walk_in_create", walk_in(council), pk=session.pk)
    )
    assert count(Year.current()).opportunities == 2


def test_who_walks_in_at_a_known_address_is_that_person(council):
    session = held()
    known = LearnerAddressFactory(email="mair@council.example.org").learner
    user = trainer_of(session)
    post(user, "walk_in_create", walk_in(council, name="M."), pk=session.pk)
    assert Booking.objects.get().learner == known
    post(user, "walk_in_create", walk_in(council, name="No Address", email=""), pk=session.pk)
    assert list(Learner.objects.exclude(pk=known.pk).values_list("name", flat=True)) == ["No Address"]


def test_somebody_of_another_body_is_its_staff_whatever_is_ticked():
    session = held()
    post(trainer_of(session), "walk_in_create", walk_in(BodyFactory(), standing="member"), pk=session.pk)
    assert Booking.objects.get().standing == "partner"


def test_a_walk_in_needs_a_name_and_an_open_register(council):
    session = held()
    user = trainer_of(session)
    assert "Enter “Name”." in text(post(user, "walk_in_create", walk_in(council, name=""), pk=session.pk))
    close_register(session)
    assert "is not open" in text(get(user, "walk_in_create", pk=session.pk))
    assert "is not open" in text(post(user, "walk_in_create", walk_in(council), pk=session.pk))
    assert not Booking.objects.exists()


def test_only_who_keeps_the_register_adds_and_takes_off(council):
    session = held()
    booking = BookingFactory(session=session, status=BookingStatus.ATTENDED, walk_in=True, organisation=council)
    for user, status in ((officer(council), 404), (trainer_of(SessionFactory()), 404), (None, 302)):
        assert get(user, "walk_in_create", pk=session.pk).status_code == status
        assert post(user, "walk_in_remove", pk=booking.pk).status_code == status
    with pytest.raises(NotAllowed):
        actions.walk_in_add(
            session=session,
            name="A",
            email="",
            language="en",
            organisation=CouncilFactory(),
            standing="staff",
            by=officer(council),
        )
    assert get(trainer_of(session), "walk_in_remove", pk=booking.pk).status_code == 405


def test_who_was_added_by_mistake_is_taken_off_and_a_booked_person_is_not(council):
    session = held()
    user = trainer_of(session)
    booked = BookingFactory(session=session, status=BookingStatus.ATTENDED)
    mistake = BookingFactory(session=session, status=BookingStatus.ATTENDED, walk_in=True, attended_percent=40)
    client = signed_in(user)
    off = reverse("training:walk_in_remove", kwargs={"pk": mistake.pk})
    assert "is off the register" in text(client.post(off, follow=True))
    assert "You may not do this" in text(
        client.post(reverse("training:walk_in_remove", kwargs={"pk": booked.pk}), follow=True)
    )
    booked.refresh_from_db()
    mistake.refresh_from_db()
    assert (booked.status, mistake.status, mistake.attended_percent) == ("attended", "cancelled", None)
    again = BookingFactory(session=session, status=BookingStatus.ATTENDED, walk_in=True, learner=mistake.learner)
    close_register(session)
    with pytest.raises(WrongState):
        actions.walk_in_remove(booking=again, by=user)


# --- to a part -------------------------------------------------------------------------------------
def test_who_came_to_a_part_is_marked_so_and_the_same_again_changes_nothing():
    session = held()
    user = trainer_of(session)
    booking = BookingFactory(session=session)
    field, part = f"booking-{booking.pk}", f"part-{booking.pk}"

    def marked(mark: str, percent: str = "") -> tuple[str, int | None]:
        post(user, "register_page", {field: mark, part: percent}, pk=session.pk)
        booking.refresh_from_db()
        return str(booking.status), booking.attended_percent

    assert marked("part", "30") == ("attended", 30)
    assert 'value="part" checked' in get(user, "register_page", pk=session.pk).content.decode()
    assert marked("part", "70") == ("attended", 70)
    before = booking.events.count()
    assert marked("part", "70") == ("attended", 70)
    assert booking.events.count() == before
    assert marked("attended", "70") == ("attended", None)
    assert marked("part") == ("attended", 50)
    assert marked("did_not_attend", "50") == ("did_not_attend", None)
    assert marked("part", "55") == ("did_not_attend", None)


def test_a_stranger_changes_no_part():
    booking = BookingFactory(session=held(), status=BookingStatus.ATTENDED, attended_percent=20)
    with pytest.raises(NotAllowed):
        actions.mark_register(
            session=booking.session, marks={booking.pk: "attended"}, parts={booking.pk: 90}, by=officer()
        )
    booking.refresh_from_db()
    assert booking.attended_percent == 20


def test_a_session_of_three_parts_asks_for_how_many_of_them():
    session = SessionFactory()
    start = session.starts_at
    for number in (1, 2, 3):
        start = SessionPartFactory(
            session=session, number=number, starts_at=start, ends_at=start + (session.ends_at - session.starts_at) / 4
        ).ends_at
    Session.objects.filter(pk=session.pk).update(status="held")
    booking = BookingFactory(session=session)
    page = text(get(trainer_of(session), "register_page", pk=session.pk))
    assert ("1 of 3 parts" in page, "2 of 3 parts" in page, "3 of 3 parts" in page) == (True, True, False)
    post(
        trainer_of(session),
        "register_page",
        {f"booking-{booking.pk}": "part", f"part-{booking.pk}": "66"},
        pk=session.pk,
    )
    booking.refresh_from_db()
    assert booking.attended_percent == 66


def test_a_correction_may_be_to_a_part():
    session = held(course__counts_from_percent=50)
    booking = BookingFactory(session=session, status=BookingStatus.ABSENT)
    user = trainer_of(session)
    close_register(session)
    for choice, part, percent, counts in (("part", "40", 40, 0), ("part", "", 50, 1), ("yes", "40", None, 1)):
        data = {"attended": choice, "part": part, "why": "The list was wrong."}
        post(user, "correction_create", data, pk=booking.pk)
        assert Correction.objects.latest("pk").attended_percent == percent
        assert Booking.objects.attended().count() == counts
    post(user, "correction_create", {"attended": "part", "part": "40", "why": "No."}, pk=booking.pk)
    for name, pk in (("register_page", session.pk), ("correction_create", booking.pk)):
        assert "corrected: 40% of it" in text(get(user, name, pk=pk))


def test_a_register_says_who_came_to_a_part_and_who_without_a_booking():
    session = held()
    BookingFactory(session=session, status=BookingStatus.ATTENDED, attended_percent=40, walk_in=True)
    close_register(session)
    said = text(get(trainer_of(session), "register_page", pk=session.pk))
    assert ("40% of it" in said, "Came without a booking" in said) == (True, True)


# --- the page's script -----------------------------------------------------------------------------
def sent(user, session, data) -> Any:
    address = reverse("training:register_page", kwargs={"pk": session.pk})
    return signed_in(user).post(address, data, headers={"Accept": "application/json"})


def test_the_script_saves_single_marks_and_hears_who_is_left():
    session = held()
    user = trainer_of(session)
    one, _two = BookingFactory.create_batch(2, session=session)
    for _twice in range(2):
        answer = sent(user, session, {f"booking-{one.pk}": "attended", f"part-{one.pk}": "50"})
        assert answer.json() == {"unmarked": "1 person is not marked yet."}
    one.refresh_from_db()
    assert (one.status, one.attended_percent) == ("attended", None)


def test_the_script_hears_what_was_not_saved():
    session = held()
    user = trainer_of(session)
    booking = BookingFactory(session=session)
    wrong = sent(user, session, {f"booking-{booking.pk}": "nonsense"})
    assert (wrong.status_code, "could not be read" in wrong.json()["refused"]) == (422, True)
    close_register(session)
    late = sent(user, session, {f"booking-{booking.pk}": "attended"})
    assert (late.status_code, "is not open" in late.json()["refused"]) == (409, True)
    assert sent(UserFactory(), session, {}).status_code == 404


def test_a_register_holds_no_name_for_the_script_to_keep():
    """The form names bookings by number; names stand in labels alone."""
    session = held()
    booking = BookingFactory(session=session, learner=LearnerFactory(name="Mair Pugh"))
    page = get(trainer_of(session), "register_page", pk=session.pk).content.decode()
    assert f'data-register="{session.pk}"' in page
    assert f'data-booking="{booking.pk}"' in page


def test_who_cancelled_late_is_not_marked():
    session = held()
    late = BookingFactory(session=session, status=BookingStatus.LATE)
    assert actions.mark_register(session=session, marks={late.pk: "attended"}, by=trainer_of(session)) == 0
