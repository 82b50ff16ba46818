"""What people need to take part: asked once, and seen by those who must know alone."""

import pytest

from accounts.roles import Role
from tests.factories.people import person
from tests.factories.training import (
    BookingFactory,
    LearnerFactory,
    LearnerNeedsFactory,
    SessionFactory,
    close_register,
    held,
    officer,
    team_member,
    trainer_of,
)
from tests.training.pages import get, post, text
from training.models import Booking, LearnerNeeds
from training.states import BookingStatus
from wlga_portal.kernel.history import event_models

pytestmark = pytest.mark.django_db
SAID = "A seat near the door."


def test_the_first_booking_asks_and_the_next_does_not(council):
    user = officer(council)
    first, second = SessionFactory(), SessionFactory()
    assert "We ask once." in text(get(user, "booking_create", pk=first.pk))
    data = {"council": council.pk, "access": f" {SAID} ", "language": "cy"}
    post(user, "booking_create", data, pk=first.pk)
    needs = LearnerNeeds.objects.get(learner__user=user)
    assert (needs.access, needs.language) == (SAID, "cy")
    assert "We ask once." not in text(get(user, "booking_create", pk=second.pk))
    post(user, "booking_create", {"council": council.pk}, pk=second.pk)
    needs.refresh_from_db()
    assert (Booking.objects.count(), needs.access) == (2, SAID)


def test_who_needs_nothing_has_been_asked_too(council):
    user = officer(council)
    post(user, "booking_create", {"council": council.pk}, pk=SessionFactory().pk)
    assert (LearnerNeeds.objects.get().access, LearnerNeeds.objects.get().language) == ("", "")


def test_a_wrong_answer_books_nothing_and_keeps_the_text(council):
    data = {"council": council.pk, "access": SAID, "language": "fr"}
    response = post(officer(council), "booking_create", data, pk=SessionFactory().pk)
    assert SAID in response.content.decode()
    assert "There is a problem" in text(response)
    assert not Booking.objects.exists()


def test_needs_are_seen_changed_and_cleared_by_the_person():
    user = officer()
    assert "See and change what you need" in text(get(user, "booking_own"))
    post(user, "needs_edit", {"access": SAID, "language": ""})
    assert SAID in text(get(user, "needs_edit"))
    post(user, "needs_edit", {"access": "", "language": ""})
    assert LearnerNeeds.objects.get().access == ""
    assert get(None, "needs_edit").status_code == 302


def test_needs_are_in_no_history():
    assert LearnerNeeds not in event_models()


def session_with_needs(status=BookingStatus.BOOKED, session=None):
    session = session or held()
    learner = LearnerFactory(name="Mair")
    LearnerNeedsFactory(learner=learner, access=SAID, language="cy")
    return session, BookingFactory(session=session, learner=learner, status=status)


def test_the_trainers_of_the_session_and_the_team_alone_see_what_its_people_need():
    session, booking = session_with_needs()
    seen = {
        "trainer": trainer_of(session),
        "team": team_member(),
        "other trainer": trainer_of(SessionFactory()),
        "coordinator": person(Role.COORDINATOR, organisation=booking.organisation),
        "colleague": officer(booking.organisation),
        "nobody": None,
    }
    statuses = {who: get(user, "session_needs", pk=session.pk).status_code for who, user in seen.items()}
    assert statuses == {
        "trainer": 200,
        "team": 200,
        "other trainer": 404,
        "coordinator": 404,
        "colleague": 404,
        "nobody": 302,
    }
    said = text(get(seen["trainer"], "session_needs", pk=session.pk))
    assert ("Mair" in said, SAID in said, "Would rather learn in: Welsh" in said) == (True, True, True)


@pytest.mark.parametrize(
    ("status", "shown"),
    [
        (BookingStatus.BOOKED, True),
        (BookingStatus.OFFERED, True),
        (BookingStatus.WAITING, False),
        (BookingStatus.CANCELLED, False),
    ],
)
def test_the_needs_of_those_who_have_a_place_are_shown(status, shown):
    session, _booking = session_with_needs(status, SessionFactory())
    assert (SAID in text(get(team_member(), "session_needs", pk=session.pk))) is shown


def test_needs_are_no_longer_shown_once_the_register_is_closed():
    session, _booking = session_with_needs(BookingStatus.ATTENDED)
    user = trainer_of(session)
    close_register(session)
    assert get(user, "session_needs", pk=session.pk).status_code == 404


def test_who_needs_nothing_is_not_on_the_page():
    booking = BookingFactory()
    LearnerNeedsFactory(learner=booking.learner, access="")
    assert "Nobody who comes has said" in text(get(team_member(), "session_needs", pk=booking.session_id))


def test_no_other_page_shows_needs():
    session, booking = session_with_needs()
    for user in (trainer_of(session), team_member(), person(Role.COORDINATOR, organisation=booking.organisation)):
        for name, parts in (
            ("register_page", {"pk": session.pk}),
            ("session_page", {"pk": session.pk}),
            ("booking_page", {"pk": booking.pk}),
            ("booking_list", {}),
        ):
            assert SAID not in get(user, name, **parts).content.decode()
