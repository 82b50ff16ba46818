"""Attendance, and its corrections once the register is closed."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.workflow import NotAllowed, ReasonMissing, WrongState, advance

from .. import rules
from ..models import Booking, Correction, Session
from ..states import IN_REGISTER, BookingStatus, SessionStatus
from .certificates import certificate_settle

EVENTS = {BookingStatus.ATTENDED: "attend", BookingStatus.ABSENT: "miss"}


def mark_register(
    *, session: Session, marks: Mapping[int, str], by: Any, parts: Mapping[int, int] | None = None
) -> int:
    """Record who came: `marks` gives the new status by the booking's id, `parts` the percent of who came to a part.

    Gives how many changed. Who is marked so already is left alone, so that the same register sent twice changes
    nothing. Raises Refused.
    """
    with audited(by=by, why="register"):
        row = session.lock()
        if row.status != SessionStatus.HELD:
            raise WrongState(_("The register of this session is not open."))
        rows = Booking.objects.filter(session=row, pk__in=marks, status__in=IN_REGISTER).order_by("pk")
        return sum(mark(booking, row, marks[booking.pk], (parts or {}).get(booking.pk), by=by) for booking in rows)


def mark(booking: Booking, session: Session, status: str, percent: int | None, *, by: Any) -> bool:
    """Mark one person; whether that changed something. The session's row is locked."""
    part = percent if status == BookingStatus.ATTENDED else None
    if (booking.status, booking.attended_percent) == (status, part):
        return False
    booking.session = session

    def came_to(row: Booking) -> None:
        row.attended_percent = part

    if booking.status != status:
        advance(booking, EVENTS[BookingStatus(status)], by=by, also=came_to)
    elif rules.register_mark(by, booking):
        came_to(booking)
        booking.save(update_fields=["attended_percent"])
    else:
        raise NotAllowed(_("The register is kept by the session’s trainers or the team."))
    return True


def correct(*, booking: Booking, attended: bool, why: str, by: Any, percent: int | None = None) -> Correction:
    """Add a correction to a closed register; `percent` of who came to a part.

    Raises Refused: not theirs, register open, or no reason.
    """
    if not rules.register_mark(by, booking):
        raise NotAllowed(_("The register is corrected by the session’s trainers or the team."))
    if not why.strip():
        raise ReasonMissing(_("A correction needs a reason."))
    with audited(by=by, why=why):
        if booking.session.lock().status != SessionStatus.CLOSED:
            raise WrongState(_("The register is still open: change it there."))
        correction = Correction.objects.create(
            booking=booking, attended=attended, attended_percent=percent, why=why.strip(), by=by
        )
        certificate_settle(booking)
        return correction
