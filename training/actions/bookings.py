"""Booking and cancelling."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.roles import Role
from organisations.models import Organisation
from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.workflow import NotAllowed, Refused, WrongState, advance

from .. import emails, rules
from ..models import Approval, Audience, Booking, Learner, Session, Standing
from ..states import BookingStatus, SessionStatus
from .offers import move_up
from .people import belong, learner_of, standing_of_learner
from .places import has_a_place_at_once

GIVING_UP = ("cancel", "cancel_late", "decline")
TOLD = {
    BookingStatus.BOOKED: "training.booked",
    BookingStatus.WAITING: "training.waiting",
    BookingStatus.REQUESTED: "training.requested",
}


def book(*, session: Session, council: Organisation, by: Any) -> Booking:
    """A person books for themself. Gives the booking, which is waiting where every place is taken, and a request where
    the course wants approval.

    Raises Refused with a sentence: not theirs to book, no longer open, not for them, or booked already.
    """
    if not rules.booking_create(by, session) or council not in rules.councils_of(by):
        raise NotAllowed(_("Training is booked by people of a council."))
    with audited(by=by, why="booked"):
        row = session.lock()
        return enter(row, learner_of(by), council, rules.standing_of(by, council), by=by)


def book_colleague(*, session: Session, learner: Learner, council: Organisation, by: Any) -> Booking:
    """A coordinator books somebody of their own council. Raises Refused as `book` does."""
    if not rules.colleague_book(by, session) or not by.has_role(Role.COORDINATOR, organisation=council):
        raise NotAllowed(_("A coordinator books people of their own council."))
    with audited(by=by, why="booked by the coordinator"):
        row = session.lock()
        return enter(row, learner, council, standing_of_learner(learner, council), by=by)


def enter(session: Session, learner: Learner, council: Organisation, standing: Standing, *, by: Any) -> Booking:
    """Write the booking; the session's row is locked."""
    if not session.is_open:
        raise WrongState(_("This session cannot be booked now."))
    if standing not in rules.FITS[Audience(session.course.audience)]:
        raise Refused(_("This course is not for you: it is for “%(audience)s”.") % {"audience": audience(session)})
    if Booking.objects.standing().filter(session=session, learner__in=Learner.objects.same_as(learner)).exists():
        raise Refused(_("%(name)s has a booking for this session already.") % {"name": learner})
    belong(learner, council, standing)
    move_up(session)
    booking = Booking.objects.create(
        session=session,
        learner=learner,
        organisation=council,
        standing=standing,
        booked_by=by,
        status=first_status(session, council, by=by),
    )
    emails.tell(booking, TOLD[BookingStatus(booking.status)])
    if booking.status == BookingStatus.REQUESTED:
        emails.tell_approvers(booking)
    return booking


def first_status(session: Session, council: Organisation, *, by: Any) -> BookingStatus:
    """A request where somebody else must agree; else a place where there is one for them, and the queue."""
    approval = Approval(session.course.approval)
    agrees = approval == Approval.COUNCIL and by.has_role(Role.COORDINATOR, organisation=council)
    if approval != Approval.NONE and not agrees:
        return BookingStatus.REQUESTED
    return BookingStatus.BOOKED if has_a_place_at_once(session, council.pk) else BookingStatus.WAITING


def audience(session: Session) -> str:
    return str(Audience(session.course.audience).label)


def booking_cancel(*, booking: Booking, by: Any) -> Booking:
    """Give up a place, an offer, a request or a place in the queue. Raises Refused.

    Until the cut-off the first in the queue is offered the place. A place that is given up later, before the session
    begins, counts as cancelled late.
    """
    with audited(by=by, why="cancelled"):
        session = booking.session.lock()
        if session.status != SessionStatus.OPEN or session.has_begun:
            raise WrongState(_("This booking can no longer be cancelled here. Tell the trainer."))
        row = advance(booking, how_to_cancel(booking.lock(), session), by=by)
        emails.tell(row, "training.cancelled")
        move_up(session)
    return row


def how_to_cancel(booking: Booking, session: Session) -> str:
    """The event by which this booking is given up now."""
    if booking.status == BookingStatus.OFFERED:
        return "decline"
    return "cancel_late" if is_late(booking, session) else "cancel"


def is_late(booking: Booking, session: Session) -> bool:
    """Whether giving this place up now counts as cancelled late."""
    return booking.status == BookingStatus.BOOKED and timezone.now() >= session.cut_off_at


def end_bookings(bookings: Any, *, why: str, kind: str) -> None:
    """The portal ends these bookings, because their session was cancelled or began without a place for them."""
    for booking in bookings:
        emails.tell(
            advance(booking, "lapse", by=None, why=why), kind, why if kind == "training.session_cancelled" else ""
        )
