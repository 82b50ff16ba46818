"""What becomes of a free place: the first in the queue is offered it for 48 hours, and then the one after."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.workflow import WrongState, advance

from .. import emails
from ..models import Booking, Session
from ..states import BookingStatus, SessionStatus
from .places import Room, has_a_place_at_once

HELD_FOR = timedelta(hours=48)


def move_up(session: Session) -> list[Booking]:
    """End the offers whose time is over, and offer every free place to who has waited longest and may have it.

    The session's row is locked. Nothing is offered after the cut-off. Gives the bookings that were offered a place.
    """
    end_offers(session)
    if not session.is_open:
        return []
    waiting = list(Booking.objects.waiting().filter(session=session))
    room, offered = Room.of(session), []
    for booking in waiting:
        if not room.free:
            break
        if room.free_for(booking.organisation_id):
            room.take(booking.organisation_id)
            offered.append(offer(booking, session))
    return offered


def offer(booking: Booking, session: Session) -> Booking:
    """Hold a place for 48 hours, or until the cut-off where that is sooner."""
    ends_at = min(timezone.now() + HELD_FOR, session.cut_off_at)

    def hold(row: Booking) -> None:
        row.offer_ends_at = ends_at

    row = advance(booking, "offer", by=None, why="a place came free", also=hold)
    emails.tell(row, "training.offered")
    return row


def end_offers(session: Session) -> None:
    """Whoever did not take an offered place in time has left the queue, and is told; the session's row is locked."""
    over = Booking.objects.filter(session=session, status=BookingStatus.OFFERED, offer_ends_at__lte=timezone.now())
    for booking in over.order_by("pk"):
        emails.tell(advance(booking, "expire", by=None, why="the offer was not taken in time"), "training.offer_ended")


def offer_accept(*, booking: Booking, by: Any) -> Booking:
    """Take the place that is held. Raises Refused: not theirs, no offer, or too late."""
    with audited(by=by, why="offer taken"):
        session, row = booking.session.lock(), booking.lock()
        if row.status == BookingStatus.OFFERED and is_over(row):
            raise WrongState(_("The offer ended. The place went to the next person."))
        if session.status != SessionStatus.OPEN:
            raise WrongState(_("This session cannot be booked now."))
        taken = advance(booking, "accept", by=by)
        emails.tell(taken, "training.booked")
    return taken


def is_over(booking: Booking) -> bool:
    """Whether the time of the offer has passed."""
    return booking.offer_ends_at is None or booking.offer_ends_at <= timezone.now()


def request_approve(*, booking: Booking, by: Any) -> Booking:
    """Agree to a request: a place where there is one, else the queue, by the time of asking. Raises Refused."""
    with audited(by=by, why="approved"):
        session = booking.session.lock()
        if not session.is_open:
            raise WrongState(_("This session cannot be booked now."))
        end_offers(session)
        row = advance(booking, "approve", by=by)
        if has_a_place_at_once(session, row.organisation_id, before=row.pk):
            row = advance(row, "promote", by=None, why="approved")
        emails.tell(row, "training.booked" if row.status == BookingStatus.BOOKED else "training.waiting")
        move_up(session)
    return row


def request_refuse(*, booking: Booking, why: str, by: Any) -> Booking:
    """Do not agree; the person is told why. Raises Refused."""
    with audited(by=by, why=why):
        row = advance(booking, "refuse", by=by, why=why)
        emails.tell(row, "training.refused", why)
    return row


def queues_to_turn() -> list[int]:
    """Sessions (their ids) in which an offer is over, or somebody waits and may be offered a place."""
    now = timezone.now()
    over = Booking.objects.filter(status=BookingStatus.OFFERED, offer_ends_at__lte=now)
    waits = Booking.objects.filter(
        status=BookingStatus.WAITING, session__status=SessionStatus.OPEN, session__cut_off_at__gt=now
    )
    return sorted({*over.values_list("session", flat=True), *waits.values_list("session", flat=True)})


def turn_queue(session: int) -> None:
    """Let one queue move up, for the clock."""
    with audited(by=None, why="the queue moved up"):
        move_up(Session.objects.get(pk=session).lock())
