"""Calendar files that update: the identity of an entry stays, its sequence grows."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone
from icalendar import Calendar

from tests.factories.training import (
    BookingFactory,
    CalendarKeyFactory,
    LearnerFactory,
    SessionFactory,
    SessionPartFactory,
    officer,
    team_member,
)
from tests.training.pages import edited, get, lines, post, text
from training import actions
from training.models import Booking, CalendarKey, Session
from training.states import BookingStatus, SessionStatus
from wlga_portal.kernel.queue import run_jobs

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def outbox(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def events(content: Any) -> list[Any]:
    return list(Calendar.from_ical(content).walk("VEVENT"))


def sent() -> list[tuple[str, int, str]]:
    """Identity, sequence and status of the entries in the mails that go out now."""
    mail.outbox.clear()
    run_jobs()
    entries = [entry for message in mail.outbox for file in message.attachments for entry in events(file[1])]
    return [(str(entry["UID"]), int(entry["SEQUENCE"]), str(entry["STATUS"])) for entry in entries]


def test_each_mail_about_a_place_updates_the_same_entry(council):
    user, session = officer(council), SessionFactory()
    booking = actions.book(session=session, council=council, by=user)
    ((uid, first, status),) = sent()
    assert (uid.startswith(f"training-session-{session.pk}@"), status) == (True, "CONFIRMED")
    session.refresh_from_db()
    moved = timezone.localtime(session.ends_at + HOUR).isoformat()
    assert post(team_member(), "session_edit", edited(session, ends_at=moved), pk=session.pk).status_code == 302
    ((again, second, _status),) = sent()
    actions.booking_cancel(booking=booking, by=user)
    ((gone, third, status),) = sent()
    assert (uid, uid, "CANCELLED") == (again, gone, status)
    actions.book(session=session, council=council, by=user)
    ((back, fourth, status),) = sent()
    assert (back, status) == (uid, "CONFIRMED")
    assert first < second < third < fourth


def test_who_leaves_the_queue_gets_no_calendar_file(council):
    session = SessionFactory(capacity=1)
    BookingFactory(session=session)
    user = officer(council)
    booking = actions.book(session=session, council=council, by=user)
    actions.booking_cancel(booking=booking, by=user)
    assert sent() == []


def test_a_cancelled_session_is_cancelled_in_the_calendar(council):
    session = SessionFactory()
    actions.book(session=session, council=council, by=officer(council))
    sent()
    actions.session_cancel(session=session, why="Snow", by=team_member())
    assert [status for _uid, _sequence, status in sent()] == ["CANCELLED"]


def test_a_message_about_a_booking_that_is_gone_goes_without_a_file(council):
    booking = BookingFactory()
    from training.emails import files

    booking_number = booking.pk
    booking.delete()
    assert files({"file": True, "booking": booking_number}) == []


def test_a_session_of_two_parts_has_two_entries_and_a_part_that_went_is_cancelled():
    session = SessionFactory()
    first = SessionPartFactory(session=session)
    second = SessionPartFactory(session=session, number=2, starts_at=first.ends_at)
    one, two = events(get(None, "session_calendar", pk=session.pk).content)
    assert [str(one["SUMMARY"])[-13:], str(two["SUMMARY"])[-13:]] == ["(part 1 of 2)", "(part 2 of 2)"]
    assert (one.decoded("dtstart"), two.decoded("dtend")) == (
        first.starts_at.replace(microsecond=0),
        second.ends_at.replace(microsecond=0),
    )
    second.delete()
    kept, gone = events(get(None, "session_calendar", pk=session.pk).content)
    assert (kept["UID"], gone["UID"]) == (one["UID"], two["UID"])
    assert (str(kept["STATUS"]), str(gone["STATUS"])) == ("CONFIRMED", "CANCELLED")
    assert int(gone["SEQUENCE"]) > int(two["SEQUENCE"])


def test_the_feed_of_a_stream_holds_its_sessions_alone():
    session, _other = SessionFactory(), SessionFactory()
    stream = session.course.stream_id
    assert len(events(get(None, "calendar_feed").content)) == 2
    (entry,) = events(get(None, "calendar_feed", query=f"?stream={stream}").content)
    assert f"training-session-{session.pk}@" in entry["UID"]
    assert len(events(get(None, "calendar_feed", query="?stream=x").content)) == 2


def test_a_person_has_a_calendar_of_their_own_at_a_secret_address():
    user = officer()
    learner = LearnerFactory(user=user, name="")
    place = BookingFactory(learner=learner, session__joining_url="https://meet.example.org/room")
    for status in (BookingStatus.WAITING, BookingStatus.CANCELLED):
        BookingFactory(learner=learner, status=status)
    BookingFactory()
    assert "Make an address for my calendar" in text(get(user, "booking_own"))
    post(user, "calendar_key_renew")
    key = CalendarKey.objects.get(user=user).key
    assert key in get(user, "booking_own").content.decode()
    feed = get(None, "own_feed", key=key)
    (entry,) = events(feed.content)
    assert f"training-session-{place.session_id}@" in entry["UID"]
    assert "https://meet.example.org/room" in lines(feed)
    post(user, "calendar_key_renew")
    assert get(None, "own_feed", key=key).status_code == 404
    assert CalendarKey.objects.count() == 1


def test_nobody_else_makes_or_reads_an_own_calendar():
    known = CalendarKeyFactory(user__is_active=False)
    assert get(None, "own_feed", key=known.key).status_code == 404
    assert get(None, "own_feed", key="x").status_code == 404
    assert get(officer(), "calendar_key_renew").status_code == 405
    assert post(None, "calendar_key_renew").status_code == 302


def test_a_session_that_was_held_stays_in_the_own_calendar():
    user = officer()
    BookingFactory(learner=LearnerFactory(user=user, name=""), status=BookingStatus.ATTENDED)
    Session.objects.update(status=SessionStatus.CLOSED)
    actions.calendar_key_renew(by=user)
    (entry,) = events(get(None, "own_feed", key=CalendarKey.objects.get().key).content)
    assert str(entry["STATUS"]) == "CONFIRMED"
    assert Booking.objects.count() == 1
