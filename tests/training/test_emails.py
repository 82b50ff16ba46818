"""What people are told about their bookings, and in which language."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from accounts.roles import Role
from tests.factories.people import CouncilFactory, person
from tests.factories.training import (
    BookingFactory,
    CourseFactory,
    LearnerAddressFactory,
    LearnerFactory,
    SessionFactory,
    officer,
    team_member,
    trainer_of,
)
from tests.training.pages import BACKEND, edited
from training import actions, emails
from training.models import Booking, Mode
from training.states import BookingStatus
from wlga_portal.kernel.queue import run_jobs
from wlga_portal.kernel.service_models import Notification

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def outbox(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def told() -> list[tuple[str, str]]:
    """Who was told what, in order."""
    return [(str(message.user), message.kind) for message in Notification.objects.order_by("pk").select_related("user")]


def sent() -> list[Any]:
    """The mails, once the jobs have run."""
    run_jobs()
    return list(mail.outbox)


def session_in_two_languages(**fields: Any) -> Any:
    course = CourseFactory(title_en="Plain words", title_cy="Geiriau plaen")
    return SessionFactory(course=course, mode=Mode.IN_PERSON, place_en="Cardiff", place_cy="Caerdydd", **fields)


def test_a_booking_is_confirmed_in_the_readers_language_with_its_calendar_file():
    council = CouncilFactory()
    session = session_in_two_languages()
    for language, course, place in (
        ("en", "You have a place: Plain words", "Cardiff"),
        ("cy", "Mae gennych le: Geiriau plaen", "Caerdydd"),
    ):
        mail.outbox.clear()
        actions.book(session=session, council=council, by=officer(council, language=language))
        (message,) = sent()
        assert message.subject == course
        assert place in message.body
        ((name, content, kind),) = message.attachments
        assert (name, kind) == (f"session-{session.pk}.ics", "text/calendar")
        assert (f"LOCATION:{place}" in content, "STATUS:CONFIRMED" in content) == (True, True)


def test_a_full_session_a_place_that_came_free_and_a_cancelled_booking_are_told():
    council = CouncilFactory()
    first, second = officer(council, name="First"), officer(council, name="Second")
    session = SessionFactory(capacity=1)
    booking = actions.book(session=session, council=council, by=first)
    actions.book(session=session, council=council, by=second)
    actions.booking_cancel(booking=booking, by=first)
    assert told() == [
        ("First", "training.booked"),
        ("Second", "training.waiting"),
        ("First", "training.cancelled"),
        ("Second", "training.offered"),
    ]


def test_a_cancelled_session_is_told_with_its_reason():
    learner = LearnerFactory(user=officer(language="en"), name="")
    booking = BookingFactory(learner=learner)
    actions.session_cancel(session=booking.session, why="The trainer is ill.", by=team_member())
    (message,) = sent()
    assert "The session will not take place." in message.body
    assert "The reason: The trainer is ill." in message.body


def test_who_waited_in_vain_is_told():
    session = SessionFactory(capacity=1, starts_at=timezone.now() - timedelta(minutes=1))
    BookingFactory(session=session)
    learner = LearnerFactory(user=officer(name="Late"), name="")
    BookingFactory(session=session, status=BookingStatus.WAITING, learner=learner)
    actions.session_hold(session=session, by=trainer_of(session))
    assert told() == [("Late", "training.no_place")]


def test_the_link_for_joining_goes_to_who_has_a_place_alone():
    learner = LearnerFactory(user=officer(language="en"), name="")
    session = SessionFactory(joining_url="https://meet.example.org/room")
    booking = BookingFactory(session=session, learner=learner)
    for kind, has_link in (
        ("training.booked", True),
        ("training.in_a_week", True),
        ("training.in_a_day", True),
        ("training.offered", False),
        ("training.changed", True),
        ("training.waiting", False),
        ("training.cancelled", False),
    ):
        mail.outbox.clear()
        emails.tell(booking, kind)
        assert ("https://meet.example.org/room" in sent()[0].body) is has_link, kind
    mail.outbox.clear()
    booking.status = BookingStatus.WAITING
    emails.tell(booking, "training.changed")
    assert "https://meet.example.org/room" not in sent()[0].body


@pytest.mark.parametrize(
    ("language", "subject"),
    [
        ("en", "You have a place: Plain words"),
        ("cy", "Mae gennych le: Geiriau plaen"),
        ("", "Mae gennych le: Geiriau plaen / You have a place: Plain words"),
    ],
)
def test_a_colleague_without_an_account_is_told_by_mail(language, subject):
    council = CouncilFactory()
    session = session_in_two_languages()
    learner = LearnerAddressFactory(email="mair@council.example.org", learner__language=language).learner
    coordinator = person(Role.COORDINATOR, organisation=council)
    actions.book_colleague(session=session, learner=learner, council=council, by=coordinator)
    (message,) = sent()
    assert (message.to, message.subject) == (["mair@council.example.org"], subject)
    assert learner.name in message.body
    assert not Notification.objects.exists()


def test_who_has_neither_account_nor_address_is_told_nothing():
    emails.tell(BookingFactory(), "training.booked")
    assert sent() == []


def test_a_change_of_time_is_told_to_all_who_booked_or_wait(client):
    session = SessionFactory(capacity=1)
    for status, name in ((BookingStatus.BOOKED, "Booked"), (BookingStatus.WAITING, "Waiting")):
        BookingFactory(session=session, status=status, learner=LearnerFactory(user=officer(name=name), name=""))
    client.force_login(team_member(), backend=BACKEND)
    url = f"/en/training/sessions/{session.pk}/edit/"
    session.refresh_from_db()
    moved = timezone.localtime(session.ends_at + timedelta(minutes=30)).isoformat()
    assert client.post(url, edited(session, ends_at=moved)).status_code == 302
    assert told() == [("Booked", "training.changed"), ("Waiting", "training.changed")]
    session.refresh_from_db()
    client.post(url, edited(session))
    assert len(told()) == 2
    assert Booking.objects.count() == 2
