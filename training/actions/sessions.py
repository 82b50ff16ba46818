"""A session's own way: opened, held, its register closed, or cancelled."""

from typing import Any

from django.utils.translation import gettext as _

from wlga_portal.kernel.workflow import WrongState, advance

from ..models import Booking, Session
from ..states import BookingStatus
from .bookings import end_bookings
from .certificates import tell_attended


def session_open(*, session: Session, by: Any) -> Session:
    """From now on people book it."""
    return advance(session, "open", by=by)


def session_hold(*, session: Session, by: Any) -> Session:
    """It began: nobody books or cancels any more, and whoever still waits has no place.

    Raises WrongState before it begins.
    """

    def start(row: Session) -> None:
        if not row.has_begun:
            raise WrongState(_("The register can be started when the session begins."))
        left = Booking.objects.live().filter(session=row).exclude(status=BookingStatus.BOOKED).order_by("pk")
        end_bookings(left, why="no place came free", kind="training.no_place")

    return advance(session, "hold", by=by, also=start)


def session_close(*, session: Session, by: Any) -> Session:
    """The register is complete, and from now on frozen. Raises WrongState while somebody is not marked."""

    def complete(row: Session) -> None:
        if Booking.objects.filter(session=row, status=BookingStatus.BOOKED).exists():
            raise WrongState(_("Mark everybody as present or absent before you close the register."))
        tell_attended(row)

    return advance(session, "close", by=by, also=complete)


def session_cancel(*, session: Session, why: str, by: Any) -> Session:
    """It will not take place; everybody who booked or waits is told why."""

    def end(row: Session) -> None:
        end_bookings(
            Booking.objects.live().filter(session=row).order_by("pk"), why=why, kind="training.session_cancelled"
        )

    return advance(session, "cancel", by=by, why=why, also=end)
