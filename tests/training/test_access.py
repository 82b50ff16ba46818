"""Who sees which screen."""

import pytest

from accounts.models import User
from accounts.roles import Role
from tests.factories.people import BodyFactory, person
from tests.factories.training import (
    BookingFactory,
    CourseFactory,
    SessionFactory,
    held,
    officer,
    team_member,
    trainer_of,
)
from tests.training.pages import get, text
from training.models import Booking, Learner
from training.states import BookingStatus, SessionStatus

pytestmark = pytest.mark.django_db


def test_the_public_pages_are_open_to_everybody():
    session = SessionFactory()
    course = session.course
    for name, parts in (
        ("front", {}),
        ("counting", {}),
        ("calendar_feed", {}),
        ("session_list", {}),
        ("stream_page", {"slug": course.stream.slug_en}),
        ("course_page", {"slug": course.slug_en}),
        ("session_page", {"pk": session.pk}),
        ("session_calendar", {"pk": session.pk}),
    ):
        assert get(None, name, **parts).status_code == 200, name


def people_about(booking: Booking) -> dict[str, User | None]:
    """One of each kind of person about a booking."""
    council = booking.organisation
    own = officer(council)
    Learner.objects.filter(pk=booking.learner_id).update(user=own, name="")
    return {
        "anonymous": None,
        "own": own,
        "colleague": officer(council),
        "coordinator": person(Role.COORDINATOR, organisation=council),
        "coordinator elsewhere": person(Role.COORDINATOR),
        "trainer": trainer_of(booking.session),
        "trainer elsewhere": trainer_of(SessionFactory()),
        "team": team_member(),
        "fund manager": person(Role.FUND_MANAGER, organisation=BodyFactory()),
    }


@pytest.mark.parametrize(
    ("name", "seen_by"),
    [
        ("booking_page", {"own", "coordinator", "trainer", "team"}),
        ("booking_calendar", {"own", "coordinator", "trainer", "team"}),
        ("booking_cancel", {"own", "coordinator", "team"}),
        ("correction_create", {"trainer", "team"}),
    ],
)
def test_a_booking_is_there_for_its_own_people_and_not_for_others(name, seen_by):
    booking = BookingFactory()
    statuses = {who: get(user, name, pk=booking.pk).status_code for who, user in people_about(booking).items()}
    assert {who for who, status in statuses.items() if status == 200} == seen_by
    assert statuses["anonymous"] == 302
    strangers = {"colleague", "coordinator elsewhere", "trainer elsewhere", "fund manager"}
    assert {statuses[who] for who in strangers} == {404}


@pytest.mark.parametrize("name", ["register_page", "register_close"])
def test_a_register_is_there_for_its_trainers_and_the_team(name):
    booking = BookingFactory(session=held())
    statuses = {who: get(user, name, pk=booking.session_id).status_code for who, user in people_about(booking).items()}
    assert {who for who, status in statuses.items() if status == 200} == {"trainer", "team"}
    assert {status for who, status in statuses.items() if who not in {"trainer", "team", "anonymous"}} == {404}


@pytest.mark.parametrize(
    ("name", "of", "opened_by"),
    [
        ("booking_create", "session", {"own", "colleague", "coordinator", "coordinator elsewhere"}),
        ("colleague_book", "session", {"coordinator", "coordinator elsewhere"}),
        ("session_edit", "session", {"team"}),
        ("session_cancel", "session", {"team"}),
        ("course_create", "", {"team"}),
        ("course_edit", "course", {"team"}),
        ("session_create", "course", {"team"}),
        ("booking_list", "", {"coordinator", "coordinator elsewhere", "trainer", "trainer elsewhere", "team"}),
    ],
)
def test_a_screen_is_for_its_role(name, of, opened_by):
    booking = BookingFactory(status=BookingStatus.CANCELLED)
    parts = {"session": {"pk": booking.session_id}, "course": {"slug": booking.session.course.slug}}.get(of, {})
    statuses = {who: get(user, name, **parts).status_code for who, user in people_about(booking).items()}
    assert {who for who, status in statuses.items() if status == 200} == opened_by
    assert {status for who, status in statuses.items() if who not in {*opened_by, "anonymous"}} <= {403}
    assert statuses["anonymous"] == 302


def test_a_planned_session_is_there_for_the_team_and_its_trainer_alone():
    session = SessionFactory(status=SessionStatus.PLANNED)
    expected = {None: 404, officer(): 404, trainer_of(): 404, trainer_of(session): 200, team_member(): 200}
    for user, status in expected.items():
        assert get(user, "session_page", pk=session.pk).status_code == status


def test_the_demonstration_is_there_in_demonstration_mode_alone(settings):
    session = SessionFactory(course=CourseFactory(is_demo=True))
    pages = [
        ("session_page", {"pk": session.pk}),
        ("course_page", {"slug": session.course.slug}),
        ("demonstration", {}),
    ]
    for name, parts in pages:
        assert get(None, name, **parts).status_code == 404
    settings.DEMO = True
    for name, parts in pages:
        assert "Demonstration" in text(get(None, name, **parts)), name


@pytest.mark.parametrize("name", ["session_open", "session_hold"])
def test_opening_a_link_changes_nothing(name):
    session = SessionFactory(status=SessionStatus.PLANNED)
    assert get(team_member(), name, pk=session.pk).status_code == 405
