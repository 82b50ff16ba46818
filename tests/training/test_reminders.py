"""A week and a day before, once each, and again when the session moves."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from tests.factories.training import BookingFactory, LearnerFactory, SessionFactory, officer
from training import tasks
from training.actions.reminders import remind
from training.models import Ahead, Booking, Reminder, Session
from training.states import BookingStatus, SessionStatus
from wlga_portal.kernel.queue import run_jobs
from wlga_portal.kernel.service_models import Notification

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def booking():
    """Of a session in twenty days, booked now."""
    return BookingFactory(
        session=SessionFactory(starts_at=timezone.now() + 20 * DAY, joining_url="https://meet.example.org/room"),
        learner=LearnerFactory(user=officer(language="en"), name=""),
    )


def at(moment) -> list[str]:
    """What has been sent once the clock has passed this moment twice."""
    with time_machine.travel(moment, tick=False):
        for _twice in range(2):
            tasks.send_reminders(timestamp=0)
    return list(Notification.objects.order_by("pk").values_list("kind", flat=True))


def test_each_reminder_goes_out_once_when_its_time_comes(booking):
    starts_at = booking.session.starts_at
    assert at(starts_at - 7 * DAY - timedelta(seconds=1)) == []
    assert at(starts_at - 7 * DAY) == ["training.in_a_week"]
    assert at(starts_at - DAY - timedelta(seconds=1)) == ["training.in_a_week"]
    assert at(starts_at - DAY) == ["training.in_a_week", "training.in_a_day"]
    assert at(starts_at) == ["training.in_a_week", "training.in_a_day"]


def test_a_reminder_brings_the_link_and_the_calendar_file(booking, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    at(booking.session.starts_at - DAY)
    run_jobs()
    (message,) = mail.outbox
    assert "Your session begins within a day." in message.body
    assert "https://meet.example.org/room" in message.body
    assert "BEGIN:VEVENT" in message.attachments[0][1]


def test_a_session_that_moved_is_reminded_of_again(booking):
    starts_at = booking.session.starts_at
    assert at(starts_at - 6 * DAY) == ["training.in_a_week"]
    later = starts_at + 30 * DAY
    Session.objects.filter(pk=booking.session_id).update(starts_at=later, ends_at=later + timedelta(hours=1))
    assert at(later - 6 * DAY) == ["training.in_a_week"] * 2
    assert Reminder.objects.count() == 2


def test_who_booked_after_the_time_of_a_reminder_has_the_confirmation_alone(booking):
    starts_at = booking.session.starts_at
    Booking.objects.update(created_at=starts_at - 5 * DAY)
    assert at(starts_at - 4 * DAY) == []
    assert at(starts_at - timedelta(hours=20)) == ["training.in_a_day"]


def test_a_late_clock_does_not_send_both_at_once(booking):
    assert at(booking.session.starts_at - timedelta(hours=30)) == []


@pytest.mark.parametrize("status", [BookingStatus.WAITING, BookingStatus.CANCELLED, BookingStatus.LATE])
def test_only_who_has_a_place_is_reminded(booking, status):
    Booking.objects.update(status=status)
    assert at(booking.session.starts_at - 6 * DAY) == []
    remind(booking.pk, Ahead.WEEK)
    assert not Reminder.objects.exists()


def test_nobody_is_reminded_of_a_cancelled_session(booking):
    Session.objects.update(status=SessionStatus.CANCELLED)
    assert at(booking.session.starts_at - 6 * DAY) == []
