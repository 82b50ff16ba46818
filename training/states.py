"""When: the statuses of sessions and bookings, and the one table of what moves each."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wlga_portal.kernel.workflow import Transition, Workflow


class SessionStatus(models.TextChoices):
    """Of one session of a course."""

    PLANNED = "planned", pgettext_lazy("session", "Planned")
    OPEN = "open", pgettext_lazy("session", "Open")
    HELD = "held", pgettext_lazy("session", "Held")  # its register is open
    CLOSED = "closed", pgettext_lazy("session", "Closed")  # its register is closed
    CANCELLED = "cancelled", pgettext_lazy("session", "Cancelled")


class BookingStatus(models.TextChoices):
    """Of one person's booking of one session."""

    BOOKED = "booked", pgettext_lazy("booking", "Booked")
    WAITING = "waiting", pgettext_lazy("booking", "On the waiting list")
    ATTENDED = "attended", pgettext_lazy("booking", "Attended")
    ABSENT = "did_not_attend", pgettext_lazy("booking", "Did not attend")
    CANCELLED = "cancelled", pgettext_lazy("booking", "Cancelled")


# what takes a place of the session, and what the register holds
TAKING = (BookingStatus.BOOKED, BookingStatus.ATTENDED, BookingStatus.ABSENT)

SESSION = Workflow(
    "session",
    SessionStatus,
    [
        Transition("open", {SessionStatus.PLANNED}, SessionStatus.OPEN, label=_("Open for booking")),
        Transition("hold", {SessionStatus.OPEN}, SessionStatus.HELD, label=_("Start the register")),
        Transition("close", {SessionStatus.HELD}, SessionStatus.CLOSED, label=_("Close the register")),
        Transition(
            "cancel",
            {SessionStatus.PLANNED, SessionStatus.OPEN},
            SessionStatus.CANCELLED,
            label=_("Cancel the session"),
            why_required=True,
        ),
    ],
)

BOOKING = Workflow(
    "booking",
    BookingStatus,
    [
        Transition("promote", {BookingStatus.WAITING}, BookingStatus.BOOKED, label=_("Give a free place")),
        Transition(
            "cancel",
            {BookingStatus.BOOKED, BookingStatus.WAITING},
            BookingStatus.CANCELLED,
            label=_("Cancel the booking"),
        ),
        Transition(
            "attend", {BookingStatus.BOOKED, BookingStatus.ABSENT}, BookingStatus.ATTENDED, label=_("Record as present")
        ),
        Transition(
            "miss", {BookingStatus.BOOKED, BookingStatus.ATTENDED}, BookingStatus.ABSENT, label=_("Record as absent")
        ),
        # the session began without a place for them, or was cancelled
        Transition(
            "lapse", {BookingStatus.BOOKED, BookingStatus.WAITING}, BookingStatus.CANCELLED, label=_("End the booking")
        ),
    ],
)
