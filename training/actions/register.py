"""Attendance, and its corrections once the register is closed."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.workflow import NotAllowed, ReasonMissing, WrongState, advance

from .. import rules
from ..models import Booking, Correction, Session
from ..states import BookingStatus, SessionStatus
from .certificates import certificate_settle

EVENTS = {BookingStatus.ATTENDED: "attend", BookingStatus.ABSENT: "miss"}


def mark_register(*, session: Session, marks: Mapping[int, str], by: Any) -> int:
    """Record who came: `marks` gives the new status by the booking's id. Gives how many changed.

    Who is marked so already is left alone, so that the same register sent twice changes nothing. Raises Refused.
    """
    with audited(by=by, why="register"):
        row = session.lock()
        if row.status != SessionStatus.HELD:
            raise WrongState(_("The register of this session is not open."))
        rows = Booking.objects.filter(session=row, pk__in=marks).exclude(status=BookingStatus.CANCELLED)
        changed = [booking for booking in rows.order_by("pk") if marks[booking.pk] != booking.status]
        for booking in changed:
            booking.session = row
            advance(booking, EVENTS[BookingStatus(marks[booking.pk])], by=by)
    return len(changed)


def correct(*, booking: Booking, attended: bool, why: str, by: Any) -> Correction:
    """Add a correction to a closed register. Raises Refused: not theirs, register open, or no reason."""
    if not rules.register_mark(by, booking):
        raise NotAllowed(_("The register is corrected by the session’s trainers or the team."))
    if not why.strip():
        raise ReasonMissing(_("A correction needs a reason."))
    with audited(by=by, why=why):
        if booking.session.lock().status != SessionStatus.CLOSED:
            raise WrongState(_("The register is still open: change it there."))
        correction = Correction.objects.create(booking=booking, attended=attended, why=why.strip(), by=by)
        certificate_settle(booking)
        return correction
