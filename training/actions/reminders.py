"""Reminders: a week and a day before a session, once each, to whoever has a place."""

from datetime import timedelta

from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from wlga_portal.kernel.audit import audited

from .. import emails
from ..models import Ahead, Booking, Reminder
from ..states import BookingStatus, SessionStatus

BEFORE = {Ahead.WEEK: timedelta(days=7), Ahead.DAY: timedelta(days=1)}
# the week's reminder is not sent so late that it falls together with the day's
NOT_WITHIN = {Ahead.WEEK: timedelta(days=2), Ahead.DAY: timedelta(0)}
KINDS = {Ahead.WEEK: "training.in_a_week", Ahead.DAY: "training.in_a_day"}


def due(ahead: Ahead) -> list[int]:
    """The bookings (their ids) to remind now. Who booked later than the time of a reminder needs none."""
    now = timezone.now()
    sent = Reminder.objects.filter(booking=OuterRef("pk"), ahead=ahead, starts_at=OuterRef("session__starts_at"))
    rows = Booking.objects.filter(
        ~Exists(sent),
        status=BookingStatus.BOOKED,
        session__status=SessionStatus.OPEN,
        session__starts_at__lte=now + BEFORE[ahead],
        session__starts_at__gt=now + NOT_WITHIN[ahead],
        created_at__lte=F("session__starts_at") - BEFORE[ahead],
    )
    return list(rows.order_by("session__starts_at", "pk").values_list("pk", flat=True))


def remind(booking: int, ahead: Ahead) -> None:
    """Send one reminder, once: the booking's row is locked, and looked at again."""
    with audited(by=None, why="reminder"):
        row = Booking.objects.select_related("session__course").select_for_update(of=("self",)).get(pk=booking)
        if row.status != BookingStatus.BOOKED or row.session.status != SessionStatus.OPEN:
            return
        _sent, is_new = Reminder.objects.get_or_create(booking=row, ahead=ahead, starts_at=row.session.starts_at)
        if is_new:
            emails.tell(row, KINDS[ahead])
